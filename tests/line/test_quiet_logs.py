import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.line import quiet_logs
from tests.line.standins import TEXTER, Clock

SECRET = "my ex found me"


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Give what the logs write, and put everything back."""
    written = io.StringIO()
    root = logging.getLogger()
    before = (root.handlers[:], root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook)
    monkeypatch.setattr(sys, "stderr", written)
    quiet_logs.set_up()
    yield written
    root.handlers[:], root.level = before[0], before[1]
    logging.raiseExceptions, sys.excepthook, threading.excepthook = before[2:]


@pytest.mark.parametrize(
    "telling",
    [
        TEXTER,
        "12135550142",
        "(213) 555-0142",
        "213.555.0142",
        "2 1 3 5 5 5 0 1 4 2",
        "555-0142",
        "whatsapp:+12135550142",
        "SM" + "a1" * 16,
        "AC" + "0" * 32,
        "203.0.113.9",
    ],
)
def test_what_may_point_at_somebody_is_left_out(out: io.StringIO, telling: str) -> None:
    logging.getLogger("anybody").error("something about %s", telling)
    logging.getLogger("anybody").error(f"something about {telling}")  # noqa: G004
    assert telling not in out.getvalue()
    assert "something" not in out.getvalue()
    assert out.getvalue().count("left out") == 2


@pytest.mark.parametrize(
    "harmless",
    [
        "serving on http://127.0.0.1:8000",
        "release 12 from database",
        "Redis does not answer",
        "KeyError at answer.py:123 < sms.py:45",
        "listening on 0.0.0.0:8000",
    ],
)
def test_what_points_at_nobody_is_written(out: io.StringIO, harmless: str) -> None:
    logging.getLogger("anybody").warning(harmless)
    assert out.getvalue() == f"WARNING anybody: {harmless}\n"


def test_no_exception_brings_its_text_or_values(out: io.StringIO) -> None:
    body = SECRET

    def fail() -> None:
        raise ValueError(f"cannot read {body}")

    try:
        fail()
    except ValueError:
        logging.getLogger("anybody").exception("it failed", stack_info=True)
    assert out.getvalue().startswith("ERROR anybody: it failed: ValueError at test_quiet_logs.py:")
    assert SECRET not in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_a_line_that_cannot_be_put_together_shows_no_arguments(out: io.StringIO) -> None:
    logging.getLogger("anybody").error("one %d", SECRET)
    logging.getLogger("anybody").error("two %s %s", SECRET)
    assert SECRET not in out.getvalue()
    assert out.getvalue().count("could not be put together") == 2
    assert not logging.raiseExceptions


def test_a_thread_that_dies_shows_no_values(out: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "a thread ended with ValueError at test_quiet_logs.py:" in out.getvalue()
    assert SECRET not in out.getvalue()


def test_a_process_that_dies_shows_no_values(out: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "stopped by ValueError at test_quiet_logs.py:" in out.getvalue()
    assert SECRET not in out.getvalue()


def test_a_deep_fall_is_told_in_a_few_places() -> None:
    def fall(depth: int) -> None:
        if depth:
            fall(depth - 1)
        raise ValueError(SECRET)

    try:
        fall(50)
    except ValueError as error:
        told = quiet_logs.place_of(error)
    assert told.count("test_quiet_logs.py") == 6
    assert quiet_logs.place_of(ValueError(SECRET)) == "ValueError"


def test_the_same_line_is_written_once_an_hour() -> None:
    clock = Clock()
    quiet = quiet_logs.QuietFilter(clock.uptime)

    def said(words: str) -> bool:
        return quiet.filter(logging.LogRecord("bot", logging.ERROR, "sms.py", 1, words, None, None))

    assert [said("it failed"), said("it failed"), said("something else")] == [True, False, True]
    clock.tick(3599)
    assert not said("it failed")
    clock.tick(1)
    assert said("it failed")


def test_what_was_said_is_not_remembered_without_end() -> None:
    quiet = quiet_logs.QuietFilter(Clock().uptime)
    for n in range(2000):
        quiet.filter(logging.LogRecord("bot", logging.ERROR, "sms.py", 1, f"failure {n}", None, None))
    assert len(quiet._said) <= 500


def test_a_length_of_queue_is_not_logged(out: io.StringIO) -> None:
    # It would be written while texts come in, and so date them.
    logging.getLogger("waitress.queue").warning("Task queue depth is %d", 3)
    assert out.getvalue() == ""
