"""What the line remembers, as Redis holds it. Everything here has a lifetime, and raises when Redis does."""

import json
from contextlib import suppress

from redis import Redis
from redis.exceptions import RedisError
from redis.lock import Lock

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory.interface import (
    LINE_WINDOW_SECONDS,
    REPLIES_KEPT,
    SENDER_WINDOW_SECONDS,
    Allowances,
    Recalled,
    Spent,
)
from bot.line.memory.ram import Held
from bot.line.memory.redis_keys import SharedKeys
from bot.referral.conversation import Conversation

#: A turn is taken for granted when its owner is gone for this long, and waited for at most this long.
_TURN_LASTS_SECONDS = 2.0
_TURN_WAIT_SECONDS = 1.0


class RedisStore:
    """Do in Redis what the Memory protocol asks for. Every method may raise RedisError or OSError."""

    def __init__(self, client: Redis, keys: SharedKeys, allowances: Allowances, forget_after: float) -> None:
        self._client = client
        self._keys = keys
        self._allowances = allowances
        self._forget_after_ms = int(forget_after * 1000)

    def take_turn(self, who: str) -> Lock | None:
        """Return the texter's lock, or None when somebody holds it for longer than anybody may wait."""
        name = _name("turn", self._keys.marks(who)[0])
        lock = self._client.lock(name, timeout=_TURN_LASTS_SECONDS, sleep=0.01, thread_local=False)
        return lock if lock.acquire(blocking_timeout=_TURN_WAIT_SECONDS) else None

    def end_turn(self, lock: Lock) -> None:
        """Give a lock back. One that cannot be given back ends by itself; the reply must not wait for it."""
        with suppress(RedisError, OSError):
            lock.release()

    def recall(self, who: str, message: str) -> Recalled:
        """Return the conversation with a texter, and the reply if this message had one already."""
        held = self._held(self._keys.marks(who))
        if held is None:
            return Recalled()
        reply = held.reply_to(self._keys.marks(message)) if message else None
        return Recalled(held.conversation, reply, held.record)

    def keep(
        self, who: str, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> None:
        """Hold the conversation and the reply; both die by themselves."""
        marks = self._keys.marks(who)
        held = self._held(marks)
        replies = held.replies if held else ()
        if message:
            replies = (*replies, (self._keys.marks(message)[0], reply))[-REPLIES_KEPT:]
        pipe = self._client.pipeline(transaction=True)
        pipe.delete(*(_name("held", mark) for mark in marks))
        pipe.set(_name("held", marks[0]), _dump(Held(conversation, replies, record)), px=self._forget_after_ms)
        pipe.execute()

    def erase(self, marks: tuple[bytes, ...]) -> None:
        """Erase the conversation and the cached replies under these marks."""
        self._client.delete(*(_name("held", mark) for mark in marks))

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget."""
        spent = self._count(_name("spent", self._keys.marks(who)[0]), SENDER_WINDOW_SECONDS)
        over = spent - self._allowances.sender
        return Spent.WITHIN if over <= 0 else Spent.SAY_SO if over == 1 else Spent.OVER

    def spend_line(self, who: str) -> Spent:
        """Take one reply from the line's budget; SAY_SO once per texter and hour."""
        if self._count("quietline:line", LINE_WINDOW_SECONDS) <= self._allowances.line:
            return Spent.WITHIN
        told = _name("told", self._keys.marks(who)[0])
        first = self._client.set(told, b"1", nx=True, ex=LINE_WINDOW_SECONDS)
        return Spent.SAY_SO if first else Spent.OVER

    def _held(self, marks: tuple[bytes, ...]) -> Held | None:
        found = self._client.mget([_name("held", mark) for mark in marks])
        return next((_load(value) for value in found if value is not None), None)

    def _count(self, name: str, seconds: int) -> int:
        """Add one inside a window that the first one opened and that closes by itself."""
        pipe = self._client.pipeline(transaction=True)
        pipe.set(name, 0, nx=True, ex=seconds)
        pipe.incr(name)
        return int(pipe.execute()[1])


def _name(kind: str, mark: bytes) -> str:
    return f"quietline:{kind}:{mark.hex()}"


def _dump(held: Held) -> str:
    replies = [[mark.hex(), reply] for mark, reply in held.replies]
    return json.dumps({"conversation": held.conversation.dump(), "replies": replies, "record": held.record.dump()})


def _load(value: bytes | str) -> Held | None:
    """Read what another process wrote; what another version wrote differently counts as forgotten."""
    try:
        raw = json.loads(value)
        replies = tuple((bytes.fromhex(mark), str(reply)) for mark, reply in raw["replies"])
        return Held(Conversation.load(raw["conversation"]), replies, Record.load(raw["record"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
