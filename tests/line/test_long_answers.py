"""Answers that do not go out in one piece, and one that has no body at all, arrive whole and once."""

import http.client
import socket
from collections.abc import Iterator

import pytest
from flask import Blueprint, Response

from bot.app import create_line_app
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.line.serve import Server
from tests.line.standins import FakeSource, make_settings
from tests.line.test_serve import serving

PARTS = ["one " * 1000, "two " * 1000, "three " * 10_000]


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server one of whose pages comes in parts, its length told or not, and one that is whole."""
    page = Blueprint("page", __name__)

    @page.get("/try")
    def whole() -> str:
        return PARTS[0]

    @page.get("/parts")
    def parts() -> Response:
        return Response(iter(PARTS), content_type="text/plain")

    @page.get("/told")
    def told() -> Response:
        return Response(iter(PARTS), headers={"Content-Length": str(sum(map(len, PARTS)))})

    app = create_line_app(make_settings(dev=True), FakeSource(), RamMemory(Allowances()), dev_pages=(page,))
    with serving(Server(app, "127.0.0.1", 0)) as server:
        yield server


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("GET", "/try", PARTS[0], id="in one piece"),
        pytest.param("GET", "/parts", "".join(PARTS), id="in parts"),
        pytest.param("GET", "/told", "".join(PARTS), id="in parts, its length told"),
        pytest.param("HEAD", "/try", "", id="the head alone"),
        pytest.param("HEAD", "/told", "", id="the head alone of what comes in parts"),
    ],
)
def test_what_arrives(server: Server, method: str, path: str, body: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for _ in range(2):  # a byte too many would be the beginning of the next answer
        connection.request(method, path)
        answered = connection.getresponse()
        assert (answered.status, answered.read().decode()) == (200, body)
    connection.close()


def test_an_old_client_gets_what_comes_in_parts_until_the_connection_closes(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(b"GET /parts HTTP/1.0\r\n\r\n")
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 ")
    assert body.decode() == "".join(PARTS)
