"""Entries of a crowd that have the same hours and languages, in order of rank, with the days on which we are sure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.referral.check import PROVEN, Result
from bot.referral.entry import Entry, Phone, Serves, Way
from bot.referral.limits import Terms
from bot.referral.where import Point

#: The last days, as ordinals, on which an entry counts as verified, as evidenced, and as due by its passed checks.
Days: TypeAlias = tuple[int, int, int]
#: Rank, 0 for an official source, id, days, place.
Row: TypeAlias = tuple[int, int, str, Days, Point | None]
#: Hours, time zone and languages.
Key: TypeAlias = tuple[str, str, frozenset[str]]
#: How sure we are, best first: verified, evidenced, due, and this: stepped back.
BACK = 3
#: With more patterns of days than this a lane is taken to hold rows of every level.
_FEW_DAYS = 8
_ALL_LEVELS = frozenset(range(BACK + 1))


@dataclass(frozen=True, slots=True, repr=False)
class Lane:
    """Entries whose first number has these hours, time zone ("" = that of their area) and, all told, languages.

    `placed` and `nowhere`: those of its rows that have a place on the map, and those that have none; `days`: those of
    all its rows, None = too many.
    """

    hours: str
    zone: str
    languages: frozenset[str]
    rows: tuple[Row, ...]
    placed: tuple[Row, ...] = ()
    nowhere: tuple[Row, ...] = ()
    days: frozenset[Days] | None = None

    def levels(self, today: int) -> frozenset[int]:
        """Return how sure we may be of its rows on a day, as an ordinal."""
        return _ALL_LEVELS if self.days is None else frozenset(level_of(days, today) for days in self.days)

    def speaks(self, language: str) -> bool:
        """Say whether a language is known to be spoken (or interpreted) there."""
        return language in self.languages or "*" in self.languages


def level_of(days: Days, today: int) -> int:
    """Return how sure we are of an entry on a day by its passed checks: 0 verified, 1 evidenced, 2 due, 3 no more."""
    if today <= days[0]:
        return 0
    return 1 if today <= days[1] else 2 if today <= days[2] else BACK


class Leads:
    """What puts entries into their lanes, worked out once for all topics an entry serves."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._ranks: dict[str, dict[str, dict[str, int]]] = {}
        self._alike: dict[str, tuple[Key, Days]] = {}

    def ranks(self, entry: Entry, topic: str) -> dict[str, int]:
        """Return the best rank of an entry for each facet of a topic it serves, "" = the whole topic."""
        topics = self._ranks.get(entry.id)
        if topics is None:
            topics = self._ranks[entry.id] = {}
            for serves in entry.all_serves():
                ranks = topics.setdefault(serves.topic, {})
                for facet in serves.facets or ("",):
                    ranks[facet] = min(serves.rank, ranks.get(facet, serves.rank))
        return topics[topic]

    def led(self, entry: Entry, topic: str, facet: str) -> tuple[Key, Days]:
        """Return the lane of an entry and its days, as its first number that rings for the facet tells them."""
        known = self._alike.get(entry.id)
        if known is not None:
            return known
        phones = [p for p in entry.phone if p.publish]
        if all(p.serves is None for p in phones):
            # Most entries: all their numbers ring for all they serve.
            known = self._alike[entry.id] = _led(entry, phones, self._terms)
            return known
        return _led(entry, [p for p in phones if _rings(p, entry, topic, facet)], self._terms)


def lanes_of(topic: str, entries: Iterable[Entry], leads: Leads) -> dict[str, tuple[Lane, ...]]:
    """Sort the entries that serve a topic into lanes, for each facet and, as "", for the whole topic."""
    found: dict[str, dict[Key, list[Row]]] = {}
    for entry in entries:
        official = int(entry.source == "secondary")
        for facet, rank in leads.ranks(entry, topic).items():
            key, days = leads.led(entry, topic, facet)
            found.setdefault(facet, {}).setdefault(key, []).append((rank, official, entry.id, days, entry.place))
    return {facet: tuple(_lane(key, rows) for key, rows in lanes.items()) for facet, lanes in found.items()}


def by_rank(row: Row) -> tuple[int, int, str]:
    """Return what rows of a lane are in order of."""
    return row[:3]


def _lane(key: Key, rows: list[Row]) -> Lane:
    ordered = tuple(sorted(rows, key=by_rank))
    days = frozenset(row[3] for row in rows)
    placed, nowhere = (tuple(row for row in ordered if (row[4] is None) is none) for none in (False, True))
    return Lane(*key, ordered, placed, nowhere, days if len(days) <= _FEW_DAYS else None)


def _led(entry: Entry, phones: list[Phone], terms: Terms) -> tuple[Key, Days]:
    calls = [p for p in phones if Way.CALL in p.ways]
    texts = [p for p in phones if Way.TEXT in p.ways]
    lead = calls[0] if calls else texts[0] if texts else None
    spoken = frozenset(language for p in (*calls[:1], *texts) for language in p.languages)
    key = (lead.hours, lead.timezone, spoken) if lead else ("", "", spoken)
    return key, _days(entry, lead, terms)


def _rings(phone: Phone, entry: Entry, topic: str, facet: str) -> bool:
    rows: tuple[Serves, ...] = entry.serves if phone.serves is None else phone.serves
    return any(row.topic == topic and (not row.facets or facet in row.facets) for row in rows)


def _days(entry: Entry, phone: Phone | None, terms: Terms) -> Days:
    passed = [c for c in (*entry.checks, *(phone.checks if phone else ())) if c.result is Result.OK]
    if not passed:
        return 0, 0, 0
    term, seen = terms.of(entry.kind).days, max(c.on for c in passed).toordinal()
    proven = max((c.on.toordinal() + term for c in passed if c.how in PROVEN), default=0)
    return proven, seen + term, seen + 2 * term
