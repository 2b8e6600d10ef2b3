"""Whether a value may stand in a field, so that every validator we know passes the file."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.directory.model import Field, Kind

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
#: JSON may leave the seconds out; in a table `flatten` adds them.
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?")
_MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)")
#: RFC 3986 without user names; stricter than some validators, never milder than one of them.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_ADDRESS = re.compile(
    rf"https?://[A-Za-z0-9.-]+(?::\d{{1,5}})?(?:/{_CHARACTER}*)*(?:\?(?:{_CHARACTER}|[/?])*)?(?:\#(?:{_CHARACTER}|[/?])*)?"
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_WORD = r"[A-Za-z0-9_+-]+"
_EMAIL = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")


def fits(field: Field, value: Any) -> bool:
    """Say whether a value may stand in a field, in JSON and in a table."""
    if isinstance(value, str):
        return (not field.among or value in field.among) and _TESTS[field.kind](value)
    return field.kind is Kind.NUMBER and type(value) in (int, float)


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and _reads(date.fromisoformat, text)


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text)) and _reads(datetime.fromisoformat, text)


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_TESTS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.TEXT: lambda text: text != "",
    Kind.NUMBER: lambda text: False,
    Kind.DAY: _is_day,
    Kind.TIME: lambda text: _TIME.fullmatch(text) is not None,
    Kind.MOMENT: _is_moment,
    Kind.ADDRESS: lambda text: _ADDRESS.fullmatch(text) is not None,
    Kind.EMAIL: lambda text: len(text) <= 200 and _EMAIL.fullmatch(text) is not None,
    Kind.ID: lambda text: _UUID.fullmatch(text) is not None,
}
