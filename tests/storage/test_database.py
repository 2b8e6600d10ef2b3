import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from bot.storage.database import DatabaseUrlError, connect, reading, reason, watch, write_ahead
from bot.storage.tables import ReleaseRow
from tests.databases import SqliteDatabase

ROOT = Path(__file__).parents[2]


def row(number: int) -> dict[str, object]:
    then = datetime(2026, 11, 21, tzinfo=UTC)
    return {"number": number, "digest": "0" * 64, "note": "", "published_at": then, "document": "{}"}


@pytest.mark.parametrize(
    "url",
    [
        "postgres://ann:secret@db.example/line",
        "postgresql://ann:secret@db.example/line",
        "postgresql+psycopg://ann:secret@db.example/line",
    ],
    ids=["postgres", "postgresql", "psycopg named"],
)
def test_every_spelling_of_postgresql_goes_through_psycopg_3(url: str) -> None:
    engine = connect(url)
    assert (engine.url.drivername, engine.driver) == ("postgresql+psycopg", "psycopg")
    assert (engine.url.host, engine.url.database) == ("db.example", "line")


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("mysql://ann:secret@db.example/line", "mysql"),
        ("postgresql+psycopg2://ann:secret@db.example/line", "postgresql+psycopg2"),
        ("postgresql+asyncpg://ann:secret@db.example/line", "postgresql+asyncpg"),
        ("postgres://ann:secret", "postgres"),
        ("postgres://ann:x@db.example:secret/line", "postgres"),
        ("SQLITE:///secret.db", "SQLITE"),
        ("secret", "none"),
        ("", "none"),
        ("sqlite://", "sqlite"),
        ("sqlite:///:memory:", "sqlite"),
        ("sqlite:///file:secret?mode=memory&uri=true", "sqlite"),
        ("sqlite:///secret.db?timeout=9", "sqlite"),
        ("sqlite://secret/line.db", "sqlite"),
    ],
)
@pytest.mark.parametrize("opened", [connect, watch])
def test_an_address_we_cannot_use_is_named_by_its_scheme_alone(url: str, scheme: str, opened: object) -> None:
    assert callable(opened)
    with pytest.raises(DatabaseUrlError) as caught:
        opened(url)
    assert f"scheme {scheme}" in str(caught.value).replace(":", "")
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_missing_sqlite_file_is_made_with_its_folder_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "odd #name.db"
    engine = connect(f"sqlite:///{path}")
    assert not path.exists()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    engine.dispose()
    assert modes == {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("busy_timeout", 5000), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_sqlite_connections_are_settled(tmp_path: Path, setting: str, value: object) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'x.db'}")
    looking = watch(f"sqlite:///{tmp_path / 'x.db'}")
    for each in (engine, looking):
        with each.connect() as connection:
            assert connection.scalar(text(f"PRAGMA {setting}")) == value
        each.dispose()


def test_a_sqlite_transaction_takes_the_write_lock_at_once_and_a_look_does_not(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    rival = sqlite3.connect(tmp_path / "x.db", timeout=0, isolation_level=None)

    with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        rival.execute("BEGIN IMMEDIATE")
    with reading(engine) as connection:
        connection.execute(text("SELECT x FROM t"))
        rival.execute("BEGIN IMMEDIATE")
        rival.execute("INSERT INTO t VALUES (1)")
        rival.execute("COMMIT")
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0  # one consistent moment

    rival.close()
    engine.dispose()


class BusyFile:
    """Stands in for a connection to a file that others are making: refuses some times, then obeys."""

    def __init__(self, refusals: int, words: str) -> None:
        self.refusals, self.words, self.closed = refusals, words, False

    def execute(self, _order: str) -> None:
        self.refusals -= 1
        if self.refusals >= 0:
            raise sqlite3.OperationalError(self.words)

    def close(self) -> None:
        self.closed = True


def test_a_file_that_others_are_making_is_asked_again() -> None:
    busy = BusyFile(3, "database is locked")
    write_ahead(cast("sqlite3.Connection", busy))
    assert (busy.refusals, busy.closed) == (-1, False)


def test_a_file_that_cannot_be_used_is_given_up_at_once() -> None:
    broken = BusyFile(1, "disk I/O error")
    with pytest.raises(sqlite3.OperationalError, match="disk"):
        write_ahead(cast("sqlite3.Connection", broken))
    assert (broken.refusals, broken.closed) == (0, True)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_look_at_postgresql_cannot_write(engine: Engine) -> None:
    with pytest.raises(SQLAlchemyError, match="read-only"), reading(engine) as connection:
        connection.execute(insert(ReleaseRow).values(row(1)))
    with engine.begin() as connection:  # and the connection is not left that way
        connection.execute(insert(ReleaseRow).values(row(1)))


def test_a_transaction_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    statements = [insert(ReleaseRow).values(row(number)) for number in (1, 0)]  # numbers start at 1
    with engine.connect() as connection, connection.begin() as work:
        connection.execute(statements[0])
        with pytest.raises(IntegrityError):
            connection.execute(statements[1])
        work.rollback()
    with reading(engine) as connection:
        assert connection.execute(select(ReleaseRow.number)).all() == []


def test_an_error_does_not_carry_what_was_being_stored(engine: Engine) -> None:
    statement = text("INSERT INTO release (number, note) VALUES (:number, :note)")
    with pytest.raises(SQLAlchemyError) as caught, engine.begin() as connection:
        connection.execute(statement, {"number": "not a number", "note": "WORDS"})
    assert "WORDS" not in str(caught.value)


def test_looking_never_makes_a_file_or_a_folder(tmp_path: Path) -> None:
    engine = watch(f"sqlite:///{tmp_path / 'instance' / 'x.db'}")
    with pytest.raises(OperationalError) as caught, engine.connect():
        pass
    assert list(tmp_path.iterdir()) == []
    assert reason(caught.value) == "unable to open database file"


def test_looking_sees_a_file_that_was_replaced(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "x.db")
    looking = watch(database.url)
    for value in (1, 2):
        database.drop()
        writer = connect(database.url)
        with writer.begin() as connection:
            connection.execute(text("CREATE TABLE t (x INTEGER)"))
            connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": value})
        writer.dispose()
        with reading(looking) as connection:
            assert connection.scalar(text("SELECT x FROM t")) == value


def test_a_server_that_is_not_there_is_named_in_one_line_without_the_password() -> None:
    engine = watch("postgresql://ann:secret@127.0.0.1:1/line")
    with pytest.raises(OperationalError) as caught, engine.connect():
        pass
    told = reason(caught.value)
    assert "refused" in told
    assert "secret" not in told
    assert "\n" not in told


def test_the_line_loads_neither_alembic_nor_a_driver_it_does_not_use() -> None:
    script = (
        "import sys\n"
        "import bot.storage.source, bot.storage.files\n"
        "bot.storage.database.watch('sqlite:///x.db')\n"
        "print([name for name in ('alembic', 'psycopg', 'mako') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
