"""What happens to databases while people text: locked, read-only, moved away, deleted."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_BESIDE = ("", "-wal", "-shm")
#: SQLite writes to no file whose format it does not know; the format a writer must know stands in this byte.
_WRITE_VERSION_AT = 18


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the write lock of a SQLite database."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def read_only(database: Path) -> Iterator[None]:
    """Make a SQLite file read-only, even for those whom no permission stops."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = _set_write_version(database, 9)
    yield
    _set_write_version(database, before)


@contextmanager
def moved_away(database: Path) -> Iterator[None]:
    """Take the file of a SQLite database away, and bring it back."""
    away = database.with_name(f"away-{database.name}")
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # so that nobody is writing at this moment
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        database.rename(away)
    yield
    away.rename(database)


@contextmanager
def deleted(database: Path) -> Iterator[None]:
    """Delete a SQLite database with all that stands beside it, and restore a backup."""
    backup = database.with_name("backup.db")
    back_up(database, backup)
    for ending in _BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
    yield
    restored = database.with_name("restored.db")
    shutil.copy(backup, restored)
    restored.replace(database)


def back_up(database: Path, backup: Path) -> None:
    """Copy a SQLite database as a person would who backs it up while it is in use."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)


def _set_write_version(database: Path, version: int) -> int:
    with database.open("r+b") as file:
        file.seek(_WRITE_VERSION_AT)
        before = file.read(1)[0]
        file.seek(_WRITE_VERSION_AT)
        file.write(bytes([version]))
    return before
