"""Make an object valid without losing or inventing anything: what is in the way is moved into kept fields.

The strict schemas forbid unknown fields, and an object without a required field is refused. `kept.unpacked` undoes
all of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.model import Child, Entity, Field
from bot.directory.service import Doc
from bot.directory.writing.fits import fits
from bot.directory.writing.kept import Loose, children_of, with_kept

#: What stands in a required field that the source left empty. "" = its name.
_FILLS: Mapping[str, Mapping[str, str]] = {
    "organization": {"description": ""},
    "program": {"description": ""},
    "taxonomy": {"description": ""},
    "taxonomy_term": {"description": ""},
    "metadata": {"previous_value": "(none)", "replacement_value": "(none)"},
}
#: The columns that name the object a row belongs to, by column: {"service_id": "2054a0b3-..."}.
Links = Mapping[str, str]


class Rules:
    """What the strict JSON schemas ask for."""

    def keeps(self, kind: Entity, field: Field, doc: Doc, links: Links) -> bool:
        """Say whether a field may stay where it is."""
        return fits(field, doc[field.name])

    def stands(self, kind: Entity, clean: Doc, links: Links) -> bool:
        """Say whether an object has all it needs."""
        has_all = all(f.name in clean for f in kind.fields if f.required)
        return has_all and (kind.name != "service_capacity" or "unit" in clean)

    def fills(self, kind: Entity, clean: Doc) -> Doc:
        """Return what is put where the source left something required empty."""
        fills = _FILLS.get(kind.name, {}).items()
        return {name: text or clean["name"] for name, text in fills if name not in clean and (text or "name" in clean)}

    def knows(self, kind: Entity, doc: Doc) -> bool:
        """Say whether this very object was found in order before."""
        return False


_JSON = Rules()


def packed(doc: Doc, entity: str = "service", rules: Rules = _JSON) -> Doc:
    """Return a canonical object with all that its rules forbid moved into attributes; `unpacked` undoes it.

    Only an object without an id, name or status of its own stays invalid: shaping sees to those.
    """
    return _pack(doc, ENTITIES[entity], rules, {}, top=True)[0]


def links_to(kind: Entity, doc: Doc, child: Child) -> Links:
    """Return the columns by which the children of an object name it, and what they hold."""
    own = str(doc.get("id", ""))
    if child.entity == "attribute":
        return {"link_id": own, "link_entity": kind.name}
    if child.entity == "metadata":
        return {"resource_id": own, "resource_type": kind.name}
    if child.key == "program":  # stands inside its service, and belongs to the organization beside it
        return {"organization_id": str(doc.get("organization", {}).get("id", ""))}
    return {f"{kind.name}_id": own} if child.many else {}


def _pack(doc: Doc, kind: Entity, rules: Rules, links: Links, *, top: bool = False) -> tuple[Doc, list[Loose]]:
    if rules.knows(kind, doc):
        return doc, []
    children = children_of(kind, top=top)
    clean = {f.name: doc[f.name] for f in kind.fields if f.name in doc and rules.keeps(kind, f, doc, links)}
    inside: Doc = {}
    loose: list[Loose] = []
    for child in children:
        if child.key in doc:
            found = list(_pack_child(doc, kind, child, rules=rules, loose=loose))
            if found:
                inside[child.key] = found if child.many else found[0]
    keys = {child.key for child in children}
    loose += [((key,), doc[key]) for key in doc if key not in clean and key not in keys]
    fills = rules.fills(kind, clean | inside)
    loose += [((key,), None) for key in fills if all(way != (key,) for way, _ in loose)]
    clean, inside = clean | fills, inside | {key: fills[key] for key in fills if key in keys}
    whole = {f.name: clean[f.name] for f in kind.fields if f.name in clean}
    whole |= {child.key: inside[child.key] for child in children if child.key in inside}
    if loose and "attributes" in kind.inside and "id" in whole:
        return with_kept(whole, kind.name, loose), []
    return whole, loose


def _pack_child(doc: Doc, kind: Entity, child: Child, *, rules: Rules, loose: list[Loose]) -> Iterator[Doc]:
    """Give the rows that may stand where they are; the rest, and what rows cannot carry, goes to `loose`."""
    value: Any = doc[child.key]
    if not isinstance(value, list if child.many else dict):
        loose.append(((child.key,), value))
        return
    links, met = links_to(kind, doc, child), set[str]()
    for place, row in enumerate(value if child.many else (value,)):
        name = str(row.get("id", ""))
        way = (child.key, name) if child.many else (child.key,)
        clean, inner = _pack(row, ENTITIES[child.entity], rules, links)
        stands = rules.stands(ENTITIES[child.entity], clean, links)
        if stands and name not in met:
            met.add(name)
            loose += [((*way, *rest), thing) for rest, thing in inner]
            yield clean
        else:
            # Rows that cannot stand are told apart by their place, second ones of an id by two signs.
            sign = "##" if stands else "#"
            loose.append(((child.key, f"{name}{sign}{place}") if child.many else way, row))
