"""What the staff door imports with: what is asked for, the plan in short, and who draws it and carries it out."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from bot.directory.duplicates import Group, Seen, Why
from bot.referral.content import Content
from bot.storage.releases import Release

#: Told what is being done, and how much of it is done: "Reading", 10, 300.
Progress = Callable[[str, int, int], None]


class RefusedError(Exception):
    """A plan could not be drawn or carried out. `problems`: why; `moved`: somebody changed what it was made from."""

    def __init__(self, problems: tuple[str, ...], *, moved: bool = False) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.moved = moved


class CancelledError(Exception):
    """Somebody did not want a plan any more while it was drawn."""


class Stop:
    """Whether work is to end, and what ends it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._then: list[Callable[[], None]] = []
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether the work is to end."""
        return self._asked

    def ask(self) -> None:
        """End the work."""
        with self._lock:
            self._asked, then = True, self._then
        for each in then:
            each()

    def then(self, end: Callable[[], None]) -> None:
        """Have this called when the work is to end; at once, if it is already."""
        with self._lock:
            self._then.append(end)
        if self._asked:
            end()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An uploaded directory: the folder its plan is drawn in, its file, its name here, and what was chosen.

    `taken`: ids of what is kept back, where a person takes the source's side.
    """

    folder: Path
    file: Path
    source: str
    mapping: Path | None = None
    taken: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON holds; `of` reads them."""
        mapping = str(self.mapping) if self.mapping else None
        return {"folder": str(self.folder), "file": str(self.file), "source": self.source} | {
            "mapping": mapping, "taken": list(self.taken)
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Wanted":
        """Return what was made plain."""
        mapping = Path(plain["mapping"]) if plain["mapping"] else None
        return cls(Path(plain["folder"]), Path(plain["file"]), plain["source"], mapping, tuple(plain["taken"]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan in short: how many services each thing happens to, how many are written, and what else there is to say.

    `needless`: what was to be taken and is not kept back. `mapping`: how columns were read. `mark`: the release the
    plan was made from. `twice`: what may be there twice.
    """

    counts: Mapping[str, int]
    writes: int
    changes_nothing: bool
    lines: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()
    mapping: str = ""
    mark: tuple[int, str] | None = None
    twice: tuple[Group, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON holds; `of` reads them."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "twice"} | {
            "twice": [([astuple(one) for one in group.entries], list(group.why)) for group in self.twice]
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Sheet":
        """Return what was made plain."""
        listed = {name: tuple(plain[name]) for name in ("lines", "needless")}
        mark = (plain["mark"][0], plain["mark"][1]) if plain["mark"] else None
        twice = tuple(_group(entries, why) for entries, why in plain["twice"])
        return cls(**{**plain, **listed, "mark": mark, "twice": twice})


def _group(entries: list[list[Any]], why: list[str]) -> Group:
    seen = [
        Seen(called, name, tuple(numbers), tuple(zips), tuple(places), owner, kept)
        for called, name, numbers, zips, places, owner, kept in entries
    ]
    return Group(tuple(seen), tuple(Why(each) for each in why))


class Stage(StrEnum):
    """How far a plan is."""

    DRAWING = "drawing"
    DRAWN = "drawn"
    REFUSED = "refused"
    WRITING = "writing"
    WRITTEN = "written"


class BusyError(Exception):
    """Another file was being read or written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as its owner sees it: its file, when it was begun, how far it is, what came of it, how often drawn."""

    token: str
    owner: int
    name: str
    begun: datetime
    wanted: Wanted = field(repr=False)
    stage: Stage = Stage.DRAWING
    what: str = ""
    done: int = 0
    all: int = 0
    sheet: Sheet | None = None
    problems: tuple[str, ...] = ()
    moved: bool = False
    version: int = 1

    @property
    def works(self) -> bool:
        """Whether it is being worked on."""
        return self.stage in (Stage.DRAWING, Stage.WRITING)


class Importer(Protocol):
    """Draws plans and carries them out. Everything raises DatabaseError when the database is away."""

    def folder(self) -> AbstractContextManager[Path]:
        """Give a folder for one upload, readable by us alone; it goes at the end of the block."""

    def draw(self, wanted: Wanted, progress: Progress, stop: Stop) -> Sheet:
        """Draw a plan. Raises RefusedError with every reason why it cannot be drawn, CancelledError."""

    def carry_out(self, wanted: Wanted, sheet: Sheet, progress: Progress, *, by: str, now: datetime) -> None:
        """Write a plan, all of it or nothing, and who did so. Raises RefusedError."""

    def twice(self, release: Release, content: Content) -> list[Group]:
        """Return which imported entries may be the same service as another."""
