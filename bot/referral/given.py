"""Which numbers may be given at a moment: what we are sure enough of, in its season, and not paused."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.referral.bulletin import Pause, Target
from bot.referral.content import Area, Content
from bot.referral.day import FEW_ENTRIES, MOST_DAYS, Day
from bot.referral.entry import Entry, Phone, Status, Way
from bot.referral.hours import local_time
from bot.referral.season import in_season
from bot.referral.standing import GIVEN, WRONG, State, failures, state_of

_NOTHING: frozenset[Target] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """A moment of a release, in the eyes of a texter in some area: which numbers may be given then.

    Entries that are kept (911, 988, 211, the last-resort line) never step back. Of several numbers one may be paused
    or found wrong; the last one that can be called is given although it is paused, and a code of three digits even
    although it was found wrong: the network itself connects those, so no stranger ever picks up.
    """

    content: Content
    today: date
    paused: frozenset[Target]
    #: What was worked out for all of this day; its own where nobody keeps it.
    day: Day = field(default_factory=Day, compare=False, repr=False)
    _phones: dict[str, tuple[Phone, ...]] = field(default_factory=dict, compare=False, repr=False)
    _states: dict[Target, State] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def at(cls, content: Content, area: str, now: datetime) -> "Given":
        """Look at a moment (aware) from an area; from the first one when the place is unknown or elsewhere."""
        pauses, today = content.bulletins.pauses, today_in(content, area, now)
        those = ((p.entry, p.phone) for p in pauses if p.until is None or now < p.until)
        paused = frozenset(those) if pauses else _NOTHING
        day = content.by_day.get((today, paused)) or _begun(content, today, paused)
        if day.phones:
            return cls(content, today, paused, day, day.phones, day.states)
        return cls(content, today, paused, day)

    def phones(self, entry: Entry) -> tuple[Phone, ...]:
        """Return the numbers of an entry that may be given, in its own order."""
        known = self._phones.get(entry.id)
        if known is None:
            known = self._phones[entry.id] = self._look(entry)
        return known

    def site(self, entry: Entry) -> bool:
        """Say whether the site of an entry without a published number may be given."""
        if not entry.link or not self._there(entry) or any(p.publish for p in entry.phone):
            return False
        return self.state(entry, None) in GIVEN and (entry.id, "") not in self.paused

    def allows(self, number: str) -> bool:
        """Say whether a sentence may name a number, as it is printed: one of its entries may be given with it.

        A number that belongs to no entry is none of ours (a fine of 2500 dollars) and may stand.
        """
        owners = self.content.printed.get(number)
        return not owners or any(p.printed == number for entry in owners for p in self.phones(entry))

    def state(self, entry: Entry, phone: Phone | None) -> State:
        """Say how sure we are of a number of an entry today; without a number, of the entry as such."""
        key = entry.id, phone.number if phone is not None and phone.checks else ""
        known = self._states.get(key)
        if known is None:
            known = self._states[key] = state_of(entry, phone, self.today, self.content.line.term(entry))
        return known

    def _look(self, entry: Entry) -> tuple[Phone, ...]:
        if not self._there(entry):
            return ()
        published = [p for p in entry.phone if p.publish]
        sure = self._sure(entry, published)
        if self.paused and not self.paused.isdisjoint({(entry.id, ""), *((entry.id, p.number) for p in sure)}):
            entirely = (entry.id, "") in self.paused
            good = [p for p in sure if not entirely and (entry.id, p.number) not in self.paused]
        else:
            good = sure
        if entry.keep and not any(Way.CALL in p.ways for p in good):
            last = [p for p in sure if Way.CALL in p.ways] or [p for p in published if is_code(p)]
            good = [p for p in published if p in good or p in last]
        return tuple(good)

    def _there(self, entry: Entry) -> bool:
        return entry.status is Status.PUBLISH and in_season(entry.season, self.today)

    def _sure(self, entry: Entry, published: list[Phone]) -> list[Phone]:
        # Most entries were checked as a whole, and all went well: one look is enough for all their numbers.
        alike = bool(published) and not any(p.checks for p in published)
        if not entry.keep:
            if alike:
                return published if self.state(entry, published[0]) in GIVEN else []
            return [p for p in published if self.state(entry, p) in GIVEN]
        if alike and all(check.result not in WRONG for check in entry.checks):
            return published
        return [p for p in published if not any(check.result in WRONG for check in failures(entry, p))]


def _begun(content: Content, today: date, paused: frozenset[Target]) -> Day:
    """Work out a day of a release and keep it there: every number of every entry, whatever is asked."""
    day = Day()
    if len(content.entries) <= FEW_ENTRIES:
        given = Given(content, today, paused, day, day.phones, day.states)
        for entry in content.entries.values():
            given.phones(entry)
            for phone in (None, *(p for p in entry.phone if p.publish)):
                given.state(entry, phone)
    if len(content.by_day) >= MOST_DAYS:
        content.by_day.clear()
    content.by_day[today, paused] = day
    return day


def is_code(phone: Phone) -> bool:
    """Say whether a number is a code of three digits that the network connects: 911, 988, 211, 711."""
    return len(phone.number) == 3


def unheeded(content: Content, pause: Pause, now: datetime) -> tuple[str, ...]:
    """Return the numbers, as printed, that go on being given although this pause is on.

    Not empty for the last number of a last-resort line: staff should raise a banner instead, and be told.
    """
    entry = content.entries.get(pause.entry)
    if entry is None:
        return ()
    phones = Given.at(content, entry.area, now).phones(entry)
    return tuple(dict.fromkeys(p.printed for p in phones if pause.phone in ("", p.number)))


def today_in(content: Content, area: str, now: datetime) -> date:
    """Return the calendar day where the texter is (the first area's when unknown)."""
    return local_time(now, zone_of(content, area)).date()


def zone_of(content: Content, area: str) -> str:
    """Return the time zone of an area; of the first area when the place is unknown or elsewhere."""
    areas = content.line.areas
    place: Area = areas[area] if area in areas else next(iter(areas.values()))
    return place.timezone
