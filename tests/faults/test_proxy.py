"""The proxy that stands before databases and lines: late, cut off, and round those that are gone."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Proxy, proxied
from tests.line.memory.redis_server import free_port


@pytest.fixture
def echo() -> Iterator[int]:
    """Give the port of a server that sends back what it gets."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            with one:
                while data := one.recv(100):
                    one.sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def asked(proxy: Proxy) -> tuple[bytes, float]:
    """Send a word through a proxy; give what comes back and after how many seconds."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as one:
        one.sendall(b"word")
        return one.recv(100), time.monotonic() - began


def test_it_passes_on_what_it_gets_however_many_are_gone(echo: int) -> None:
    nobody = ("127.0.0.1", free_port())
    with proxied(nobody, ("127.0.0.1", echo), nobody) as proxy:
        assert [asked(proxy)[0] for _ in range(4)] == [b"word"] * 4


def test_it_lets_answers_wait(echo: int) -> None:
    with proxied(("127.0.0.1", echo)) as proxy:
        proxy.delay = 0.3
        assert asked(proxy)[1] >= 0.3
        proxy.delay = 0.0
        assert asked(proxy)[0] == b"word"


def test_what_it_held_back_arrives_when_it_is_slow_no_more(echo: int) -> None:
    with proxied(("127.0.0.1", echo)) as proxy:
        proxy.delay = 60.0
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as one:
            one.sendall(b"word")
            proxy.delay = 0.0
            assert one.recv(100) == b"word"


def hung_up(one: socket.socket) -> bool:
    """Say whether a connection ends without a word."""
    try:
        return one.recv(100) == b""
    except ConnectionResetError:
        return True


def test_a_cut_ends_old_and_new_connections_until_it_is_mended(echo: int) -> None:
    with proxied(("127.0.0.1", echo)) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as old:
            old.sendall(b"word")
            assert old.recv(100) == b"word"
            proxy.cut()
            assert hung_up(old)
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as new:
            assert hung_up(new)
        proxy.mend()
        assert asked(proxy)[0] == b"word"
