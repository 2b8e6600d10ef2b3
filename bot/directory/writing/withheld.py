"""Numbers that must not leave, taken out of a service wherever they stand."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.directory.service import Doc
from bot.directory.writing.own import numbered
from bot.referral.entry import Entry

_INSTEAD = "(number not published)"
#: In words only whole numbers are looked for: "211" in a sentence is anybody's.
_SHORTEST = 10


def withheld(entry: Entry, drawn: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the numbers of an entry that staff do not publish, and those they took out of it."""
    before = {str(row.get("number", "")) for row in (drawn or {}).get("phone", ())}
    here = {phone.number for phone in entry.phone}
    published = {phone.number for phone in entry.phone if phone.publish}
    return frozenset(before | here) - published - {""}


def without(doc: Doc, numbers: Iterable[str]) -> Doc:
    """Return an object without phones of these numbers, and with words in their place where texts name them."""
    refused = frozenset(numbers)
    if not refused:
        return doc
    said = "|".join(_spelt(number) for number in sorted(refused) if len(_digits(number)) >= _SHORTEST)
    return dict(_without(doc, refused, re.compile(said) if said else None))


def _without(value: Any, refused: frozenset[str], said: re.Pattern[str] | None, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _without(inside, refused, said, name) for name, inside in value.items()}
    if isinstance(value, list):
        kept = [row for row in value if key != "phones" or not _is_refused(row, refused)]
        return [_without(row, refused, said, key) for row in kept]
    if isinstance(value, str) and said is not None and key != "id" and not key.endswith("_id"):
        return said.sub(_INSTEAD, value)
    return value


def _is_refused(row: Any, refused: frozenset[str]) -> bool:
    number = str(row.get("number", "")) if isinstance(row, dict) else ""
    return numbered(number) in refused


def _spelt(number: str) -> str:
    """Return a pattern for the ways people write a number: 312-555-0142, (312) 555.0142, 13125550142."""
    digits = _digits(number)
    country = r"(?:\+?1[\s.-]*)?" if number.startswith("+1") else r"\+?"
    bare = digits.removeprefix("1") if number.startswith("+1") else digits
    return rf"(?<!\d){country}\(?" + r"[\s().-]{0,3}".join(bare) + r"(?!\d)"


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
