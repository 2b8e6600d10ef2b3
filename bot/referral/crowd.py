"""Which of very many entries are worth a look: those that are best for what is asked, at this hour and from here.

A county's directory may hold hundreds of pantries, a state's a hundred thousand services. To look at all of them for
each text would only take time: a thirtieth of a second for ten thousand. So they lie ready in lanes: the entries of
one lane have the same hours and languages, and one look tells who of them answers now, and in which language.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice
from math import cos, floor, hypot, radians

from bot.referral.entry import Entry
from bot.referral.lane import BACK, Lane, Leads, Row, by_rank, lanes_of, level_of
from bot.referral.where import Point

#: Nobody hears of more than a dozen. So many that may be given are taken for the facet, and for the whole topic; where
#: a place was told, so many of the nearest as well among those that are equal to the last of them.
ENOUGH = 16
#: Up to so many entries that serve a topic in an area, all are looked at.
FEW = 2 * ENOUGH
#: The side of a square of the map, in degrees: some seven miles.
_SIDE = 0.1
#: How far squares are looked through around a ZIP code: some forty miles. Beyond, all are sorted by distance.
_RINGS = 6

Square = tuple[int, int]
#: What comes before the rank of an entry: whether its language is foreign, and whether it is open. Less is better.
Promise = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Question:
    """What a text asks of a crowd. `fits` says whether an entry may be given at all; `told`: checked since the release.

    Lanes `promise` what the release says: what staff told since may make an entry worse, and `fits` knows that.
    """

    facet: str
    where: Point | None
    today: date
    promise: Callable[[Lane], Promise]
    fits: Callable[[str], bool]
    told: Collection[str] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Crowd:
    """The entries that serve a topic in an area, by facet: in lanes, and on the map. `kept` are always looked at."""

    kept: tuple[str, ...]
    lanes: Mapping[str, tuple[Lane, ...]]
    #: Facet → square → the lane and the row of each entry in it.
    squares: Mapping[str, Mapping[Square, tuple[tuple[Lane, Row], ...]]]

    @classmethod
    def of(cls, topic: str, entries: Iterable[Entry], leads: Leads) -> "Crowd | None":
        """Sort the entries that serve a topic, None when they are few."""
        all_of_them = tuple(entries)
        if len(all_of_them) <= FEW:
            return None
        lanes = lanes_of(topic, (entry for entry in all_of_them if not entry.keep), leads)
        kept = tuple(entry.id for entry in all_of_them if entry.keep)
        return cls(kept, lanes, {facet: _squares(found) for facet, found in lanes.items()})

    def likely(self, asked: Question) -> Iterator[str]:
        """Give the ids worth a look, each once: the best stand among them, as if all had been looked at."""
        seen: set[str] = set()
        yield from self._new(filter(asked.fits, self.kept), seen)
        for facet in (asked.facet, "") if asked.facet else ("",):
            yield from self._new(_Search(self, facet, asked).best(), seen)

    def _new(self, names: Iterable[str], seen: set[str]) -> Iterator[str]:
        for name in names:
            if name not in seen:
                seen.add(name)
                yield name


@dataclass(frozen=True, slots=True)
class _Search:
    """A look at the entries of one facet."""

    crowd: Crowd
    facet: str
    asked: Question

    def best(self) -> Iterator[str]:
        """Give the best by language, opening, sureness and rank, and of those equal to the last one the nearest."""
        found = 0
        for lanes, level in self._groups():
            holding = (lane for lane in lanes if level in lane.levels(self.asked.today.toordinal()))
            for row in merge(*(self._rows(lane.rows, level) for lane in holding), key=by_rank):
                if not self.asked.fits(row[2]):
                    continue
                yield row[2]
                found += 1
                if found == ENOUGH:
                    if self.asked.where is not None:
                        yield from self._nearest(lanes, level, row[0], self.asked.where)
                    return

    def _groups(self) -> Iterator[tuple[list[Lane], int]]:
        """Give the lanes that promise the same and how sure we are of the rows meant, best first."""
        alike: dict[Promise, list[Lane]] = {}
        for lane in self.crowd.lanes.get(self.facet, ()):
            alike.setdefault(self.asked.promise(lane), []).append(lane)
        for promise in sorted(alike):
            for level in range(BACK + 1):
                yield alike[promise], level

    def _rows(self, rows: Iterable[Row], level: int) -> Iterator[Row]:
        today, told = self.asked.today.toordinal(), self.asked.told
        # What stepped back by the release comes back only by a check since.
        return (row for row in rows if level_of(row[3], today) == level and (level < BACK or row[2] in told))

    def _nearest(self, lanes: list[Lane], level: int, rank: int, where: Point) -> Iterator[str]:
        """Give those nearest of one level and rank; what has no place is everywhere, and as near as can be."""
        nowhere = merge(*(self._rows(lane.nowhere, level) for lane in lanes), key=by_rank)
        yield from islice((row[2] for row in nowhere if row[0] == rank and self.asked.fits(row[2])), ENOUGH)

        def equal(rows: Iterable[Row]) -> list[Row]:
            return [row for row in self._rows(rows, level) if row[0] == rank]

        names = self._by_distance(self._around(lanes, where, equal), where)
        if len(names) < ENOUGH:
            names = self._by_distance([row for lane in lanes for row in equal(lane.placed)], where)
        yield from names

    def _around(self, lanes: list[Lane], where: Point, equal: Callable[[Iterable[Row]], list[Row]]) -> list[Row]:
        """Return the rows around a point with twice enough of the nearest among them, none where that is not sure."""
        squares, those = self.crowd.squares[self.facet], {id(lane) for lane in lanes}
        found: list[Row] = []
        reach, narrow = None, cos(radians(where.lat))
        for ring in range(_RINGS + 1 if squares else 0):
            # What was left out is farther away than the squares between.
            if reach is not None and (ring - 1) * _SIDE * narrow > reach:
                return found
            near = (pair for square in _ring(_square(where), ring) for pair in squares.get(square, ()))
            found += equal(row for lane, row in near if id(lane) in those)
            if len(found) >= 2 * ENOUGH:
                reach = 1.05 * sorted(_degrees(row[4] or where, where) for row in found)[2 * ENOUGH - 1]
        return []

    def _by_distance(self, rows: list[Row], where: Point) -> list[str]:
        ordered = sorted(rows, key=lambda row: (where.miles_to(row[4] or where), *by_rank(row)))
        return list(islice((row[2] for row in ordered if self.asked.fits(row[2])), ENOUGH))


def _squares(lanes: Iterable[Lane]) -> dict[Square, tuple[tuple[Lane, Row], ...]]:
    found: dict[Square, list[tuple[Lane, Row]]] = {}
    for lane in lanes:
        for row in lane.placed:
            if row[4] is not None:
                found.setdefault(_square(row[4]), []).append((lane, row))
    return {square: tuple(rows) for square, rows in found.items()}


def _square(point: Point) -> Square:
    return floor(point.lat / _SIDE), floor(point.long / _SIDE)


def _ring(middle: Square, ring: int) -> Iterator[Square]:
    """Give the squares that are so many steps away from one."""
    steps = range(-ring, ring + 1)
    return ((middle[0] + n, middle[1] + e) for n in steps for e in steps if ring in (abs(n), abs(e)))


def _degrees(point: Point, where: Point) -> float:
    """Return about how far it is between two near points, in degrees of latitude."""
    return hypot(point.lat - where.lat, (point.long - where.long) * cos(radians(where.lat)))
