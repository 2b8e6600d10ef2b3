"""The staff door behind its server: what a proxy says gets through, what is too large does not."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlencode

import pytest

from bot.commands.console import TAKEN
from bot.line.serve import Server
from tests.console.house import House


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    """Give a server of a staff door, as a proxy reaches it."""
    made = Server(house.app, "127.0.0.1", 0, taken=TAKEN)
    thread = Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(30)
    assert not thread.is_alive()


def ask(server: Server, address: str, cookie: str, form: dict[str, str]) -> int:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=15)
    headers = {
        "Host": "staff.example.org", "X-Forwarded-For": address, "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    connection.request("POST", "/sign-in", urlencode(form), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_each_address_behind_the_proxy_has_its_own_tries(house: House, server: Server) -> None:
    browser = house.browser()
    browser.get("/sign-in")
    held = browser.client.get_cookie("__Host-quietline", domain="staff.example.org")
    assert held
    told = [
        ask(server, address, f"__Host-quietline={held.value}", {
            "csrf_token": browser.hidden("csrf_token"), "email": f"n{n}{address[-1]}@example.org", "password": "x" * 20,
        })
        for address in ("8.8.8.8", "9.9.9.9") for n in range(6)
    ]  # fmt: skip
    assert told == [200, 200, 200, 200, 200, 429] * 2


def test_a_file_of_fifty_megabytes_is_not_read(house: House, server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as connection:
        head = "POST /staff HTTP/1.1\r\nHost: staff.example.org\r\nContent-Length: 52428800\r\n\r\n"
        connection.sendall(head.encode())
        piece = b"x" * 1_000_000
        for _ in range(53):
            connection.sendall(piece[: 52_428_800 - 52 * 1_000_000] if _ == 52 else piece)
        assert connection.recv(12) == b"HTTP/1.1 413"
