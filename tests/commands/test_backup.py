"""A copy made while everything runs, put back, and looked over: on SQLite and on PostgreSQL."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from bot.cli import main
from bot.storage import audit, releases
from bot.storage.audit import Act
from bot.storage.backup import BackupError, backup, restore
from bot.storage.database import connect
from tests.databases import Database, PostgresDatabase, SqliteDatabase, bare_engine, database, engine, postgres_server
from tests.storage.publishable import publishable

__all__ = ["bare_engine", "database", "engine"]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def kept(database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Give a database with two releases and an audit, as the settings name it."""
    document = publishable()
    for note in ("first", "second"):
        releases.publish(engine, document, note=note, now=NOW)
    for number in range(3):
        audit.write(engine, Act.SIGNED_IN, by="ana@example.org", about=str(number), now=NOW)
    monkeypatch.setenv("DATABASE_URL", database.url)
    if database.kind == "postgresql":
        # Its own programs: those of an older PostgreSQL refuse a newer server.
        monkeypatch.setenv("PATH", f"{postgres_server().bin_path}{os.pathsep}{os.environ['PATH']}")
    return database


@pytest.fixture
def empty(kept: Database, tmp_path: Path) -> Iterator[Database]:
    """Give an empty database of the same kind."""
    made: Database
    made = SqliteDatabase(tmp_path / "other" / "new.db") if kept.kind == "sqlite" else PostgresDatabase("put_back")
    made.drop()
    made.make()
    yield made
    made.drop()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_copy_goes_back_and_is_whole(kept: Database, empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    made = run("backup", str(file))
    assert made.exit_code == 0, made.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    back = run("restore", str(file), "--into", empty.url)
    assert back.exit_code == 0, back.output
    assert "release 2 is good, the audit is whole up to line 3" in back.output
    restored = connect(empty.url)
    assert [one.note for one in releases.history(restored)] == ["second", "first"]
    restored.dispose()


def test_nothing_is_ever_written_over(kept: Database, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    run("backup", str(file))
    again = run("backup", str(file))
    assert again.exit_code == 1
    assert "is there already" in again.output
    into_itself = run("restore", str(file))
    assert into_itself.exit_code == 1
    assert "is there already" in into_itself.output or "is not empty" in into_itself.output


def test_a_drill_says_what_is_wrong(kept: Database, empty: Database, engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET about = 'changed' WHERE number = 2"))
        connection.execute(text("UPDATE release SET digest = 'x' WHERE number = 2"))
    file = tmp_path / "copy"
    run("backup", str(file))
    found = run("restore", str(file), "--drill", "--into", empty.url)
    assert found.exit_code == 1
    assert "the audit is not whole at line 2" in found.output
    assert "release 2 no longer matches its digest" in found.output


def test_a_drill_of_sqlite_needs_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = SqliteDatabase(tmp_path / "line.db")
    made.fill()
    opened = connect(made.url)
    releases.publish(opened, publishable(), note="first", now=NOW)
    opened.dispose()
    monkeypatch.setenv("DATABASE_URL", made.url)
    run("backup", str(tmp_path / "copy"))
    before = sorted(path.name for path in tmp_path.iterdir())
    told = run("restore", str(tmp_path / "copy"), "--drill")
    assert told.exit_code == 0, told.output
    assert "It can be gone on with: release 1 is good" in told.output
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_copy_made_while_somebody_writes_is_of_one_moment(tmp_path: Path) -> None:
    path, over = tmp_path / "busy.db", threading.Event()
    with sqlite3.connect(path) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE pair (a INTEGER, b INTEGER)")
        first.execute("INSERT INTO pair VALUES (0, 0)")
    first.close()

    def write() -> None:
        writer = sqlite3.connect(path, timeout=20)
        number = 0
        while not over.is_set():
            number += 1
            with writer:
                writer.execute("UPDATE pair SET a = ?", (number,))
                writer.execute("UPDATE pair SET b = ?", (number,))
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            backup(f"sqlite:///{path}", tmp_path / f"copy{number}")
    finally:
        over.set()
        thread.join()
    for number in range(5):
        copy = sqlite3.connect(tmp_path / f"copy{number}")
        a, b = copy.execute("SELECT a, b FROM pair").fetchone()
        assert a == b
        copy.close()


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "no copy that quietline backup made"),
    "a text": (b"hello", "no copy that quietline backup made"),
    "the head alone": (b"SQLite format 3\x00" + b"\x00" * 200, "cannot be read|damaged"),
    "another kind": (b"PGDMP" + b"x" * 50, "another kind"),
}


@pytest.mark.parametrize(("body", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_copy_is_refused(body: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    file.write_bytes(body)
    with pytest.raises(BackupError, match=told):
        restore(file, f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "new.db").exists()


def test_a_place_that_cannot_be_is_named(kept: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BackupError, match="cannot be written"):
        backup(kept.url, tmp_path / "file" / "copy")
    if kept.url.startswith("sqlite"):
        backup(kept.url, tmp_path / "new" / "copy")
        with pytest.raises(BackupError, match="cannot be written"):
            restore(tmp_path / "new" / "copy", f"sqlite:///{tmp_path}/file/line.db")


def test_a_damaged_copy_is_refused(kept: Database, tmp_path: Path) -> None:
    if kept.kind != "sqlite":
        return
    file = tmp_path / "copy"
    backup(kept.url, file)
    body = bytearray(file.read_bytes())
    body[len(body) // 2 : len(body) // 2 + 20_000] = os.urandom(20_000)
    file.write_bytes(bytes(body))
    with pytest.raises(BackupError, match="damaged|cannot be read"):
        restore(file, f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "new.db").exists()


def test_no_database_no_copy(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database yet"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy")
    assert not list(tmp_path.iterdir())


def test_without_the_programs_of_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        backup("postgresql://ana:secret@127.0.0.1:1/x", tmp_path / "copy")
    assert not list(tmp_path.iterdir())


def test_a_password_stands_in_no_list_of_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {seen}\necho "$PGPASSWORD" >> {seen}\necho no such host >&2; exit 1\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(BackupError, match="pg_dump failed: no such host"):
        backup("postgresql+psycopg://ana:s3cret@127.0.0.1:1/x", tmp_path / "copy")
    arguments, password = seen.read_text().splitlines()
    assert password == "s3cret"
    assert "s3cret" not in arguments
    assert "postgresql://ana@127.0.0.1:1/x" in arguments
