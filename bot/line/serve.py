"""Run the line: one process that half-sent requests cannot silence and that leaves in good order."""

import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from bot.line.door import MOST_BYTES, line_of
from bot.line.handed import handed
from bot.line.patience import PatientChannel
from bot.line.processor import OneProcessor
from bot.line.room import room_for
from bot.line.watch import DEADLINES, Deadlines, Watch

#: How long a stop waits for answers under way; the provider gives up on them after 15.
LEAVE_WITHIN_SECONDS = 10.0
#: Connections held at once, where the system allows so many open files. Each half-sent request occupies one, for
#: CHANNEL_SECONDS at most, and no thread.
CONNECTIONS = 1000
CHANNEL_SECONDS = 20
#: When all are taken, one that has been silent for so long makes room: those who hold them open for nothing, or send
#: a byte now and then, keep nobody out.
IDLE_SECONDS = 1.0
_MOST_AT_ONCE = 100
THREADS = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """What an app takes: bodies of how many bytes, and what a proxy in front says of where a request came from.

    `one_processor`: it keeps to one; what starts processes of its own must not, for they would share it.
    """

    most_bytes: int = MOST_BYTES
    forwarded: bool = False
    one_processor: bool = True


#: The line takes a form, and looks at no address.
LINE = Taken()


def serve(app: Flask, host: str, port: int, ready: Callable[[str], None], *, taken: Taken = LINE) -> None:
    """Answer on host:port until SIGTERM or SIGINT, then finish what is under way.

    `ready` is told the address once. Raises OSError when it is taken.
    """
    no_core_dumps()
    server = Server(app, host, port, taken=taken)
    if taken.one_processor:
        server.processor = OneProcessor()
    with _stopped_by_signals(server.stop):
        ready(server.address)
        server.run()


class Server:
    """A listening server; `run` answers until `stop` is called from a signal or another thread."""

    def __init__(
        self, app: Flask, host: str, port: int, *, taken: Taken = LINE, deadlines: Deadlines = DEADLINES
    ) -> None:
        #: How many are held at once.
        self._connections = room_for(CONNECTIONS)
        self._sockets: dict[int, Any] = {}
        self._stopping = False
        #: Held by whoever wakes the main loop, and from the end on: what it is woken by is closed then.
        self._waking = threading.Lock()
        self._look_every = deadlines.look_every
        line = line_of(app)
        #: What keeps the process to one processor, if anything does.
        self.processor: OneProcessor | None = None
        #: Only a line has doors, and answers that must not be late.
        self._watch = Watch(self._sockets, line.check, THREADS, deadlines) if line else None
        self._server = create_server(
            app,
            map=self._sockets,
            sockets=[_listener(host, port)],
            threads=THREADS,
            connection_limit=self._connections,
            channel_timeout=CHANNEL_SECONDS,
            cleanup_interval=5,
            # Above our own limit, for the app says 413 in its own words; what a texter sent never spills to a file.
            max_request_body_size=2 * taken.most_bytes,
            inbuf_overflow=4 * MOST_BYTES,
            max_request_header_size=32 * 1024,
            clear_untrusted_proxy_headers=not taken.forwarded,
            ident=None,
            expose_tracebacks=False,
            asyncore_use_poll=True,
        )
        self._listening = [one for one in self._sockets.values() if isinstance(one, BaseWSGIServer)]
        for listening in self._listening:
            listening.channel_class = PatientChannel
        listening_host, listening_port = self._listening[0].getsockname()
        #: The port really listened on, when 0 was asked for.
        self.port = int(listening_port)
        #: Where to find the line, as http://127.0.0.1:8000.
        self.address = f"http://{f'[{listening_host}]' if ':' in listening_host else listening_host}:{self.port}"

    def run(self) -> None:
        """Answer until stopped, then take no new connection and finish what is under way."""
        while not self._stopping:
            self._poll(self._look_every)
        # What has arrived already is still accepted and read.
        self._poll(0.0)
        for server in self._listening:
            wasyncore.dispatcher.close(server)
        deadline = time.monotonic() + LEAVE_WITHIN_SECONDS
        while self._busy() and time.monotonic() < deadline:
            self._poll(0.05)
        self._server.task_dispatcher.shutdown()
        self._waking.acquire()
        wasyncore.close_all(self._sockets)

    def stop(self) -> None:
        """Make `run` return soon. Safe in a signal handler, and when called twice."""
        if not self._stopping:
            self._stopping = True
            # Never waited for: a signal may come while this very thread holds it.
            if self._waking.acquire(blocking=False):
                try:
                    self._listening[0].pull_trigger()
                finally:
                    self._waking.release()

    def _poll(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)
        if self._watch is not None:
            self._watch.look()
        if self.processor is not None:
            self.processor.look()
        if len(self._sockets) >= self._connections:
            self._make_room()

    def _make_room(self) -> None:
        """Close connections on which nothing is being answered, the one that has been silent for longest first."""
        silent_since = time.time() - IDLE_SECONDS
        idle = [one for one in self._channels() if not one.requests and one.last_activity < silent_since]
        for channel in sorted(idle, key=lambda one: one.last_activity)[:_MOST_AT_ONCE]:
            channel.will_close = True

    def _busy(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._channels())

    def _channels(self) -> list[HTTPChannel]:
        return [one for one in self._sockets.values() if isinstance(one, HTTPChannel)]


def no_core_dumps() -> None:
    """Keep the memory of this process out of files when it dies."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A dump piped to a collector ignores that limit; this keeps all memory out of it. Linux only.
    with suppress(OSError):
        Path("/proc/self/coredump_filter").write_text("0")


def _listener(host: str, port: int) -> socket.socket:
    """Take the address before anything else is made, so that a taken one leaves nothing behind.

    A socket that a supervisor listens on goes before it.
    """
    kept = handed(os.environ, os.getpid())
    if kept is not None:
        return kept
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Turn SIGTERM and SIGINT into an orderly stop; a second one ends the process at once."""
    signals = (signal.SIGTERM, signal.SIGINT)

    def once(number: int, frame: object) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_DFL)
        stop()

    before = {one: signal.signal(one, once) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
