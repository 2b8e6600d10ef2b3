"""Services that hide nobody, and would give away one that does: at the same place, or of the same organization."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.directory.drawing.places import marks, owner_mark
from bot.directory.drawing.street import is_bare, shows_map, tells_address, without_address
from bot.directory.drawing.whereabouts import NAMELESS
from bot.directory.service import Doc, Service, canonical

#: Fields whose text is an address on purpose: they stay with the places that stay.
_PLACE_FIELDS = frozenset({"addresses", "latitude", "longitude", "external_identifier", "phones", "timezone"})
#: Fields that say what something is, never where.
_SAFE = frozenset({"id", "number", "type", "code", "freq", "byday", "opens_at", "closes_at", "status", "email"})
_NAMES = frozenset({"name", "alternate_name"})
#: A list of ZIP codes is an area, not an address.
_ZIPS = re.compile(r"(?:\d{5}[\s,;]*){2,}")
#: Fields nobody knows whose own name says that they hold a piece of an address.
_PIECES = re.compile(
    r"addr|street|zip|postal|coord|geoloc|direcc|(?:^|[_ .-])(?:lat|lon|lng|long|geo|maps?|calle)(?:$|[_ .-])"
)


def is_near(doc: Doc, hidden: frozenset[str]) -> bool:
    """Say whether a service shares a place or its organization with a service that hides people."""
    owner = doc.get("organization")
    if isinstance(owner, Mapping) and owner_mark(owner) in hidden:
        return True
    return any(not hidden.isdisjoint(marks(place)) for place in _places(doc))


def spare(service: Service, hidden: frozenset[str]) -> Service:
    """Return a service without the places that must not be known, and without any address in its texts.

    Its other places stay, with their addresses. Whole texts go that hold an address, whosever it is: it might be
    the hidden one, written otherwise. What the fields said before goes too.
    """
    doc = dict(service.doc)
    rows = doc.get("service_at_locations", ())
    doc["service_at_locations"] = [row for row in rows if not _is_hidden(row.get("location"), hidden)]
    moved = [row for row in rows if _is_hidden(row.get("location"), hidden)]
    if moved:
        doc["phones"] = [*doc.get("phones", ()), *_phones(moved, doc)]
    owner = doc.get("organization")
    if isinstance(owner, Mapping) and owner.get("locations"):
        kept = [place for place in owner["locations"] if not _is_hidden(place, hidden)]
        doc["organization"] = {**owner, "locations": kept}
    return replace(service, doc=canonical(_spared(doc)))


def _places(doc: Doc) -> Iterator[Mapping[str, Any]]:
    yield from (row["location"] for row in doc.get("service_at_locations", ()) if isinstance(row.get("location"), dict))
    owner = doc.get("organization")
    if isinstance(owner, Mapping):
        yield from (place for place in owner.get("locations", ()) if isinstance(place, dict))


def _is_hidden(place: Any, hidden: frozenset[str]) -> bool:
    return isinstance(place, Mapping) and not hidden.isdisjoint(marks(place))


def _phones(rows: list[Doc], doc: Doc) -> list[Doc]:
    there = {str(phone.get("id")) for phone in doc.get("phones", ())}
    found = {}
    for row in rows:
        for phone in (*row.get("phones", ()), *row["location"].get("phones", ())):
            if str(phone.get("id")) not in there:
                found[str(phone.get("id"))] = phone
    return list(found.values())


def _spared(value: Any, key: str = "") -> Any:
    """Return a value without texts that hold an address; None where nothing is left of it."""
    if isinstance(value, Mapping):
        stay = {k: inner for k, inner in value.items() if k != "metadata" and (k in _PLACE_FIELDS or not _is_piece(k))}
        held = {k: inner if k in _PLACE_FIELDS else _spared(inner, k) for k, inner in stay.items()}
        return {k: inner for k, inner in held.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [inner for inner in (_spared(inner, key) for inner in value) if inner is not None]
    if not isinstance(value, str) or key in _SAFE or key.endswith("_id"):
        return value
    if key == "extent" and _ZIPS.fullmatch(value):
        return value
    if key in _NAMES:
        bare = without_address(value) if tells_address(value) else value
        return NAMELESS if is_bare(bare) else bare
    return None if tells_address(value) or (value.startswith("http") and shows_map(value)) else value


@lru_cache(maxsize=4096)  # a directory has a hundred keys
def _is_piece(key: str) -> bool:
    return _PIECES.search(key.lower()) is not None
