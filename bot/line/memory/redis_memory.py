"""The line's memory shared by several processes, in a Redis that keeps nothing on disk."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_hex

from redis import Redis
from redis.exceptions import RedisError

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory.interface import Allowances, Recalled, Spent, State
from bot.line.memory.keys import uptime
from bot.line.memory.ram import MOST_TEXTERS, Held, RamMemory
from bot.line.memory.redis_keys import SharedKeys
from bot.line.memory.redis_reach import AwayError, Reach
from bot.line.memory.redis_server import stop_slow_log
from bot.line.memory.redis_store import RedisStore, Turn
from bot.line.memory.replies import Replies
from bot.referral.conversation import Conversation

#: So long a text waits for another one of the same texter that another process answers.
_TURN_WAIT_SECONDS = 1.0
_LOOK_AGAIN_SECONDS = 0.01
_log = logging.getLogger(__name__)


class RedisMemory:
    """Keep the Memory promises for several processes; while Redis is slow or gone, keep them in RAM alone.

    A text asks Redis three times: for its turn and what is held, for both budgets, and to hold what is new and give
    the turn back. Conversations do not move between the two memories: an outage begins them afresh, and so does its
    end. Raises PersistentStateError at once when Redis answers and would write to disk.
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
        self._allow_disk = allow_disk
        self._keys = SharedKeys(client, clock)
        self._reach = Reach(self._make_sure, clock)
        self._redis = RedisStore(client, self._keys, allowances, forget_after, slow=self._reach.slow)
        self._ram = RamMemory(allowances, forget_after=forget_after, clock=clock)
        self._replies = Replies(forget_after, clock, MOST_TEXTERS)
        self._lock = threading.Lock()
        #: Erasures asked for while Redis was away: done before it is used again.
        self._owed: set[bytes] = set()
        self._local = threading.local()
        self._reach.begin()
        self._tend()

    @property
    def state(self) -> State:
        """Whether Redis answered the last time."""
        return State.REDIS if self._reach.sure else State.REDIS_AWAY

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Give one message of a texter at a time its turn, in this process and among all."""
        with self._ram.turn(who), self._reach.turn():
            turn = self._local.turn = Turn(who, token_hex(16))
            self._begin(turn)
            try:
                yield
            finally:
                self._local.turn = None
                if turn.taken:
                    self._give_back(turn)

    def recall(self, who: str, message: str) -> Recalled:
        """Return the conversation with a texter, and the reply if this message had one already."""
        try:
            held, under = self._held(who)
            recalled = Recalled() if held is None else Recalled(held.conversation, None, held.record)
            reply = None if held is None else self._redis.reply_in(held, message)
        except (AwayError, RedisError, OSError):
            under = ""
            recalled = self._ram.recall(who, message)
            reply = recalled.reply
        if reply is None:
            # Told by this process, and lost with Redis since.
            reply = self._replies.find(who, message, under)
        return Recalled(recalled.conversation, reply, recalled.record)

    def keep(
        self, who: str, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> None:
        """Hold the conversation and the reply until `forget_after` seconds from now."""

        def keep() -> str:
            held = self._redis.after(before, message, conversation, reply, record=record)
            self._redis.keep(who, held, turn.token if turn else "")
            return self._keys.today[1]

        turn = self._turn_of(who)
        try:
            before, _ = self._held(who)
            under = self._reach.ask(keep)
        except AwayError:
            self._ram.keep(who, message, conversation, reply, record=record)
            under = ""
        else:
            # An outage is over when a conversation is held in Redis again, not when Redis first says a word.
            self._ram.forget_all()
            if turn is not None:
                turn.taken, turn.begun = False, None
        self._replies.put(who, message, reply, under)

    def told(self, who: str, message: str, reply: str) -> str:
        """Return the reply that this process has given the message; if none, take note of this one, and return it."""
        known = self._replies.find(who, message, "")
        if known is None:
            self._replies.put(who, message, reply, "")
        return reply if known is None else known

    def forget(self, who: str) -> None:
        """Erase the conversation and the cached replies now; in a Redis that is away, when it is back."""
        self._ram.forget(who)
        self._replies.forget(who)
        turn = self._turn_of(who)
        if turn is not None:
            turn.held = None
        try:
            self._reach.ask(lambda: self._redis.erase(self._keys.marks(who)))
        except AwayError:
            with self._lock:
                self._owed.update(self._keys.last_marks(who))

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget and the line's, all its processes together."""
        try:
            return self._reach.ask(lambda: self._redis.spend(who))
        except AwayError:
            return self._ram.spend(who)

    def sweep(self) -> None:
        """Erase what RAM holds for too long; make sure that Redis, which does so itself, still writes nothing down."""
        self._ram.sweep()
        self._replies.sweep()
        self._keys.sweep()
        self._tend()

    def _begin(self, turn: Turn) -> None:
        """Take the turn in Redis; when it is away, or somebody keeps the turn for too long, go on without."""
        until = time.monotonic() + _TURN_WAIT_SECONDS
        try:
            while turn.begun is None:
                begun = self._reach.ask(lambda: self._redis.begin(turn.who, turn.token))
                over = time.monotonic() >= until
                if begun is not None and (begun.mine or over):
                    turn.begun, turn.held, turn.taken = begun, begun.held, begun.mine
                elif over:
                    return
                elif begun is not None:
                    time.sleep(_LOOK_AGAIN_SECONDS)
        except AwayError:
            return

    def _give_back(self, turn: Turn) -> None:
        try:
            self._reach.ask(lambda: self._redis.end_turn(turn.who, turn.token))
        except AwayError:
            return

    def _turn_of(self, who: str) -> Turn | None:
        turn: Turn | None = getattr(self._local, "turn", None)
        return turn if turn is not None and turn.who == who else None

    def _held(self, who: str) -> tuple[Held | None, str]:
        """Return what Redis holds of a texter, and under which of its keys: as the turn began, else asked anew."""
        turn = self._turn_of(who)
        if turn is not None and turn.begun is not None and turn.begun.mine:
            return turn.held, turn.begun.under
        return self._reach.ask(lambda: self._redis.held(who))

    def _make_sure(self) -> None:
        """At a start or after an outage: look at Redis' settings, try a script, pay what is owed."""
        with self._lock:
            owed = tuple(self._owed)
            self._redis.make_sure(owed, allow_disk=self._allow_disk)
            self._owed.difference_update(owed)

    def _tend(self) -> None:
        """See that Redis, which may have restarted, keeps no log of slow commands and writes nothing to disk."""
        try:
            if self._reach.sure:
                self._reach.ask(lambda: self._redis.look(allow_disk=self._allow_disk))
            if self._reach.sure and not stop_slow_log(self._client):
                _log.warning("Redis keeps its log of slow commands: start it with --slowlog-log-slower-than -1")
        except (AwayError, RedisError, OSError):
            return  # the next text finds out, and says so
