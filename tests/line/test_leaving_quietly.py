"""What stops by intention says nothing, and what cannot be read is no address: nothing of either is a fault."""

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.line import processor, quiet_logs
from bot.line.provider import content_checks
from bot.line.provider.addresses import host_of, shown
from bot.line.provider.finding import State


@pytest.fixture
def hooks() -> Iterator[None]:
    """Let what ends badly be told as on a line, and put everything back."""
    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = quiet_logs._at_the_end, quiet_logs._in_a_thread
    yield
    sys.excepthook, threading.excepthook = before


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(KeyboardInterrupt("+12135550142"), 0, id="a key that stops it"),
        pytest.param(ValueError("+12135550142"), 1, id="a fault"),
    ],
)
def test_a_program_that_is_stopped_says_nothing(
    error: BaseException, told: int, caplog: pytest.LogCaptureFixture
) -> None:
    sys.excepthook(type(error), error, None)
    assert [record.message for record in caplog.records] == ["stopped by ValueError"] * told


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(SystemExit("+12135550142"), 0, id="a thread that leaves"),
        pytest.param(None, 0, id="one of which nothing is known any more"),
        pytest.param(ValueError("+12135550142"), 1, id="one that fails"),
    ],
)
def test_a_thread_that_leaves_says_nothing(
    error: BaseException | None, told: int, caplog: pytest.LogCaptureFixture
) -> None:
    threading.excepthook(cast(Any, SimpleNamespace(exc_value=error)))
    assert [record.message for record in caplog.records] == ["a thread ended with ValueError"] * told


def test_where_the_system_does_not_tell_no_processor_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    assert processor.busy() == {}


@pytest.mark.parametrize("url", ["http://[::1", "https://[line.example.org]x/sms"])
def test_what_is_no_address_has_no_host_and_is_not_shown(url: str) -> None:
    assert host_of(url) == ""
    assert shown(url) == "an address that is none"


def test_what_doctor_says_of_a_release() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    live = content_checks.release(3, now - timedelta(days=2), now)
    assert (live.state, "release 3 is live since 2026-11-20 (2 days)" in str(live)) == (State.OK, True)
    assert "(0 days)" in str(content_checks.release(3, now + timedelta(days=1), now))  # a clock that is wrong
    for found in (content_checks.no_release("no table"), content_checks.unreadable("no table")):
        assert found.state is State.WRONG
        assert "no table" in str(found)
