"""One field of any object: kept when the standard accepts it, mended when it can mean one thing, else kept as words.

What cannot be read stays beside the field under its name with "_text", exactly as it was, so that the object
stays valid and nothing is lost.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.directory.model import Field, Kind
from bot.directory.note import Level
from bot.directory.shaping.mending.clock import is_time, read_time, spelled_out
from bot.directory.shaping.mending.days import is_day, is_moment, read_day, read_moment
from bot.directory.shaping.mending.numbers import is_number, read_number
from bot.directory.shaping.mending.web import is_email, is_web_address, read_email, with_scheme

#: Called with the level, the field, a fixed sentence and what differs.
Say: TypeAlias = Callable[[Level, str, str, str], None]
#: A value that was read, and what to say about it, if anything.
_Read: TypeAlias = tuple[Any, Level | None, str]

#: Behind the name of a field: what stood in it and could not be read.
AS_TEXT = "_text"


def mended(field: Field, value: Any, say: Say) -> tuple[str, Any]:
    """Return the field and value to keep for what stood in a field: the same, mended, or as words beside it."""
    if field.among and isinstance(value, str):
        found = _among(field, value)
    else:
        found = _READERS[field.kind](value)
    if found is None:
        say(Level.DROPPED, field.name, f"is no {_NAMES[field.kind]} and was kept as words", _shown(value))
        return field.name + AS_TEXT, value
    kept, level, what = found
    if level is not None:
        say(level, field.name, what, _shown(value))
    return field.name, kept


def _among(field: Field, value: str) -> _Read | None:
    if value in field.among:
        return value, None, ""
    folded = value.strip().casefold()
    for allowed in field.among:
        if folded == allowed.casefold():
            return allowed, None, ""
    return None


def _text(value: Any) -> _Read | None:
    if isinstance(value, str):
        return value, None, ""
    if isinstance(value, bool):
        return ("true" if value else "false"), None, ""
    if is_number(value):
        return str(value), None, ""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value), Level.MENDED, "was a list and was joined with commas"
    return None


def _number(value: Any) -> _Read | None:
    if is_number(value):
        return value, None, ""
    number = read_number(value) if isinstance(value, str) else None
    return None if number is None else (number, None, "")


def _day(value: Any) -> _Read | None:
    if not isinstance(value, str):
        return None
    if is_day(value):
        return value, None, ""
    day = read_day(value)
    return (day, Level.MENDED, "was a date in another form; month first, where both could be") if day else None


def _moment(value: Any) -> _Read | None:
    if not isinstance(value, str):
        return None
    if is_moment(value):
        return value, None, ""
    moment = read_moment(value)
    return (
        (moment, Level.INFERRED, "was a date and time in another form; UTC, where no zone was said") if moment else None
    )


def _time(value: Any) -> _Read | None:
    if not isinstance(value, str):
        return None
    if is_time(value):
        return spelled_out(value), None, ""
    time = read_time(value)
    clear = time is not None and time.minute < 24 * 60 and (time.marked or time.clock24)
    return (str(time), Level.MENDED, "was a time in another form") if clear else None


def _address(value: Any) -> _Read | None:
    if not isinstance(value, str):
        return None
    if is_web_address(value):
        return value, None, ""
    if is_web_address(value.strip()):
        return value.strip(), None, ""
    whole = with_scheme(value)
    return (whole, Level.INFERRED, "had no http:// or https://; https:// was put before it") if whole else None


def _email(value: Any) -> _Read | None:
    if not isinstance(value, str):
        return None
    if is_email(value):
        return value, None, ""
    email = read_email(value)
    return (email, None, "") if email else None


def _shown(value: Any) -> str:
    return str(value)[:80]


_READERS: Mapping[Kind, Callable[[Any], _Read | None]] = {
    Kind.TEXT: _text,
    Kind.ID: _text,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.TIME: _time,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _email,
}
_NAMES: Mapping[Kind, str] = {
    Kind.TEXT: "text or word the standard knows",
    Kind.ID: "id",
    Kind.NUMBER: "number",
    Kind.DAY: "date",
    Kind.MOMENT: "date and time",
    Kind.TIME: "time of day that is clear",
    Kind.ADDRESS: "web address",
    Kind.EMAIL: "e-mail address",
}
