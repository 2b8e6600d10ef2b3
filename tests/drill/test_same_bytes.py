"""What the drill prints of a number that wrote a moment ago, and of one that never did: the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.line.memory import redis_dump
from tests.databases import Database
from tests.e2e.running import Home, RunningLine, running
from tests.line.memory.redis_server import RedisServer
from tests.promises.lean import fill

WROTE = "+12135550142"
NEVER = "(630) 555-0177"


@pytest.fixture
def shared(database: Database, request: pytest.FixtureRequest) -> RedisServer | None:
    """Give the Redis of a line on PostgreSQL; on SQLite it has none."""
    return request.getfixturevalue("redis_server") if database.kind == "postgresql" else None


@pytest.fixture
def line(database: Database, shared: RedisServer | None, tmp_path: Path) -> Iterator[RunningLine]:
    """Give a running line on SQLite and RAM, or on PostgreSQL and Redis, with the default release."""
    fill(database.url)
    (tmp_path / "tmp").mkdir()
    changes = {"DATABASE_URL": database.url, "TMPDIR": str(tmp_path / "tmp"), "COUNTS_FLUSH_SECONDS": "1"}
    if shared is not None:
        changes["STATE_URL"] = shared.url
    with running(Home(tmp_path, changes=changes)) as started:
        yield started


def test_one_that_wrote_and_one_that_never_did_look_the_same(line: RunningLine, shared: RedisServer | None) -> None:
    never = line.home.run("drill", NEVER)
    for text in ("food 90057", "he hit me", "MORE"):
        assert line.text(text, From=WROTE).message
    wrote = line.home.run("drill", WROTE)
    if shared is not None:
        # It is in the middle of a conversation: what a live memory dump would reveal is there.
        assert [key for key, _ in redis_dump.every_value(shared.url) if b":held:" in key]
    assert (wrote.returncode, wrote.stderr) == (0, b"")
    assert wrote.stdout == never.stdout
    assert b"Database: nothing." in wrote.stdout
