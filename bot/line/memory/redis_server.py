"""Talking to Redis: impatiently, and only to one that writes nothing to disk."""

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.retry import Retry

#: A texter waits for Redis this long at most; then the answer comes from RAM.
PATIENCE_SECONDS = 0.2


class PersistentStateError(RuntimeError):
    """Redis was set to write its memory to disk, or would not say."""


def connect(url: str) -> Redis:
    """Return a client that gives up after 200 ms and never tries twice. Connects with the first command."""
    return Redis.from_url(
        url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
    )


def refuse_disk(client: Redis) -> None:
    """Raise PersistentStateError unless Redis says that it writes neither snapshots nor a log of changes."""
    try:
        says = {**client.config_get("save"), **client.config_get("appendonly")}
    except ResponseError:
        says = {}
    says = {_text(name): _text(value) for name, value in says.items()}
    if "save" not in says or "appendonly" not in says:
        raise PersistentStateError(
            "Redis does not say whether it writes to disk. Use one that answers CONFIG GET, or set "
            "ALLOW_PERSISTENT_STATE=yes if you know that it keeps nothing."
        )
    if says["save"] or says["appendonly"] != "no":
        raise PersistentStateError('Redis would write conversations to disk. Start it with --save "" --appendonly no.')


def stop_slow_log(client: Redis) -> bool:
    """Switch off and empty Redis' log of slow commands, which keeps what they held without an end; tell if it did.

    A command of more than 10 ms stays there, first 128 bytes of it, until 128 newer ones push it out: that can be
    the beginning of a conversation, or the key of the day.
    """
    try:
        client.config_set("slowlog-log-slower-than", -1)
        client.slowlog_reset()
    except ResponseError:
        return False
    return True


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
