"""Two people changed the same part: put both changes into it where they do not touch, and name where they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed, each in their own way: the path of keys, and what either wrote; None = nothing."""

    path: str
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A part with the changes of both. Where they conflict it has `theirs`, and a person decides."""

    body: Any
    conflicts: tuple[Conflict, ...]


def merged(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Put two changes of the same part into one, key by key; a list or a text is changed as a whole."""
    conflicts: list[Conflict] = []
    return Merged(_tables(base, theirs, mine, path="", conflicts=conflicts), tuple(conflicts))


def _tables(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any], *, path: str, conflicts: list[Conflict]
) -> dict[str, Any]:
    made = {}
    for key in (*theirs, *(key for key in mine if key not in theirs)):
        was, one, other = (table.get(key, _NOTHING) for table in (base, theirs, mine))
        value = _value(was, one, other, path=f"{path}.{key}".lstrip("."), conflicts=conflicts)
        if value is not _NOTHING:
            made[key] = value
    return made


def _value(was: Any, theirs: Any, mine: Any, *, path: str, conflicts: list[Conflict]) -> Any:
    if mine == was or mine == theirs:
        return theirs
    if theirs == was:
        return mine
    if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
        return _tables(was if isinstance(was, Mapping) else {}, theirs, mine, path=path, conflicts=conflicts)
    conflicts.append(Conflict(path, *(None if value is _NOTHING else value for value in (theirs, mine))))
    return theirs
