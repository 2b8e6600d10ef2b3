import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update

from bot.storage import copy
from bot.storage.database import DatabaseUrlError, connect
from bot.storage.held import Origin
from bot.storage.tables import ReleaseRow
from tests.databases import Database, PostgresDatabase, postgres_server
from tests.storage.sources import NOON, SOON, Clock, Make, Parser, document, issue, state


def test_it_starts_from_the_live_release_and_keeps_a_copy(
    database: Database, make: Make, clock: Clock, tmp_path: Path
) -> None:
    issue(database, "one", "two", "three")
    source = make()
    source.start()
    assert state(source) == ("three", 3, Origin.DATABASE)
    assert (source.current, source.held.loaded_at, source.held.problem) == ("three", NOON, None)
    clock.now += timedelta(seconds=90)
    assert source.age == timedelta(seconds=90)
    assert source.wait_for(lambda held: (tmp_path / "cache" / copy.NAME).exists(), SOON)
    source.stop()  # the thread has finished its first look
    assert copy.read(tmp_path / "cache") == copy.Copy(3, document("three"))


def test_a_running_source_picks_up_a_newer_release(database: Database, make: Make) -> None:
    issue(database, "one")
    source = make(every=0.01)
    source.start()
    issue(database, "two")
    assert source.wait_for(lambda held: held.content == "two", SOON)
    assert state(source) == ("two", 2, Origin.DATABASE)


def test_a_release_is_read_once(database: Database, make: Make, parser: Parser) -> None:
    issue(database, "one")
    source = make()
    source.start()
    for _ in range(5):
        source.look()
    assert parser.asked == 1


def test_a_stopped_source_looks_no_more_and_keeps_what_it_has(database: Database, make: Make) -> None:
    issue(database, "one")
    source = make(every=0.01)
    source.start()
    source.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "releases"]
    assert source.current == "one"


def test_a_broken_release_keeps_the_old_one_until_a_good_one_comes(
    database: Database, make: Make, parser: Parser, tmp_path: Path
) -> None:
    issue(database, "one")
    source = make()
    source.start()
    issue(database, "broken")
    for _ in range(3):
        source.look()
        assert state(source) == ("one", 1, Origin.DATABASE)
        assert source.held.problem == "release 2 was refused: line.toml: name: says it is broken"
    assert parser.asked == 2
    assert copy.read(tmp_path / "cache").number == 1

    issue(database, "three")
    source.look()
    assert state(source) == ("three", 3, Origin.DATABASE)
    assert source.held.problem is None


def test_a_broken_release_at_the_start_leaves_the_last_good_copy(
    database: Database, make: Make, tmp_path: Path
) -> None:
    copy.write(tmp_path / "cache", 1, document("kept"))
    issue(database, "one", "broken")
    source = make()
    source.start()
    assert state(source) == ("kept", 1, Origin.COPY)
    assert "release 2 was refused" in (source.held.problem or "")


def test_a_tampered_release_keeps_the_old_one(database: Database, engine: Engine, make: Make) -> None:
    issue(database, "one")
    source = make()
    source.start()
    issue(database, "two")
    with engine.begin() as connection:
        change = update(ReleaseRow).where(ReleaseRow.number == 2).values(document="{}")
        connection.execute(change)
    source.look()
    assert state(source) == ("one", 1, Origin.DATABASE)
    assert "no longer matches its digest" in (source.held.problem or "")


def test_a_copy_that_cannot_be_written_is_told_and_tried_again(
    database: Database, make: Make, tmp_path: Path, parser: Parser
) -> None:
    (tmp_path / "cache").write_text("in the way")
    issue(database, "one")
    source = make()
    source.start()
    source.look()
    assert state(source) == ("one", 1, Origin.DATABASE)
    assert "copy on disk could not be written" in (source.held.problem or "")

    (tmp_path / "cache").unlink()
    source.look()
    assert (source.held.problem, copy.read(tmp_path / "cache").number, parser.asked) == (None, 1, 1)


def test_a_copy_that_somebody_took_away_is_written_again(database: Database, make: Make, tmp_path: Path) -> None:
    issue(database, "one")
    source = make()
    source.start()
    source.look()
    shutil.rmtree(tmp_path / "cache")
    source.look()
    assert (source.held.problem, copy.read(tmp_path / "cache").number) == (None, 1)
    assert copy.read_bulletins(tmp_path / "cache") == []


def test_before_the_start_there_is_nothing_to_answer_from(make: Make) -> None:
    with pytest.raises(RuntimeError, match="not started"):
        _ = make().current


def test_an_address_we_cannot_use_is_refused_at_once(make: Make) -> None:
    with pytest.raises(DatabaseUrlError):
        make(url="mysql://nobody@127.0.0.1/line")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_looking_keeps_one_connection_and_no_transaction_open(database: Database, make: Make) -> None:
    assert isinstance(database, PostgresDatabase)
    issue(database, "one")
    source = make()
    source.start()
    for _ in range(3):
        source.look()
    asking = connect(postgres_server().get_uri())
    query = text("SELECT state FROM pg_stat_activity WHERE datname = :name")
    with asking.connect() as connection:
        states = connection.scalars(query, {"name": database.name}).all()
    asking.dispose()
    assert states == ["idle"]
