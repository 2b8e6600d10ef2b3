"""The line's memory shared by several processes, in a Redis that keeps nothing on disk."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from redis import Redis
from redis.exceptions import RedisError

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory.interface import Allowances, Recalled, Spent
from bot.line.memory.keys import uptime
from bot.line.memory.ram import RamMemory
from bot.line.memory.redis_keys import SharedKeys
from bot.line.memory.redis_server import PersistentStateError, refuse_disk, stop_slow_log
from bot.line.memory.redis_store import RedisStore
from bot.referral.conversation import Conversation

Result = TypeVar("Result")

#: After a failure Redis is left alone this long: an outage costs one text in two seconds 200 ms, not each.
LEAVE_ALONE_SECONDS = 2.0
_log = logging.getLogger(__name__)


class RedisMemory:
    """Keep the Memory promises for several processes; while Redis is slow or gone, keep them in RAM alone.

    Conversations do not move between the two: an outage begins them afresh, and so does its end.
    Raises PersistentStateError at once when Redis answers and would write to disk.
    """

    def __init__(
        self,
        client: Redis,
        allowances: Allowances,
        *,
        forget_after: float = 900,
        allow_disk: bool = False,
        clock: Callable[[], float] = uptime,
    ) -> None:
        self._client = client
        self._allowances = allowances
        self._allow_disk = allow_disk
        self._clock = clock
        self._keys = SharedKeys(client, clock)
        self._redis = RedisStore(client, self._keys, allowances, forget_after)
        self._ram = RamMemory(allowances, forget_after=forget_after, clock=clock)
        self._state = threading.Lock()
        self._sure = False
        self._away_until: float | None = None
        #: Erasures asked for while Redis was away: done before it is used again.
        self._owed: set[bytes] = set()
        try:
            self._make_sure()
        except (RedisError, OSError):
            self._leave_alone("Redis does not answer; the line begins with its own RAM")
        self._quiet_slow_log()

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Give one message of a texter at a time its turn, in this process and among all."""
        with self._ram.turn(who):
            lock = self._either(lambda: self._redis.take_turn(who), lambda: None)
            try:
                yield
            finally:
                if lock is not None:
                    self._redis.end_turn(lock)

    def recall(self, who: str, message: str) -> Recalled:
        """Return the conversation with a texter, and the reply if this message had one already."""
        return self._either(lambda: self._redis.recall(who, message), lambda: self._ram.recall(who, message))

    def keep(
        self, who: str, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> None:
        """Hold the conversation and the reply until `forget_after` seconds from now."""
        self._either(
            lambda: self._redis.keep(who, message, conversation, reply, record=record),
            lambda: self._ram.keep(who, message, conversation, reply, record=record),
        )

    def forget(self, who: str) -> None:
        """Erase the conversation and the cached replies now; in a Redis that is away, when it is back."""
        self._ram.forget(who)
        self._either(lambda: self._redis.erase(self._keys.marks(who)), lambda: self._owe(who))

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget."""
        if not self._allowances.sender:
            return Spent.WITHIN
        return self._either(lambda: self._redis.spend(who), lambda: self._ram.spend(who))

    def spend_line(self, who: str) -> Spent:
        """Take one reply from the budget of the line, all its processes together."""
        if not self._allowances.line:
            return Spent.WITHIN
        return self._either(lambda: self._redis.spend_line(who), lambda: self._ram.spend_line(who))

    def sweep(self) -> None:
        """Erase what RAM holds for too long; Redis does the same by itself, but for its log of slow commands."""
        self._ram.sweep()
        self._keys.sweep()
        self._quiet_slow_log()

    def _either(self, shared: Callable[[], Result], alone: Callable[[], Result]) -> Result:
        """Do it in Redis, or in RAM when Redis does not answer, fails, or turns out to write to disk."""
        if self._away_until is None or self._clock() >= self._away_until:
            try:
                self._make_sure()
                return shared()
            except PersistentStateError:
                self._leave_alone("Redis would write to disk now; the line stays with its own RAM")
            except (RedisError, OSError):
                self._leave_alone("Redis does not answer; the line goes on with its own RAM")
        return alone()

    def _make_sure(self) -> None:
        """At a start or after an outage: look at Redis' settings, pay what is owed, empty RAM's shelf."""
        if self._sure:
            return
        if not self._allow_disk:
            refuse_disk(self._client)
        self._client.ping()
        with self._state:
            if self._owed:
                self._redis.erase(tuple(self._owed))
                self._owed.clear()
            self._ram.forget_all()
            self._sure = True

    def _quiet_slow_log(self) -> None:
        """Switch Redis' log of slow commands off again, for a Redis that restarted has it on. No text waits for it."""
        try:
            if self._sure and not stop_slow_log(self._client):
                _log.warning("Redis keeps its log of slow commands: start it with --slowlog-log-slower-than -1")
        except (RedisError, OSError):
            return  # the next text finds out, and says so

    def _leave_alone(self, why: str) -> None:
        with self._state:
            news = self._sure or self._away_until is None
            self._sure = False
            self._away_until = self._clock() + LEAVE_ALONE_SECONDS
        if news:
            # Once an outage: a line for each failed try would date each text.
            _log.warning(why)

    def _owe(self, who: str) -> None:
        with self._state:
            self._owed.update(self._keys.last_marks(who))
