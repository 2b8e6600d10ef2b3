"""Find any of many forms in bytes, in a time that hardly grows with how many there are."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.drill.forms import SHORTEST, Form

_WORD = 8
_PIECE = 16 * 1024 * 1024


class Searcher:
    """Look for forms and tell them by their names alone. Raises ValueError for one that is too short."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._by_first_word: dict[int, list[Form]] = {}
        self._longest = _WORD
        for form in forms:
            if len(form.data) < SHORTEST:
                raise ValueError(f"{form.name} is too short to be told from chance")
            self._by_first_word.setdefault(_first_word(form.data), []).append(form)
            self._longest = max(self._longest, len(form.data))
        self._first_words = frozenset(self._by_first_word)

    def find(self, data: bytes) -> list[str]:
        """Return the names of the forms that stand somewhere in the bytes, sorted."""
        return _names(set(self._in(data)))

    def find_in_file(self, path: Path) -> list[str]:
        """Return the names of the forms that stand in a file, sorted. Raises OSError."""
        found: set[Form] = set()
        rest = b""
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                piece = rest + piece
                found.update(self._in(piece))
                # A form may begin in one piece and end in the next.
                rest = piece[-self._longest :]
        return _names(found)

    def _in(self, data: bytes) -> Iterator[Form]:
        # A set meets eight bytes at a time at each of eight offsets: a loop in C, whatever the number of forms.
        words: set[int] = set()
        view = memoryview(data)
        for offset in range(min(_WORD, len(data))):
            whole = (len(data) - offset) // _WORD * _WORD
            words |= self._first_words.intersection(view[offset : offset + whole].cast("Q"))
        for word in words:
            yield from (form for form in self._by_first_word[word] if form.data in data)


def _first_word(data: bytes) -> int:
    return int(memoryview(data[:_WORD]).cast("Q")[0])


def _names(found: set[Form]) -> list[str]:
    """Name what was found, leaving out a form that is only a part of another one: 1NNN... in +1NNN..."""
    parts = {part for part in found for whole in found if part is not whole and part.data in whole.data}
    return sorted({form.name for form in found - parts})
