"""Which area of ours a ZIP code, a point, a town or a county lies in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

from bot.directory.counties import Zip
from bot.referral.content import ELSEWHERE, Line
from bot.referral.normalise import fold

#: A fifth of a degree: no ZIP code of ours has its middle farther than that from its edge.
_CELL = 0.2
#: A town stands for no area when part of it lies elsewhere.
DIVIDED = "divided"


@dataclass(frozen=True, slots=True, repr=False)
class Atlas:
    """The country as far as our areas need it. Made once for an import: it takes the ZIP codes of all states."""

    line: Line
    zips: Mapping[str, Zip]
    by_zip: Mapping[str, str]
    towns: Mapping[tuple[str, str], str]
    #: County → state → the area it is, or "elsewhere".
    counties: Mapping[str, Mapping[str, str]]
    cells: Mapping[tuple[int, int], tuple[Zip, ...]]

    @classmethod
    def of(cls, line: Line, zips: Mapping[str, Zip]) -> "Atlas":
        """Draw up which area each ZIP code, town and county of the country belongs to."""
        by_zip = {code: area.slug for area in line.areas.values() for code in area.zips}
        towns: dict[tuple[str, str], list[str]] = {}
        counties: dict[tuple[str, str], list[str]] = {}
        cells: dict[tuple[int, int], list[Zip]] = {}
        for found in zips.values():
            slug = by_zip.get(found.code, ELSEWHERE)
            towns.setdefault((found.state, plain(found.town)), []).append(slug)
            if found.county:
                counties.setdefault((found.state, county_name(found.county)), []).append(slug)
            if found.middle:
                cells.setdefault(_cell(*found.middle), []).append(found)
        named: dict[str, dict[str, str]] = {}
        for (state, name), slugs in counties.items():
            named.setdefault(name, {})[state] = max(set(slugs), key=slugs.count)
        return cls(
            line,
            zips,
            by_zip,
            {key: slugs[0] if len(set(slugs)) == 1 else DIVIDED for key, slugs in towns.items()},
            named,
            {key: tuple(found) for key, found in cells.items()},
        )

    def of_zip(self, code: str) -> str:
        """Return the area of a ZIP code, "elsewhere", or "" when there is no such code."""
        return self.by_zip.get(code) or (ELSEWHERE if code in self.zips else "")

    def of_point(self, lat: float, long: float) -> str:
        """Return the area of the nearest ZIP code, "" where none is near: at sea, abroad."""
        row, column = _cell(lat, long)
        near = [z for r in (-1, 0, 1) for c in (-1, 0, 1) for z in self.cells.get((row + r, column + c), ())]
        if not near:
            return ""
        narrow = cos(radians(lat))

        def away(found: Zip) -> float:
            north, east = found.middle or (lat, long)
            return (north - lat) ** 2 + ((east - long) * narrow) ** 2

        return self.of_zip(min(near, key=away).code)

    def of_town(self, town: str, state: str) -> str:
        """Return the area of a town, "divided" where it lies in several counties, "" when nobody knows it."""
        return self.towns.get((state, plain(town)), "")

    def of_county(self, name: str, states: Iterable[str]) -> str:
        """Return the area a county is, "elsewhere", or "" when there is no such county or several in doubt.

        `states` may name where it is; a name that only one county of the country has needs none.
        """
        found = self.counties.get(county_name(name), {})
        for state in states:
            if state in found:
                return found[state]
        return next(iter(found.values())) if len(found) == 1 else ""

    def of_state(self, state: str) -> str:
        """Return the first area of a state, "elsewhere" when we have none there."""
        return next((area.slug for area in self.line.areas.values() if area.state == state), ELSEWHERE)


def plain(name: str) -> str:
    """Return a name of a place without case, accents and dots: "St. Charles" → "st charles"."""
    return " ".join(fold(name).replace(".", " ").replace("-", " ").replace("saint ", "st ").split())


def county_name(name: str) -> str:
    """Return what a county is compared by: "DuPage County", "Condado de Du Page" → "dupage"."""
    bare = plain(name).removeprefix("county of ").removeprefix("condado de ").removeprefix("the ")
    return bare.removesuffix(" county").removesuffix(" co").removesuffix(" parish").replace(" ", "").replace("'", "")


def _cell(lat: float, long: float) -> tuple[int, int]:
    return round(lat / _CELL), round(long / _CELL)
