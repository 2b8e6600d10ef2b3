"""The pseudonym keys several processes share: made in Redis, kept in its memory, dead by their own time."""

import threading
from collections.abc import Callable
from hashlib import sha1
from secrets import token_bytes

from redis import Redis

from bot.line.memory import redis_scripts
from bot.line.memory.keys import KEY_BYTES, READ_FOR_SECONDS, ROTATE_AFTER_SECONDS, mark


class SharedKeys:
    """Hold the keys of today and, for a quarter of an hour, of yesterday, as Redis has them.

    A day begins at midnight UTC by Redis' own clock, so that processes whose clocks differ still agree. Whether the
    copy is still true is looked at with each text, by `today`: a Redis that restarted has another key.
    """

    def __init__(self, client: Redis, clock: Callable[[], float]) -> None:
        self._script = client.register_script(redis_scripts.KEYS)
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: tuple[bytes, ...] = ()
        self._today = ("", "")
        self._read_at = self._until = float("-inf")

    @property
    def today(self) -> tuple[str, str]:
        """The name of today's key in Redis, and a digest of the key: neither tells anything about it."""
        return self._today

    def marks(self, text: str) -> tuple[bytes, ...]:
        """Return the mark to write under, then the one older entries may still stand under."""
        with self._lock:
            if not self._keys or self._clock() >= self._until:
                self._read()
            keys = self._keys
        return tuple(mark(key, text) for key in keys)

    def last_marks(self, text: str) -> tuple[bytes, ...]:
        """Return the marks under the keys read last, without asking Redis; none if there are none."""
        with self._lock:
            return tuple(mark(key, text) for key in self._keys)

    def drop(self) -> None:
        """Let go of keys that Redis does not have: the next mark asks for those it has."""
        with self._lock:
            self._keys = ()

    def sweep(self) -> None:
        """Let go of keys that Redis itself may no longer have; on a line in use they are read again at once."""
        with self._lock:
            if self._clock() - self._read_at >= READ_FOR_SECONDS:
                self._keys = ()

    def _read(self) -> None:
        seconds, *keys = self._script(args=[token_bytes(KEY_BYTES)])
        day, into = divmod(int(seconds), ROTATE_AFTER_SECONDS)
        self._keys = tuple(key for key in keys if key is not None)
        self._today = (f"quietline:key:{day}", sha1(self._keys[0], usedforsecurity=False).hexdigest())
        self._read_at = self._clock()
        self._until = self._read_at + ROTATE_AFTER_SECONDS - into
