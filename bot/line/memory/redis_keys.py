"""The pseudonym keys several processes share: made in Redis, kept in its memory, dead by their own time."""

import threading
from collections.abc import Callable
from secrets import token_bytes

from redis import Redis

from bot.line.memory.keys import KEY_BYTES, READ_FOR_SECONDS, ROTATE_AFTER_SECONDS, mark

#: A process trusts its copy of the keys this long; a Redis that restarted has new ones.
TRUST_SECONDS = 10.0


class SharedKeys:
    """Hold the keys of today and, for a quarter of an hour, of yesterday, as Redis has them.

    A day begins at midnight UTC by Redis' own clock, so that processes whose clocks differ still agree.
    """

    def __init__(self, client: Redis, clock: Callable[[], float]) -> None:
        self._client = client
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: tuple[bytes, ...] = ()
        self._read_at = float("-inf")

    def marks(self, text: str) -> tuple[bytes, ...]:
        """Return the mark to write under, then the one older entries may still stand under."""
        with self._lock:
            if not self._keys or self._clock() - self._read_at >= TRUST_SECONDS:
                self._keys = self._read()
                self._read_at = self._clock()
            keys = self._keys
        return tuple(mark(key, text) for key in keys)

    def last_marks(self, text: str) -> tuple[bytes, ...]:
        """Return the marks under the keys read last, without asking Redis; none if there are none."""
        with self._lock:
            return tuple(mark(key, text) for key in self._keys)

    def sweep(self) -> None:
        """Let go of keys that Redis itself no longer has."""
        with self._lock:
            if self._clock() - self._read_at >= READ_FOR_SECONDS:
                self._keys = ()

    def _read(self) -> tuple[bytes, ...]:
        seconds = int(self._client.time()[0])
        day, into = divmod(seconds, ROTATE_AFTER_SECONDS)
        lives = ROTATE_AFTER_SECONDS - into + READ_FOR_SECONDS
        pipe = self._client.pipeline(transaction=True)
        pipe.set(_name(day), token_bytes(KEY_BYTES), nx=True, ex=lives)
        pipe.mget([_name(day), _name(day - 1)])
        return tuple(key for key in pipe.execute()[1] if key is not None)


def _name(day: int) -> str:
    return f"quietline:key:{day}"
