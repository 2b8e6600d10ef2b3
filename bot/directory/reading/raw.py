"""What was read, as it stands: rows of tables and JSON objects, each with the place it was found in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.directory.note import Note, Where


class UnreadableError(Exception):
    """What was to be read could not be read. `problems` holds every reason found, a plain sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a table: what each heading's cell says, the text as it stands."""

    where: Where
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table: a CSV file, a sheet, a list in a tabular JSON. `rows` reads it anew at each call, row by row.

    `file` is the name it is known by: "services.csv", or the name of a sheet. `count`: how many rows it will give.
    """

    file: str
    headings: tuple[str, ...]
    rows: Callable[[], Iterator[RawRow]]
    count: int = 0


@dataclass(frozen=True, slots=True)
class RawDoc:
    """One JSON object. `kind` is the name of an HSDS entity; the row of `where` is its place in its list, from 1."""

    where: Where
    kind: str
    doc: Mapping[str, Any]


def no_docs() -> Iterator[RawDoc]:
    """Return no object at all: what a directory made of tables holds."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Opened:
    """A directory that can be read: either tables or objects. Its files were read once already, to find faults.

    `docs` reads anew at each call, object by object; `count` says how many. `descriptor` is its datapackage.json,
    `mappings` the mapping files found beside the data, by name.
    """

    name: str
    tables: tuple[RawTable, ...] = ()
    docs: Callable[[], Iterator[RawDoc]] = no_docs
    descriptor: Mapping[str, Any] | None = None
    mappings: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Note, ...] = ()
    count: int = 0
