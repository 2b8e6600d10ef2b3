"""Which entries a need is answered with, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.referral.content import ELSEWHERE, NATIONAL, Area, Content
from bot.referral.entry import Entry, Phone, Serves, State, Way
from bot.referral.hours import Opening, is_night, state

#: The generic 211, for texters whose county is unknown or not served; an area's own 211 entry replaces it.
ANY_211 = "211"
_SURENESS = {State.VERIFIED: 0, State.EVIDENCED: 1, State.DUE: 2, State.STEPPED_BACK: 3, State.UNVERIFIED: 4}
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


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry as it can be given now: the numbers to print and how each stands with its hours."""

    entry: Entry
    call: Phone | None
    text: Phone | None
    opening: Opening
    night: bool


def choose(content: Content, need: Need, now: datetime) -> tuple[Choice, ...]:
    """List the entries for a need, best first; deterministic.

    Facet before topic, then language, open now, sureness (verified, evidenced, due), rank, official before
    secondary, id. Rank goes before the source, or every clinic known from a good list would stand behind 211.
    Never an entry that may not be sent, another area's, one whose ages exclude a minor, or one whose facets are
    others than the told one.
    """
    today = today_in(content, need.area, now)
    found = []
    for entry in _candidates(content, need):
        if not _offered(content, entry, need, today):
            continue
        choice = _choice(content, entry, need, now)
        if choice is None:
            continue
        tier, rank = _fit(entry, need)
        if tier is not None:
            found.append(
                ((tier, *_order(content, choice, need, today), rank, _OFFICIAL.get(entry.source, 2), entry.id), choice)
            )
    return tuple(choice for _, choice in sorted(found, key=lambda pair: pair[0]))


def _candidates(content: Content, need: Need) -> Iterator[Entry]:
    for area in (NATIONAL, need.area):
        yield from (e for e in content.serving.get((need.topic, area), ()) if e.id != need.named)
    if need.named in content.entries:
        yield content.entries[need.named]


def today_in(content: Content, area: str, now: datetime) -> date:
    """Return the calendar day where the texter is (the first area's when unknown)."""
    return now.astimezone(ZoneInfo(zone_of(content, area))).date()


def zone_of(content: Content, area: str) -> str:
    """Return the time zone of an area; of the first area when the place is unknown or elsewhere."""
    areas = content.line.areas
    place: Area = areas[area] if area in areas else next(iter(areas.values()))
    return place.timezone


def _offered(content: Content, entry: Entry, need: Need, today: date) -> bool:
    if not entry.may_be_sent(today, content.line.term):
        return False
    if entry.id == need.named:
        return True
    if entry.id == ANY_211 and (need.area in content.line.areas or _is_211(content, need.named)):
        return False
    if need.minor and entry.ages and entry.ages[0] >= 18:
        return False
    return True


def _is_211(content: Content, entry_id: str) -> bool:
    return any(area.entry_211 == entry_id for area in content.line.areas.values())


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


def _choice(content: Content, entry: Entry, need: Need, now: datetime) -> Choice | None:
    phones = [p for p in entry.phone if p.publish and _rings_for(p, entry, need)]
    call = next((p for p in phones if Way.CALL in p.ways), None)
    text = next((p for p in phones if Way.TEXT in p.ways and _text_now(content, p, need, now)), None)
    if call is None and text is None and not entry.link:
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


def _order(content: Content, choice: Choice, need: Need, today: date) -> tuple[bool, int, int]:
    entry = choice.entry
    phones = [p for p in (choice.call, choice.text) if p is not None]
    foreign = need.language != content.line.languages[0] and not any(p.speaks(need.language) for p in phones)
    openness = _OPENNESS[choice.opening]
    if choice.opening is Opening.UNKNOWN and not choice.night:
        openness = 0  # by day an unknown hour is as good as an open door
    return foreign, openness, _SURENESS[entry.state(today, content.line.term)]


__all__ = ["ANY_211", "ELSEWHERE", "Choice", "Need", "choose", "today_in", "zone_of"]
