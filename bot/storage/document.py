"""One written form for a document, so that the same content always has the same text and the same digest.

A document is what a release holds: a JSON-able dictionary keyed by the path of a file under data/.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

#: Beyond so many characters a document is read in pieces; the default one has half as many.
_LARGE = 12_000_000
_AT_ONCE = 1 << 20
#: How a file of entries begins.
_ENTRIES = '{"entry":[{'
_PARSER = json.JSONDecoder()


def to_text(document: Document) -> str:
    """Write a document as canonical JSON: keys sorted, no blanks, letters as they are.

    Raises ValueError for a number JSON has no word for (nan, inf), TypeError for what is not JSON at all.
    """
    return json.dumps(document, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, Any]:
    """Read a document back from what `to_text` wrote; raises ValueError for anything else.

    One call of the parser lets no other thread go on: for a hundred thousand entries that is seconds in which no text
    is answered. So a large one is read entry by entry.
    """
    document = _in_pieces(text) if len(text) > _LARGE else None
    if document is None:
        document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("a document is a JSON object")
    return document


def digest(text: str) -> str:
    """Give the SHA-256 of a text as UTF-8, in 64 hexadecimal digits."""
    made = hashlib.sha256()
    for at in range(0, len(text), _AT_ONCE):
        made.update(text[at : at + _AT_ONCE].encode())
    return made.hexdigest()


def _in_pieces(text: str) -> dict[str, Any] | None:
    """Read a document as `to_text` writes it, None when it is written in any other way."""
    found: dict[str, Any] = {}
    try:
        at = 0
        while text[at] == ("," if found else "{"):
            name, at = _PARSER.raw_decode(text, at + 1)
            if not isinstance(name, str) or text[at] != ":":
                return None
            found[name], at = _table(text, at + 1)
    except (ValueError, IndexError, TypeError):
        return None
    return found if text[at:] == "}" else None


def _table(text: str, at: int) -> tuple[Any, int]:
    if not text.startswith(_ENTRIES, at):
        return _PARSER.raw_decode(text, at)
    rows: list[Any] = []
    at += len(_ENTRIES) - 1
    while not rows or text[at] == ",":
        row, at = _PARSER.raw_decode(text, at + 1 if rows else at)
        rows.append(row)
    if text[at : at + 2] != "]}":
        raise ValueError("more than entries")
    return {"entry": rows}, at + 2
