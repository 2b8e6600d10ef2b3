"""Two entries for one service made into one: a person says which stays, and field by field what it says."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.directory.decide import unchecked
from bot.directory.plan_rows import Table

#: What belongs to an entry alone: who it is, and what staff found out by calling its numbers.
_OWN = ("id", "area", "status", "checks")


@dataclass(frozen=True, slots=True)
class Side:
    """A field of both entries, as they hold it; None = that entry has none."""

    field: str
    stays: Any
    goes: Any

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return bool(self.stays == self.goes)


def sides(stays: Table, goes: Table) -> Iterator[Side]:
    """Give every field that a person may choose, in the order of the entry that stays."""
    for field in dict.fromkeys((*stays, *goes)):
        if field not in _OWN:
            yield Side(field, stays.get(field), goes.get(field))


def merged(stays: Table, goes: Table, taken: Collection[str]) -> Mapping[str, Any]:
    """Return the entry that stays with the `taken` fields as the other one holds them.

    Checks are of the numbers that were called: an entry that gets others has to be checked first.
    """
    chosen = {side.field for side in sides(stays, goes) if side.field in taken and not side.same}
    keys = dict.fromkeys((*stays, *(field for field in goes if field in chosen)))
    mixed = {key: (goes if key in chosen else stays).get(key) for key in keys}
    made = {key: value for key, value in mixed.items() if value is not None}
    return unchecked(made) if "phone" in chosen else made
