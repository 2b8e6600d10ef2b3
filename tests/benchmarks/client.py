"""A client in a process of its own: standard library only, connections kept open, requests made beforehand.

    python client.py '{"port": 8000, "file": "requests", "skip": 0, "most": 99, "connections": 8, "seconds": 2}'

Without "rate" each connection sends its next request when it has its answer: that measures how many a second. With
"rate" requests are due at fixed times, whether the server keeps up or not, and each is measured from the moment it
was due: a server that stalls is not spared the requests that had to wait. "jitter" draws the times at random, as
people text, with the same mean. "half_sent" opens so many connections beside them that never finish their request.
"makeshifts" lists answers that a line gives when it cannot give a real one: they are counted apart.
It prints JSON: times in milliseconds; `late_p99` is how late this client itself was where a connection was free,
`cpu` the share of one processor it used.
"""

import gc
import json
import select
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

_END = b"\r\n\r\n"
#: A connection that is never done gets another byte this often, so that it does not look idle.
TRICKLE_SECONDS = 1.0
#: An answer that takes longer is a hung server: the provider gives up after 15.
PATIENCE_SECONDS = 20.0


@dataclass(slots=True)
class _Wire:
    """One connection, the moment its request counts from, and since when it is free."""

    socket: socket.socket
    since: float = 0.0
    free: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def answered(self) -> bytes | None:
        """Take what has come; return the answer when it is whole. Raises RuntimeError for any but TwiML."""
        came = self.socket.recv(65536)
        if not came:
            raise RuntimeError("the server closed a connection")
        self.got += came
        head, end, body = self.got.partition(_END)
        if not end:
            return None
        length = next(int(h.split(b":")[1]) for h in head.splitlines() if h.lower().startswith(b"content-length"))
        if len(body) < length:
            return None
        if not head.startswith(b"HTTP/1.1 200") or b"<Response" not in body:
            raise RuntimeError(head.splitlines()[0].decode("latin-1"))
        self.got.clear()
        return bytes(body)


class _HalfSent:
    """Connections that send one byte a second of a request that never ends: half stop in the head, half in the body."""

    def __init__(self, wires: list[socket.socket]) -> None:
        self._wires = wires
        for number, wire in enumerate(wires):
            wire.sendall(b"POST /sms HTTP/1.1\r\nHost: line\r\n")
            if number % 2:
                wire.sendall(b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\nBody=")
            else:
                wire.sendall(b"X-Slow: ")
        self._next = time.perf_counter() + TRICKLE_SECONDS

    def trickle(self, now: float) -> None:
        """Send each its next byte when it is time."""
        if now >= self._next:
            self._next = now + TRICKLE_SECONDS
            for wire in self._wires:
                wire.sendall(b"a")


def requests_of(path: Path) -> list[bytes]:
    """Read requests, each after a line with its length."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        size = int(data[at:end])
        found.append(data[end + 1 : end + 1 + size])
        at = end + 1 + size
    return found


def due(job: dict[str, Any]) -> Iterator[float]:
    """Give the seconds after the beginning at which requests are due; all at once when no rate is asked for."""
    rate, at, chance = job.get("rate", 0.0), 0.0, Random(1)  # noqa: S311 - the same times every time
    while not rate or at < job["seconds"]:
        yield at
        if rate:
            at += chance.expovariate(rate) if job.get("jitter") else 1 / rate


@dataclass(slots=True)
class _Log:
    """What was seen: how long each text took, how late this client was itself, and how many answers were makeshifts."""

    makeshift: frozenset[bytes]
    waits: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    makeshifts: int = 0

    def note(self, wire: _Wire, answer: bytes, now: float) -> None:
        """Take down an answer."""
        self.makeshifts += answer in self.makeshift
        self.waits.append(now - wire.since)
        wire.free = now

    def summary(self, took: float, used: float) -> dict[str, float]:
        """Sum it up: seconds gone by, and of them those a processor worked for this client."""
        return {
            "sent": len(self.waits),
            "makeshifts": self.makeshifts,
            "per_s": len(self.waits) / took,
            "p50": median(self.waits) * 1000,
            "p99": _p99(self.waits) * 1000,
            "max": max(self.waits) * 1000,
            "late_p99": _p99(self.late) * 1000 if self.late else 0.0,
            "cpu": used / took,
        }


def run(job: dict[str, Any]) -> dict[str, float]:
    """Send what is asked for and return what was seen. Raises RuntimeError for a wrong answer or none."""
    skip = job.get("skip", 0)
    requests = iter(requests_of(Path(job["file"]))[skip : skip + job["most"]])
    log = _Log(frozenset(one.encode() for one in job.get("makeshifts", [])))
    with ExitStack() as open_until_done:

        def connected() -> socket.socket:
            return open_until_done.enter_context(_connected(job["port"]))

        wires = [_Wire(connected()) for _ in range(job["connections"])]
        half_sent = _HalfSent([connected() for _ in range(job.get("half_sent", 0))])
        began, used = time.perf_counter(), time.process_time()
        _send(job, requests, wires, (half_sent, log))
        return log.summary(time.perf_counter() - began, time.process_time() - used)


def _send(job: dict[str, Any], requests: Iterator[bytes], wires: list[_Wire], beside: tuple[_HalfSent, _Log]) -> None:
    """Send until time or requests are over, and the last answer has come."""
    (half_sent, log), times, clock = beside, due(job), time.perf_counter
    began, paced, idle = clock(), bool(job.get("rate")), deque(wires)
    busy: dict[socket.socket, _Wire] = {}
    at: float | None = began + next(times)
    while True:
        now = clock()
        half_sent.trickle(now)
        while idle and at is not None and at <= now:
            request = next(requests, None) if paced or now < began + job["seconds"] else None
            if request is None:
                at = None
                break
            wire = idle.popleft()
            wire.socket.sendall(request)
            wire.since = at if paced else now
            if paced and wire.free <= at:
                log.late.append(now - at)
            busy[wire.socket] = wire
            at = next((began + one for one in times), None)
            now = clock()
        if not busy and at is None:
            return
        patience = max(0.0, at - now) if at is not None and idle else PATIENCE_SECONDS
        ready = select.select(busy, [], [], min(patience, TRICKLE_SECONDS))[0]
        if not ready and busy and clock() - min(one.since for one in busy.values()) > PATIENCE_SECONDS:
            raise RuntimeError("no answer came")
        for readable in ready:
            if (answer := busy[readable].answered()) is not None:
                log.note(busy[readable], answer, clock())
                idle.append(busy.pop(readable))


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def _connected(port: int) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return wire


if __name__ == "__main__":
    gc.disable()  # a pause of ours would look like one of the server's
    sys.stdout.write(json.dumps(run(json.loads(sys.argv[1]))))
