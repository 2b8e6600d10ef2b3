"""What another version of the content would change: part by part, as a person decides on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.referral import differences as shared
from bot.referral.changes import Change
from bot.referral.differences import parts
from bot.storage.document import Document

__all__ = ["Difference", "Side", "differences", "parts"]


class Side(StrEnum):
    """Who changed a part since this line was set up; UNKNOWN where its first release is not the default."""

    THERE = "changed there"
    HERE = "changed here only"
    BOTH = "changed here too"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs between here and there, and who changed it."""

    found: shared.Difference
    side: Side

    @property
    def part(self) -> str:
        """Its name."""
        return self.found.part

    def changes(self) -> Iterator[Change]:
        """List what would change, key by key; weights that were learnt are numbers nobody reads."""
        yield from self.found.changes()

    def lines(self) -> Iterator[str]:
        """Say it for a person: the part, then what would change in it."""
        yield f"{self.part}{f' ({self.side})' if self.side is Side.BOTH else ''}"
        yield from (f"    {line}" for line in self.found.said(gone="is gone there"))


def differences(here: Document, there: Document, first: Document | None) -> list[Difference]:
    """List the parts that differ, in order. `first`: the default this line was set up with, None = not known."""
    base = None if first is None else parts(first)
    return [Difference(found, _side(found, base)) for found in shared.differences(here, there)]


def _side(found: shared.Difference, base: Mapping[str, Any] | None) -> Side:
    if base is None:
        return Side.UNKNOWN
    first = base.get(found.part)
    if first == found.after:
        return Side.HERE
    return Side.THERE if first == found.before else Side.BOTH
