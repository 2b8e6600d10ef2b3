"""All that a Redis holds, for looking whether any of it points at a person. Nothing is looked up by a number."""

from collections.abc import Iterator
from typing import Any

from redis.exceptions import RedisError, ResponseError

from bot.line.memory.redis_server import connect

#: What is not a value but remembered all the same: the slowest commands, with what they carried.
SLOW_LOG = b"slow log"
_ALL = 1_000_000


class UnreadableRedisError(Exception):
    """A Redis could not be read; the text names the kind of the error and nothing else."""


def every_value(url: str) -> Iterator[tuple[bytes, bytes]]:
    """Give every key with its value, whatever its type; a value of several parts comes in several pairs.

    What is written or dies meanwhile may or may not be among them. Raises UnreadableRedisError.
    """
    client = connect(url)
    try:
        for key in client.scan_iter(count=500):
            yield from ((key, part) for part in _parts(client, key))
        yield from ((SLOW_LOG, part) for part in _slow_log(client))
    except (RedisError, OSError) as error:
        raise UnreadableRedisError(type(error).__name__) from None
    finally:
        client.close()


def _parts(client: Any, key: bytes) -> Iterator[bytes]:
    kind = client.type(key)
    if kind == b"string":
        yield client.get(key) or b""
    elif kind == b"hash":
        yield from (part for pair in client.hscan_iter(key) for part in pair)
    elif kind == b"list":
        yield from client.lrange(key, 0, -1)
    elif kind == b"set":
        yield from client.sscan_iter(key)
    elif kind == b"zset":
        yield from (member for member, _ in client.zscan_iter(key))
    elif kind == b"stream":
        yield from (part for _, fields in client.xrange(key) for pair in fields.items() for part in pair)
    elif kind != b"none":  # b"none": it died since it was named
        yield client.dump(key) or b""


def _slow_log(client: Any) -> Iterator[bytes]:
    try:
        entries = client.slowlog_get(_ALL)
    except ResponseError:  # forbidden here: then nobody can read it over this address
        return
    yield from (entry["command"] for entry in entries)
