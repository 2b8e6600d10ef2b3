"""Whoever sends slowly, or begins and never ends, keeps nobody else waiting."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle

import pytest

from tests.attacks.wire import LAST, a_text, body_of, hear, signed
from tests.e2e.running import FORM, RunningLine

MANY = 50
#: The goal of the whole: others are answered within this many seconds.
WITHIN = 1.0
HEAD = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n".encode()
BEGUN = {
    "in the first line": b"PO",
    "in the head": HEAD + b"X-Twi",
    "before the body": HEAD + b"Content-Length: 500\r\n\r\n",
    "in the body": HEAD + b"Content-Length: 500\r\n\r\nBody=",
    "in a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nfff\r\nBody=",
    "in a chunk's size": HEAD + b"Transfer-Encoding: chunked\r\n\r\nf",
    "in a body that is too long": HEAD + b"Content-Length: 300000\r\n\r\nBody=",
    "with a go-ahead asked for": HEAD + b"Content-Length: 500\r\nExpect: 100-continue\r\n\r\n",
    "without a byte": b"",
}


@pytest.fixture(params=BEGUN.values(), ids=list(BEGUN))
def slow(request: pytest.FixtureRequest, line: RunningLine) -> Iterator[list[socket.socket]]:
    """Give fifty connections on which a request has begun and does not end."""
    with ExitStack() as stack:
        sockets = []
        for _ in range(MANY):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", line.port), timeout=15))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.sendall(request.param)
            sockets.append(one)
        yield sockets


def slowest(line: RunningLine, sockets: list[socket.socket]) -> float:
    """Return how long the slowest of twenty honest texts took, while each of the others sends one byte more."""
    worst = 0.0
    for _, one in zip(range(20), cycle(sockets), strict=False):
        for other in sockets[:10]:
            other.sendall(b"0")
        begun = time.monotonic()
        assert line.text("food 90057").message
        worst = max(worst, time.monotonic() - begun)
        one.sendall(b"0")
    return worst


def test_others_are_answered_within_a_second(line: RunningLine, slow: list[socket.socket]) -> None:
    assert slowest(line, slow) < WITHIN


def test_one_that_ends_after_all_is_answered_too(line: RunningLine) -> None:
    form = a_text(5)
    sent = signed(line, form) + b"Content-Length: %d\r\n\r\n" % len(body_of(form)) + body_of(form) + LAST
    with socket.create_connection(("127.0.0.1", line.port), timeout=15) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(sent), 40):
            connection.sendall(sent[at : at + 40])
            assert line.request("GET", "/healthz").status == 200
        got = b""
        while piece := connection.recv(65536):
            got += piece
    assert got.count(b"HTTP/1.1 200 ") == 1


def test_who_asks_much_and_reads_nothing_keeps_nobody_waiting(line: RunningLine) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            one = stack.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            one.settimeout(15)
            one.connect(("127.0.0.1", line.port))
            one.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        begun = time.monotonic()
        assert line.text("food 90057").message
        assert time.monotonic() - begun < WITHIN


def test_connections_that_are_broken_off_leave_nothing_behind(line: RunningLine) -> None:
    before = line.log
    for begun in BEGUN.values():
        for _ in range(10):
            with socket.create_connection(("127.0.0.1", line.port), timeout=15) as one:
                # So that the other side hears of it as a fault, not as an end.
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                one.sendall(begun)
    assert hear(line.port, LAST).statuses == [404]
    assert line.text("food 90057").message
    assert line.log == before
