"""Which entries a need is answered with, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.referral.content import ELSEWHERE, NATIONAL, Content
from bot.referral.crowd import Promise, Question
from bot.referral.entry import Entry, Phone, Serves, Way
from bot.referral.given import Given, today_in, zone_of
from bot.referral.hours import Opening, is_night, state
from bot.referral.lane import Lane
from bot.referral.standing import SURENESS, State
from bot.referral.where import Point

#: The generic 211, for texters whose county is unknown or not served; an area's own 211 entry replaces it.
ANY_211 = "211"
_OPENNESS = {Opening.OPEN: 0, Opening.HOLIDAY: 1, Opening.UNKNOWN: 1, Opening.CLOSED: 3}
_OFFICIAL = {"official": 0, "government": 0, "secondary": 1}
#: A named entry leads, and one for the facet that was told goes before one for the whole topic.
_NAMED, _FACET, _GENERAL = 0, 1, 2


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
    look = _Look(given or Given.at(content, need.area, now), need, now, content.middles.get(need.zip))
    for entry in _candidates(look):
        look.take(entry)
    found = (pair for pair in look.found.values() if pair is not None)
    return tuple(choice for _, choice in sorted(found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at entries on behalf of a need; `found`: each with what it is sorted by, None = it is not offered."""

    given: Given
    need: Need
    now: datetime
    here: Point | None
    found: dict[str, tuple[tuple[object, ...], Choice] | None] = field(default_factory=dict)

    def take(self, entry: Entry) -> bool:
        """Look at an entry, once; say whether it is offered."""
        if entry.id not in self.found:
            self.found[entry.id] = self._seen(entry)
        return self.found[entry.id] is not None

    def promise(self, lane: Lane, area: str) -> Promise:
        """Return what stands before rank for the entries of a lane, for all that the release says."""
        content, need = self.given.content, self.need
        zone = lane.zone or zone_of(content, need.area if area == NATIONAL else area)
        opening = state(content.schedules.get(lane.hours), self.now, zone)
        foreign = need.language != content.line.languages[0] and not lane.speaks(need.language)
        return foreign, _openness(opening, night=is_night(self.now, zone))

    def _seen(self, entry: Entry) -> tuple[tuple[object, ...], Choice] | None:
        given, need = self.given, self.need
        if not _offered(given.content, entry, need):
            return None
        miles = self.here.miles_to(entry.place) if self.here and entry.place else 0.0
        if entry.radius_miles is not None and miles > entry.radius_miles and entry.id != need.named:
            return None
        tier, rank = _fit(entry, need)
        choice = _choice(given, entry, need, self.now) if tier is not None else None
        if choice is None:
            return None
        return (tier, *_order(given, choice, need), rank, miles, _OFFICIAL.get(entry.source, 2), entry.id), choice


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


def _fit(entry: Entry, need: Need) -> tuple[int | None, int]:
    best: tuple[int | None, int] = (None, 0)
    for serves in entry.all_serves():
        if serves.topic != need.topic:
            continue
        tier = _tier(serves, need.facet)
        if tier is not None and (best[0] is None or (tier, serves.rank) < (best[0], best[1])):
            best = (tier, serves.rank)
    return (_NAMED, best[1]) if entry.id == need.named else best


def _tier(serves: Serves, facet: str) -> int | None:
    if not serves.facets:
        return _GENERAL
    return _FACET if facet in serves.facets else None


def _choice(given: Given, entry: Entry, need: Need, now: datetime) -> Choice | None:
    content = given.content
    phones = [p for p in given.phones(entry) if _rings_for(p, entry, need)]
    call = next((p for p in phones if Way.CALL in p.ways), None)
    text = next((p for p in phones if Way.TEXT in p.ways and _text_now(content, p, need, now)), None)
    if call is None and text is None and not given.site(entry):
        return None
    lead = call or text
    zone = (lead.timezone if lead else "") or zone_of(content, need.area if entry.area == NATIONAL else entry.area)
    opening = state(content.schedules.get(lead.hours) if lead else None, now, zone)
    return Choice(entry, call, text, opening, is_night(now, zone))


def _rings_for(phone: Phone, entry: Entry, need: Need) -> bool:
    serves = entry.serves if phone.serves is None else phone.serves
    if entry.id == need.named:
        return serves != ()
    return any(s.topic == need.topic and _tier(s, need.facet) is not None for s in serves)


def _text_now(content: Content, phone: Phone, need: Need, now: datetime) -> bool:
    # A text number is offered in a language only where texting in it is evidenced, and not while it is known shut.
    if need.language != content.line.languages[0] and not phone.speaks(need.language):
        return False
    zone = phone.timezone or zone_of(content, need.area)
    return state(content.schedules.get(phone.hours), now, zone) not in (Opening.CLOSED, Opening.HOLIDAY)


def _order(given: Given, choice: Choice, need: Need) -> tuple[bool, int, int]:
    entry = choice.entry
    phones = [p for p in (choice.call, choice.text) if p is not None]
    foreign = need.language != given.content.line.languages[0] and not any(p.speaks(need.language) for p in phones)
    sureness = _sureness(given, entry, phones[0] if phones else None, need.topic)
    return foreign, _openness(choice.opening, night=choice.night), sureness


def _openness(opening: Opening, *, night: bool) -> int:
    # By day an unknown hour is as good as an open door.
    return 0 if opening is Opening.UNKNOWN and not night else _OPENNESS[opening]


def _sureness(given: Given, entry: Entry, phone: Phone | None, topic: str) -> int:
    sure = SURENESS[given.state(entry, phone)]
    if not entry.keep:
        return sure
    # What is always given does not lose its place by being late; and in a crisis nobody is led past 911 or 988
    # because somebody dialled another number lately.
    return 0 if given.content.topics[topic].crisis else min(sure, SURENESS[State.EVIDENCED])


__all__ = ["ANY_211", "ELSEWHERE", "Choice", "Need", "choose", "today_in", "zone_of"]
