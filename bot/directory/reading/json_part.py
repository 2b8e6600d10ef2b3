"""A run of objects in a JSON file: where it stands, what kind its objects are, and what they wear around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.reading.json_text import JsonText
from bot.directory.reading.kinds import kind_of

#: What other formats put an object's own keys under: JSON:API, Airtable, GeoJSON.
_INNER = ("attributes", "fields", "properties")
#: How WordPress writes a text that it shows.
_RENDERED = "rendered"


@dataclass(slots=True)
class Part:
    """A run of objects in a file: its list at `path`, or, where that is empty, all of the file.

    `kind` is "" when its objects are none of HSDS. `one`: a single object stands there. `keyed`: the objects stand in
    an object, each under its id. `nested`: objects stand in them.
    """

    file: str
    path: tuple[str, ...]
    named: str
    kind: str = ""
    count: int = 0
    one: bool = False
    keyed: bool = False
    nested: bool = False
    headings: dict[str, None] = field(default_factory=dict)
    strange: list[tuple[int, str]] = field(default_factory=list)

    @property
    def key(self) -> str | None:
        """Return the name of its list, None when it has none."""
        return self.path[-1] if self.path else None

    def take(self, doc: Mapping[str, Any]) -> None:
        """Count an object and learn from it. The first one decides what kind they are."""
        if not self.count:
            self.kind = kind_of(doc, self.named)
        self.count += 1
        self.headings.update(dict.fromkeys(doc))
        self.nested = self.nested or any(isinstance(value, dict | list) and value for value in doc.values())


def bare(doc: dict[str, Any]) -> dict[str, Any]:
    """Return an object without what JSON:API, Airtable, GeoJSON and WordPress wrap its own keys in."""
    key = next((key for key in _INNER if isinstance(doc.get(key), dict) and "name" not in doc), "")
    if key:
        rest = {name: value for name, value in doc.items() if name not in (key, "type", "geometry")}
        doc = {**rest, **_place(doc.get("geometry")), **doc[key]}
    if any(isinstance(value, dict) and _RENDERED in value for value in doc.values()):
        return {k: v[_RENDERED] if isinstance(v, dict) and _RENDERED in v else v for k, v in doc.items()}
    return doc


def _place(geometry: Any) -> dict[str, Any]:
    """Return the coordinates of a point as GeoJSON has them: east first."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return {}
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        return {}
    return {"longitude": pair[0], "latitude": pair[1]}


def values(json: JsonText, part: Part) -> Iterator[Any]:
    """Give every value of a part; all else is passed over piece by piece."""
    if part.keyed:
        for key in json.members():
            value = json.value()
            yield {"id": key, **bare(value)} if isinstance(value, dict) else value
    elif part.path:
        for value in _at(json, part.path, one=part.one):
            yield bare(value) if isinstance(value, dict) else value
    elif part.one or json.peek() == "{":
        while json.peek():
            value = json.value()
            yield bare(value) if isinstance(value, dict) else value
    else:
        for value in json.elements():
            yield bare(value) if isinstance(value, dict) else value


def _at(json: JsonText, path: tuple[str, ...], *, one: bool) -> Iterator[Any]:
    for key in json.members():
        is_ours = key == path[0]
        if is_ours and len(path) > 1 and json.peek() == "{":
            yield from _at(json, path[1:], one=one)
            continue
        for value in json.elements() if json.peek() == "[" else iter([json.value()]):
            if is_ours and len(path) == 1:
                yield value
