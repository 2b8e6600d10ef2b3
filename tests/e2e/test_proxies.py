"""What docs/deploy/ puts in front of a line lets signed texts through as they were sent, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

import pytest

from tests.e2e.fronts import PROXIES, Supervisor, asked, proxy, supervised
from tests.e2e.running import FORM, Home, Reply, RunningLine
from tests.line.memory.redis_server import free_port, wait_until
from tests.line.standins import CAPTURED


@pytest.fixture(scope="module", params=PROXIES)
def front(request: pytest.FixtureRequest, line: RunningLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a proxy in front of the line."""
    with proxy(request.param, [line.port], tmp_path_factory.mktemp(request.param)) as port:
        yield port


def texted(port: int, line: RunningLine, path: str = "/sms", signature: str = "", **changes: str) -> Reply:
    """Send a text to a port."""
    new = {"From": "+13105550199", "MessageSid": f"SM{token_hex(16)}"}
    pairs = list({**CAPTURED, **new, **changes}.items())
    signed = {"Content-Type": FORM, "X-Twilio-Signature": signature or line.sign(pairs, path)}
    return asked(port, "POST", path, urlencode(pairs).encode(), **signed)


@pytest.mark.parametrize("path", ["/sms", "/sms?x=a%20b&y=%C3%A9", "/%73ms"])
def test_a_signed_text_is_answered_whatever_its_address_looks_like(front: int, line: RunningLine, path: str) -> None:
    told = texted(front, line, path, Body="food")
    assert "211" in (told.message or "")
    assert told.headers["Cache-Control"] == "no-store"


def test_a_long_text_passes_and_a_flood_does_not(front: int, line: RunningLine) -> None:
    assert "211" in (texted(front, line, Body="food " * 2000).message or "")
    # Caddy 2.6 calls it a fault of whoever is behind.
    assert texted(front, line, Body="x" * 200_000).status in (413, 502)


def test_who_signed_nothing_is_turned_away_by_the_line(front: int, line: RunningLine) -> None:
    assert texted(front, line, signature="x").status == 403


@pytest.mark.parametrize("path", ["/readyz", "/healthz", "/try", "/", "/sms/", "/x/sms", "/sms/../readyz", "//readyz"])
def test_nothing_else_is_seen_from_outside(front: int, path: str) -> None:
    assert asked(front, "GET", path).status in (308, 404)


def test_what_a_stranger_says_of_hosts_and_paths_changes_nothing(front: int, line: RunningLine) -> None:
    pairs = list({**CAPTURED, "From": "+13105550198", "Body": "food"}.items())
    spoofs = {f"X-{name}": "evil.example.org" for name in ("Forwarded-Host", "Original-Host", "Forwarded-For")}
    spoofs |= {"X-Original-URL": "/readyz", "X-Rewrite-URL": "/readyz", "X-Forwarded-Proto": "http"}
    headers = {"Content-Type": FORM, "X-Twilio-Signature": line.sign(pairs), **spoofs}
    assert "211" in (asked(front, "POST", "/sms", urlencode(pairs).encode(), **headers).message or "")


def in_front(name: str, supervisor: Supervisor, folder: Path, stack: ExitStack) -> int:
    """Give the port that texts go to: a proxy's, or the line's own."""
    return stack.enter_context(proxy(name, [supervisor.port], folder)) if name else supervisor.port


RESTARTS = [("", "killed"), *((name, "in good order") for name in ("", *PROXIES))]


@pytest.mark.parametrize(("name", "how"), RESTARTS, ids=[f"{name or 'no proxy'}, {how}" for name, how in RESTARTS])
def test_texts_wait_while_the_line_is_started_anew(small_home: Home, tmp_path: Path, name: str, how: str) -> None:
    with ExitStack() as stack:
        supervisor = stack.enter_context(supervised(small_home))
        first = supervisor.start()
        assert first.port == supervisor.port
        port = in_front(name, supervisor, tmp_path, stack)
        assert "211" in (texted(port, first, Body="food").message or "")
        if how == "killed":
            first.process.kill()
        first.stop()
        senders = stack.enter_context(ThreadPoolExecutor(5))
        told = [senders.submit(texted, port, first, Body="food", From=f"+1310555020{n}") for n in range(5)]
        second = supervisor.start()
        try:
            assert all("211" in (one.result(20).message or "") for one in told)
        finally:
            assert second.stop() == 0


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["is gone", "hangs"])
def test_of_several_hosts_one_that_is_no_good_costs_nobody_an_answer(
    small_home: Home, line: RunningLine, tmp_path: Path, how: signal.Signals
) -> None:
    other = RunningLine(replace(small_home, tokens=line.home.tokens))
    try:
        with proxy("nginx", [line.port, other.port], tmp_path) as port:
            os.kill(other.process.pid, how)
            # The provider waits for ten seconds; all come at once, so that some meet the host that is no good.
            with ThreadPoolExecutor(6) as senders:
                began = time.monotonic()
                told = [senders.submit(texted, port, line, Body="food", From=f"+1310555030{n}") for n in range(6)]
                assert all("211" in (one.result(20).message or "") for one in told)
                assert time.monotonic() - began < 10
    finally:
        other.process.kill()
        other.stop()


def test_a_socket_of_systemds_own_making_is_taken(small_home: Home) -> None:
    program = shutil.which("systemd-socket-activate")
    if program is None:
        pytest.skip("systemd-socket-activate is not installed: only sockets of our own making were handed over")
    port = free_port()
    settings = [word for name, value in small_home.environ.items() for word in ("-E", f"{name}={value}")]
    line = [sys.executable, "-m", "bot.cli", "serve", "--port", "1"]
    process = subprocess.Popen(
        [program, "-l", f"127.0.0.1:{port}", *settings, *line],
        cwd=small_home.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        # It listens when it is there, and starts the line when somebody comes.
        wait_until(lambda: answers(port), "it does not answer")
        assert process.stdout
        assert f"127.0.0.1:{port}" in process.stdout.readline().decode()
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode == 0


def answers(port: int) -> bool:
    """Say whether somebody listens there who is well."""
    with suppress(OSError):
        return asked(port, "GET", "/healthz").status == 200
    return False
