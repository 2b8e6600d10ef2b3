"""The ZIP codes of a county, from the zipcodes package: what an area's files are made of, and where a ZIP lies.

Its data: unitedstateszipcodes.org and GeoNames (CC BY 4.0). A second and 57 MB to load: never in the line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import zipcodes

#: Enough to tell which of two places is nearer: the middle of a ZIP code to the nearest 100 yards.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP code: the town and county it belongs to, and its middle, where the package knows it."""

    code: str
    town: str
    county: str
    state: str
    middle: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class County:
    """A county as the package knows it."""

    zips: tuple[Zip, ...]

    @property
    def towns(self) -> dict[str, str]:
        """Return the town each code belongs to; retired and post office box codes too."""
        return {z.code: z.town for z in self.zips}


def county(name: str, state: str) -> County:
    """Look a county up by name and state ("DuPage County", "IL"); nothing in it = there is none of that name.

    Case is ignored: the package writes "DuPage County" for 36 codes and "Dupage County" for 18. The package knows
    one county for each code.
    """
    return County(tuple(z for z in _by_state(state.upper()) if z.county.casefold() == name.casefold()))


def every_zip() -> Mapping[str, Zip]:
    """Return every ZIP code of the country."""
    return _all()


@cache
def _all() -> dict[str, Zip]:
    rows: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call]
    return {row["zip_code"]: _zip(row) for row in sorted(rows, key=lambda row: str(row["zip_code"]))}


def _by_state(state: str) -> list[Zip]:
    return [z for z in _all().values() if z.state == state]


def _zip(row: Mapping[str, Any]) -> Zip:
    lat, long = float(row["lat"] or 0), float(row["long"] or 0)
    middle = (round(lat, _DIGITS), round(long, _DIGITS)) if (lat, long) != (0, 0) else None
    return Zip(row["zip_code"], row["city"], row["county"], row["state"], middle)


def as_zip_list(found: County) -> str:
    """Write the codes as the lines between the brackets of an area's `zips` in line.toml, twelve in a line."""
    codes = [z.code for z in found.zips]
    lines = (codes[at : at + 12] for at in range(0, len(codes), 12))
    return "\n".join("    " + " ".join(f'"{code}",' for code in line) for line in lines)


def as_middles(found: County) -> str:
    """Write the middles of the codes as lines of zips.toml, one code a line."""
    return "\n".join(f"{z.code} = [{z.middle[0]}, {z.middle[1]}]" for z in found.zips if z.middle)
