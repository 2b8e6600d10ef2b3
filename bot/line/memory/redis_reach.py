"""Whether Redis is asked, and how long a text waits for it before the answer comes from RAM."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from redis.exceptions import RedisError, ResponseError

from bot.line.memory.redis_server import SLOW_SECONDS, PersistentStateError

Result = TypeVar("Result")

#: After a failure Redis is left alone this long, by all but one text: an outage costs one text in two seconds.
LEAVE_ALONE_SECONDS = 2.0
#: When slow turns in a row, by whichever threads, waited so many seconds together, Redis is left alone: a text that
#: waits for it three times for 150 ms keeps a thread busy for half a second, and a queue would grow behind it. With 8
#: threads that is two thirds of a second: a crowd that all arrives at one moment makes everything slow for shorter,
#: and shall not split conversations.
SLOW_TOGETHER_SECONDS = 5.0
_log = logging.getLogger(__name__)


class AwayError(Exception):
    """Redis was not asked, or gave no answer in time."""


class Reach:
    """Ask Redis as long as it answers, and leave it alone when it does not.

    `make_sure` is done before the first command, and after an outage before the next one. `clock` times how long
    Redis is left alone, `timer` how long making sure took: both are seconds.
    """

    def __init__(
        self,
        make_sure: Callable[[], None],
        clock: Callable[[], float],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_sure = make_sure
        self._clock = clock
        self._timer = timer
        self._state = threading.Lock()
        self._sure = False
        self._failures = 0
        self._waited = 0.0
        self._away_until: float | None = None
        self._local = threading.local()

    @property
    def sure(self) -> bool:
        """Whether Redis answered the last time it was asked."""
        return self._sure

    def begin(self) -> None:
        """Make sure at a start. Raises PersistentStateError; a Redis that does not answer is left alone for now."""
        try:
            self._make_sure()
            self._sure = True
        except (RedisError, OSError) as error:
            self._leave_alone(f"{_what(error)}; the line begins with its own RAM")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold together what a thread asks in a block: after a failure Redis is asked no more in it.

        A slow turn is gone through with, for half a conversation in each memory would be worse than to wait; when
        those in a row waited SLOW_TOGETHER_SECONDS Redis is left alone.
        """
        self._local.failed, self._local.waited = False, 0.0
        try:
            yield
        finally:
            if not self._local.failed:
                self._judge(self._local.waited)
            self._local.failed = None

    def slow(self, seconds: float) -> None:
        """Say that an answer kept the turn at hand waiting for so long, though it came."""
        self._local.waited = getattr(self._local, "waited", 0.0) + seconds

    def ask(self, do: Callable[[], Result]) -> Result:
        """Return what Redis says. Raises AwayError when it does not answer, fails, or turns out to write to disk."""
        if getattr(self._local, "failed", None) or not self._may_try():
            self._failed()
            raise AwayError
        began, failures = self._timer(), self._failures
        try:
            if not self._sure:
                self._make_sure()
                if self._timer() - began >= SLOW_SECONDS:
                    # Back, but slow: one text in two seconds has waited for it, and none goes to and fro.
                    self._fail("Redis is slow")
            result = do()
        except (RedisError, OSError, PersistentStateError) as error:
            self._fail(_what(error))
        with self._state:
            if failures == self._failures:
                # Nobody found it failing meanwhile.
                self._sure, self._away_until = True, None
        return result

    def _failed(self) -> None:
        if getattr(self._local, "failed", None) is not None:
            self._local.failed = True

    def _judge(self, waited: float) -> None:
        with self._state:
            self._waited = self._waited + waited if waited else 0.0
            enough = self._waited >= SLOW_TOGETHER_SECONDS
        if enough:
            self._leave_alone("Redis is slow; the line goes on with its own RAM")

    def _may_try(self) -> bool:
        """Say whether to ask: of all who come when the time is over, the first tries, and the rest stay with RAM."""
        if self._away_until is None:
            return True
        with self._state:
            if self._away_until is not None:
                if self._clock() < self._away_until:
                    return False
                self._away_until = self._clock() + LEAVE_ALONE_SECONDS
            return True

    def _fail(self, what: str) -> NoReturn:
        self._leave_alone(f"{what}; the line goes on with its own RAM")
        self._failed()
        raise AwayError

    def _leave_alone(self, why: str) -> None:
        with self._state:
            news = self._sure or self._away_until is None
            self._sure = False
            self._failures += 1
            self._waited = 0.0
            self._away_until = self._clock() + LEAVE_ALONE_SECONDS
        if news:
            # Once an outage: a line for each failed try would date each text.
            _log.warning("%s", why)


def _what(error: Exception) -> str:
    if isinstance(error, PersistentStateError):
        return "Redis would write to disk now"
    if isinstance(error, ResponseError):
        return "Redis refuses what the line asks of it: it must allow EVALSHA and SCRIPT LOAD"
    return "Redis does not answer"
