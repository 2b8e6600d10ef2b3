"""Small directories made up to be shaped, and what came of them."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.directory.note import Note, Where
from bot.directory.reading.raw import Opened, RawDoc, RawRow, RawTable
from bot.directory.service import Doc, Service
from bot.directory.shaping.mapping import Mapping_
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.objects import mend
from bot.directory.shaping.shape import shape

UUID = "ac148810-d857-441c-9679-408f346de14b"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a directory."""

    services: tuple[Service, ...]
    notes: tuple[Note, ...]
    refused: tuple[Note, ...]
    guessed: Mapping_ | None

    @property
    def docs(self) -> list[Doc]:
        """The services, in order."""
        return [service.doc for service in self.services]

    @property
    def doc(self) -> Doc:
        """The only service."""
        (service,) = self.services
        return service.doc

    @property
    def said(self) -> list[str]:
        """What is said of services, a line each."""
        return [str(note) for service in self.services for note in service.notes]

    @property
    def told(self) -> list[str]:
        """What is said of the whole, a line each."""
        return [str(note) for note in self.notes]


def table(file: str, *rows: Mapping[str, str], headings: tuple[str, ...] = ()) -> RawTable:
    """Return a table; a row need not name all columns."""
    names = headings or tuple(dict.fromkeys(heading for row in rows for heading in row))
    numbered = [RawRow(Where(file, n), {name: row.get(name, "") for name in names}) for n, row in enumerate(rows, 2)]
    return RawTable(file, names, lambda: iter(numbered), len(numbered))


def came_of(opened: Opened, *, source: str = "made", mapping: Mapping_ | None = None) -> Came:
    """Shape a directory to the end."""
    with tempfile.TemporaryDirectory() as scratch:
        shaped = shape(opened, source=source, mapping=mapping, scratch=Path(scratch), progress=lambda done, of: None)
        services = tuple(shaped.services)
        assert len(services) == shaped.count
        assert not list(Path(scratch).iterdir()), "the scratch file may hold places where people hide: none may stay"
    return Came(services, shaped.notes, shaped.refused, shaped.guessed)


def tables(*given: RawTable, source: str = "made", mapping: Mapping_ | None = None) -> Came:
    """Shape a directory of tables."""
    return came_of(Opened("made", given), source=source, mapping=mapping)


def objects(kind: str, *docs: Mapping[str, Any]) -> Came:
    """Shape a directory of JSON objects of one kind."""
    return mixed((kind, doc) for doc in docs)


def mixed(docs: Iterable[tuple[str, Mapping[str, Any]]]) -> Came:
    """Shape a directory of JSON objects."""
    raw = [RawDoc(Where("made.json", n), kind, doc) for n, (kind, doc) in enumerate(docs, 1)]
    return came_of(Opened("made.json", docs=lambda: iter(raw)))


def mended(entity: str, **fields: Any) -> list[Draft]:
    """Mend one object, as a table has it."""
    return list(mend(Draft(entity, dict(fields)), is_text=True))


def one(entity: str, **fields: Any) -> dict[str, Any]:
    """Mend one object that stays one; return all it says, known and unknown."""
    (draft,) = mended(entity, **fields)
    return {**draft.in_order(), **draft.extra}


def remarks(entity: str, **fields: Any) -> list[str]:
    """Mend one object; return the fixed sentences said of it, with the fields."""
    return [f"{name}: {what}" for draft in mended(entity, **fields) for _, name, what, _ in draft.remarks]
