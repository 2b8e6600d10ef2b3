"""Which of very many entries are worth a look: the best by rank and the nearest.

A county's directory may hold hundreds of pantries. Nobody hears of more than a dozen in a conversation, so looking at
all of them for each text would only take time: a thirtieth of a second for ten thousand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import floor

from bot.referral.entry import Entry
from bot.referral.where import Point

#: So many that may be given are taken by rank for each facet and for the whole topic, and so many by distance.
ENOUGH = 30
#: Up to so many entries that serve a topic in an area, all are looked at.
FEW = 4 * ENOUGH
#: The side of a square of the map, in degrees: some seven miles.
_SIDE = 0.1
#: How far squares are looked through around a ZIP code: some forty miles.
_RINGS = 6

Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The entries that serve a topic in an area, by their ids: in order of rank for each facet, and on the map."""

    ranked: Mapping[str, tuple[str, ...]]
    squares: Mapping[Square, tuple[str, ...]]

    @classmethod
    def of(cls, topic: str, entries: Iterable[Entry]) -> "Crowd | None":
        """Sort the entries that serve a topic, None when they are few."""
        all_of_them = tuple(entries)
        if len(all_of_them) <= FEW:
            return None
        ranked: dict[str, list[tuple[int, str]]] = {}
        squares: dict[Square, list[str]] = {}
        for entry in all_of_them:
            for serves in entry.all_serves():
                if serves.topic == topic:
                    for facet in serves.facets or ("",):
                        ranked.setdefault(facet, []).append((serves.rank, entry.id))
            if entry.place is not None:
                squares.setdefault(_square(entry.place), []).append(entry.id)
        return cls(
            {facet: tuple(dict.fromkeys(name for _, name in sorted(found))) for facet, found in ranked.items()},
            {square: tuple(found) for square, found in squares.items()},
        )

    def likely(self, facet: str, where: Point | None, fits: Callable[[str], bool]) -> Iterator[str]:
        """Give the ids worth a look, each once: those of the facet, of the whole topic, and those near."""
        seen: set[str] = set()
        for name in (facet, "") if facet else ("",):
            yield from _first(self.ranked.get(name, ()), seen, fits)
        if where is not None:
            yield from _first(self._near(where), seen, fits)

    def _near(self, where: Point) -> Iterator[str]:
        lat, long = _square(where)
        for ring in range(_RINGS + 1):
            for north in range(-ring, ring + 1):
                for east in range(-ring, ring + 1):
                    if ring in (abs(north), abs(east)):
                        yield from self.squares.get((lat + north, long + east), ())


def _first(names: Iterable[str], seen: set[str], fits: Callable[[str], bool]) -> Iterator[str]:
    found = 0
    for name in names:
        if name not in seen and fits(name):
            seen.add(name)
            yield name
            found += 1
            if found == ENOUGH:
                return


def _square(point: Point) -> Square:
    return floor(point.lat / _SIDE), floor(point.long / _SIDE)
