"""A socket that a supervisor listens on is taken, and nothing else that may lie in its place."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.line.handed import handed

OURS = {"LISTEN_PID": "7", "LISTEN_FDS": "1"}


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield one


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({}, id="nothing said"),
        pytest.param({**OURS, "LISTEN_PID": "8"}, id="for another process"),
        pytest.param({**OURS, "LISTEN_FDS": "0"}, id="none"),
        pytest.param({"LISTEN_PID": "7"}, id="no number"),
    ],
)
def test_without_one_none_is_taken(listening: socket.socket, environ: dict[str, str]) -> None:
    assert handed(environ, 7, first=listening.fileno()) is None


def test_one_that_listens_is_taken_and_kept_from_children(listening: socket.socket) -> None:
    copy = os.dup(listening.fileno())
    os.set_inheritable(copy, True)
    found = handed(OURS, 7, first=copy)
    assert found is not None
    with found:
        assert found.getsockname() == listening.getsockname()
        assert not os.get_inheritable(found.fileno())


def unix() -> socket.socket:
    """Give a socket that listens, and for no TCP connections."""
    one = socket.socket(socket.AF_UNIX)
    one.bind("")  # Linux makes up a name
    one.listen()
    return one


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: socket.socket(), id="one that does not listen"),
        pytest.param(lambda: socket.socket(type=socket.SOCK_DGRAM), id="UDP"),
        pytest.param(unix, id="a Unix socket"),
    ],
)
def test_another_socket_is_refused(make: Callable[[], socket.socket]) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(make())
        with pytest.raises(OSError, match="does not listen for TCP"):
            handed(OURS, 7, first=one.fileno())
        assert one.fileno() >= 0


def test_a_file_is_refused() -> None:
    with open(os.devnull, "rb") as file, pytest.raises(OSError, match="is no socket"):
        handed(OURS, 7, first=file.fileno())


def test_several_are_refused(listening: socket.socket) -> None:
    with pytest.raises(OSError, match="2 sockets"):
        handed({**OURS, "LISTEN_FDS": "2"}, 7, first=listening.fileno())
