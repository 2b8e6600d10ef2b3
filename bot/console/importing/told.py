"""A value of an entry as a person reads it, whole, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any


def told(value: Any) -> list[str]:
    """Return a value as lines; none for nothing. Tables in a list are told one after the other."""
    return list(_lines(value, ""))


def _lines(value: Any, name: str) -> Iterator[str]:
    start = f"{name}: " if name else ""
    if value is None:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _lines(inner, f"{name} {key}".strip())
    elif isinstance(value, list | tuple):
        if any(isinstance(each, Mapping) for each in value):
            for number, each in enumerate(value, 1):
                yield from _lines(each, f"{name} {number}".strip())
        elif value:
            yield f"{start}{', '.join(map(str, value))}"
    elif isinstance(value, bool):
        yield f"{start}{'yes' if value else 'no'}"
    else:
        yield f"{start}{value}"
