"""The last good copies of the live release and of the bulletins on this machine's disk, to start without the database.

Two files, because they change apart: a bulletin must not wait until megabytes of a release are written again, and a
damaged release must not take along which number is wrong.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from bot.storage.document import Document
from bot.storage.said import Row

NAME = "release.json"
BULLETINS = "bulletins.json"
#: So many entries are written in one go.
_AT_ONCE = 200


class UnusableCopyError(Exception):
    """A copy was asked for and was missing, unreadable or damaged."""


class NoCopyError(UnusableCopyError):
    """A copy was asked for before one was made."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A release as it was last read from the database."""

    number: int
    document: dict[str, Any]


def write(folder: Path, number: int, document: Document) -> None:
    """Keep a release on disk in place of the one kept before; a crash leaves the old one or the new one.

    Readable by us alone. Raises OSError when the folder cannot be written.
    """
    _write(folder / NAME, _pieces(number, document))


def read(folder: Path) -> Copy:
    """Read the kept release; raises UnusableCopyError, whose text is the reason."""
    kept = json.loads(_read(folder / NAME))
    return Copy(kept["number"], kept["document"])


def write_bulletins(folder: Path, rows: Sequence[Row]) -> None:
    """Keep the bulletins on disk as `write` keeps a release; who said them is left out, no reply needs it."""
    kept = [{**dict(zip(Row.__slots__, astuple(row), strict=True)), "by": ""} for row in rows]
    _write(folder / BULLETINS, [json.dumps(kept)])


def read_bulletins(folder: Path) -> list[Row]:
    """Read the kept bulletins. Raises UnusableCopyError, NoCopyError where only an older version has written."""
    return [Row(**kept) for kept in json.loads(_read(folder / BULLETINS))]


def is_there(folder: Path, name: str) -> bool:
    """Say whether a kept file is where it was written; a broom that cleans caches may have taken it."""
    return (folder / name).is_file()


def _pieces(number: int, document: Document) -> Iterator[str]:
    """Give a release as JSON, piece by piece: to write it in one go would keep all texts waiting for seconds."""
    yield f'{{"number": {number}, "document": {{'
    for place, (file, table) in enumerate(document.items()):
        yield f"{', ' if place else ''}{json.dumps(file, ensure_ascii=False)}: "
        rows = table.get("entry") if isinstance(table, dict) and len(table) == 1 else None
        if not isinstance(rows, list):
            yield json.dumps(table, ensure_ascii=False)
            continue
        yield '{"entry": ['
        for at in range(0, len(rows), _AT_ONCE):
            yield f"{', ' if at else ''}{json.dumps(rows[at : at + _AT_ONCE], ensure_ascii=False)[1:-1]}"
        yield "]}"
    yield "}}"


def _write(path: Path, pieces: Iterable[str]) -> None:
    folder, content = path.parent, [piece.encode() for piece in pieces]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_seal(*content) + b"\n")
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    _sync(folder)


def _read(path: Path) -> bytes:
    try:
        seal, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise NoCopyError("there is none yet") from None
    except OSError as error:
        raise UnusableCopyError(f"it cannot be read: {error.strerror}") from error
    if seal != _seal(body):
        raise UnusableCopyError("it is damaged")
    return body


def _seal(*pieces: bytes) -> bytes:
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.hexdigest().encode()


def _sync(folder: Path) -> None:
    # Without this the new name itself may be lost in a power cut.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
