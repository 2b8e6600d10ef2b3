"""The line as a process of its own, run as in earnest, and the provider that texts it."""

import http.client
import json
import os
import secrets
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.conftest import ROOT
from tests.line.standins import CAPTURED

PUBLIC = "https://line.example.org/base"
FORM = "application/x-www-form-urlencoded; charset=utf-8"
SETTINGS = (
    "ALLOW_PERSISTENT_STATE CACHE_DIR COMPLAINTS_BEFORE_CHECK COUNTS_FLUSH_SECONDS DATABASE_URL DATA_DIR"
    " FORGET_AFTER_SECONDS LINE_AREAS LINE_BUDGET_PER_HOUR OPT_OUT_MODE PUBLIC_BASE_URL SENDER_BUDGET_PER_5_MIN"
    " STATE_URL CONSOLE_BASE_URL LINE_DB_ROLE SECRET_KEY"
    " PURGE_HOLD TWILIO_ACCOUNT_SID TWILIO_API_KEY TWILIO_API_SECRET TWILIO_AUTH_TOKEN TWILIO_MESSAGING_SERVICE_SID"
).split()
#: Far more than anything here takes; reached only when something hangs.
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def message(self) -> str | None:
        """The one message of the TwiML, None for silence."""
        assert self.status == 200
        root = ElementTree.fromstring(self.body)  # noqa: S314 - our own answer
        assert root.tag == "Response"
        assert [child.tag for child in root] in ([], ["Message"])
        return root[0].text if len(root) else None


@dataclass
class Home:
    """A folder that a line lives in, and the settings it is started with."""

    folder: Path
    tokens: tuple[str, str] = field(default_factory=lambda: (secrets.token_hex(16), secrets.token_hex(16)))
    changes: Mapping[str, str | None] = field(default_factory=dict)
    #: What Python runs: quietline, or a program that spoils it first.
    program: tuple[str, ...] = ("-m", "bot.cli")

    @property
    def database(self) -> Path:
        return self.folder / "line.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def environ(self) -> dict[str, str]:
        """The whole environment of its processes; none of the caller's settings gets in."""
        inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        ours: dict[str, str | None] = {
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "CACHE_DIR": str(self.folder / "cache"),
            "TWILIO_AUTH_TOKEN": ",".join(self.tokens),
            "PUBLIC_BASE_URL": PUBLIC,
            "LINE_BUDGET_PER_HOUR": "0",
            "SENDER_BUDGET_PER_5_MIN": "0",
            **self.changes,
        }
        return inherited | {name: value for name, value in ours.items() if value is not None}

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run one command of quietline to its end."""
        return subprocess.run(
            [sys.executable, *self.program, *arguments],
            cwd=self.folder,
            env=self.environ,
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    def init(self) -> "Home":
        """Make its database and load the default release."""
        told = self.run("init")
        assert told.returncode == 0, told.stderr.decode()
        return self

    def delete_database(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)


class RunningLine:
    """A `quietline serve` under way, and the canaries it must not leak."""

    def __init__(self, home: Home, *arguments: str) -> None:
        self.home = home
        self.canaries = {*home.tokens, "1310555"}
        self._log = home.folder / "stderr"
        self._sent = 0
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *home.program, "serve", "--port", "0", *arguments],
                cwd=home.folder,
                env=home.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.said = self._until_ready()
        self.address = next((word for word in self.said.split() if word.startswith("http://")), "")
        assert self.address, f"not ready: {self.said}{self.log}"

    def _until_ready(self) -> str:
        # The line is read when it is there, or empty when the process ends; only a hang needs the watchdog.
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        assert self.process.stdout
        try:
            return self.process.stdout.readline().decode()
        finally:
            watchdog.cancel()

    @property
    def log(self) -> str:
        """All it wrote to standard error so far."""
        return self._log.read_text("utf-8", "replace")

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Ask for anything at all, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)  # as the provider
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()

    def text(self, body: str, **changes: str) -> Reply:
        """Send a text as the provider does, from another phone each time unless From is given."""
        self._sent += 1
        new = {"MessageSid": f"SM{self._sent:032x}", "From": f"+1310555{self._sent:04d}"}
        return self.send({**CAPTURED, **new, "Body": body, **changes})

    def send(self, form: Mapping[str, str] | list[tuple[str, str]], path: str = "/sms") -> Reply:
        """Sign a form with the first token and post it."""
        pairs = list(form.items() if isinstance(form, Mapping) else form)
        body = urlencode(pairs).encode()
        return self.request("POST", path, body, {"Content-Type": FORM, "X-Twilio-Signature": self.sign(pairs, path)})

    def sign(self, pairs: list[tuple[str, str]], path: str = "/sms", token: str = "") -> str:
        """Sign a form as the provider does."""
        validator = RequestValidator(token or self.home.tokens[0])
        return str(validator.compute_signature(PUBLIC + path, MultiDict(pairs)))

    def readyz(self) -> dict[str, Any]:
        """What /readyz says."""
        found: dict[str, Any] = json.loads(self.request("GET", "/readyz").body)
        return found

    def stop(self) -> int:
        """Ask it to stop, unless it has, and give its exit status; one that hangs is killed."""
        self.process.terminate()
        try:
            rest, _ = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            rest, _ = self.process.communicate()
        self.said += rest.decode("utf-8", "replace")
        return self.process.returncode

    def check_nothing_leaked(self) -> None:
        """Fail if its log holds a trace, if it said more than that it is ready, or if any file holds a canary."""
        assert "Traceback" not in self.log, self.log
        assert self.said.count("\n") == 1, self.said
        files = {path: path.read_bytes() for path in self.home.folder.rglob("*") if path.is_file()}
        assert self._log in files
        leaks = [
            (path.name, canary)
            for path, content in files.items()
            for canary in self.canaries
            if canary.encode() in content
        ]
        assert not leaks, leaks


@contextmanager
def running(home: Home, *arguments: str) -> Iterator[RunningLine]:
    """Run a line until the end of the block; then it must leave in good order and have leaked nothing."""
    line = RunningLine(home, *arguments)
    try:
        yield line
    except BaseException:
        line.stop()
        raise
    assert line.stop() == 0, line.log
    line.check_nothing_leaked()


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds; asked again and again, because another process decides."""
    until = time.monotonic() + PATIENCE
    pace = threading.Event()
    while not condition():
        assert time.monotonic() < until, f"never came: {what}"
        pace.wait(0.05)
