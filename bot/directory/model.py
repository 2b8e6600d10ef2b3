"""How a kind of object is described: its fields, what they may hold, and which objects stand inside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a field may hold."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    ADDRESS = "address"  # a web address with its scheme
    EMAIL = "email"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Field:
    """One plain field. `required`: no object is valid without it; `tabular`: no CSV row is. `among`: all it may say."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    tabular: bool = False
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """Objects inside an object. `many`: a list; else one object, which its parent names by `link` in CSV."""

    key: str
    entity: str
    many: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of object: its plain fields in order, its children, and the CSV file its rows stand in."""

    name: str
    file: str
    fields: tuple[Field, ...]
    children: tuple[Child, ...] = ()
    known: Mapping[str, Field] = field(init=False)
    inside: Mapping[str, Child] = field(init=False)

    def __post_init__(self) -> None:
        """Index the fields and children by their names."""
        object.__setattr__(self, "known", {f.name: f for f in self.fields})
        object.__setattr__(self, "inside", {c.key: c for c in self.children})


_KINDS = {"#": Kind.NUMBER, "d": Kind.DAY, "t": Kind.TIME, "m": Kind.MOMENT, "w": Kind.ADDRESS, "e": Kind.EMAIL}
_STATUS = ("active", "inactive", "defunct", "temporarily closed")
_PLACE = ("physical", "postal", "virtual")
_AMONG = {
    ("service", "status"): _STATUS,
    ("location", "location_type"): _PLACE,
    ("address", "address_type"): _PLACE,
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}


def _field(of: str, word: str) -> Field:
    """Read "name!" (required), "name+" (required in CSV only), "name:#" (a number; d day, t time, m moment ...)."""
    name, _, kind = word.partition(":")
    bare = name.rstrip("!+")
    is_id = bare == "id" or bare.endswith("_id") and bare != "tax_id"
    return Field(
        bare,
        Kind.ID if is_id else _KINDS.get(kind, Kind.TEXT),
        required=name.endswith("!"),
        tabular=name.endswith(("!", "+")),
        among=_AMONG.get((of, bare), ()),
    )


def entity(name: str, file: str, fields: str, children: str = "") -> Entity:
    """Return a kind of object from its words.

    Children are written "key=entity" (a list) or "key=entity@link" (one object, named by a foreign key).
    """
    read = []
    for word in [*children.split(), "attributes=attribute", "metadata=metadata"]:
        key, _, target = word.partition("=")
        inner, _, link = target.partition("@")
        read.append(Child(key, inner, many=not link, link=link))
    own = {"attribute": 1, "metadata": 2, "taxonomy": 1, "taxonomy_term": 1}.get(name, 0)
    kept = [c for c in read if not (c.key == "attributes" and own) and not (c.key == "metadata" and own == 2)]
    return Entity(name, file, tuple(_field(name, word) for word in fields.split()), tuple(kept))
