import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Blueprint

from bot.app import create_line_app
from bot.line.door import MOST_BYTES
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.line.serve import CONNECTIONS, THREADS, Server, no_core_dumps
from bot.referral.answer import Answer
from tests.line.memory.redis_server import wait_until
from tests.line.standins import CAPTURED, FakeCore, FakeSource, House, make_settings, sign

FORM_TYPE = "application/x-www-form-urlencoded"


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with serving(Server(house.app, "127.0.0.1", 0)) as server:
        yield server


#: A text of nobody: it waits for no turn, so that many can be under way at once.
NOBODYS = {name: value for name, value in CAPTURED.items() if name not in ("From", "MessageSid")}


def send_text(server: Server, form: Mapping[str, str] = CAPTURED) -> http.client.HTTPResponse:
    headers = {"Content-Type": FORM_TYPE, "X-Twilio-Signature": sign(form, "/sms")}
    return send(server, "/sms", urlencode(form).encode(), headers)


def send(server: Server, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", path, body, headers)
        answered = connection.getresponse()
        answered.text = answered.read().decode()  # type: ignore[attr-defined]
        return answered
    finally:
        connection.close()


def test_a_text_over_the_wire(server: Server) -> None:
    answered = send_text(server)
    assert answered.status == 200
    assert "reply 1" in answered.text  # type: ignore[attr-defined]
    assert answered.headers["Server"] is None
    assert server.address == f"http://127.0.0.1:{server.port}"


@pytest.mark.parametrize("path", ["/sms?x=a%20b", "/sms?x=%2F%3A%40&y=%C3%A9", "/%73ms", "/sms?", "/sms?a=+&a="])
def test_the_address_is_signed_as_it_was_sent(server: Server, path: str) -> None:
    signed = path.rstrip("?")
    headers = {"Content-Type": FORM_TYPE, "X-Twilio-Signature": sign(CAPTURED, signed)}
    assert send(server, path, urlencode(CAPTURED).encode(), headers).status == 200


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 100_000, 300_000, 5_000_000])
def test_a_body_that_is_too_long(server: Server, house: House, size: int) -> None:
    assert send(server, "/sms", b"x" * size, {"Content-Type": FORM_TYPE}).status == 413
    assert house.asked == []


@pytest.mark.parametrize(("size", "status"), [(len(urlencode(CAPTURED)), 200), (MOST_BYTES + 1, 413)])
def test_a_body_in_chunks(server: Server, size: int, status: int) -> None:
    body = urlencode(CAPTURED).encode().ljust(size, b"x")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        head = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM_TYPE}\r\nTransfer-Encoding: chunked\r\n"
        connection.sendall(f"{head}X-Twilio-Signature: {sign(CAPTURED, '/sms')}\r\n\r\n".encode())
        for start in range(0, len(body), 5000):
            chunk = body[start : start + 5000]
            connection.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(100).startswith(f"HTTP/1.1 {status} ".encode())


def test_half_sent_requests_silence_nobody(server: Server) -> None:
    half = f"POST /sms HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM_TYPE}\r\nContent-Length: 500\r\n\r\nBody=".encode()
    with ExitStack() as stack:
        for _ in range(min(300, CONNECTIONS // 2)):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            connection.sendall(half)
        assert send_text(server).status == 200


@pytest.mark.parametrize(
    ("path", "signed", "kept"),
    [
        pytest.param("/sms", True, True, id="a text"),
        pytest.param("/sms", False, False, id="a stranger's text"),
        pytest.param("/nothing", False, False, id="nothing there"),
    ],
)
def test_who_is_turned_away_may_not_keep_the_connection(server: Server, *, path: str, signed: bool, kept: bool) -> None:
    headers = {"Content-Type": FORM_TYPE, "X-Twilio-Signature": sign(CAPTURED, "/sms") if signed else "x"}
    answered = send(server, path, urlencode(CAPTURED).encode(), headers)
    assert answered.headers.get("Connection") == (None if kept else "close")


@pytest.mark.parametrize("sent", [b"", b"POST /sms HTT"], ids=["nothing", "half a line"])
def test_connections_held_open_for_nothing_make_room(
    house: House, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr("bot.line.serve.CONNECTIONS", 20)
    with serving(Server(house.app, "127.0.0.1", 0)) as server, ExitStack() as stack:
        for _ in range(60):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            connection.sendall(sent)
        began = time.monotonic()
        assert send_text(server).status == 200
        # They would be let go after 20 seconds without it.
        assert time.monotonic() - began < 8


def test_a_stop_lets_every_answer_under_way_go_out() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    class Slow(FakeCore):
        def __call__(self, *args: Any, **options: Any) -> Answer:
            begun.release()
            assert go_on.wait(30)
            return super().__call__(*args, **options)

    server = Server(House(make_settings(), core=Slow()).app, "127.0.0.1", 0)
    waiting = server._server.task_dispatcher.queue
    with serving(server), ThreadPoolExecutor(THREADS + 2) as texters:
        told = [texters.submit(send_text, server, NOBODYS) for _ in range(THREADS + 2)]
        assert all(begun.acquire(timeout=30) for _ in range(THREADS))
        # Two more have arrived than there are threads.
        wait_until(lambda: len(waiting) == 2, "the last two texts did not arrive")
        server.stop()
        go_on.set()
        assert [one.result(30).status for one in told] == [200] * (THREADS + 2)


def test_a_stopped_line_takes_no_new_connection(house: House) -> None:
    server = Server(house.app, "127.0.0.1", 0)
    with serving(server):
        assert send_text(server).status == 200
    with pytest.raises(ConnectionRefusedError):
        send_text(server)


def test_a_stop_that_comes_when_it_has_ended_touches_nothing(house: House) -> None:
    server = Server(house.app, "127.0.0.1", 0)
    server._stopping = True  # as a thread leaves it that was held up in the middle of `stop`
    server.run()
    server._stopping = False
    server.stop()


def test_a_taken_port_is_an_error(server: Server, house: House) -> None:
    with pytest.raises(OSError, match="in use"):
        Server(house.app, "127.0.0.1", server.port)


def test_a_failure_shows_no_trace_over_the_wire() -> None:
    page = Blueprint("page", __name__)

    @page.get("/try")
    def fail() -> str:
        raise RuntimeError("a secret")

    app = create_line_app(make_settings(dev=True), FakeSource(), RamMemory(Allowances()), dev_pages=(page,))
    with serving(Server(app, "127.0.0.1", 0)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/try")
        answered = connection.getresponse()
        assert (answered.status, answered.read()) == (500, b"Internal Server Error\n")
        connection.close()


PROGRAM = """
from bot.line.quiet_logs import set_up
from bot.line.serve import serve
from tests.line.standins import House, make_settings
set_up()
serve(House(make_settings()).app, "127.0.0.1", 0, lambda address: print(address, flush=True))
print("left in good order", flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order_and_nothing_was_logged(root: Path, how: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    port = int(address.rpartition(":")[2])
    limits = Path(f"/proc/{process.pid}/limits").read_text() if Path("/proc").is_dir() else ""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": FORM_TYPE, "X-Twilio-Signature": sign(CAPTURED, "/sms")}
    connection.request("POST", "/sms", urlencode(CAPTURED), headers)
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(how)
    out, errors = process.communicate(timeout=30)
    assert (process.returncode, out, errors) == (0, "left in good order\n", "")
    if limits:
        assert "Max core file size        0                    0 " in limits


def test_no_core_dumps() -> None:
    program = "from bot.line.serve import no_core_dumps as n; n(); print(open('/proc/self/coredump_filter').read())"
    if not Path("/proc/self/coredump_filter").exists():
        no_core_dumps()
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
        pytest.skip("this system has no /proc/self/coredump_filter")
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(told.stdout, 16) == 0
