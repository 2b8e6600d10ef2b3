"""Texts under way: the provider's process, seen from the test, and its static fallback address."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.conftest import ROOT
from tests.faults.client import Account
from tests.faults.record import Delivery

_PACE = 0.02


class Flow:
    """A provider that texts at a rate until `finish`; `deliveries` grows as they are answered."""

    def __init__(self, account: Account) -> None:
        self.deliveries: list[Delivery] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.client"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._order(json.dumps(asdict(account)))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def rate(self, texts: float) -> None:
        """Go on with so many texts a second."""
        self._order(f"rate {texts}")

    def crowd(self, phones: int) -> None:
        """Let so many phones text at this moment, beside the others."""
        self._order(f"crowd {phones}")

    def until(self, answered: int, seconds: float = 0.0) -> None:
        """Wait until so many more texts were sent and answered, and for so long at least.

        Raises AssertionError after a minute more: nothing is answered, or nothing is sent.
        """
        began = time.monotonic()
        before = len(self.deliveries)
        pace = threading.Event()
        while time.monotonic() - began < seconds or len(self.deliveries) - before < answered:
            assert self._process.poll() is None, "the provider is gone"
            assert time.monotonic() - began < seconds + 60, "no text is answered any more"
            pace.wait(_PACE)

    def finish(self) -> list[Delivery]:
        """Send nothing new, wait until all is answered, and return every delivery in the order they began."""
        self._order("finish")
        assert self._process.wait(60) == 0
        self._reader.join(10)
        return sorted(self.deliveries, key=lambda one: one.began)

    def stop(self) -> None:
        """End it in any case."""
        self._process.kill()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()

    def _order(self, words: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{words}\n".encode())
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.deliveries.append(Delivery.load(line))


@contextmanager
def flowing(account: Account) -> Iterator[Flow]:
    """Let texts flow until the end of the block."""
    flow = Flow(account)
    try:
        yield flow
    finally:
        flow.stop()


@contextmanager
def fallback(twiml: bytes) -> Iterator[tuple[str, int]]:
    """Serve the fallback TwiML as the provider does, and nothing else; give the address."""

    class Static(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(twiml)))
            self.end_headers()
            self.wfile.write(twiml)
            self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 1024
        daemon_threads = True

    with Server(("127.0.0.1", 0), Static) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield ("127.0.0.1", server.server_port)
        server.shutdown()
        thread.join(5)
