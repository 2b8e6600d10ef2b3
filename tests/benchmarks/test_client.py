"""The load client measures from the moment a text was due, sends each once, and accepts no wrong answer."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import client, load, signed

RIGHT = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<Response/>"
WRONG = b"HTTP/1.1 403 FORBIDDEN\r\nContent-Length: 0\r\n\r\n"


class Server:
    """Answers each request on each connection, one after the other; `before` is told how many came before it."""

    def __init__(self, answer: bytes, before: Callable[[int], None]) -> None:
        self.answer, self.before = answer, before
        self.got: list[bytes] = []
        self.unfinished: list[bytes] = []
        self._turn = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        while True:
            try:
                wire = self._listener.accept()[0]
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._serve, args=(wire,)))
            self._threads[-1].start()

    def _serve(self, wire: socket.socket) -> None:
        with wire:
            came = b""
            while more := _received(wire):
                came += more
                while b"END" in came:
                    request, _, came = came.partition(b"END")
                    with self._turn:
                        self.before(len(self.got))
                        self.got.append(request)
                        wire.sendall(self.answer)
            if came:
                self.unfinished.append(came)


def _received(wire: socket.socket) -> bytes:
    try:
        return wire.recv(65536)
    except OSError:
        return b""


@contextmanager
def serving(answer: bytes = RIGHT, before: Callable[[int], None] = lambda number: None) -> Iterator[Server]:
    server = Server(answer, before)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def job(tmp_path: Path) -> dict[str, Any]:
    signed.write((b"text %d END" % number for number in range(1000)), tmp_path / "requests")
    return {"file": str(tmp_path / "requests"), "most": 1000, "connections": 2, "seconds": 0.5}


def stall(number: int) -> None:
    if number == 5:
        threading.Event().wait(0.4)


def test_a_stall_is_charged_to_every_text_that_was_due_in_it(job: dict[str, Any]) -> None:
    with serving(before=stall) as server:
        seen = client.run({**job, "port": server.port, "rate": 100.0})
    assert seen["sent"] == 50
    # Some forty of the fifty texts were due while it stood still: half of all waited a good part of it.
    assert seen["p50"] > 100
    assert seen["max"] >= 400


def test_as_fast_as_answers_come_only_those_under_way_wait(job: dict[str, Any]) -> None:
    with serving(before=stall) as server:
        seen = client.run({**job, "port": server.port, "most": 200, "seconds": 30})
    assert seen["sent"] == 200
    assert seen["max"] >= 400 > seen["p50"]


def test_each_request_is_sent_once_from_where_it_was_told_to_begin(job: dict[str, Any]) -> None:
    with serving() as server:
        client.run({**job, "port": server.port, "skip": 7, "most": 30, "seconds": 30})
    assert sorted(server.got) == sorted(b"text %d " % number for number in range(7, 37))


def test_a_wrong_answer_is_no_answer(job: dict[str, Any]) -> None:
    with serving(WRONG) as server, pytest.raises(RuntimeError, match="403"):
        client.run({**job, "port": server.port})


def test_a_safe_reply_is_counted_as_one(job: dict[str, Any]) -> None:
    with serving() as server:
        seen = client.run({**job, "port": server.port, "most": 20, "seconds": 30, "makeshifts": ["<Response/>"]})
    assert seen["makeshifts"] == seen["sent"] == 20
    assert "20 of 20 got the safe reply" in load.Seen(20, 20, 1.0, 1.0, 1.0, 1.0, 0.0, 0.1).limit


def test_half_sent_requests_are_never_finished_and_stop_nobody(job: dict[str, Any]) -> None:
    with serving() as server:
        seen = client.run({**job, "port": server.port, "rate": 50.0, "half_sent": 4})
    assert seen["sent"] == 25
    assert len(server.unfinished) == 4
    assert {b"Content-Length" in request for request in server.unfinished} == {True, False}


def test_times_at_random_have_the_same_mean() -> None:
    even = list(client.due({"rate": 200.0, "seconds": 60.0}))
    random = list(client.due({"rate": 200.0, "seconds": 60.0, "jitter": True}))
    assert len(even) == pytest.approx(12_000, abs=1)
    assert len(random) == pytest.approx(12_000, rel=0.05)
    assert random == sorted(random)


@pytest.mark.parametrize(
    ("cpu", "late", "said"), [(0.3, 0.5, ""), (0.9, 0.5, "at its limit"), (0.3, 7.0, "sent late")], ids=str
)
def test_a_client_that_held_things_up_says_so(cpu: float, late: float, said: str) -> None:
    seen = load.Seen(100, 0, 100.0, 1.0, 2.0, 3.0, late, cpu)
    assert said in seen.limit
    assert bool(said) == bool(seen.limit)


def test_a_stock_gives_no_request_twice_and_says_when_it_has_run_out(tmp_path: Path) -> None:
    stock = load.Stock.make(tmp_path, ["bed", "food"], 10)
    assert len(set(client.requests_of(stock.path))) == 10
    assert [stock.take(4), stock.take(4)] == [0, 4]
    stock.give_back(3)
    assert stock.take(5) == 5
    with pytest.raises(RuntimeError, match="not enough"):
        stock.take(1)
    assert stock.anew().take(10) == 0
