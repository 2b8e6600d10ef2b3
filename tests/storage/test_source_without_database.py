"""What a source does when the database is missing, silent, taken away or given back."""

import logging
import socket
import threading
from pathlib import Path

import pytest

from bot.storage import copy
from bot.storage.held import Origin
from tests.databases import Database, PostgresDatabase, SqliteDatabase
from tests.storage.sources import SOON, BrokenError, Make, Parser, document, issue, state


@pytest.mark.parametrize("missing", ["database", "tables", "release"])
@pytest.mark.parametrize("kept", [True, False], ids=["with a copy", "without a copy"])
def test_it_starts_without_a_database(database: Database, make: Make, tmp_path: Path, missing: str, kept: bool) -> None:
    if missing == "database":
        database.drop()
    elif missing == "release":
        issue(database)
    if kept:
        copy.write(tmp_path / "cache", 7, document("kept"))
    source = make()
    source.start()
    assert state(source) == (("kept", 7, Origin.COPY) if kept else ("packaged", None, Origin.PACKAGED))
    told = "holds no release" if missing == "release" else "cannot be read"
    assert told in (source.held.problem or "")
    if isinstance(database, SqliteDatabase) and missing != "release":
        assert not database.path.exists()

    if missing == "database":
        database.make()
    issue(database, "one")
    source.look()
    assert state(source) == ("one", 1, Origin.DATABASE)
    assert source.held.problem is None


def test_content_survives_its_database_and_the_next_database_is_found(database: Database, make: Make) -> None:
    issue(database, "one", "two", "three")
    source = make(every=0.01)
    source.start()

    database.drop()
    assert source.wait_for(lambda held: held.problem is not None, SOON)
    assert state(source) == ("three", 3, Origin.DATABASE)
    if isinstance(database, SqliteDatabase):
        assert not database.path.exists()

    database.make()
    issue(database, "anew")
    assert source.wait_for(lambda held: held.content == "anew" and held.problem is None, SOON)
    assert state(source) == ("anew", 1, Origin.DATABASE)


def test_a_new_database_with_the_same_number_is_not_taken_for_the_old_one(database: Database, make: Make) -> None:
    issue(database, "one")
    source = make()
    source.start()
    database.drop()
    database.make()
    issue(database, "another one")
    source.look()
    assert state(source) == ("another one", 1, Origin.DATABASE)


def test_a_database_that_comes_back_unchanged_only_clears_the_problem(
    database: Database, make: Make, parser: Parser
) -> None:
    issue(database, "one")
    source = make()
    source.start()
    database.drop()
    source.look()
    assert "cannot be read" in (source.held.problem or "")
    database.make()
    issue(database, "one")
    source.look()
    assert (source.held.problem, parser.asked) == (None, 1)


def test_it_does_not_wait_for_a_server_that_says_nothing(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        source = make(url=f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/line", patience=0.05)
        source.start()
        assert state(source) == ("packaged", None, Origin.PACKAGED)
        assert source.held.problem == "the database has not answered yet"
    # The server is gone now, which ends the look that was waiting for it.
    assert source.wait_for(lambda held: "cannot be read" in (held.problem or ""), SOON)


def test_a_problem_is_logged_once_and_not_at_every_look(
    database: Database, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    issue(database, "one")
    source = make()
    source.start()
    database.drop()
    with caplog.at_level(logging.WARNING):
        for _ in range(4):
            source.look()
    assert len([record for record in caplog.records if "cannot be read" in record.getMessage()]) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_restarts_is_found_again(database: Database, make: Make) -> None:
    assert isinstance(database, PostgresDatabase)
    issue(database, "one")
    source = make()
    source.start()
    database.server.stop()
    try:
        source.look()
        assert state(source) == ("one", 1, Origin.DATABASE)
        assert "cannot be read" in (source.held.problem or "")
    finally:
        database.server.ensure_postgres_running()
    issue(database, "two")
    source.look()
    assert (state(source), source.held.problem) == (("two", 2, Origin.DATABASE), None)


@pytest.mark.parametrize("damage", ["damaged", "written for another version"])
def test_a_copy_that_is_no_good_is_left_aside_with_its_reason(
    database: Database, make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    database.drop()
    if damage == "damaged":
        copy.write(tmp_path / "cache", 7, document("kept"))
        (tmp_path / "cache" / copy.NAME).write_bytes(b"half a co")
    else:
        copy.write(tmp_path / "cache", 7, document("broken"))
    source = make()
    source.start()
    assert state(source) == ("packaged", None, Origin.PACKAGED)
    reason = "damaged" if damage == "damaged" else "says it is broken"
    assert [r.getMessage() for r in caplog.records if "copy on disk was not used" in r.getMessage()]
    assert reason in caplog.text


def test_a_package_that_is_no_good_either_is_an_error(database: Database, make: Make) -> None:
    database.drop()
    source = make(packaged=lambda: document("broken"))
    with pytest.raises(BrokenError):
        source.start()
    assert not [thread for thread in threading.enumerate() if thread.name == "releases"]
