"""What several hosts would share, started by the benchmark itself: PostgreSQL and Redis, where they are here."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import cpu
from tests.databases import PostgresDatabase
from tests.line.memory.redis_server import RedisServer


@dataclass(frozen=True, slots=True)
class Shared:
    """Settings for a line that shares its state, None where no Redis is; `said` tells what was used or missed."""

    changes: dict[str, str] | None
    said: str


@contextmanager
def shared() -> Iterator[Shared]:
    """Run both for the block. Without PostgreSQL the line keeps its SQLite; without Redis there is nothing to share."""
    if shutil.which("redis-server") is None:
        yield Shared(None, "redis-server is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        redis = RedisServer(Path(folder))
        redis.start()
        database, lacking = _database()
        changes = {"STATE_URL": redis.url} | ({"DATABASE_URL": database.url} if database else {})
        try:
            yield Shared(changes, lacking or "PostgreSQL and Redis")
        finally:
            redis.stop()
            if database:
                database.drop()


def _database() -> tuple[PostgresDatabase | None, str]:
    try:
        made = PostgresDatabase("bench")
        made.drop()
        made.make()
    except Exception as error:  # it comes from PyPI with binaries of its own, and fails in ways of its own
        return None, f"SQLite and Redis: PostgreSQL did not start ({type(error).__name__})"
    if pid := made.server.get_pid():
        cpu.adopt(pid)
    return made, ""
