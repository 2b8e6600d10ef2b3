"""What another version of the content would change: part by part, as a person decides on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.directory.compare import Change, changes
from bot.referral.learnt import TRAINED
from bot.storage.document import Document
from bot.storage.drafts import part_of

_ENTRIES = "entries/"


class Side(StrEnum):
    """Who changed a part since this line was set up; UNKNOWN where its first release is not the default."""

    THERE = "changed there"
    HERE = "changed here only"
    BOTH = "changed here too"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs: its tables here and there, None = it has no such part."""

    part: str
    here: Any
    there: Any
    side: Side

    def changes(self) -> Iterator[Change]:
        """List what would change, key by key; weights that were learnt are numbers nobody reads."""
        if self.part != TRAINED:
            yield from changes(self.here, self.there)

    def lines(self) -> Iterator[str]:
        """Say it for a person: the part, then what would change in it."""
        yield f"{self.part}{f' ({self.side})' if self.side is Side.BOTH else ''}"
        if self.part == TRAINED:
            yield "    learnt weights differ"
        elif self.here is None or self.there is None:
            name = (self.here or self.there).get("name", "")
            yield f"    {'is new' if self.here is None else 'is gone there'}{f': {name}' if name else ''}"
        else:
            yield from (f"    {change}" for change in self.changes())


def differences(here: Document, there: Document, first: Document | None) -> list[Difference]:
    """List the parts that differ, in order. `first`: the default this line was set up with, None = not known."""
    old, new = parts(here), parts(there)
    base = None if first is None else parts(first)
    names = sorted(part for part in {*old, *new} if old.get(part) != new.get(part))
    return [Difference(part, old.get(part), new.get(part), _side(part, old, new, base)) for part in names]


def parts(document: Document) -> dict[str, Any]:
    """Return a document cut into what can be taken by itself: each entry, each other file."""
    found: dict[str, Any] = {}
    for file, tables in document.items():
        if not file.startswith(_ENTRIES):
            found[file] = tables
            continue
        area = file.removeprefix(_ENTRIES).removesuffix(".toml")
        found |= {part_of(area, table["id"]): table for table in tables.get("entry", ())}
    return found


def _side(part: str, old: Mapping[str, Any], new: Mapping[str, Any], base: Mapping[str, Any] | None) -> Side:
    if base is None:
        return Side.UNKNOWN
    if base.get(part) == new.get(part):
        return Side.HERE
    return Side.THERE if base.get(part) == old.get(part) else Side.BOTH
