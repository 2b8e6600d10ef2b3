"""What differs between two documents: part by part, as a person decides on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.referral.changes import Change, changes
from bot.referral.learnt import TRAINED

_ENTRIES = "entries/"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs: its tables before and after, None = there is no such part."""

    part: str
    before: Any
    after: Any

    def changes(self) -> Iterator[Change]:
        """List what changes, key by key; weights that were learnt are numbers nobody reads."""
        if self.part != TRAINED:
            yield from changes(self.before, self.after)

    def said(self, new: str = "is new", gone: str = "is gone") -> Iterator[str]:
        """Say what changes in it for a person, line by line."""
        if self.part == TRAINED:
            yield "learnt weights differ"
        elif self.before is None or self.after is None:
            name = (self.before or self.after or {}).get("name", "")
            yield f"{new if self.before is None else gone}{f': {name}' if name else ''}"
        else:
            yield from map(str, self.changes())


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """List the parts in which two documents differ, in order."""
    old, new = parts(before), parts(after)
    names = sorted(part for part in {*old, *new} if old.get(part) != new.get(part))
    return [Difference(part, old.get(part), new.get(part)) for part in names]


def parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document cut into what can be changed by itself: each entry, each other file."""
    found: dict[str, Any] = {}
    for file, tables in document.items():
        if file.startswith(_ENTRIES):
            found |= {f"{file}#{table['id']}": table for table in tables.get("entry", ())}
        else:
            found[file] = tables
    return found
