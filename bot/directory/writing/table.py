"""An entry as the table that data/entries/*.toml holds."""

from collections.abc import Mapping
from dataclasses import _MISSING_TYPE, MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.referral.entry import Entry, Phone

#: Kept although they are what stands when nothing was said: whoever reads the table should see them.
_ALWAYS = frozenset({"publish", "police", "minors"})


def table_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as its table, in the order of its fields; what says no more than silence is left out.

    The area is left out too: the file is named after it. Two entries of an area are equal exactly when their
    tables are.
    """
    table: dict[str, Any] = _plain(entry)
    del table["area"]
    return table


def table_of_phone(phone: Phone) -> dict[str, Any]:
    """Return a number of an entry as its table."""
    table: dict[str, Any] = _plain(phone)
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | None) and not isinstance(value, StrEnum):
        return value
    if is_dataclass(value):
        return {f.name: _plain(inside) for f in fields(value) if _says(f, inside := getattr(value, f.name))}
    if isinstance(value, Mapping):
        return {key: _plain(inside) for key, inside in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(inside) for inside in value]
    if isinstance(value, StrEnum):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _says(field: Field[Any], value: Any) -> bool:
    if field.name in _ALWAYS:
        return True
    if not isinstance(field.default_factory, _MISSING_TYPE):
        return bool(value != field.default_factory())
    return field.default is MISSING or bool(value != field.default)
