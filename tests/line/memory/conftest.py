"""A Redis for the tests of memory shared by several processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.line.memory.redis_server import RedisServer


@pytest.fixture(scope="session")
def _redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis: RedisServer) -> RedisServer:
    """Give an empty Redis that writes nothing to disk."""
    with _redis.client() as client:
        client.flushall()
        client.slowlog_reset()
    return _redis


@pytest.fixture
def own_redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """Give a Redis that a test may pause, kill and restart."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
