"""What a file is, judged by how it begins, not by what it is called."""

from enum import StrEnum

from bot.directory.reading.text import encoding_of


class Form(StrEnum):
    """What a file is made of."""

    ZIP = "zip"
    JSON = "json"
    TEXT = "text"
    EMPTY = "empty"
    OTHER = "other"


#: How files begin that people mistake for a directory's data, and what to do about each.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "is an old or a locked Office file; open it and save it as .xlsx without a password"),
    (b"%PDF", "is a PDF; nothing can be read from it, ask for the data it was made from"),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip; unpack it first"),
    (b"Rar!", "is packed as RAR; unpack it first"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"SQLite format 3", "is a database; export its tables as CSV"),
    (b"\x7fELF", "is a program"),
)
#: So many letters that no text has may stand at the beginning of any; more, and more than a twentieth, is no text.
_MOST_ODD = 20
_AFTER = {"{": '"}', "[": '{["]tfn-0123456789'}


def form_of(head: bytes) -> tuple[Form, str]:
    """Return what a file is from its first bytes; for what cannot be read also why, as the rest of a sentence."""
    if not head:
        return Form.EMPTY, "is empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Form.ZIP, ""
    for beginning, what in _OTHERS:
        if head.startswith(beginning):
            return Form.OTHER, what
    text = head.decode(encoding_of(head)[0], "replace").lstrip("\ufeff\0 \t\r\n")
    if not text:
        return Form.EMPTY, "is empty"
    if text[0] in _AFTER:
        rest = text[1:].lstrip(" \t\r\n")
        # "[" may begin a heading, "{" hardly ever; what follows tells.
        if not rest or rest[0] in _AFTER[text[0]]:
            return Form.JSON, ""
    if text[:100].lower().startswith(("<!doctype html", "<html")):
        return Form.OTHER, "is a web page, not data; was it saved from a browser?"
    if text.startswith(("<?xml", "<")):
        return Form.OTHER, "is XML; ask for JSON, CSV or a spreadsheet"
    odd = sum(letter < " " and letter not in "\t\r\n\f\v\0" for letter in text)
    return (Form.OTHER, "is not text") if odd > _MOST_ODD and odd * 20 > len(text) else (Form.TEXT, "")
