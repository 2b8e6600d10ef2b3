"""An object while it is mended: the fields the standard knows, the ones it does not, and what was said about it."""

from dataclasses import dataclass, field
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.note import Level

#: Level, field, fixed sentence, what differs: a note before it is known to whom it belongs.
Remark = tuple[str, str, str, str]

#: What is said of these never repeats what stands in them: it may be where somebody hides.
_SECRET = frozenset({"address", "location"})


class Refused(Exception):
    """Nothing of a service may be kept. Its arguments are the field, a fixed sentence and what differs."""

    def __init__(self, field: str, what: str, value: str = "") -> None:
        super().__init__(what)
        self.field, self.what, self.value = field, what, value


@dataclass(slots=True)
class Draft:
    """An object of some kind. `fields`: by the standard's names, and names of other versions until they are read.

    `extra`: what nobody knows, verbatim. `is_guess`: its kind of place may yet change with its addresses.
    """

    entity: str
    fields: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    is_guess: bool = False

    def say(self, level: Level, name: str, what: str, value: str = "") -> None:
        """Note something; what stood in an address is never repeated."""
        self.remarks.append((level.value, name, what, "" if self.entity in _SECRET else value[:120]))

    def take(self, name: str) -> str:
        """Return a field of another version and forget it, "" when it is not there."""
        found = self.fields.pop(name, "")
        return found if isinstance(found, str) else str(found)

    def set_aside(self, name: str, value: Any) -> None:
        """Keep something under a name of its own among the unknown fields."""
        key = name if name not in self.extra else f"{name}_2"
        self.extra[key] = value

    def lacks(self) -> tuple[str, ...]:
        """Return the fields without which the standard accepts no such object."""
        return tuple([name for name in REQUIRED[self.entity] if name not in self.fields])

    def in_order(self) -> dict[str, Any]:
        """Return its known fields in the one order of the standard."""
        fields, rank = self.fields, RANK[self.entity]
        return {name: fields[name] for name in sorted(fields, key=rank.__getitem__)}


RANK = {name: {f.name: place for place, f in enumerate(kind.fields)} for name, kind in ENTITIES.items()}
REQUIRED = {
    name: tuple(f.name for f in kind.fields if f.required and f.name != "id") for name, kind in ENTITIES.items()
}
