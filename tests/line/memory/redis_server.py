"""A real Redis of the tests' own, which can be paused and restarted."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

IN_MEMORY_ONLY = ("--save", "", "--appendonly", "no")


def find_redis_server() -> str:
    """Return the program, or skip; in CI a missing one is a failure."""
    program = shutil.which("redis-server")
    if program:
        return program
    reason = (
        "redis-server is not installed (Debian: apt-get install redis-server): memory shared by processes not tried"
    )
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class RedisServer:
    """One redis-server on a free port of this machine."""

    folder: Path
    options: tuple[str, ...] = IN_MEMORY_ONLY
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Its address as STATE_URL has it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Redis:
        """Return a patient client to look inside with."""
        return Redis.from_url(self.url, socket_timeout=5)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [find_redis_server(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
            + list(self.options),
            stdout=subprocess.DEVNULL,
        )
        with self.client() as client:
            wait_until(lambda: _answers(client), "Redis does not answer")

    def stop(self) -> None:
        """Kill it, as a machine that loses power."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def pause(self) -> None:
        """Let it hang: connections are taken and nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(condition: object, complaint: str, seconds: float = 20) -> None:
    """Wait for a condition; fail with a complaint when it does not come true in time."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.005)
