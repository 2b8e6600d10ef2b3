"""The line and the yardstick as processes of their own, started and stopped as in earnest."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.signed import BASE, TOKEN

ROOT = Path(__file__).resolve().parents[2]
LINE = (sys.executable, "-m", "bot.cli")
BARE = (sys.executable, "-m", "tests.benchmarks.bare")
#: A start that takes longer has failed.
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    pid: int
    port: int
    ready_s: float


@dataclass(slots=True)
class Home:
    """A folder with a database that `quietline init` filled, and the settings a line there is started with."""

    folder: Path
    changes: Mapping[str, str] = field(default_factory=dict)

    def init(self) -> None:
        """Make the database and put the default release into it."""
        run = [*LINE, "init"]
        subprocess.run(run, env=self.environ, cwd=self.folder, check=True, capture_output=True)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of its processes: no budget holds the load back."""
        return {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.folder}/line.db",
            "STATE_URL": "memory://",
            "CACHE_DIR": f"{self.folder}/cache",
            "DATA_DIR": str(ROOT / "data"),
            "TWILIO_AUTH_TOKEN": TOKEN,
            "PUBLIC_BASE_URL": BASE,
            "LINE_BUDGET_PER_HOUR": "0",
            "SENDER_BUDGET_PER_5_MIN": "0",
            "PYTHONPATH": str(ROOT),
            **self.changes,
        }


@contextmanager
def home(changes: Mapping[str, str] | None = None) -> Iterator[Home]:
    """Give a filled home with settings of its own, removed at the end of the block."""
    with tempfile.TemporaryDirectory() as folder:
        made = Home(Path(folder), changes or {})
        made.init()
        yield made


@contextmanager
def line(at: Home) -> Iterator[Running]:
    """Run `quietline serve` for the block. Raises RuntimeError, with what it said, when it does not start."""
    port = free_port()
    with _answering([*LINE, "serve", "--port", str(port)], port, at.environ, at.folder) as running:
        yield running


@contextmanager
def bare() -> Iterator[Running]:
    """Run the yardstick for the block."""
    port = free_port()
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with _answering([*BARE, str(port)], port, environ, ROOT) as running:
        yield running


@contextmanager
def _answering(command: list[str], port: int, environ: dict[str, str], folder: Path) -> Iterator[Running]:
    began = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, env=environ, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            if not _came(process, port):
                errors.seek(0)
                raise RuntimeError(f"{' '.join(command[1:4])} did not start: {errors.read().decode()[-300:]}")
            yield Running(process.pid, port, time.monotonic() - began)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _came(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True  # the yardstick has no such page, and answers
        except OSError:
            time.sleep(0.01)
    return False


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
