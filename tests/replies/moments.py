"""The moments at which the answer to a need may change: enough of them to cover every week there will be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache, partial
from itertools import product, repeat
from zoneinfo import ZoneInfo

from bot.referral.choose import Need
from bot.referral.content import NATIONAL, Content, Topic
from bot.referral.entry import Entry
from bot.referral.given import Given, zone_of
from bot.referral.holidays import federal_holidays
from bot.referral.hours import changes, is_night, state
from bot.referral.items import ask_a_lawyer
from bot.referral.sayable import INSTEAD, numbers_named
from bot.referral.standing import SURENESS, State
from tests.replies.sentences import BY_ANSWER, BY_DOOR, leads_and_notes

#: Two weeks, because one may hold a holiday.
WEEKS = timedelta(days=14)
_NOT_SENT = -1


@dataclass(frozen=True, slots=True)
class Group:
    """What decides which entries come into question."""

    topic: str
    area: str = ""
    named: str = ""


class Moments:
    """Every moment that matters for a release, and those of them at which a given need is answered differently.

    The years fall into stretches: a check becomes due, steps back, a law must be read again. In each stretch two
    weeks with all their opening and closing times are taken, and every federal holiday with the day after it.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._zones = sorted({a.timezone for a in content.line.areas.values()} | _own_zones(content))
        self._hours: dict[tuple[str, str], list[int]] = {}
        self._sure: dict[tuple[str, str], list[int]] = {}
        self._lawyer: dict[tuple[str, str], list[object]] = {}
        self.around = around_entries(content)
        self.all = sorted({m for start, days in _stretches(content) for m in self._turning(start, days)})

    def that_differ(self, group: Group) -> list[datetime]:
        """Give one moment for each way in which the entries of a group can stand: open, sure, its law overdue."""
        entries = candidates(self._content, group)
        sure = zip(*(self._sureness(entry, group.area) for entry in entries), strict=True)
        said, law = self._said(group), self._law(group)
        hours = zip(said, law, *(self._open(entry, group.area) for entry in entries), strict=True)
        found: dict[object, datetime] = {}
        for moment, ranks, rest in zip(self.all, sure if entries else repeat(()), hours, strict=False):
            found.setdefault((rest, _dense(ranks)), moment)
        return list(found.values())

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        return {zone: [moment.astimezone(ZoneInfo(zone)).date() for moment in self.all] for zone in self._zones}

    def _open(self, entry: Entry, area: str) -> list[int]:
        """Number the ways in which the phones of an entry stand with their hours, at every moment."""
        here = zone_of(self._content, area)
        zones = {here} if entry.area == NATIONAL else {here, zone_of(self._content, entry.area)}
        if (entry.id, here) not in self._hours:
            said: list[Callable[..., object]] = [partial(is_night, zone=zone) for zone in zones]
            for phone, zone in product((p for p in entry.phone if p.publish), zones):
                schedule = self._content.schedules.get(phone.hours)
                said.append(partial(state, schedule, zone=phone.timezone or zone))
            ways: dict[object, int] = {}
            rows = [tuple(tell(now=moment) for tell in said) for moment in self.all]
            self._hours[entry.id, here] = [ways.setdefault(row, len(ways)) for row in rows]
        return self._hours[entry.id, here]

    def _sureness(self, entry: Entry, area: str) -> list[int]:
        """Number how sure we are of an entry at every moment, best first."""
        zone = zone_of(self._content, area)
        if (entry.id, zone) not in self._sure:
            days = self._days[zone]
            on = {day: _sureness(Given(self._content, day, frozenset()), entry) for day in set(days)}
            self._sure[entry.id, zone] = [on[day] for day in days]
        return self._sure[entry.id, zone]

    def _said(self, group: Group) -> list[object]:
        """Tell which numbers may not stand in sentences around the entries, at every moment."""
        days = self._days[zone_of(self._content, group.area)]
        texts = _sentences(self._content.topics[group.topic])
        numbers = sorted(
            {number for text in texts for number in numbers_named(text) if number in self._content.printed}
        )
        barred: dict[date, object] = {}
        for day in set(days):
            given = Given(self._content, day, frozenset())
            barred[day] = tuple(number for number in numbers if not given.allows(number))
        return [barred[day] for day in days]

    def _law(self, group: Group) -> list[object]:
        """Tell which law is past due at every moment, and which lawyer is named then."""
        topic = self._content.topics[group.topic]
        dues = [b.due for b in topic.block if b.due]
        days = self._days[zone_of(self._content, group.area)]
        late = [tuple(day >= due for due in dues) for day in days]
        if not dues:
            return list(late)
        return list(zip(late, self._lawyers(topic, group.area), strict=True))

    def _lawyers(self, topic: Topic, area: str) -> list[object]:
        """Tell which lawyer would be named at every moment; the same whenever those asked stand alike."""
        if (topic.lawyers, area) not in self._lawyer:
            asked = candidates(self._content, Group(topic.lawyers, area))
            rows = [self._sureness(entry, area) for entry in asked] + [self._open(entry, area) for entry in asked]
            needs = [Need(topic.slug, area=area, language=known) for known in self._content.line.languages]
            told: dict[object, object] = {}
            ways = list(zip(*rows, strict=True)) if rows else [()] * len(self.all)
            for way, now in zip(ways, self.all, strict=True):
                if way not in told:
                    told[way] = tuple(ask_a_lawyer(self._content, need, now) for need in needs)
            self._lawyer[topic.lawyers, area] = [told[way] for way in ways]
        return self._lawyer[topic.lawyers, area]

    def _turning(self, start: datetime, days: int) -> Iterator[datetime]:
        for zone in self._zones:
            for schedule in (None, *self._content.schedules.values()):
                yield from changes(schedule, start, days, zone)


def _sureness(given: Given, entry: Entry) -> int:
    phones: tuple[object, ...] = given.phones(entry) or ((None,) if given.site(entry) else ())
    if not phones:
        return _NOT_SENT
    # All numbers of the packaged entries stand alike: nobody has checked one of them alone.
    sure = SURENESS[given.state(entry, None)]
    return min(sure, SURENESS[State.EVIDENCED]) if entry.keep else sure


def around_entries(content: Content) -> frozenset[str]:
    """List the numbers in the sentences that stand around entries: leads, notes, and pieces like "To talk: 988"."""
    whole = {*BY_ANSWER, *BY_DOOR}
    texts = [(key.split(INSTEAD)[0], text) for said in content.wording.values() for key, text in said.items()]
    pieces = [text for key, text in texts if key not in whole and not key.startswith(("provider_", "voice_"))]
    leads = [text for topic in content.topics.values() for told in leads_and_notes(topic) for text in told.values()]
    return frozenset(number for text in (*pieces, *leads) for number in numbers_named(text) if number in content.named)


def _sentences(topic: Topic) -> Iterator[str]:
    for block in topic.block:
        yield from (*block.text.values(), *block.instead.values())


@lru_cache(maxsize=4096)
def _dense(sureness: tuple[int, ...]) -> tuple[int, ...]:
    """Count only which entry comes before which: that all of them grow due together changes no reply."""
    ranks = sorted({_NOT_SENT, *sureness})
    return tuple(ranks.index(rank) for rank in sureness)


def candidates(content: Content, group: Group) -> list[Entry]:
    """List the entries that may come into question for a group, fit to be sent or not."""
    ids = {e.id: e for area in (NATIONAL, group.area) for e in content.serving.get((group.topic, area), ())}
    if group.named:
        ids[group.named] = content.entries[group.named]
    return list(ids.values())


def _own_zones(content: Content) -> set[str]:
    return {p.timezone for e in content.entries.values() for p in e.phone if p.timezone}


def _stretches(content: Content) -> Iterator[tuple[datetime, int]]:
    begins = _turns(content)
    for day, following in zip(begins, [*begins[1:], begins[-1] + timedelta(days=366)], strict=True):
        # From noon on the day after, so that it is that day in every zone.
        yield datetime.combine(day + timedelta(days=1), time(12), UTC), WEEKS.days
        for holiday in sorted(federal_holidays(day.year) | federal_holidays(day.year + 1)):
            if day <= holiday < following:
                yield datetime.combine(holiday, time(4), UTC), 2


def _turns(content: Content) -> list[date]:
    """List the days on which anything becomes more or less sure: checks made, due, stepped back, law to be read."""
    made = [(entry, check.on) for entry in content.entries.values() for check in entry.checks]
    newest = max(on for _, on in made)
    found = {newest}
    for entry, on in made:
        term = content.line.term(entry)
        found |= {on + term + timedelta(days=1), on + 2 * term + timedelta(days=1)}
    found |= {b.due for topic in content.topics.values() for b in topic.block if b.due}
    return sorted(day for day in found if day >= newest)
