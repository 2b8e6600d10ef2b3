"""Nested services as rows of tables, each with its id and with the columns that name what it belongs to.

A table knows an id once. Objects that many services share (an organization, a place, a term) are written the first
time they are met; what one service alone owns gets an id of its own when another service has used that id already.
"""

from collections.abc import Iterator
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.ids import minted
from bot.directory.model import Entity, Field, Kind
from bot.directory.service import Doc
from bot.directory.writing.fits import fits
from bot.directory.writing.pack import Links, Rules, links_to, packed
from bot.directory.writing.terms import OURS

#: A row of a table: only cells that hold something.
Row = dict[str, str]

#: Objects that services share: the same id is the same thing.
_SHARED = frozenset({"organization", "program", "location", "taxonomy", "taxonomy_term", "unit"})
#: Of these nothing is looked for below one that was met before.
_SETTLED = frozenset({"taxonomy", "taxonomy_term", "unit"})
#: Columns that look like a link and are none: what they name need not be in the export.
_FREE = frozenset({"parent_id", "parent_organization_id"})


class TableRules(Rules):
    """What tables ask for beyond the schemas: links that lead somewhere, codes and programs that stand once."""

    def __init__(self) -> None:
        """Begin with no table written."""
        #: The organization of the service at hand.
        self.owner = ""
        self._codes: dict[str, str] = {}
        self._programs: dict[str, str] = {}
        self._terms: dict[str, Doc] = {}

    def keeps(self, kind: Entity, field: Field, doc: Doc, links: Links) -> bool:
        """Say whether a field may stand in a table: a link only where it names what the row stands in or holds."""
        value = doc[field.name]
        if not fits(field, value):
            return False
        if field.name in links:
            return bool(value == links[field.name])
        if field.name == "organization_id" and kind.name == "location":
            return bool(value == self.owner)
        if field.kind is Kind.ID and field.name != "id" and field.name not in _FREE:
            held = next((doc.get(child.key) for child in kind.children if child.link == field.name), None)
            return isinstance(held, dict) and value == held.get("id")
        if kind.name == "taxonomy_term" and field.name == "code":
            return bool(self._codes.setdefault(value, doc.get("id", "")) == doc.get("id", ""))
        return True

    def stands(self, kind: Entity, clean: Doc, links: Links) -> bool:
        """Say whether an object has all that its row needs."""
        if not super().stands(kind, clean, links):
            return False
        if kind.name == "service_at_location":
            return "location" in clean
        if kind.name == "attribute":
            return "taxonomy_term" in clean
        if kind.name == "taxonomy_term":
            self._terms.setdefault(clean["id"], clean)
        if kind.name == "program":
            owner = links.get("organization_id", "")
            return owner != "" and self._programs.setdefault(owner, clean["id"]) == clean["id"]
        return True

    def knows(self, kind: Entity, doc: Doc) -> bool:
        """Say whether a term is one that was found in order before: a million attributes have a few hundred."""
        return kind.name == "taxonomy_term" and doc == self._terms.get(doc.get("id", ""))

    def fills(self, kind: Entity, clean: Doc) -> Doc:
        """Return what is put where something required is empty: a service has an organization in a table."""
        found = super().fills(kind, clean)
        if kind.name == "service" and "organization" not in clean and "name" in clean:
            name = clean["name"]
            made = minted(OURS, "organization", f"service {clean['id']}")
            found["organization"] = {"id": made, "name": name, "description": name}
        return found


class Flattening:
    """Turn one service after the other into rows. What was written before is remembered: 50 bytes a row."""

    def __init__(self) -> None:
        """Begin with no row written."""
        self._rules = TableRules()
        self._written: dict[str, set[int]] = {name: set() for name in ENTITIES}

    def rows(self, doc: Doc) -> Iterator[tuple[str, Row]]:
        """Give the rows of a canonical service that no table has yet, with the kind of object each is."""
        here: dict[tuple[str, str], Row] = {}
        organization = doc.get("organization")
        self._rules.owner = str(organization.get("id", "")) if isinstance(organization, dict) else ""
        self._visit(packed(doc, rules=self._rules), ENTITIES["service"], {}, here, shared=False)
        for (entity, key), row in here.items():
            if not self._is_written(entity, key):
                self._written[entity].add(_number(key))
                yield entity, row

    def _visit(self, doc: Doc, kind: Entity, links: Links, here: dict[tuple[str, str], Row], *, shared: bool) -> str:
        """Make the row of an object and those of all inside it; return the id it goes by."""
        own = str(doc["id"])
        while kind.name not in _SHARED and (
            (not shared and self._is_written(kind.name, own)) or not _agrees(here.get((kind.name, own), {}), links)
        ):
            own = minted(OURS, kind.name, f"{own} {sorted(links.items())}")
        shared = shared or kind.name in _SHARED
        if kind.name in _SETTLED and (self._is_written(kind.name, own) or (kind.name, own) in here):
            return own
        doc = doc if own == doc["id"] else doc | {"id": own}
        row = here.setdefault((kind.name, own), {})
        cells = {f.name: _cell(f, doc[f.name]) for f in kind.fields if f.name in doc}
        row |= {name: cell for name, cell in (cells | dict(links)).items() if name not in row}
        for child in kind.children:
            if child.key not in doc:
                continue
            to_child = links_to(kind, doc, child)
            for one in doc[child.key] if child.many else (doc[child.key],):
                made = self._visit(one, ENTITIES[child.entity], to_child, here, shared=shared)
                if child.link:
                    row[child.link] = made
        return own

    def _is_written(self, entity: str, key: str) -> bool:
        return _number(key) in self._written[entity]


def _agrees(row: Row, links: Links) -> bool:
    """Say whether a row of this service can be this one too: no column would have to hold two things."""
    return all(row.get(name, value) == value for name, value in links.items())


def _cell(field: Field, value: Any) -> str:
    if field.kind is Kind.TIME and len(value) == len("09:00"):
        return f"{value}:00"
    return str(value)


def _number(key: str) -> int:
    return int(key.replace("-", ""), 16)
