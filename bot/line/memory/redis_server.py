"""Talking to Redis: impatiently, and only to one that writes nothing to disk."""

from collections.abc import Sequence

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.retry import Retry

from bot.line.memory.disk import PersistentStateError as PersistentStateError

#: A texter waits for one answer of Redis this long at most; then the reply comes from RAM. A text waits for three
#: answers, and no reply shall take longer than a second; with less patience a moment in which the machine stands
#: still would split conversations between two memories.
PATIENCE_SECONDS = 0.3
#: An answer that is not there after this long is slow. What counts is that nothing has arrived when somebody looks,
#: not what a watch says: on a busy machine it is the line itself that comes late.
SLOW_SECONDS = 0.1


def connect(url: str) -> Redis:
    """Return a client that gives up after 300 ms and never tries twice. Connects with the first command."""
    return Redis.from_url(
        url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
        # Two more round trips for each new connection otherwise, to tell Redis which library this is.
        driver_info=None,
    )


def trial(client: Redis, script: str, erase: Sequence[str], *, allow_disk: bool) -> None:
    """Look at the settings, run a script on a key that is not there, and erase keys: one round trip.

    Raises PersistentStateError unless Redis says that it writes neither snapshots nor a log of changes, and
    ResponseError when it runs no scripts.
    """
    pipe = client.pipeline(transaction=False)
    pipe.config_get("save")
    pipe.config_get("appendonly")
    pipe.eval(script, 1, "quietline:turn:", "")
    if erase:
        pipe.delete(*erase)
    save, appendonly, *done = pipe.execute(raise_on_error=False)
    if not allow_disk:
        _refuse_disk(save, appendonly)
    for one in done:
        if isinstance(one, Exception):
            raise one


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


def _refuse_disk(*settings: object) -> None:
    says = {_text(name): _text(value) for told in settings if isinstance(told, dict) for name, value in told.items()}
    if "save" not in says or "appendonly" not in says:
        raise PersistentStateError(
            "Redis does not say whether it writes to disk. Use one that answers CONFIG GET, or set "
            "ALLOW_PERSISTENT_STATE=yes if you know that it keeps nothing."
        )
    if says["save"] or says["appendonly"] != "no":
        raise PersistentStateError('Redis would write conversations to disk. Start it with --save "" --appendonly no.')


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
