from threading import Event

from bot.line.memory.interface import Allowances, Spent
from bot.line.memory.opening import SWEEP_EVERY_SECONDS, open_memory, swept
from bot.line.memory.ram import RamMemory
from bot.line.memory.redis_memory import RedisMemory
from bot.referral.conversation import Conversation
from tests.line.memory.redis_server import RedisServer
from tests.line.standins import NOON, TEXTER, Clock, make_settings


def test_memory_is_this_process_own() -> None:
    memory = open_memory(make_settings(sender_budget_per_5_min=1, forget_after_seconds=1))
    assert isinstance(memory, RamMemory)
    assert [memory.spend(TEXTER) for _ in range(2)] == [Spent.WITHIN, Spent.SAY_SO]


def test_redis_is_shared(redis_server: RedisServer) -> None:
    settings = make_settings(state_url=redis_server.url, line_budget_per_hour=1)
    memories = [open_memory(settings) for _ in range(2)]
    assert all(isinstance(memory, RedisMemory) for memory in memories)
    assert [memory.spend_line(TEXTER) for memory in memories] == [Spent.WITHIN, Spent.SAY_SO]


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
