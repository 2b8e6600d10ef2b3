"""A file to read from, wherever it stands: in a folder, in a zip, or by itself."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bot.directory.reading.findings import BrokenError, naming

HEAD = 8192


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its name below what was opened, with slashes, its size in bytes unpacked, and how it is opened.

    `path` is where it stands on disk, None inside a zip.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None

    @property
    def folder(self) -> str:
        """Return the folder it stands in, "" at the top."""
        parent = str(PurePosixPath(self.name).parent)
        return "" if parent == "." else parent

    @property
    def base(self) -> str:
        """Return its name without its folder."""
        return PurePosixPath(self.name).name

    @property
    def suffix(self) -> str:
        """Return the end of its name in small letters: ".csv"."""
        return PurePosixPath(self.name).suffix.lower()

    def head(self) -> bytes:
        """Return its first bytes. Raises BrokenError."""
        with naming(self.name), self.open() as stream:
            return stream.read(HEAD)

    def whole(self, most: int) -> bytes:
        """Return all of it. Raises BrokenError when it cannot be read or is larger than `most` bytes."""
        with naming(self.name), self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise BrokenError(f"{self.name}: is larger than the {most // 1024} kB that such a file may have")
        return data


def open_regular(path: Path) -> BinaryIO:
    """Open a file on disk for reading: never a link, a device or a pipe. Raises OSError."""
    # Without O_NONBLOCK a pipe that took the file's place would hold us for ever.
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("it is not a regular file")
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def source_at(path: Path, name: str) -> Source:
    """Return the file at a path. Raises OSError."""
    return Source(name, os.lstat(path).st_size, lambda: open_regular(path), path)
