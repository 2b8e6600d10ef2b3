"""What the tests of the drill may ask for: databases of both kinds, and a Redis that keeps nothing on disk."""

from collections.abc import Iterator

import pytest

from tests.databases import bare_engine, database, engine
from tests.line.memory.redis_server import RedisServer

__all__ = ["bare_engine", "database", "engine"]


@pytest.fixture(scope="session")
def _redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis: RedisServer) -> RedisServer:
    """Give an empty Redis."""
    with _redis.client() as client:
        client.flushall()
        client.slowlog_reset()
    return _redis
