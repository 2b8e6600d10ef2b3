"""Which kind of HSDS object a JSON object is: judged by its keys; where those fit several kinds, by a name."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from bot.directory.hsds import ENTITIES

#: Words a list or a file of such objects goes by, apart from an entity's own name and the name of its CSV file.
_ALSO = {
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "service_at_locations": "service_at_location",
    "physical_addresses": "address",
    "postal_addresses": "address",
    "regular_schedules": "schedule",
    "holiday_schedules": "schedule",
    "accessibility_for_disabilities": "accessibility",
    "urls": "url",
    "service_capacities": "service_capacity",
}
_PLURALS = {PurePosixPath(kind.file).stem: name for name, kind in ENTITIES.items()}
#: Every word that names a kind of object: "services", "service", "services_at_location" ...
NAMES: Mapping[str, str] = {name: name for name in ENTITIES} | _PLURALS | _ALSO
#: The kinds that a JSON file holds whole, with all inside them. Rows of the others only make sense beside these.
MAIN = ("service", "organization", "service_at_location")
WHOLE = (*MAIN, "location", "taxonomy", "taxonomy_term")

_LONGEST_FIRST = sorted(NAMES, key=len, reverse=True)
_BEGINS_WITH_NAME = re.compile(rf"({'|'.join(_LONGEST_FIRST)})(?![a-z])")
_KEYS: Mapping[str, frozenset[str]] = {
    name: frozenset(kind.known) | frozenset(kind.inside) for name, kind in ENTITIES.items()
}
_EXTRA = {"organization": {"services"}, "service_at_location": {"service"}}
_KNOWN_BY = Counter(key for name, keys in _KEYS.items() for key in keys | _EXTRA.get(name, set()))


def kind_named(name: str) -> str:
    """Return the kind of object that a file or a list is named after, "" when it is after none.

    "services.json", "service_full.json", "services-page-3.json" and "services" are all named after services.
    """
    match = _BEGINS_WITH_NAME.match(PurePosixPath(name).name.lower().replace("-", "_"))
    return NAMES[match[1]] if match else ""


def kind_of(doc: Mapping[str, Any], named: str = "") -> str:
    """Return the kind of an object, "" when it is none of HSDS.

    Each key counts the more the fewer kinds know it; where two kinds fit alike, what its file or list is `named`
    after decides. An object without an id, or with few keys of any kind, is what it is named after if that knows most.
    """
    keys = frozenset(doc)
    return _kind_known(keys, named) if len(keys) <= _MOST_KEYS else _kind_with(keys, named)


def _kind_with(keys: frozenset[str], named: str) -> str:
    if "id" in keys:
        scores = {kind: _score(keys, kind) + (0.5 if kind == named else 0.0) for kind in ENTITIES}
        best = max(scores, key=lambda kind: scores[kind])
        if scores[best] > (1.0 if best == named else 0.5):
            return best
    return named if named and len(_known(keys, named)) * 2 > len(keys) else ""


#: Objects of one file mostly have the same keys. Very many keys are not remembered: they would fill the memory.
_MOST_KEYS = 200
_kind_known = lru_cache(maxsize=4096)(_kind_with)


def _known(keys: Iterable[str], kind: str) -> set[str]:
    return {key for key in keys if key in _KEYS[kind] or key in _EXTRA.get(kind, ())}


def _score(keys: Iterable[str], kind: str) -> float:
    return sum(1 / _KNOWN_BY[key] for key in _known(keys, kind) if key != "id")
