"""How far it is from a ZIP code to a place: as the crow flies, in miles."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

#: Mean radius of the Earth (IUGG), in miles.
_EARTH_MILES = 3958.8


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees; west is below zero."""

    lat: float
    long: float

    def miles_to(self, other: "Point") -> float:
        """Return the distance to another point in miles."""
        here, there = radians(self.lat), radians(other.lat)
        across = radians(other.long - self.long)
        half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
        return 2 * _EARTH_MILES * asin(sqrt(min(1.0, half)))


def points(table: Mapping[str, tuple[float, ...]]) -> dict[str, Point]:
    """Return the middle of each ZIP code of a table of (latitude, longitude) pairs."""
    return {code: Point(pair[0], pair[1]) for code, pair in table.items() if len(pair) == 2}
