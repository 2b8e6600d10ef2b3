"""Kept fields: what HSDS has no place for, as attributes of our own taxonomy, and back.

The label of such an attribute says where something stood, from the object that carries it: keys, and in lists the id
of the row, with slashes between. Its value is what stood there, as JSON; without a value nothing stood there.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from bot.directory.hsds import ENTITIES
from bot.directory.model import Child, Entity
from bot.directory.service import Doc, canonical, text_of
from bot.directory.writing.terms import Scheme, attribute, is_of, term

#: The way to something from the object that carries it, and the thing itself.
Loose: TypeAlias = tuple[tuple[str, ...], Any]

#: Objects at the top of a file may hold what they may not hold inside others.
_ON_TOP: Mapping[str, Child] = {
    "organization": Child("services", "service"),
    "service_at_location": Child("service", "service", many=False),
}
_ABOUT = "A field of the source: the label says where it stood, the value is what stood there, as JSON."
_TERM = term(Scheme.KEPT, "kept field", _ABOUT, code="kept")


def children_of(kind: Entity, *, top: bool) -> tuple[Child, ...]:
    """Return the children an object may have where it stands."""
    return (*kind.children, _ON_TOP[kind.name]) if top and kind.name in _ON_TOP else kind.children


def with_kept(doc: Doc, entity: str, loose: Iterable[Loose]) -> Doc:
    """Return a canonical object with attributes that carry what has no place of its own."""
    taken = {row.get("label") for row in doc.get("attributes", ()) if is_of(row, Scheme.KEPT)}
    rows = []
    for way, thing in loose:
        label = "/".join(part.replace("~", "~0").replace("/", "~1") for part in way)
        if thing is None and label in taken:
            continue  # what stood there is kept already
        while label in taken:  # another row of the same id
            label += "#"
        taken.add(label)
        rows.append(attribute((entity, doc["id"]), _TERM, "" if thing is None else text_of(thing), label))
    return with_attributes(doc, entity, rows)


def with_attributes(doc: Doc, entity: str, rows: Iterable[Doc]) -> Doc:
    """Return a canonical object with more attributes, canonical still."""
    every = [*doc.get("attributes", ()), *rows]
    if not every:
        return doc
    every.sort(key=lambda row: str(row["id"]))
    kind = ENTITIES[entity]
    last = {key: doc[key] for key in doc if key == "metadata" or key not in kind.known and key not in kind.inside}
    first = {key: doc[key] for key in doc if key not in last and key != "attributes"}
    return first | {"attributes": every} | last


def aside(doc: Doc, entity: str, names: Iterable[str]) -> Doc:
    """Return an object whose fields of these names are carried as kept fields, valid though they are."""
    loose: list[Loose] = [((name,), doc[name]) for name in names if name in doc]
    kept = {key: value for key, value in doc.items() if (key,) not in [way for way, _ in loose]}
    return with_kept(kept, entity, loose)


def unpacked(doc: Doc, entity: str = "service") -> Doc:
    """Return a canonical object as it was before `packed`. What cannot be put back stays an attribute."""
    return canonical(_unpack(doc, ENTITIES[entity], top=True), entity)


def _unpack(doc: Any, kind: Entity, *, top: bool = False) -> Any:
    if not isinstance(doc, dict):
        return doc
    whole = dict(doc)
    for child in children_of(kind, top=top):
        inside = doc.get(child.key)
        if child.many and isinstance(inside, list):
            whole[child.key] = [_unpack(row, ENTITIES[child.entity]) for row in inside]
        elif not child.many and child.key in doc:
            whole[child.key] = _unpack(inside, ENTITIES[child.entity])
    if "attributes" not in kind.inside or not isinstance(whole.get("attributes"), list):
        return whole
    mine = [row for row in whole["attributes"] if isinstance(row, dict) and is_of(row, Scheme.KEPT)]
    if mine:
        whole["attributes"] = [row for row in whole["attributes"] if all(row is not other for other in mine)]
        whole["attributes"] += _put_all_back(whole, kind, mine, top=top)
    return whole


def _put_all_back(doc: Doc, kind: Entity, rows: Iterable[Doc], *, top: bool) -> list[Doc]:
    """Put back what kept fields hold, and return those whose place is not there."""
    left = sorted(rows, key=_turn)
    while True:
        # A row that came back whole may be on the way to a field that found no place before.
        still = [row for row in left if not _put_back(doc, kind, row, top=top)]
        if len(still) == len(left):
            return still
        left = still


def _turn(row: Doc) -> int:
    # Whole rows come last, and of those the second ones of an id: so an id on the way to a field means the first.
    label = str(row.get("label"))
    return ("#" in label) + ("##" in label)


def _put_back(doc: Doc, kind: Entity, row: Doc, *, top: bool) -> bool:
    """Put what a kept field holds where it stood, and say whether that place was there."""
    try:
        thing = json.loads(row["value"]) if "value" in row else None
        way = [part.replace("~1", "/").replace("~0", "~") for part in row["label"].split("/")]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    here: Any = doc
    while len(way) > 1:
        key, *way = way
        child = next((c for c in children_of(kind, top=top) if c.key == key), None)
        if child is None:
            return False
        kind, top = ENTITIES[child.entity], False
        if child.many and len(way) == 1:
            here.setdefault(key, []).append(_unpack(thing, kind))
            return True
        if child.many:
            name, *way = way
            here = next((r for r in here.get(key, ()) if r.get("id") == name), None)
        else:
            here = here.get(key)
        if not isinstance(here, dict):
            return False
    if thing is None:
        here.pop(way[0], None)
        return True
    child = next((c for c in children_of(kind, top=top) if c.key == way[0]), None)
    here[way[0]] = _unpack(thing, ENTITIES[child.entity]) if child and not child.many else thing
    return True
