"""What stands in front of a line: the proxies of docs/deploy/ run for real, and a supervisor that holds its socket."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.conftest import ROOT
from tests.e2e.conftest import needed
from tests.e2e.running import Home, Reply, RunningLine
from tests.line.memory.redis_server import free_port, wait_until

HOST = "line.example.org"
#: Fetches a socket from the supervisor, and is the line from then on, as a process that systemd starts.
_STARTED = """
import os, socket, sys
with socket.socket(socket.AF_UNIX) as there:
    there.connect(os.environ.pop("TEST_SUPERVISOR"))
    _, (found, *_), _, _ = socket.recv_fds(there, 1, 1)
os.dup2(found, 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
from bot.cli import main
main(prog_name="quietline")
"""


def nginx_for(folder: Path, config: str, lines: Sequence[int], port: int) -> list[str]:
    """Write nginx's configuration down, without certificates and on ports of this machine; give what runs it.

    With several lines it is changed as it says itself for several hosts.
    """
    config = re.sub(r"(?m)^ *ssl_certificate.*\n", "", config)
    config = config.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    servers = "\n".join(f"server 127.0.0.1:{line};" for line in lines)
    config = config.replace("server 127.0.0.1:8000;", servers).replace("/var/log/nginx", str(folder))
    if len(lines) > 1:
        config = config.replace("proxy_read_timeout 12s;", "proxy_read_timeout 4s;", 1)
    # As in Debian's nginx.conf, which includes such files; what it keeps goes where nobody else's does.
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    whole = f"daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{paths}access_log {folder}/all.log;\n{config}\n}}\n"
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-p", str(folder), "-e", str(folder / "early.log"), "-c", str(folder / "nginx.conf")]


def caddy_for(folder: Path, config: str, lines: Sequence[int], port: int) -> list[str]:
    """Write Caddy's configuration down in the same way."""
    config = config.replace("127.0.0.1:8000", " ".join(f"127.0.0.1:{line}" for line in lines))
    config = re.sub(r"(?m)^(\w+)\.example\.org \{", rf"http://\1.example.org:{port} {{\n\tbind 127.0.0.1", config)
    config = config.replace("{\n\tlog {", "{\n\tadmin off\n\tpersist_config off\n\tlog {", 1)
    (folder / "Caddyfile").write_text(config)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


PROXIES: Mapping[str, tuple[str, Callable[[Path, str, Sequence[int], int], list[str]]]] = {
    "nginx": ("nginx.conf", nginx_for),
    "caddy": ("Caddyfile", caddy_for),
}


@contextmanager
def proxy(name: str, lines: Sequence[int], folder: Path) -> Iterator[int]:
    """Run a proxy in front of lines' ports and give its own; it must end in good order and write no sender down."""
    place = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
    if shutil.which(name, path=place) is None:
        needed(f"{name} is not installed: nobody went through it")
    file, write = PROXIES[name]
    port = free_port()
    command = write(folder, (ROOT / "docs" / "deploy" / file).read_text(), lines, port)
    environ = {**os.environ, "PATH": place, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environ, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        wait_until(lambda: process.poll() is not None or _answers(port), f"{name} does not answer")
        assert process.poll() is None, (folder / "said").read_text()
        yield port
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)
    told = "".join(file.read_text("utf-8", "replace") for file in folder.rglob("*") if file.is_file())
    # Without the plus: in a form it is escaped.
    assert "1310555" not in told, "a proxy wrote a sender down"


def asked(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
    """Ask what listens on a port of this machine, as from outside."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, {"Host": HOST, **headers})
        told = connection.getresponse()
        return Reply(told.status, dict(told.getheaders()), told.read().decode("utf-8", "replace"))
    finally:
        connection.close()


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return asked(port, "GET", "/").status in (200, 404)
    return False


class Supervisor:
    """Listens for a line, and hands the socket to each process it starts, as systemd does for quietline.socket."""

    def __init__(self, home: Home, folder: str) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._waiting = socket.socket(socket.AF_UNIX)
        self._waiting.bind(f"{folder}/supervisor")
        self._waiting.listen()
        changes = {**home.changes, "TEST_SUPERVISOR": f"{folder}/supervisor"}
        self._home = replace(home, changes=changes, program=("-c", _STARTED))

    def start(self) -> RunningLine:
        """Start a line, and return when it answers."""
        handing = threading.Thread(target=self._hand_over, daemon=True)
        handing.start()
        line = RunningLine(self._home)
        handing.join(10)
        return line

    def close(self) -> None:
        """Listen no more."""
        self._listening.close()
        self._waiting.close()

    def _hand_over(self) -> None:
        there, _ = self._waiting.accept()
        with there:
            socket.send_fds(there, [b"x"], [self._listening.fileno()])


@contextmanager
def supervised(home: Home) -> Iterator[Supervisor]:
    """Listen for a line until the end of the block."""
    # A path that is short enough for a Unix socket.
    with tempfile.TemporaryDirectory(prefix="q-") as folder:
        supervisor = Supervisor(home, folder)
        try:
            yield supervisor
        finally:
            supervisor.close()
