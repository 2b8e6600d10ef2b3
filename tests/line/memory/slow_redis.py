"""A way to a Redis that is long: each request takes its time, and is counted."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress


class SlowWay:
    """A proxy before a Redis. `seconds`: how long each round trip takes more; `trips`: how many there were."""

    def __init__(self, port: int) -> None:
        self.seconds = 0.0
        self.trips = 0
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address as STATE_URL has it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def close(self) -> None:
        """Take nothing more, and cut what is open."""
        # A thread that waits in accept is only woken by this.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open += [near, far]
                threading.Thread(target=_pump, args=(near, far, self._wait), daemon=True).start()
                threading.Thread(target=_pump, args=(far, near, lambda: None), daemon=True).start()

    def _wait(self) -> None:
        self.trips += 1
        time.sleep(self.seconds)


def _pump(one: socket.socket, other: socket.socket, before: Callable[[], None]) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            before()
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)
