"""A service taken apart into the tables of the standard: the other direction, written for tests only."""

from collections.abc import Iterator
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.reading.raw import RawTable
from bot.directory.service import Doc
from tests.directory.shaping.made import table

#: Foreign keys that stay fields of a nested object, because nesting does not say them.
_ROWS = dict[str, dict[str, dict[str, str]]]


def flattened(docs: list[Doc]) -> list[RawTable]:
    """Return the tables that hold services and all that stands in them, each object once."""
    rows: _ROWS = {}
    for doc in docs:
        _row("service", doc, {}, rows)
    return [
        table(ENTITIES[entity].file, *found.values(), headings=_headings(entity, found))
        for entity, found in rows.items()
    ]


def _headings(entity: str, rows: dict[str, dict[str, str]]) -> tuple[str, ...]:
    known = [field.name for field in ENTITIES[entity].fields]
    return (*known, *dict.fromkeys(name for row in rows.values() for name in row if name not in known))


def _row(entity: str, doc: Doc, links: dict[str, str], rows: _ROWS) -> None:
    kind = ENTITIES[entity]
    row = rows.setdefault(entity, {}).setdefault(doc["id"], {})
    row |= {name: _cell(value) for name, value in doc.items() if name not in kind.inside} | links
    for child, inside in _inside(entity, doc):
        if child.link:
            row[child.link] = inside["id"]
        _row(child.entity, inside, _links(entity, doc, child), rows)


def _inside(entity: str, doc: Doc) -> Iterator[tuple[Any, Doc]]:
    for child in ENTITIES[entity].children:
        found = doc.get(child.key, ())
        for inside in found if child.many else (found,) if found else ():
            yield child, inside


def _links(entity: str, doc: Doc, child: Any) -> dict[str, str]:
    if child.link:
        return {}
    if child.entity == "attribute":
        return {"link_id": doc["id"], "link_entity": entity}
    if child.entity == "metadata":
        return {"resource_id": doc["id"], "resource_type": entity}
    return {f"{entity}_id": doc["id"]}


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)
