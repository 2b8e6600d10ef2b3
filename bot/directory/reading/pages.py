"""The pages of a fetch, kept as files, so that a fetch that broke goes on where it stopped."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.directory.reading.findings import BrokenError
from bot.directory.reading.limits import MB, Limits
from bot.directory.reading.source import Source, source_at

#: Pages of a broken fetch are too old to go on with after a day: the directory moved on.
LONGEST_BREAK_SECONDS = 24 * 3600
_STATE = "fetch.json"


@dataclass(slots=True)
class Counted:
    """What there is to tell about pages.

    `copies`: services that had been listed before; `strange`: what is no object at all; `mended`: letters and keys put
    right on the way; `bare`: ids of services that the server lists and has no details of.
    """

    copies: int = 0
    strange: int = 0
    mended: int = 0
    bare: list[str] = field(default_factory=list)

    def add(self, other: "Counted") -> None:
        """Add what was counted on another page."""
        self.copies += other.copies
        self.strange += other.strange
        self.mended += other.mended
        self.bare += other.bare


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was kept: its services, each once and complete, and what was counted on the way."""

    contents: list[dict[str, Any]]
    last: bool
    counted: Counted


@dataclass(slots=True)
class State:
    """What holds for all pages.

    `total`: how many services the server says it has; `full`: it lets us ask for whole services; `brief`: its lists
    leave details out; `vain`: how many services in a row, last, it had no details of;
    `cut`: it says that its first page is not the first.
    """

    of: str
    started: float
    total: int | None = None
    full: bool = True
    brief: bool | None = None
    vain: int = 0
    cut: bool = False
    done: bool = False


class PageStore:
    """A folder of pages. A page is there as a whole or not at all."""

    def __init__(self, folder: Path, of: str, limits: Limits, now: float) -> None:
        self._folder, self._limits = folder, limits
        self._of = hashlib.sha256(of.encode()).hexdigest()
        self._taken = 0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self._read(_STATE) or {}
        started, kept = found.get("started"), set(State.__dataclass_fields__)
        fits = set(found) == kept and found["of"] == self._of and not found["done"]
        if fits and isinstance(started, int | float) and 0 <= now - started <= LONGEST_BREAK_SECONDS:
            self.state = State(**found)
        else:
            self.drop(now)

    def drop(self, now: float) -> None:
        """Forget every page."""
        for path in self._folder.glob("page-*.json*"):
            path.unlink()
        self._taken = 0
        self.state = State(self._of, now)
        self.save()

    def save(self) -> None:
        """Keep the state."""
        self._write(_STATE, asdict(self.state))

    def page(self, number: int) -> Page | None:
        """Return a page that was kept, None when it was not."""
        found = self._read(_name(number))
        if found is None or set(found) != {"contents", "last", "counted"}:
            return None
        return Page(found["contents"], found["last"], Counted(**found["counted"]))

    def keep(self, number: int, page: Page) -> None:
        """Keep a page. Raises BrokenError when all pages together grow too large."""
        self._taken += self._write(_name(number), asdict(page))
        if self._taken > self._limits.total:
            raise BrokenError(f"the pages are larger than {self._limits.total // MB} MB together")

    def source(self, number: int) -> Source:
        """Return a page as a file to read services from."""
        return source_at(self._folder / _name(number), f"services page {number}")

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self._folder / name).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _write(self, name: str, value: Mapping[str, Any]) -> int:
        """Write a file under another name first: whatever breaks off leaves no half page behind.

        After a power cut it may be empty all the same; then it is no JSON, and read anew.
        """
        data = json.dumps(value, allow_nan=False).encode()
        temporary = self._folder / f"{name}.part"
        temporary.write_bytes(data)
        temporary.replace(self._folder / name)
        return len(data)


def _name(number: int) -> str:
    return f"page-{number:06}.json"
