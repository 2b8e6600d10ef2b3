"""What happens seldom to what staff keep: a pause that must stay, a text that is gone already, a killed run."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from bot.referral.bulletin import Pause, Why
from bot.referral.document import parse
from bot.referral.golden import play
from bot.storage import releases, scrubbing, transcripts
from bot.storage.backup import BackupError, backup, restore
from bot.storage.bulletins import fold
from bot.storage.folder import written_whole
from bot.storage.said import written
from bot.storage.tables import ReleaseRow
from tests.storage.publishable import publishable

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANA, BEN = "ana@example.org", "ben@example.org"
WRONG, FULL = Pause("a", None, Why.WITHDRAWN), Pause("a", None, Why.FULL)
LEAKED = "my name is on the door of apt 4"


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        pytest.param((WRONG, FULL), WRONG, id="what is wrong stays wrong though they are full too"),
        pytest.param((FULL, WRONG), WRONG, id="what was full turns out to be wrong"),
        pytest.param((Pause("a", NOON, Why.WITHDRAWN), FULL), FULL, id="wrong until noon, full without an end"),
        pytest.param((WRONG, Pause("a", NOON, Why.FULL)), WRONG, id="a shorter one shortens nothing"),
        pytest.param(
            (Pause("a", NOON, Why.FULL), Pause("a", NOON + timedelta(hours=1), Why.OUTAGE)),
            Pause("a", NOON + timedelta(hours=1), Why.OUTAGE),
            id="a longer one",
        ),
    ],
)
def test_which_of_two_pauses_stays(said: tuple[Pause, ...], stays: Pause) -> None:
    rows = [written(one, number=number, day=NOON.date(), by="AB") for number, one in enumerate(said, start=1)]
    assert fold(rows).bulletins.pauses == (stays,)


@pytest.fixture
def leaking(engine: Engine) -> Engine:
    """Give a database whose first release holds a text that somebody leaked, and whose live one does not."""
    leaky = publishable()
    leaky["topics/food.toml"]["examples"] = {"en": f"i have no food\n{LEAKED}", "es": "no tengo comida"}
    releases.publish(engine, leaky, note="", now=NOON)
    releases.publish(engine, publishable(), note="", now=NOON)
    return engine


def test_a_scrub_of_what_is_gone_already_is_done_and_changes_nothing(leaking: Engine) -> None:
    number = scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON)
    with leaking.begin() as connection:
        connection.execute(delete(ReleaseRow).where(ReleaseRow.number == 1))
    before = releases.read(leaking, 2)
    assert scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={}).releases == ()
    assert scrubbing.scrubs(leaking, waiting=True) == []
    assert releases.read(leaking, 2) == before


def test_saved_conversations_without_the_text_stay(leaking: Engine) -> None:
    content = parse(publishable())
    for name, text in (("theirs", LEAKED), ("ours", "bed 60559")):
        begun = f"# {name}\nat: 2026-11-24T12:00 America/Los_Angeles\n\n> {text}\n"
        transcripts.save(leaking, name, f"{begun}{play(content, begun)[0].given}\n", content, by=ANA, now=NOON)
    number = scrubbing.ask(leaking, LEAKED, by=ANA, now=NOON)
    done = scrubbing.scrub(leaking, number, by=BEN, now=NOON, packaged={})
    assert [release for release, _, _ in done.releases] == [1]
    assert [one.name for one in transcripts.transcripts(leaking)] == ["ours"]


def test_what_a_killed_run_left_in_a_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with written_whole(folder, "booklet") as place:
        (place / "one.txt").write_text("one")
        left = place.with_name(f"{place.name}-killed")
        left.mkdir()
        (left / "half.txt").write_text("half")
    assert left.exists()
    with written_whole(folder, "booklet") as place:
        (place / "two.txt").write_text("two")
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) == ["two.txt"]
    assert not left.exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(None, "there is no database yet: quietline init", id="none"),
        pytest.param(b"SQLite format 3\0" + b"x" * 2000, "the database cannot be copied", id="a damaged one"),
    ],
)
def test_a_database_that_cannot_be_copied_leaves_no_copy(tmp_path: Path, body: bytes | None, told: str) -> None:
    source, target = tmp_path / "line.db", tmp_path / "copy"
    if body is not None:
        source.write_bytes(body)
    with pytest.raises(BackupError, match=told):
        backup(f"sqlite:///{source}", target)
    assert list(tmp_path.iterdir()) == ([source] if body is not None else [])


def test_a_copy_that_cannot_be_put_back_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    source, copy = tmp_path / "line.db", tmp_path / "copy"
    with sqlite3.connect(source) as made:
        made.execute("CREATE TABLE one (n)")
    made.close()
    backup(f"sqlite:///{source}", copy)
    with monkeypatch.context() as without_links:
        without_links.setattr("bot.storage.backup.os.link", refuse)
        with pytest.raises(BackupError, match=r"new\.db cannot be written: Operation not permitted"):
            restore(copy, f"sqlite:///{tmp_path}/new.db")
        with pytest.raises(BackupError, match="second cannot be written: Operation not permitted"):
            backup(f"sqlite:///{source}", tmp_path / "second")
    with pytest.raises(BackupError, match="gone cannot be read: No such file"):
        restore(tmp_path / "gone", f"sqlite:///{tmp_path}/new.db")
    damaged = tmp_path / "damaged"
    damaged.write_bytes(copy.read_bytes()[:100] + b"x" * 8000)
    with pytest.raises(BackupError, match=r"damaged (cannot be read|is damaged)"):
        restore(damaged, f"sqlite:///{tmp_path}/new.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "damaged", "line.db"]
