from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from bot.storage.document import digest, to_text
from bot.storage.releases import (
    Mark,
    TamperedReleaseError,
    UnknownReleaseError,
    latest,
    newest,
    newest_number,
    publish,
    publish_first,
    read,
)
from bot.storage.tables import ReleaseRow
from tests.databases import Database
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

PUBLISH_TOGETHER = """
import sys
from datetime import UTC, datetime
from bot.storage.database import connect
from bot.storage.releases import publish, publish_first
engine = connect(sys.argv[1])
now = datetime.now(UTC)
print("ready", flush=True)
sys.stdin.readline()
print(publish_first(engine, {"first": 1}, note="", now=now))
for turn in range(15):
    print(publish(engine, {"turn": turn}, note="", now=now))
engine.dispose()
"""


def document(number: int) -> dict[str, object]:
    return {"line.toml": {"name": f"release {number}"}, "wording/es.toml": {"menu": "¿Qué necesita? ñ 🆘"}}


@pytest.fixture
def twelve(engine: Engine) -> Engine:
    # More than nine, so that numbers ordered as text show; older ones published later, so that dates mislead.
    for number in range(1, 13):
        moment = NOON - timedelta(days=number)
        assert publish(engine, document(number), note=f"note {number}", now=moment) == number
    return engine


def test_before_the_first_release_there_is_none(engine: Engine) -> None:
    assert (latest(engine), newest(engine), newest_number(engine)) == (None, None, None)


def test_the_highest_number_is_the_live_release(twelve: Engine) -> None:
    release = latest(twelve)
    assert release is not None
    assert (release.number, release.note, release.document) == (12, "note 12", document(12))
    assert release.published_at == NOON - timedelta(days=12)
    assert newest_number(twelve) == 12
    assert newest(twelve) == Mark(12, digest(to_text(document(12))))


@pytest.mark.parametrize("number", [1, 2, 11])
def test_every_release_can_be_read_as_it_was_published(twelve: Engine, number: int) -> None:
    release = read(twelve, number)
    assert (release.number, release.note, release.document) == (number, f"note {number}", document(number))
    assert release.digest == digest(to_text(document(number)))


@pytest.mark.parametrize("number", [0, 13, -1])
def test_a_number_never_published_is_said_to_be_unknown(twelve: Engine, number: int) -> None:
    with pytest.raises(UnknownReleaseError, match=str(number)):
        read(twelve, number)


def test_rolling_back_is_publishing_an_older_document_again(twelve: Engine) -> None:
    older = read(twelve, 3)
    assert publish(twelve, older.document, note="back to 3", now=NOON) == 13
    live = latest(twelve)
    assert live is not None
    assert (live.document, live.digest) == (older.document, older.digest)


def test_the_first_release_is_published_once(engine: Engine) -> None:
    assert publish_first(engine, document(1), note="default", now=NOON) == 1
    assert publish_first(engine, document(2), note="default", now=NOON) is None
    assert read(engine, 1).document == document(1)
    assert newest_number(engine) == 1


@pytest.mark.parametrize(
    "change",
    [{"document": to_text(document(4))}, {"digest": "0" * 64}, {"document": "not even JSON"}],
    ids=["another document", "another digest", "garbage"],
)
def test_a_release_changed_since_is_refused_and_the_others_are_not(twelve: Engine, change: dict[str, str]) -> None:
    with twelve.begin() as connection:
        connection.execute(update(ReleaseRow).where(ReleaseRow.number == 12).values(change))
    with pytest.raises(TamperedReleaseError, match="release 12"):
        latest(twelve)
    with pytest.raises(TamperedReleaseError, match="release 12"):
        read(twelve, 12)
    assert read(twelve, 4).document == document(4)


def test_a_document_that_is_not_json_is_not_published(engine: Engine) -> None:
    with pytest.raises(ValueError, match="JSON"):
        publish(engine, {"line.toml": {"limit": float("nan")}}, note="", now=NOON)
    assert newest_number(engine) is None


def test_processes_that_publish_together_take_turns(database: Database, engine: Engine) -> None:
    printed = race(PUBLISH_TOGETHER, database.url, runners=2)
    firsts = [lines[0] for lines in printed]
    rest = [int(line) for lines in printed for line in lines[1:]]
    numbers = sorted(rest + [int(line) for line in firsts if line != "None"])
    assert firsts.count("1") == 1
    assert numbers == list(range(1, 32))
    assert newest_number(engine) == 31
