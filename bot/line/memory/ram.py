"""The line's memory in one process: plain RAM, nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.counts.record import UNCOUNTED, Record
from bot.line.memory.interface import (
    LINE_WINDOW_SECONDS,
    REPLIES_KEPT,
    SENDER_WINDOW_SECONDS,
    Allowances,
    Recalled,
    Spent,
    State,
)
from bot.line.memory.keys import Keys, uptime
from bot.line.memory.shelf import Shelf
from bot.referral.conversation import Conversation

#: Texters held at once; a thousand times what a line sees. Beyond it the oldest conversation makes room.
MOST_TEXTERS = 20_000
#: Texters share this many locks, so that none has to be kept for a number; two in one lock take turns.
_TURNS = 256
#: So long a text waits for another one of the same texter: somebody who hangs must not make it wait for ever.
TURN_WAIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation, the last replies in it, each under the mark of its message, and what it was counted as."""

    conversation: Conversation
    replies: tuple[tuple[bytes, str], ...] = ()
    record: Record = UNCOUNTED

    def reply_to(self, marks: tuple[bytes, ...]) -> str | None:
        """Return the reply a message got, None when it has not been answered yet."""
        return next((reply for mark, reply in self.replies if mark in marks), None)


@dataclass(slots=True)
class _Window:
    """A budget's window: it opens with the first reply and closes on its own."""

    until: float
    spent: int = 0


class RamMemory:
    """Keep the Memory promises for one process. `forget_after` is seconds since a texter's last message."""

    def __init__(
        self,
        allowances: Allowances,
        *,
        forget_after: float = 900,
        clock: Callable[[], float] = uptime,
        most: int = MOST_TEXTERS,
        turn_wait: float = TURN_WAIT_SECONDS,
    ) -> None:
        self._allowances = allowances
        self._forget_after = forget_after
        self._clock = clock
        self._turn_wait = turn_wait
        self._keys = Keys(clock)
        self._lock = threading.Lock()
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))
        self._held: Shelf[Held] = Shelf(most)
        self._budgets: Shelf[_Window] = Shelf(most)
        self._told: Shelf[bool] = Shelf(most)
        self._line = _Window(0.0)

    @property
    def state(self) -> State:
        """Say that conversations are held in this process alone."""
        return State.MEMORY

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Give one message of a texter at a time its turn; after two seconds of waiting go on without."""
        turn = self._turns[hash(who) % _TURNS]
        taken = turn.acquire(timeout=self._turn_wait)
        try:
            yield
        finally:
            if taken:
                turn.release()

    def recall(self, who: str, message: str) -> Recalled:
        """Return the conversation with a texter, and the reply if this message had one already."""
        with self._lock:
            held = self._held.find(self._keys.marks(who), self._clock())
            if held is None:
                return Recalled()
            reply = held.reply_to(self._keys.marks(message)) if message else None
            return Recalled(held.conversation, reply, held.record)

    def keep(
        self, who: str, message: str, conversation: Conversation, reply: str, *, record: Record = UNCOUNTED
    ) -> None:
        """Hold the conversation and the reply until `forget_after` seconds from now."""
        with self._lock:
            held = self._held.find(self._keys.marks(who), self._clock())
            self._keep(who, message, Held(conversation, held.replies if held else (), record), reply)

    def told(self, who: str, message: str, reply: str) -> str:
        """Return the reply the message was given; if none, hold this one, and return it."""
        with self._lock:
            held = self._held.find(self._keys.marks(who), self._clock()) or Held(Conversation())
            known = held.reply_to(self._keys.marks(message)) if message else None
            if known is None and message:
                self._keep(who, message, held, reply)
            return reply if known is None else known

    def _keep(self, who: str, message: str, held: Held, reply: str) -> None:
        replies = held.replies
        if message:
            replies = (*replies, (self._keys.marks(message)[0], reply))[-REPLIES_KEPT:]
        new = Held(held.conversation, replies, held.record)
        self._held.put(self._keys.marks(who), new, self._clock() + self._forget_after)

    def forget(self, who: str) -> None:
        """Erase the conversation and the cached replies now."""
        with self._lock:
            self._held.drop(self._keys.marks(who))

    def forget_all(self) -> None:
        """Erase every conversation now, budgets not."""
        with self._lock:
            if len(self._held):
                self._held = Shelf(self._held.most)

    def spend(self, who: str) -> Spent:
        """Take one reply from the texter's budget and, if there was room, from the line's."""
        with self._lock:
            now, marks = self._clock(), self._keys.marks(who)
            over = self._beyond_own(marks, now) if who and self._allowances.sender else 0
            if over > 0:
                return Spent.SLOW_DOWN if over == 1 else Spent.OVER
            return self._spend_line(marks, now) if self._allowances.line else Spent.WITHIN

    def _beyond_own(self, marks: tuple[bytes, ...], now: float) -> int:
        window = self._budgets.find(marks, now) or _Window(now + SENDER_WINDOW_SECONDS)
        window.spent += 1
        self._budgets.put(marks, window, window.until)
        return window.spent - self._allowances.sender

    def _spend_line(self, marks: tuple[bytes, ...], now: float) -> Spent:
        if now >= self._line.until:
            self._line = _Window(now + LINE_WINDOW_SECONDS)
        self._line.spent += 1
        if self._line.spent <= self._allowances.line:
            return Spent.WITHIN
        if self._told.find(marks, now):
            return Spent.OVER
        self._told.put(marks, True, self._line.until)
        return Spent.BUSY

    def sweep(self) -> None:
        """Erase what is older than it may be, and change the key when its day is over."""
        with self._lock:
            self._keys.rotate()
            now = self._clock()
            for shelf in (self._held, self._budgets, self._told):
                shelf.sweep(now)

    def __len__(self) -> int:
        """Say how many texters are held at the moment."""
        with self._lock:
            return len(self._held)
