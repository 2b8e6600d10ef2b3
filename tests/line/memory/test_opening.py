import errno
from pathlib import Path
from threading import Event

import pytest

from bot.line.memory.alone import NotAloneError
from bot.line.memory.interface import Allowances, Spent
from bot.line.memory.opening import SWEEP_EVERY_SECONDS, open_memory, swept
from bot.line.memory.ram import RamMemory
from bot.line.memory.redis_memory import RedisMemory
from bot.referral.conversation import Conversation
from tests.line.memory.redis_server import RedisServer
from tests.line.standins import NOON, TEXTER, Clock, make_settings


def test_memory_is_this_process_own(tmp_path: Path) -> None:
    with open_memory(make_settings(sender_budget_per_5_min=1, cache_dir=tmp_path)) as memory:
        assert isinstance(memory, RamMemory)
        assert [memory.spend(TEXTER) for _ in range(2)] == [Spent.WITHIN, Spent.SLOW_DOWN]


def test_a_second_process_with_a_memory_of_its_own_is_refused_and_told_why(tmp_path: Path) -> None:
    settings = make_settings(cache_dir=tmp_path / "not made yet")
    with open_memory(settings), pytest.raises(NotAloneError, match="half of a conversation"):
        with open_memory(settings):
            pytest.fail("it was let in")
    with open_memory(settings):
        assert [path.read_bytes() for path in settings.cache_dir.iterdir()] == [b""]


def test_a_folder_that_cannot_be_written_keeps_no_line_from_answering(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with open_memory(make_settings(cache_dir=tmp_path / "file")) as memory:
        assert isinstance(memory, RamMemory)
    assert "was not checked" in caplog.text


def test_a_folder_that_knows_no_locks_keeps_no_line_from_answering(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with open_memory(make_settings(cache_dir=tmp_path)) as memory:
        assert isinstance(memory, RamMemory)
    assert "was not checked" in caplog.text


def test_redis_is_shared(redis_server: RedisServer) -> None:
    settings = make_settings(state_url=redis_server.url, line_budget_per_hour=1)
    with open_memory(settings) as one, open_memory(settings) as other:
        assert isinstance(one, RedisMemory)
        assert [memory.spend(TEXTER) for memory in (one, other)] == [Spent.WITHIN, Spent.BUSY]


def test_a_broom_sweeps_while_the_block_lasts() -> None:
    clock, done = Clock(), Event()

    class Watched(RamMemory):
        def sweep(self) -> None:
            super().sweep()
            if len(self) == 0:
                done.set()

    memory = Watched(Allowances(), clock=clock.uptime)
    memory.keep(TEXTER, "M1", Conversation(at=NOON), "a reply")
    clock.tick(900)
    assert len(memory) == 1
    with swept(memory, every=0.001):
        assert done.wait(10)
    done.clear()
    assert not done.wait(0.01)


def test_the_broom_is_as_fast_as_promised() -> None:
    assert SWEEP_EVERY_SECONDS <= 30
