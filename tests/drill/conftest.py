"""What the tests of the drill may ask for: databases of both kinds, and a Redis that keeps nothing on disk."""

from tests.databases import bare_engine, database, engine
from tests.line.memory.conftest import _redis, redis_server

__all__ = ["_redis", "bare_engine", "database", "engine", "redis_server"]
