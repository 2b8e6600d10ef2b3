"""Services kept in a scratch file: a directory is gone through twice, and is too large to be held in memory.

The first walk finds the places nobody may know, the second draws. What is in the file must never be kept: it lies in
the folder of the import, readable by its owner alone, and goes with it.
"""

import marshal
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from bot.directory.note import Level, Note, Where
from bot.directory.service import Service

#: Some services that were kept one after the other: where they begin in the file, and how many bytes they take.
Piece: TypeAlias = tuple[int, int]
#: A note: its level, its file, row and field, what is said and the value.
PlainNote: TypeAlias = tuple[str, str, int | None, str, str, str]
_LEVELS = {level.value: level for level in Level}
#: So many services are a piece: a tenth of a second's work, and half a megabyte.
_PIECE = 100


class Spool:
    """Keeps services in the order they come, and gives them again, piece by piece, to forked processes as well."""

    def __init__(self, folder: Path) -> None:
        """Open a nameless file in a folder; it is gone when the spool is closed, or the process dies."""
        self._file = tempfile.TemporaryFile("w+b", dir=folder)
        self.count = 0
        self.pieces: list[Piece] = []

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def keeping(self, services: Iterable[Service]) -> Iterator[Piece]:
        """Keep services, and give each piece of them as soon as it is in the file."""
        waiting: list[bytes] = []
        for service in services:
            # Three times as fast as JSON. The file has no name: nobody else can have written to it.
            data = marshal.dumps(plain_service(service))
            waiting.append(len(data).to_bytes(8, "big") + data)
            self.count += 1
            if len(waiting) == _PIECE:
                yield self._kept(waiting)
                waiting = []
        if waiting:
            yield self._kept(waiting)

    def _kept(self, waiting: list[bytes]) -> Piece:
        data = b"".join(waiting)
        start = sum(self.pieces[-1]) if self.pieces else 0
        self._file.write(data)
        self._file.flush()
        self.pieces.append((start, len(data)))
        return self.pieces[-1]

    def read(self, piece: Piece) -> Iterator[Service]:
        """Give the services of a piece again."""
        start, size = piece
        # Without a place in the file that several processes would move.
        data = memoryview(os.pread(self._file.fileno(), size, start))
        at = 0
        while at < size:
            end = at + 8 + int.from_bytes(data[at : at + 8], "big")
            yield service_of(marshal.loads(data[at + 8 : end]))  # noqa: S302 - we wrote it ourselves, into a file without a name
            at = end


def plain_service(service: Service) -> tuple[Any, ...]:
    """Return a service as plain values, which can be written down or sent; `service_of` reads them."""
    where = service.where
    return service.doc, (where.file, where.row, where.field), service.source_id, plain_notes(service.notes)


def service_of(plain: tuple[Any, ...]) -> Service:
    """Return the service that was made plain."""
    doc, where, source_id, notes = plain
    return Service(doc, Where(*where), source_id, notes_of(notes))


def plain_notes(notes: Iterable[Note]) -> list[PlainNote]:
    """Return notes as plain values; `notes_of` reads them."""
    return [
        (note.level.value, note.where.file, note.where.row, note.where.field, note.what, note.value) for note in notes
    ]


def notes_of(plain: Iterable[PlainNote]) -> tuple[Note, ...]:
    """Return the notes that were made plain."""
    return tuple(
        [Note(_LEVELS[level], Where(file, row, field), what, value) for level, file, row, field, what, value in plain]
    )
