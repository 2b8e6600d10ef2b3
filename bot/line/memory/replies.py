"""What each message was answered with, in one process: so that the same answer comes twice, whatever Redis forgot."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bot.line.memory.interface import REPLIES_KEPT
from bot.line.memory.keys import Keys
from bot.line.memory.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Replied:
    """The last replies to a texter, each under the mark of its message, and under which of Redis' keys ("" = none)."""

    replies: tuple[tuple[bytes, str, str], ...] = ()


class Replies:
    """Hold the last replies to each texter for as long as conversations are held, beside a Redis.

    Kept as everything is: under digests made with a random key of this process, and bounded.
    """

    def __init__(self, forget_after: float, clock: Callable[[], float], most: int) -> None:
        self._forget_after = forget_after
        self._clock = clock
        self._keys = Keys(clock)
        self._lock = threading.Lock()
        self._held: Shelf[Replied] = Shelf(most)

    def find(self, who: str, message: str, under: str) -> str | None:
        """Return the reply a message got, None for a new one.

        `under`: which of Redis' keys it was looked for under, in vain, "" when Redis was not asked. What was kept
        under the very same is gone there because it was erased, and is erased here as well.
        """
        if not message:
            return None
        with self._lock:
            marks, those = self._keys.marks(who), self._keys.marks(message)
            held = self._held.find(marks, self._clock())
            found = next((one for one in held.replies if one[0] in those), None) if held else None
            if found is not None and under and found[2] == under:
                self._held.drop(marks)
                return None
            return found[1] if found else None

    def put(self, who: str, message: str, reply: str, under: str) -> None:
        """Hold a reply, kept in Redis under which of its keys; "" when it was not."""
        if not message:
            return
        with self._lock:
            now, marks = self._clock(), self._keys.marks(who)
            held = self._held.find(marks, now)
            new = (self._keys.marks(message)[0], reply, under)
            replies = (*(held.replies if held else ()), new)[-REPLIES_KEPT:]
            self._held.put(marks, Replied(replies), now + self._forget_after)

    def forget(self, who: str) -> None:
        """Erase the replies to a texter now."""
        with self._lock:
            self._held.drop(self._keys.marks(who))

    def sweep(self) -> None:
        """Erase what is older than it may be, and change the key when its day is over."""
        with self._lock:
            self._keys.rotate()
            self._held.sweep(self._clock())
