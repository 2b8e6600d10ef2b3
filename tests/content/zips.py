"""Which ZIP codes the zipcodes package puts into a county: `python -m tests.content.zips "DuPage County" IL`."""

import sys
from dataclasses import dataclass
from typing import Any

import zipcodes


@dataclass(frozen=True, slots=True)
class County:
    """A county as the package knows it: its ZIP codes, and for each the town it belongs to."""

    towns: dict[str, str]

    @property
    def zips(self) -> list[str]:
        """The codes in ascending order, retired and post office box ones too."""
        return sorted(self.towns)


def county(name: str, state: str) -> County:
    """Look a county up by name and state ("DuPage County", "IL").

    Case is ignored: the package writes "DuPage County" for 36 codes and "Dupage County" for 18.
    """
    rows: list[dict[str, Any]] = zipcodes.filter_by(state=state)  # type: ignore[no-untyped-call]
    found = {r["zip_code"]: r["city"] for r in rows if r["county"].casefold() == name.casefold()}
    return County(found)


def as_toml(zips: list[str]) -> str:
    """Write codes as the lines between the brackets of `zips` in data/line.toml, twelve in a line."""
    lines = (zips[at : at + 12] for at in range(0, len(zips), 12))
    return "\n".join("    " + " ".join(f'"{code}",' for code in line) for line in lines)


if __name__ == "__main__":
    sys.stdout.write(as_toml(county(sys.argv[1], sys.argv[2]).zips) + "\n")
