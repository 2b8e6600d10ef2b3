"""The description of the site as an API, in OpenAPI 3.1: only what plain files can do."""

from datetime import date
from typing import Any

_OBJECT = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}}
_ENVELOPE = {
    "total_items": {"type": "integer"},
    "total_pages": {"type": "integer"},
    "page_number": {"type": "integer"},
    "size": {"type": "integer", "description": "How many objects stand in this page."},
    "first_page": {"type": "boolean"},
    "last_page": {"type": "boolean"},
    "empty": {"type": "boolean"},
    "contents": {"type": "array", "items": {"$ref": "#/components/schemas/Object"}},
}
_ABOUT = (
    "Services as plain files, written once and served as they are. Lists hold whole objects. Nothing can be searched "
    "or filtered: read all pages, or services.json. Objects follow the Human Services Data Specification 3.1."
)
_PAGE = {
    "name": "page",
    "in": "query",
    "required": False,
    "description": "The number of a page. A host that ignores it gives page 1: then ask for /page/{number} instead.",
    "schema": {"type": "integer", "minimum": 1},
}


def openapi(name: str, day: date, address: str, lists: tuple[str, ...]) -> dict[str, Any]:
    """Return openapi.json; `address` is where the site stands, "" = anywhere."""
    paths: dict[str, Any] = {"/": {"get": _get("about", "Which standard and version this is.", {"type": "object"})}}
    for each in lists:
        page = {"$ref": "#/components/schemas/Page"}
        listed = _get(f"list_{each}", f"A page of {each}.", page)
        paths[f"/{each}"] = {"get": listed | {"parameters": [_PAGE]}}
        paths[f"/{each}/page/{{number}}"] = {
            "get": _get(f"page_{each}", f"The page of {each} with this number.", page),
            "parameters": [_in_path("number", {"type": "integer", "minimum": 1})],
        }
        paths[f"/{each}/{{id}}"] = {
            "get": _get(f"one_{each}", f"One of the {each}, with all that stands inside it.", _OBJECT),
            "parameters": [_in_path("id", {"type": "string", "format": "uuid"})],
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": day.isoformat(), "description": _ABOUT},
        **({"servers": [{"url": address}]} if address else {}),
        "paths": paths,
        "components": {
            "schemas": {
                "Object": _OBJECT,
                "Page": {"type": "object", "required": list(_ENVELOPE), "properties": _ENVELOPE},
            }
        },
    }


def _get(operation: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    answer = {"description": about, "content": {"application/json": {"schema": schema}}}
    return {"operationId": operation, "summary": about, "responses": {"200": answer}}


def _in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}
