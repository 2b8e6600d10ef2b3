"""What staff say between two releases reaches every process, and no release or lost database undoes it."""

import logging
from dataclasses import astuple
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.referral.bulletin import Pause
from bot.storage import bulletins, copy
from bot.storage.database import connect
from bot.storage.held import Held, Origin
from bot.storage.releases import publish, read
from bot.storage.said import Lifted, Said
from bot.storage.tables import BulletinRow, ReleaseRow
from tests.databases import Database
from tests.storage.sources import NOON, SOON, Make, Parser, document, issue, state

PAUSE, LIFT = Pause("pantry", NOON), Lifted("pantry")


def tell(database: Database, *said: Said) -> None:
    """Say something as a command of another process would."""
    engine = connect(database.url)
    for one in said:
        bulletins.add(engine, one, day=NOON.date(), by="AB")
    engine.dispose()


def order(database: Database, statement: str) -> None:
    """Do something to the database that no program of ours does."""
    engine = connect(database.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_running_source_hears_of_a_pause_and_of_its_end_without_reading_the_release_again(
    database: Database, make: Make, parser: Parser
) -> None:
    issue(database, "one")
    source = make(every=0.01)
    source.start()
    loaded_at = source.held.loaded_at
    tell(database, PAUSE)
    assert source.wait_for(lambda held: held.content == "one -pantry", SOON)
    assert (source.held.number, source.held.bulletins, source.held.loaded_at) == (1, 1, loaded_at)
    tell(database, LIFT)
    assert source.wait_for(lambda held: held.content == "one" and held.bulletins == 2, SOON)
    assert (parser.asked, source.held.problem) == (1, None)


def test_what_has_not_changed_is_not_laid_over_again(database: Database, make: Make) -> None:
    issue(database, "one")
    tell(database, PAUSE)
    source = make()
    source.start()
    source.look()
    held = source.held
    for _ in range(3):
        source.look()
    assert source.held is held


def test_a_release_is_never_in_use_without_what_was_told(database: Database, make: Make) -> None:
    issue(database, "one")
    tell(database, PAUSE)
    seen: set[str] = set()

    def notes(held: Held[str]) -> bool:
        seen.add(held.content)
        return held.number == 2

    source = make(every=0.01)
    source.start()
    assert not notes(source.held)
    issue(database, "two")
    assert source.wait_for(notes, SOON)  # asked at every change
    assert seen == {"one -pantry", "two -pantry"}


def test_rolling_back_a_release_keeps_what_was_told(database: Database, make: Make) -> None:
    issue(database, "one", "two")
    tell(database, PAUSE)
    source = make()
    source.start()
    engine = connect(database.url)
    publish(engine, read(engine, 1).document, note="back to 1", now=NOON)
    engine.dispose()
    source.look()
    assert state(source) == ("one -pantry", 3, Origin.DATABASE)


@pytest.mark.parametrize("newest", ["broken", "tampered"])
def test_what_is_told_holds_while_the_newest_release_is_no_good(database: Database, make: Make, newest: str) -> None:
    issue(database, "one")
    source = make()
    source.start()
    issue(database, newest)
    if newest == "tampered":
        engine = connect(database.url)
        with engine.begin() as connection:
            connection.execute(update(ReleaseRow).where(ReleaseRow.number == 2).values(document="{}"))
        engine.dispose()
    tell(database, PAUSE)
    source.look()
    assert state(source) == ("one -pantry", 1, Origin.DATABASE)
    assert "release 2" in (source.held.problem or "")


@pytest.mark.parametrize("kept", [True, False], ids=["with a copy of the release", "from the package"])
def test_a_start_without_the_database_still_leaves_out_what_was_paused(
    database: Database, make: Make, tmp_path: Path, kept: bool
) -> None:
    issue(database, "one")
    tell(database, PAUSE)
    source = make()
    source.start()
    source.look()
    source.stop()
    if not kept:
        (tmp_path / "cache" / copy.NAME).unlink()
    database.drop()
    again = make()
    again.start()
    assert state(again) == (("one -pantry", 1, Origin.COPY) if kept else ("packaged -pantry", None, Origin.PACKAGED))

    database.make()
    issue(database, "anew")
    again.look()
    # What the database says counts, also when it says nothing.
    assert (state(again), again.held.bulletins) == (("anew", 1, Origin.DATABASE), 0)


@pytest.mark.parametrize("damage", ["missing", "damaged", "of another version"])
def test_a_copy_without_usable_bulletins_is_still_a_copy(
    database: Database, make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    database.drop()
    copy.write(tmp_path / "cache", 7, document("kept"))
    if damage == "damaged":
        (tmp_path / "cache" / copy.BULLETINS).write_bytes(b"half a co")
    elif damage == "of another version":
        copy._write(tmp_path / "cache" / copy.BULLETINS, '[{"colour": 1}]')
    source = make()
    source.start()
    assert state(source) == ("kept", 7, Origin.COPY)
    assert ("copy of the bulletins was not used" in caplog.text) == (damage != "missing")


def test_bulletins_alone_are_heeded_before_there_is_a_release(database: Database, make: Make) -> None:
    issue(database)
    tell(database, PAUSE)
    source = make(patience=0.0)
    source.start()
    source.look()
    assert state(source) == ("packaged -pantry", None, Origin.PACKAGED)
    assert "holds no release" in (source.held.problem or "")


def test_a_database_without_the_table_yet_is_told_and_the_line_goes_on(
    database: Database, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    issue(database, "one")
    order(database, "DROP TABLE bulletin")
    source = make()
    with caplog.at_level(logging.WARNING):
        source.start()
        for _ in range(3):
            source.look()
    assert state(source) == ("one", 1, Origin.DATABASE)
    assert "the bulletins cannot be read" in (source.held.problem or "")
    assert "quietline init" in (source.held.problem or "")
    assert len([record for record in caplog.records if "bulletins cannot be read" in record.getMessage()]) == 1
    issue(database, "two")
    source.look()
    assert state(source) == ("two", 2, Origin.DATABASE)


def test_a_table_that_goes_away_takes_nothing_along(database: Database, make: Make, tmp_path: Path) -> None:
    issue(database, "one")
    tell(database, PAUSE)
    source = make()
    source.start()
    source.look()
    source.stop()
    order(database, "DROP TABLE bulletin")
    source.look()
    assert state(source) == ("one -pantry", 1, Origin.DATABASE)
    # Nor does a start: the copy knows.
    again = make()
    again.start()
    assert state(again) == ("one -pantry", 1, Origin.DATABASE)
    assert [row.number for row in copy.read_bulletins(tmp_path / "cache")] == [1]


def test_a_row_that_cannot_be_read_is_told_and_the_others_hold(database: Database, make: Make, tmp_path: Path) -> None:
    issue(database, "one")
    tell(database, Pause("clinic", NOON), PAUSE)
    engine = connect(database.url)
    with engine.begin() as connection:
        connection.execute(update(BulletinRow).where(BulletinRow.number == 1).values(body="?"))
    engine.dispose()
    source = make()
    source.start()
    source.look()
    assert source.current == "one -pantry"
    assert source.held.problem == "bulletins that cannot be read were left out: 1"
    assert [astuple(row)[:3] for row in copy.read_bulletins(tmp_path / "cache")] == [(2, "pause", "pantry")]


def test_what_cannot_be_laid_over_leaves_everything_as_it_was(database: Database, make: Make, parser: Parser) -> None:
    issue(database, "one")
    tell(database, PAUSE)
    source = make()
    source.start()
    tell(database, Pause("broken", NOON))
    for _ in range(2):
        source.look()
        assert state(source) == ("one -pantry", 1, Origin.DATABASE)
        assert "bulletin 2 was refused: BrokenError" in (source.held.problem or "")
    # Not even a newer release comes into use without the pause; it is read once all the same.
    issue(database, "two")
    source.look()
    source.look()
    assert (source.current, parser.asked) == ("one -pantry", 2)
    tell(database, Lifted("broken"))
    source.look()
    assert (state(source), source.held.problem) == (("two -pantry", 2, Origin.DATABASE), None)
    assert parser.asked == 2


def test_a_start_with_bulletins_that_cannot_be_laid_over_answers_without_them(database: Database, make: Make) -> None:
    issue(database, "one")
    tell(database, Pause("broken", NOON))
    source = make()
    source.start()
    source.look()
    assert state(source) == ("one", 1, Origin.DATABASE)
    assert "bulletin 1 was refused" in (source.held.problem or "")


def test_a_copy_of_the_bulletins_that_cannot_be_written_is_tried_again(
    database: Database, make: Make, tmp_path: Path
) -> None:
    issue(database, "one")
    source = make()
    source.start()
    source.look()
    (tmp_path / "cache" / copy.BULLETINS).unlink()
    (tmp_path / "cache" / copy.BULLETINS).mkdir()
    tell(database, PAUSE)
    source.look()
    assert source.current == "one -pantry"
    assert "copy of the bulletins could not be written" in (source.held.problem or "")
    (tmp_path / "cache" / copy.BULLETINS).rmdir()
    source.look()
    assert source.held.problem is None
    assert [row.entry for row in copy.read_bulletins(tmp_path / "cache")] == ["pantry"]
