"""Objects kept on disk while an export is written, so that memory does not grow with them."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.directory.service import Doc


class Shelf:
    """Objects by id, given back in the order of their ids. Of two with one id the first is kept."""

    def __init__(self, folder: Path) -> None:
        """Open a nameless file in a folder; it is gone when the shelf is closed, or the process dies."""
        self._file = tempfile.TemporaryFile(dir=folder)
        self._places: dict[str, int] = {}

    def put(self, doc: Doc) -> None:
        """Keep an object, unless one of its id is there already."""
        key = str(doc["id"])
        if key not in self._places:
            self._places[key] = self._file.seek(0, 2)
            self._file.write(as_line(doc))

    def __len__(self) -> int:
        """Return how many objects are kept."""
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        """Say whether an object of that id is kept."""
        return key in self._places

    def lines(self) -> Iterator[tuple[str, bytes]]:
        """Give the id and the compact JSON of each object, in the order of the ids."""
        for key in sorted(self._places):
            self._file.seek(self._places[key])
            yield key, self._file.readline()

    def __iter__(self) -> Iterator[Doc]:
        """Give each object, in the order of the ids."""
        for _, line in self.lines():
            doc: dict[str, Any] = json.loads(line)
            yield doc

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@contextmanager
def shelved(docs: Iterable[Doc], folder: Path) -> Iterator[Shelf]:
    """Give services on a shelf in a folder; a shelf is given as it is."""
    if isinstance(docs, Shelf):
        yield docs
        return
    shelf = Shelf(folder)
    try:
        for doc in docs:
            shelf.put(doc)
        yield shelf
    finally:
        shelf.close()


def as_line(doc: Doc) -> bytes:
    """Return an object as one line of UTF-8. Half a character, from broken JSON, is written as its escape."""
    text = json.dumps(doc, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(doc, allow_nan=False, separators=(',', ':'))}\n".encode()
