"""The pseudonyms everything in memory is stored under, and the key that dies within a day."""

import hmac
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from secrets import token_bytes

KEY_BYTES = 32
#: A key makes new marks for a day at most; then it is only read with, for as long as a conversation may last.
ROTATE_AFTER_SECONDS = 24 * 3600
READ_FOR_SECONDS = 900


def uptime() -> float:
    """Return seconds that never jump and go on counting while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def mark(key: bytes, text: str) -> bytes:
    """Return the pseudonym of a text under a key; without the key it can be neither made nor undone."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), sha256)


class Keys:
    """Hold the current key and, for a quarter of an hour after a change, the one before."""

    def __init__(self, clock: Callable[[], float] = uptime, new_key: Callable[[int], bytes] = token_bytes) -> None:
        self._clock = clock
        self._new_key = new_key
        self._lock = threading.Lock()
        self._current = new_key(KEY_BYTES)
        self._made = clock()
        self._previous: bytes | None = None

    def marks(self, text: str) -> tuple[bytes, ...]:
        """Return the mark to write under, followed by the one older entries may still stand under."""
        current, previous = self._alive()
        return (mark(current, text),) if previous is None else (mark(current, text), mark(previous, text))

    def rotate(self) -> None:
        """Change the key when its day is over, and drop the old one when its quarter of an hour is."""
        self._alive()

    def _alive(self) -> tuple[bytes, bytes | None]:
        with self._lock:
            age = self._clock() - self._made
            if age >= ROTATE_AFTER_SECONDS:
                # After a long idle night the old key is past its reading time as well.
                late = age >= ROTATE_AFTER_SECONDS + READ_FOR_SECONDS
                self._previous = None if late else self._current
                self._current = self._new_key(KEY_BYTES)
                self._made += age
            elif age >= READ_FOR_SECONDS:
                self._previous = None
            return self._current, self._previous
