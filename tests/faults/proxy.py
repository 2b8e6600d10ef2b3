"""A TCP proxy of our own: a balancer before two lines, or a network that is slow or cut before a database."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

#: Where a proxy leads: a host and port, or the file of a Unix socket.
Behind = tuple[str, int] | Path


class Proxy:
    """Listens on a free port of this machine, in a process of its own: what the tests do does not hold it up.

    `behind` (where it leads, each in its turn) and `delay` (seconds that pass before each answer) may be set at any
    time; when that returns it is so.
    """

    def __init__(self, *behind: Behind) -> None:
        self._behind: Sequence[Behind] = behind
        self._delay = 0.0
        self._lock = threading.Lock()
        self.port = 0

    def start(self) -> None:
        """Listen; `port` is known from now on."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.relay"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.port = int(self._heard())
        self.behind = self._behind

    def stop(self) -> None:
        """Close everything."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    @property
    def behind(self) -> Sequence[Behind]:
        """Where it leads."""
        return self._behind

    @behind.setter
    def behind(self, behind: Sequence[Behind]) -> None:
        self._behind = behind
        self._order(behind=[str(one) if isinstance(one, Path) else one for one in behind])

    @property
    def delay(self) -> float:
        """How many seconds pass before each answer."""
        return self._delay

    @delay.setter
    def delay(self, delay: float) -> None:
        self._delay = delay
        self._order(delay=delay)

    def cut(self) -> None:
        """Reset every connection, and each new one at once, until `mend`."""
        self._order(cut=True)

    def mend(self) -> None:
        """Let connections through again."""
        self._order(cut=False)

    def _order(self, **orders: object) -> None:
        # A supervisor that brings a line back tells the balancer so, from a thread of its own.
        with self._lock:
            assert self._process.stdin
            self._process.stdin.write(f"{json.dumps(orders)}\n".encode())
            self._process.stdin.flush()
            self._heard()

    def _heard(self) -> str:
        assert self._process.stdout
        words = self._process.stdout.readline().decode().strip()
        assert words, "the proxy is gone"
        return words


@contextmanager
def proxied(*behind: Behind) -> Iterator[Proxy]:
    """Run a proxy until the end of the block."""
    proxy = Proxy(*behind)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
