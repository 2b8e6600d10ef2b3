"""What is done in the background again and again: a failure ends nothing, and points at nobody."""

import threading
import time

import pytest

from bot.line import ticking
from tests.line.standins import TEXTER


def test_what_a_tick_raises_ends_nothing_and_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    again, ticks = threading.Event(), 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks < 3:
            raise RuntimeError(TEXTER)
        again.set()

    with ticking.ticking(tick, 0.001, "a-broom"):
        assert again.wait(20)
    assert [record.message.partition(" at ")[0] for record in caplog.records] == [
        "a-broom did not succeed: RuntimeError"
    ] * 2
    assert TEXTER not in caplog.text


def test_nothing_is_done_at_once_and_nothing_once_it_is_over() -> None:
    ticks: list[str] = []
    with ticking.ticking(lambda: ticks.append("tick"), 60.0, "a-broom"):
        assert "a-broom" in {thread.name for thread in threading.enumerate()}
    assert "a-broom" not in {thread.name for thread in threading.enumerate()}
    assert ticks == []


def test_a_tick_that_hangs_holds_up_no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticking, "LEAVE_WITHIN_SECONDS", 0.05)
    begun, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        go_on.wait(60)

    try:
        with ticking.ticking(hang, 0.001, "hanging"):
            assert begun.wait(20)
            left = time.monotonic()
        assert time.monotonic() - left < 30
        (hanging,) = (thread for thread in threading.enumerate() if thread.name == "hanging")
        assert hanging.daemon  # nor does it keep the process alive
    finally:
        go_on.set()
    hanging.join(20)
    assert not hanging.is_alive()
