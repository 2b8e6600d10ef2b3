"""Several telephone numbers in one cell, each with the word that says what it is."""

import re

_BETWEEN = re.compile(r"\s*(?:[;,\n|]|\\n|\bor\b|\s/\s)\s*", re.IGNORECASE)
_NANP = r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]{0,2}\d{4}"
#: Words that say what a number is without a colon too. A single letter stands for one of them.
_WORDS = (
    r"fax|facsimile|tty/tdd|tdd/tty|tty|tdd|phone|telephone|tel|ph|voice|cell|mobile|main|office|toll[- ]?free|local"
    r"|after hours|hotline|videophone|vp|text|old|new|[ptfocmv]"
)
_LABELLED = re.compile(
    rf"((?:[A-Za-z][A-Za-z -]{{1,20}}:\s*|(?:{_WORDS})\b[.:]?\s*)?)({_NANP})(\s*\(?(?:{_WORDS})\b\)?\.?)?",
    re.IGNORECASE,
)
#: A number, and a word for the next one, with nothing but a blank between them.
_NEXT = re.compile(rf"(?<=\d)\)?\s+(?=(?:{_WORDS})\b[.:]?\s*\(?\d)", re.IGNORECASE)
#: As RFC 3966 writes an extension.
_RFC = re.compile(r";ext=(?=\d)", re.IGNORECASE)
_LETTERS = {"p": "phone", "ph": "phone", "t": "phone", "tel": "phone", "v": "voice", "o": "office", "f": "fax",
            "c": "cell", "m": "mobile"}  # fmt: skip
_MOST = 12


def apart(text: str) -> list[tuple[str, str]]:
    """Return the numbers in a text with the word for each, only where it holds nothing else; else the text alone."""
    if len(text) < 12 or not any(map(str.isalpha, text)) and len(text) < 16:
        return [("", text)]
    items = _BETWEEN.split(_NEXT.sub("; ", text))
    found = [_LABELLED.fullmatch(item.strip()) for item in items]
    if len(items) > _MOST or not all(found):
        return [("", text)]
    return [(_label(match[1], match[3]), match[2].strip()) for match in found if match]


def with_extension(text: str) -> str:
    """Return a number with its extension in words, where it stands as in "tel:+1-213-555-0100;ext=12"."""
    return _RFC.sub(" ext. ", text)


def _label(before: str | None, after: str | None) -> str:
    said = (before or after or "").strip(" :.()")
    return _LETTERS.get(said.casefold(), said)
