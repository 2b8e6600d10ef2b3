"""The text of a file: its encoding found out, its odd letters mended and counted."""

import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from bot.directory.note import Level, Where
from bot.directory.reading.findings import Findings, naming
from bot.directory.reading.source import Source

_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
#: What a byte that is no UTF-8 is read as: the letter Windows shows for it in the Americas and western Europe.
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_NO_UTF8 = re.compile("[\udc80-\udcff]")
_NUL, _MARK, _LOST = "\0", "\ufeff", "\ufffd"


def encoding_of(head: bytes) -> tuple[str, bool]:
    """Return the encoding of a file from its first bytes, and whether it had to be guessed."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, False
    # In UTF-16 every plain letter has a zero beside it; in other texts zeros are rare.
    for encoding, zeros in (("utf-16-be", head[0::2]), ("utf-16-le", head[1::2])):
        if len(head) > 3 and zeros.count(0) * 10 > len(zeros) * 4:
            return encoding, True
    return "utf-8", False


class TextReader:
    """The text of one file, from its beginning. Counts letters mended, zeros left out and letters lost."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        # A byte that is no UTF-8 becomes a lone surrogate, which `_clean` then reads as a letter of Windows.
        errors = "surrogateescape" if encoding == "utf-8" else "replace"
        self._text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        self._utf8 = encoding == "utf-8"
        self.mended = self.zeros = self.lost = 0

    def read(self, size: int) -> str:
        """Return about so many characters more, "" at the end only."""
        while piece := self._text.read(size):
            if clean := self._clean(piece):
                return clean
        return ""

    def line(self, most: int) -> str:
        """Return the next line with its end, or its first `most` characters; "" at the end only."""
        while piece := self._text.readline(most):
            if clean := self._clean(piece):
                return clean
        return ""

    def _clean(self, text: str) -> str:
        if _NUL in text:
            self.zeros += text.count(_NUL)
            text = text.replace(_NUL, "")
        if text.isascii():
            return text
        if not self._utf8:
            self.lost += text.count(_LOST)
        elif odd := len(_NO_UTF8.findall(text)):
            self.mended += odd
            text = text.translate(_WINDOWS)
        return text.replace(_MARK, "")


@contextmanager
def text_of_file(source: Source) -> Iterator[TextReader]:
    """Open a file's text for the length of the block. Raises BrokenError for what goes wrong with its bytes."""
    encoding, _ = encoding_of(source.head())
    with naming(source.name), source.open() as stream:
        yield TextReader(stream, encoding)


def say_what_was_mended(source: Source, text: TextReader, findings: Findings) -> None:
    """Keep a note for each sort of letter that could not be taken as it stood, once a file was read to its end."""
    where = Where(source.name)
    if encoding_of(source.head())[1]:
        findings.note(Level.INFERRED, where, "does not say its encoding; taken as UTF-16")
    if text.mended:
        what = "is not UTF-8 throughout; the letters that are not were read as Windows (cp1252) letters"
        findings.note(Level.MENDED, where, what, f"{text.mended} letters")
    if text.lost:
        findings.note(Level.DROPPED, where, "holds letters that no encoding explains", f"{text.lost} letters")
    if text.zeros:
        findings.note(Level.MENDED, where, "held zero bytes; they were left out", f"{text.zeros} bytes")
