"""The last good copy of the live release on this machine's disk, for a start without the database."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.storage.document import Document

NAME = "release.json"


class UnusableCopyError(Exception):
    """A copy was asked for and was missing, unreadable or damaged."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A release as it was last read from the database."""

    number: int
    document: dict[str, Any]


def write(folder: Path, number: int, document: Document) -> None:
    """Keep a release on disk in place of the one kept before; a crash leaves the old one or the new one.

    Readable by us alone. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps({"number": number, "document": document}, ensure_ascii=False).encode()
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{NAME}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_seal(body) + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / NAME)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    _sync(folder)


def read(folder: Path) -> Copy:
    """Read the kept release; raises UnusableCopyError, whose text is the reason."""
    try:
        seal, _, body = (folder / NAME).read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise UnusableCopyError("there is none yet") from None
    except OSError as error:
        raise UnusableCopyError(f"it cannot be read: {error.strerror}") from error
    if seal != _seal(body):
        raise UnusableCopyError("it is damaged")
    kept = json.loads(body)
    return Copy(kept["number"], kept["document"])


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _sync(folder: Path) -> None:
    # Without this the new name itself may be lost in a power cut.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
