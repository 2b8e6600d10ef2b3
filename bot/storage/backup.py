"""Copies of a database, made while everything runs, and put back into an empty place.

Of SQLite by its own online backup, into one plain file that is a database again; of PostgreSQL by `pg_dump` in its
custom format, which `pg_restore` reads. Both are whole or are not there at all.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, make_url

from bot.storage.database import DatabaseUrlError

#: How the two kinds of copy begin.
SQLITE, POSTGRES = b"SQLite format 3\x00", b"PGDMP"


class BackupError(Exception):
    """A copy could not be made or put back; the words are for whoever runs the line."""


def backup(url: str, target: Path) -> None:
    """Write a copy of the database at an address into a new file that only its owner can read.

    Folders above it are made where they lack. Raises BackupError, and leaves no file then.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: a copy never takes the place of another")
    unfinished = _beside(target)
    try:
        if _is_sqlite(url):
            _copy_sqlite(_path(url), unfinished)
        else:
            _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(unfinished)], url)
        os.link(unfinished, target)  # fails where somebody else made one meanwhile
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def restore(source: Path, url: str) -> None:
    """Put a copy back into a database that is empty or not there. Raises BackupError; never writes over anything."""
    kind = _kind(source)
    if _is_sqlite(url) != (kind == SQLITE):
        raise BackupError(
            f"{source} is a copy of {'SQLite' if kind == SQLITE else 'PostgreSQL'}, and the database is another kind"
        )
    if kind == SQLITE:
        _put_back_sqlite(source, _path(url))
    else:
        _run(["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
              "--dbname", _plain(url), str(source)], url)  # fmt: skip


def is_empty(engine: Engine) -> bool:
    """Say whether a database has no table at all. Raises DatabaseError."""
    return not inspect(engine).get_table_names()


def _copy_sqlite(path: Path, target: Path) -> None:
    if not path.is_file():
        raise BackupError("there is no database yet: quietline init")
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied: {error}") from None


def _put_back_sqlite(source: Path, path: Path) -> None:
    if any(Path(f"{path}{ending}").exists() for ending in ("", "-wal", "-shm")):
        raise BackupError(f"{path} is there already: stop everything, move it and what is beside it away, then restore")
    name = _beside(path)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as kept,
            closing(sqlite3.connect(name)) as made,
        ):
            kept.backup(made)
            found = made.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise BackupError(f"{source} is damaged: {found}")
        os.link(name, path)
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be read: {error}") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(name)


def _beside(target: Path) -> Path:
    """Make an empty file that only its owner can read, in the folder of another, which is made too where it lacks."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mkstemp makes it 0600
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}") from None
    os.close(handle)
    return Path(name)


def _kind(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            head = file.read(len(SQLITE))
    except OSError as error:
        raise BackupError(f"{source} cannot be read: {error.strerror}") from None
    for kind in (SQLITE, POSTGRES):
        if head.startswith(kind):
            return kind
    raise BackupError(f"{source} is no copy that quietline backup made")


def _run(command: Sequence[str], url: str) -> None:
    """Run a program of PostgreSQL; the password goes through its environment, where no list of processes shows it."""
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is not installed here: it comes with PostgreSQL's client programs")
    address = make_url(url)
    environ = {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}
    arguments = [*command[1:], _plain(url)] if command[0] == "pg_dump" else command[1:]
    # No shell, and nothing in it that a stranger could have written: the address is a setting.
    call = [program, *arguments]
    told = subprocess.run(call, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, and settings alone
    if told.returncode:
        lines = [line for line in told.stderr.splitlines() if line.strip()] or [f"exit status {told.returncode}"]
        raise BackupError(f"{command[0]} failed: {lines[0]}")


def _plain(url: str) -> str:
    """Return an address as PostgreSQL's programs take it: without our driver's name, and without the password."""
    of = make_url(url)
    bare = URL.create("postgresql", of.username, None, of.host, of.port, of.database, of.query)
    return bare.render_as_string(hide_password=False)


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _path(url: str) -> Path:
    name = make_url(url).database
    if not name:
        raise DatabaseUrlError("a database of scheme sqlite is a plain file: sqlite:///path, no options")
    return Path(name).absolute()
