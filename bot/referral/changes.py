"""What differs between two tables, told key by key as a person reads it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What tells the tables of a list from each other, the first that all of them have and no two share.
_IDENTITY = ("id", "slug", "number", "topic", "word", "file", "name")
_LONGEST = 80
_LISTED = 3
_UNTOLD = "(not shown)"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the path of keys, and what stood and stands there; None = nothing."""

    path: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """Say it in one line: "phone[211].hours: 24/7 -> Mo-Fr 09:00-17:00"."""
        return f"{self.path or 'all of it'}: {self.said}"

    @property
    def said(self) -> str:
        """Say what became of what: "24/7 -> Mo-Fr 09:00-17:00"."""
        return _said(self.before, self.after)


def changes(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """List what differs, in the order of the keys; a list of tables is compared table by table."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(key for key in after if key not in before)):
            yield from changes(before.get(key), after.get(key), f"{path}.{key}".lstrip("."))
    elif type(before) is type(after) and before == after:
        return
    elif _are_tables(before, after) and (key := _identity(before, after)):
        old, new = ({str(table[key]): table for table in tables} for tables in (before, after))
        found = [
            change
            for name in (*old, *(name for name in new if name not in old))
            for change in changes(old.get(name), new.get(name), f"{path}[{name}]")
        ]
        yield from found or [Change(path, before, after)]
    else:
        yield Change(path, before, after)


def untold(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return differences as the names of the outermost fields, each once: what stood in them must not be read."""
    names = dict.fromkeys(re.split(r"[.\[]", change.path)[0] for change in found)
    return tuple(Change(name, _UNTOLD, _UNTOLD) for name in names)


def shown(value: Any) -> str:
    """Return a value as a person reads it, cut where it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _cut("; ".join(f"{key}: {shown(inner)}" for key, inner in value.items()) or "nothing")
    if isinstance(value, list | tuple):
        return _cut(", ".join(shown(item) for item in value) or "nothing")
    return _cut(" ".join(str(value).split()) or "nothing")


def _said(before: Any, after: Any) -> str:
    if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        return _items(before.splitlines(), after.splitlines(), "lines")
    if isinstance(before, list) and isinstance(after, list) and before and after:
        return _items(before, after, "")
    return f"{shown(before)} -> {shown(after)}"


def _items(before: Sequence[Any], after: Sequence[Any], noun: str) -> str:
    old, new = (Counter(map(_whole, items)) for items in (before, after))
    gained, lost = list((new - old).elements()), list((old - new).elements())
    if not gained and not lost:
        return "the same in another order" if len(before) > 1 else "changed in its detail"
    return ", ".join(f"{sign} {_some(items, noun)}" for sign, items in (("added", gained), ("gone", lost)) if items)


def _some(items: list[str], noun: str) -> str:
    if len(items) <= _LISTED:
        return ", ".join(f'"{_cut(item)}"' for item in items)
    named = f" {noun}" if noun else ""
    examples = ", ".join(f'"{_cut(item)}"' for item in items[:_LISTED])
    return f"{len(items)}{named} ({examples} ...)"


def _whole(item: Any) -> str:
    return item if isinstance(item, str) else ", ".join(_plain(item)) if isinstance(item, Mapping) else shown(item)


def _plain(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{key} {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}"


def _are_tables(before: Any, after: Any) -> bool:
    return all(
        isinstance(tables, list) and bool(tables) and all(isinstance(table, Mapping) for table in tables)
        for tables in (before, after)
    )


def _identity(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> str:
    for key in _IDENTITY:
        names = [[str(table.get(key, "")) for table in tables] for tables in (before, after)]
        if all(all(each) and len(set(each)) == len(each) for each in names):
            return key
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
