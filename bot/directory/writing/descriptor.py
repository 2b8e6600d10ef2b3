"""The description of the tables, as a data package that other people's tools read and check."""

from collections.abc import Collection, Iterator
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.model import Entity, Field, Kind

_TYPES = {
    Kind.TEXT: ("string", ""),
    Kind.NUMBER: ("number", ""),
    Kind.DAY: ("date", ""),
    Kind.TIME: ("time", ""),
    Kind.MOMENT: ("datetime", ""),
    Kind.ADDRESS: ("string", "uri"),
    Kind.EMAIL: ("string", "email"),
    Kind.ID: ("string", "uuid"),
}


def descriptor(entities: Collection[str]) -> dict[str, Any]:
    """Return the datapackage.json of a package that holds the tables of these kinds of objects."""
    return {
        "profile": "tabular-data-package",
        "name": "quietline-services",
        "title": "Services in the Human Services Data Specification (HSDS 3.1)",
        "homepage": "https://docs.openreferral.org/en/3.1/hsds/overview.html",
        "resources": [_resource(kind, entities) for kind in ENTITIES.values() if kind.name in entities],
    }


def _resource(kind: Entity, entities: Collection[str]) -> dict[str, Any]:
    schema = {"fields": [_field(field) for field in kind.fields], "primaryKey": "id"}
    links = list(_links(kind, entities))
    return {
        "profile": "tabular-data-resource",
        "name": kind.name,
        "path": kind.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": links} if links else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    kind, form = _TYPES[field.kind]
    rules: dict[str, Any] = {"required": True} if field.tabular else {}
    rules |= {"unique": True} if field.name == "id" else {}
    rules |= {"enum": list(field.among)} if field.among else {}
    made: dict[str, Any] = {"name": field.name, "type": kind}
    return made | ({"format": form} if form else {}) | ({"constraints": rules} if rules else {})


def _links(kind: Entity, entities: Collection[str]) -> Iterator[dict[str, Any]]:
    for field in kind.fields:
        target = field.name.removesuffix("_id")
        if field.kind is Kind.ID and target != field.name and target in entities:
            yield {"fields": field.name, "reference": {"resource": target, "fields": "id"}}
