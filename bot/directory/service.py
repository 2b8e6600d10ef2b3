"""A service as a directory describes it, in the one form everything here works on."""

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.directory.hsds import ENTITIES
from bot.directory.model import Entity
from bot.directory.note import Note, Where

#: An HSDS object with everything nested inside it, as the JSON form has it; fields nobody knows are kept as they are.
Doc: TypeAlias = dict[str, Any]

_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Service:
    """A service in canonical form: ids are UUIDs, nothing is null or empty, lists are in the order of their ids.

    `source_id` is the id its source gave it, "" where that was a UUID already. `notes` say what was done to it.
    """

    doc: Doc
    where: Where
    source_id: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def id(self) -> str:
        """Return its UUID."""
        return str(self.doc["id"])


def canonical(doc: Doc, entity: str = "service") -> Doc:
    """Return an object in its one order: known fields, known children, unknown fields by name; lists by id.

    None, "" and empty lists and objects are left out. Two objects are the same exactly when this is.
    """
    kind = ENTITIES[entity]
    found = {f.name: doc[f.name] for f in kind.fields if not _is_nothing(doc.get(f.name))}
    for child in kind.children:
        inside = _child(doc.get(child.key), child.entity, many=child.many)
        if not _is_nothing(inside):
            found[child.key] = inside
    if entity == "organization" and doc.get("services"):
        found["services"] = _child(doc["services"], "service", many=True)
    if entity == "service_at_location" and doc.get("service"):
        found["service"] = _child(doc["service"], "service", many=False)
    unknown = sorted(key for key in doc if key not in found and not _belongs(kind, key) and not _is_nothing(doc[key]))
    return found | {key: doc[key] for key in unknown}


def text_of(doc: Doc) -> str:
    """Return an object as the text it is compared, hashed and stored as: compact JSON, keys as they stand."""
    return _COMPACT.encode(doc)


def _child(value: Any, entity: str, *, many: bool) -> Any:
    if many:
        rows = [canonical(row, entity) for row in value or () if isinstance(row, dict)]
        return sorted((row for row in rows if row), key=lambda row: (str(row.get("id", "")), text_of(row)))
    return canonical(value, entity) if isinstance(value, dict) else None


def _belongs(kind: Entity, key: str) -> bool:
    return key in kind.known or key in kind.inside


def _is_nothing(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
