"""What staff can tell the line between two releases, and how each of it is written into a row."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from bot.referral.bulletin import Banner, Pause, Why
from bot.referral.check import Check, How, Result
from bot.storage.document import to_text


class UnreadableRowError(Exception):
    """A row was found that says nothing we understand: changed by hand, or written by a newer version."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry was checked, or one of its numbers."""

    entry: str
    check: Check
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The pauses of an entry and of all its numbers are over, or those of one number."""

    entry: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A banner is no longer shown."""

    slug: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Texters complained about an entry often enough that staff should check it."""

    entry: str


Said: TypeAlias = Checked | Pause | Lifted | Banner | Lowered | Asked


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of bulletins, as it stands there."""

    number: int
    kind: str
    entry: str
    phone: str
    on: str
    by: str
    body: str


def written(said: Said, *, number: int, day: date, by: str) -> Row:
    """Return the row for something staff said on a day, where the entry is. `by` are their initials."""
    body: dict[str, Any] = {}
    match said:
        case Checked(check=check):
            body = {"on": check.on.isoformat(), "how": check.how, "result": check.result, "note": check.note}
        case Pause():
            body = {"until": None if said.until is None else _moment(said.until), "why": said.why}
        case Banner():
            body = {
                **{"slug": said.slug, "text": dict(said.text), "until": _moment(said.until)},
                **{"areas": list(said.areas), "topics": list(said.topics)},
            }
        case Lowered():
            body = {"slug": said.slug}
    entry, phone = getattr(said, "entry", ""), getattr(said, "phone", "")
    return Row(number, _KINDS[type(said)], entry, phone, day.isoformat(), by, to_text(body))


def said_in(row: Row) -> Said:
    """Return what a row says. Raises UnreadableRowError whatever is wrong with it."""
    try:
        if not all(isinstance(part, str) for part in (row.kind, row.entry, row.phone, row.on, row.by, row.body)):
            raise TypeError
        body = json.loads(row.body)
        if not isinstance(body, dict):
            raise TypeError
        return _READERS[row.kind](row, body)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        # The words of the error would quote the row.
        raise UnreadableRowError(f"bulletin {row.number} cannot be read") from None


def _moment(moment: datetime) -> str:
    """Write an aware moment in UTC; raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat()


def _read_moment(raw: Any) -> datetime:
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _name(raw: Any) -> str:
    """Return the name of an entry or a banner; nothing is said about what has none."""
    if not _text(raw):
        raise ValueError
    return str(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise TypeError
    return tuple(_text(part) for part in raw)


def _checked(row: Row, body: Mapping[str, Any]) -> Said:
    check = Check(
        on=date.fromisoformat(_text(body["on"])),
        how=How(body["how"]),
        by=row.by,
        result=Result(body["result"]),
        note=_text(body["note"]),
    )
    return Checked(_name(row.entry), check, row.phone)


def _paused(row: Row, body: Mapping[str, Any]) -> Said:
    until = None if body["until"] is None else _read_moment(body["until"])
    return Pause(_name(row.entry), until, Why(body["why"]), row.phone)


def _banner(_row: Row, body: Mapping[str, Any]) -> Said:
    if not isinstance(body["text"], dict) or not body["text"]:
        raise TypeError
    text = {language: _name(said) for language, said in body["text"].items()}
    until = _read_moment(body["until"])
    return Banner(_name(body["slug"]), text, until, _texts(body["areas"]), _texts(body["topics"]))


def _asked(row: Row, _body: Mapping[str, Any]) -> Said:
    date.fromisoformat(row.on)
    return Asked(_name(row.entry))


_KINDS: Mapping[type[Any], str] = {
    Checked: "check",
    Pause: "pause",
    Lifted: "lift",
    Banner: "banner",
    Lowered: "lower",
    Asked: "asked",
}
_READERS: Mapping[str, Callable[[Row, Mapping[str, Any]], Said]] = {
    "check": _checked,
    "pause": _paused,
    "lift": lambda row, _body: Lifted(_name(row.entry), row.phone),
    "banner": _banner,
    "lower": lambda _row, body: Lowered(_name(body["slug"])),
    "asked": _asked,
}
