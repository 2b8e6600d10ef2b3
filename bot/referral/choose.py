"""Which entries a need is answered with, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from bot.referral.clocks import Clocks, openness
from bot.referral.content import ELSEWHERE, NATIONAL, Content
from bot.referral.crowd import Promise, Question
from bot.referral.entry import Entry, Phone, Way
from bot.referral.fit import fit, rings_for
from bot.referral.given import Given, today_in, zone_of
from bot.referral.hours import Opening
from bot.referral.lane import Lane
from bot.referral.standing import SURENESS, State
from bot.referral.where import Point

#: The generic 211, for texters whose county is unknown or not served; an area's own 211 entry replaces it.
ANY_211 = "211"
_OFFICIAL = {"official": 0, "government": 0, "secondary": 1}
#: A named entry leads, before those that `fit`.
_NAMED = 0
_SORTED_BY = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for: a topic, perhaps a facet and an entry by name, where, in which language, by a minor."""

    topic: str
    facet: str = ""
    area: str = ""
    language: str = "en"
    minor: bool = False
    named: str = ""
    zip: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry as it can be given now: the numbers to print and how each stands with its hours."""

    entry: Entry
    call: Phone | None
    text: Phone | None
    opening: Opening
    night: bool


def choose(content: Content, need: Need, now: datetime, *, given: Given | None = None) -> tuple[Choice, ...]:
    """List the entries for a need, best first; deterministic.

    Facet before topic, then language, open now, sureness (verified, evidenced, due), rank, near before far when
    a ZIP code was told, official before secondary, id. Rank goes before the source, or every clinic known from a
    good list would stand behind 211.
    Never an entry that may not be sent, another area's, one whose ages exclude a minor, or one whose facets are
    others than the told one. `given`: the moment as it was looked at before, from the same area.
    """
    given = given or Given.at(content, need.area, now)
    look = _Look(given, need, Clocks(content, now), content.middles.get(need.zip))
    for entry in _candidates(look):
        look.take(entry)
    found = [pair for pair in look.found.values() if pair is not None]
    found.sort(key=_SORTED_BY)
    return tuple(choice for _, choice in found)


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at entries on behalf of a need; `found`: each with what it is sorted by, None = it is not offered."""

    given: Given
    need: Need
    clocks: Clocks
    here: Point | None
    found: dict[str, tuple[tuple[object, ...], Choice] | None] = field(default_factory=dict)

    def take(self, entry: Entry) -> bool:
        """Look at an entry, once; say whether it is offered."""
        if entry.id not in self.found:
            self.found[entry.id] = self._seen(entry)
        return self.found[entry.id] is not None

    @property
    def foreign(self) -> bool:
        """Tell whether the language is another one than the line's first, which everybody speaks."""
        return self.need.language != self.given.content.line.languages[0]

    def speaks(self, who: Phone | Lane) -> bool:
        """Tell whether the language of the need is known to be spoken there."""
        return not self.foreign or who.speaks(self.need.language)

    def promise(self, lane: Lane, area: str) -> Promise:
        """Return what stands before rank for the entries of a lane, for all that the release says."""
        zone = lane.zone or self.zone(area)
        return not self.speaks(lane), openness(self.clocks.opening(lane.hours, zone), night=self.clocks.night(zone))

    def zone(self, area: str) -> str:
        """Return the time zone of an entry's area; a national one is where the texter is."""
        return zone_of(self.given.content, self.need.area if area == NATIONAL else area)

    def _seen(self, entry: Entry) -> tuple[tuple[object, ...], Choice] | None:
        need = self.need
        if not _offered(self.given.content, entry, need):
            return None
        miles = self.here.miles_to(entry.place) if self.here and entry.place else 0.0
        if entry.radius_miles is not None and miles > entry.radius_miles and entry.id != need.named:
            return None
        tier = _tier(entry, need)
        choice = _choice(self, entry) if tier is not None else None
        if tier is None or choice is None:
            return None
        return (tier[0], *_order(self, choice), tier[1], miles, _OFFICIAL.get(entry.source, 2), entry.id), choice


def _candidates(look: _Look) -> Iterator[Entry]:
    content, need = look.given.content, look.need
    for area in (NATIONAL, need.area):
        crowd = content.crowds.get((need.topic, area))
        if crowd is None:
            yield from content.serving.get((need.topic, area), ())
        else:
            yield from (content.entries[name] for name in crowd.likely(_question(look, area)))
    if need.named in content.entries:
        yield content.entries[need.named]


def _question(look: _Look, area: str) -> Question:
    entries, told = look.given.content.entries, look.given.content.bulletins.checks
    return Question(
        *(look.need.facet, look.here, look.given.today),
        promise=lambda lane: look.promise(lane, area),
        fits=lambda name: look.take(entries[name]),
        told={name for name, _ in told},
    )


def _offered(content: Content, entry: Entry, need: Need) -> bool:
    if entry.id == need.named:
        return True
    areas = content.line.areas
    if entry.id == ANY_211 and (need.area in areas or any(a.entry_211 == need.named for a in areas.values())):
        return False
    return not (need.minor and entry.ages and entry.ages[0] >= 18)


def _tier(entry: Entry, need: Need) -> tuple[int, int] | None:
    found = fit(entry, need.topic, need.facet)
    if entry.id == need.named:
        return _NAMED, found[1] if found else 0
    return found


def _choice(look: _Look, entry: Entry) -> Choice | None:
    call = text = None
    for phone in look.given.phones(entry):
        if not _rings_for(phone, entry, look.need):
            continue
        if call is None and Way.CALL in phone.ways:
            call = phone
        if text is None and Way.TEXT in phone.ways and _text_now(look, phone, look.zone(entry.area)):
            text = phone
    lead = call or text
    if lead is None and not look.given.site(entry):
        return None
    zone = (lead.timezone if lead else "") or look.zone(entry.area)
    return Choice(entry, call, text, look.clocks.opening(lead.hours if lead else "", zone), look.clocks.night(zone))


def _rings_for(phone: Phone, entry: Entry, need: Need) -> bool:
    if entry.id == need.named:
        return (entry.serves if phone.serves is None else phone.serves) != ()
    return rings_for(phone, entry, need.topic, need.facet)


def _text_now(look: _Look, phone: Phone, zone: str) -> bool:
    # A text number is offered in a language only where texting in it is evidenced, and not while it is known shut.
    if not look.speaks(phone):
        return False
    opening = look.clocks.opening(phone.hours, phone.timezone or zone)
    return opening is not Opening.CLOSED and opening is not Opening.HOLIDAY


def _order(look: _Look, choice: Choice) -> tuple[bool, int, int]:
    call, text = choice.call, choice.text
    foreign = look.foreign and not ((call and look.speaks(call)) or (text and look.speaks(text)))
    return foreign, openness(choice.opening, night=choice.night), _sureness(look, choice.entry, call or text)


def _sureness(look: _Look, entry: Entry, phone: Phone | None) -> int:
    sure = SURENESS[look.given.state(entry, phone)]
    if not entry.keep:
        return sure
    # What is always given does not lose its place by being late; and in a crisis nobody is led past 911 or 988
    # because somebody dialled another number lately.
    return 0 if look.given.content.topics[look.need.topic].crisis else min(sure, SURENESS[State.EVIDENCED])


__all__ = ["ANY_211", "ELSEWHERE", "Choice", "Need", "choose", "today_in", "zone_of"]
