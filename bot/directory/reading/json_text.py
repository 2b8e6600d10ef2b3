"""JSON read piece by piece: a list of a million objects never stands in memory, only one object at a time does."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from bot.directory.reading.findings import BrokenError, shown
from bot.directory.reading.limits import Limits
from bot.directory.reading.text import TextReader

_PIECE = 1 << 20
#: A fault so near the end of what was read so far may be no fault: the rest of the value stands in the next piece.
_NEAR = 16
_SPACE = re.compile(r"[ \t\n\r]*")
#: What a text may hold, escaped, that no database takes: zeros, and halves of letters without their other half.
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HALF = re.compile("[\ud800-\udfff\0]")


class JsonText:
    """A JSON text, read from its beginning to its end.

    After each `value`: `doubled` counts the keys so far that an object held twice (the last one counts) and `unfit`
    the texts that held letters no database takes. Every method raises BrokenError where the text is not JSON.
    """

    def __init__(self, name: str, text: TextReader, limits: Limits, *, look: bool = True) -> None:
        self._name, self._text, self._limits = name, text, limits
        self._buffer, self._at, self._ended, self._lines = "", 0, False, 1
        self._look = look
        self.doubled = self.unfit = 0
        self._decoder = json.JSONDecoder(
            parse_float=_finite, parse_constant=_refuse, object_pairs_hook=self._pairs if look else None, strict=False
        )

    def peek(self) -> str:
        """Return the next letter that is no space, "" at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more()

    def value(self) -> Any:
        """Return the value that stands here, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not (error.msg.startswith("Unterminated") or error.pos + _NEAR > len(self._buffer)):
                    raise self._broken(error.msg, error.pos) from error
            except RecursionError as error:
                raise self._too_deep() from error
            except ValueError as error:
                raise self._broken(str(error)) from error
            else:
                # A number that ends where the piece ends may go on in the next one.
                if self._ended or end < len(self._buffer):
                    return self._checked(value, end)
            if len(self._buffer) - self._at > self._limits.record:
                raise self._broken(f"one object is larger than {self._limits.record // 1024} kB")
            self._more()

    def elements(self) -> Iterator[Any]:
        """Give the values of the list that begins here, one at a time."""
        for _ in self._parted("[", "]"):
            yield self.value()

    def members(self) -> Iterator[str]:
        """Give the keys of the object that begins here. Whoever takes a key reads its value before the next."""
        for _ in self._parted("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise self._broken("a key is not in quotation marks")
            self._take(":")
            yield key

    def _parted(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._take(closing)
            return
        while True:
            yield
            if self.peek() == closing:
                self._take(closing)
                return
            self._take(",")

    def _take(self, letter: str) -> None:
        found = self.peek()
        if found != letter:
            raise self._broken(f"{found or 'the end'} stands where {letter} should")
        self._at += 1

    def _more(self) -> None:
        """Read as much again as is held, so that a long value is looked at a few times only."""
        held = len(self._buffer) - self._at
        piece = self._text.read(max(_PIECE, held))
        self._ended = not piece
        self._lines += self._buffer.count("\n", 0, self._at)
        self._buffer, self._at = self._buffer[self._at :] + piece, 0

    def _checked(self, value: Any, end: int) -> Any:
        escaped = _ESCAPED.search(self._buffer, self._at, end)
        self._at = end
        if self._look:
            self._refuse_depth(value)
        return self._fit(value) if escaped else value

    def _refuse_depth(self, value: Any) -> None:
        layer = [value]
        for _ in range(self._limits.depth):
            layer = [
                inner
                for outer in layer
                if isinstance(outer, dict | list)
                for inner in (outer.values() if isinstance(outer, dict) else outer)
            ]
            if not layer:
                return
        raise self._too_deep()

    def _fit(self, value: Any) -> Any:
        if isinstance(value, str):
            fit = _HALF.sub(lambda half: "" if half[0] == "\0" else "\ufffd", value)
            self.unfit += fit != value
            return fit
        if isinstance(value, dict):
            return {self._fit(key): self._fit(inner) for key, inner in value.items()}
        return [self._fit(inner) for inner in value] if isinstance(value, list) else value

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.doubled += len(pairs) - len(found)
        return found

    def _too_deep(self) -> BrokenError:
        return self._broken(f"objects stand in each other more than {self._limits.depth} deep")

    def _broken(self, fault: str, at: int | None = None) -> BrokenError:
        at = self._at if at is None else at
        if self._ended and (at >= len(self._buffer.rstrip()) or fault.startswith("Unterminated")):
            return BrokenError(f"{self._name}: breaks off in the middle; was it downloaded to its end?")
        line = self._lines + self._buffer.count("\n", 0, at)
        return BrokenError(f"{self._name}: is not right JSON in line {line}: {shown(fault)}")


def _finite(number: str) -> float:
    if math.isinf(value := float(number)):
        raise ValueError(f"the number {number[:20]} is too large")
    return value


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number")
