import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from bot.counts.record import Record
from bot.line.memory.interface import REPLIES_KEPT, Allowances, Recalled, Spent
from bot.line.memory.ram import RamMemory
from bot.referral.conversation import Conversation
from tests.line.standins import NOON, TEXTER, Clock

TALK = Conversation(at=NOON, language="es", area="westlake", topic="food", shown=2)
OTHER = "+16305550177"
DAY = 24 * 3600


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Callable[..., RamMemory]:
    def make_memory(sender: int = 3, line: int = 5, **options: float) -> RamMemory:
        return RamMemory(Allowances(sender, line), clock=clock.uptime, **options)  # type: ignore[arg-type]

    return make_memory


@pytest.fixture
def memory(make: Callable[..., RamMemory]) -> RamMemory:
    memory = make()
    memory.keep(OTHER, "M0", Conversation(at=NOON, topic="legal"), "another's")
    return memory


def test_what_was_kept_is_recalled(memory: RamMemory) -> None:
    record = Record("2026-W49", "westlake", "en", (("food", "local entry"),))
    memory.keep(TEXTER, "M1", TALK, "a reply", record=record)
    assert memory.recall(TEXTER, "M1") == Recalled(TALK, "a reply", record)
    assert memory.recall(TEXTER, "M2") == Recalled(TALK, None, record)
    assert memory.recall(TEXTER, "") == Recalled(TALK, None, record)


def test_of_a_stranger_nothing(memory: RamMemory) -> None:
    assert memory.recall(TEXTER, "M0") == Recalled()


def test_it_is_gone_a_quarter_of_an_hour_after_the_last_text(memory: RamMemory, clock: Clock) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    clock.tick(899)
    memory.keep(TEXTER, "M2", TALK, "a reply")
    clock.tick(899)
    assert memory.recall(TEXTER, "M1") == Recalled(TALK, "a reply")
    clock.tick(1)
    assert memory.recall(TEXTER, "M1") == Recalled()


def test_a_shorter_time_can_be_set(make: Callable[..., RamMemory], clock: Clock) -> None:
    memory = make(forget_after=60)
    memory.keep(TEXTER, "M1", TALK, "a reply")
    clock.tick(60)
    assert memory.recall(TEXTER, "M1") == Recalled()


def test_a_sweep_erases_what_nobody_asks_for(memory: RamMemory, clock: Clock) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    memory.spend(TEXTER)
    clock.tick(899)
    memory.sweep()
    assert len(memory) == 2
    clock.tick(1)
    memory.sweep()
    assert len(memory) == 0
    assert held_objects(memory) == []


def test_forgetting_erases_conversation_and_replies_but_no_budget(memory: RamMemory) -> None:
    memory.keep(TEXTER, "M1", TALK, "a reply")
    spent = [memory.spend(TEXTER) for _ in range(3)]
    memory.forget(TEXTER)
    assert memory.recall(TEXTER, "M1") == Recalled()
    assert [*spent, memory.spend(TEXTER)] == [Spent.WITHIN] * 3 + [Spent.SLOW_DOWN]
    assert memory.recall(OTHER, "M0").reply == "another's"


def test_only_the_last_replies_are_kept(memory: RamMemory) -> None:
    for n in range(REPLIES_KEPT + 1):
        memory.keep(TEXTER, f"M{n}", TALK, f"reply {n}")
    assert memory.recall(TEXTER, "M0").reply is None
    assert memory.recall(TEXTER, "M1").reply == "reply 1"


def test_when_full_the_oldest_makes_room(make: Callable[..., RamMemory]) -> None:
    memory = make(most=2)
    for who in ("a", "b", "a", "c"):
        memory.keep(who, "M", TALK, "a reply")
    assert [memory.recall(who, "M").reply for who in "abc"] == ["a reply", None, "a reply"]
    assert len(memory) == 2


class TestBudgets:
    def test_a_sender_is_told_once(self, memory: RamMemory) -> None:
        told = [memory.spend(TEXTER) for _ in range(6)]
        assert told == [Spent.WITHIN] * 3 + [Spent.SLOW_DOWN] + [Spent.OVER] * 2

    def test_a_window_lasts_five_minutes_from_its_first_text(self, memory: RamMemory, clock: Clock) -> None:
        memory.spend(TEXTER)
        clock.tick(299)
        assert [memory.spend(TEXTER) for _ in range(3)] == [Spent.WITHIN] * 2 + [Spent.SLOW_DOWN]
        clock.tick(1)
        assert memory.spend(TEXTER) is Spent.WITHIN

    def test_the_line_tells_each_sender_once_an_hour(self, memory: RamMemory, clock: Clock) -> None:
        assert [memory.spend(f"+1{n}") for n in range(5)] == [Spent.WITHIN] * 5
        assert [memory.spend(TEXTER) for _ in range(2)] == [Spent.BUSY, Spent.OVER]
        assert memory.spend(OTHER) is Spent.BUSY
        clock.tick(3600)
        assert memory.spend(TEXTER) is Spent.WITHIN

    def test_who_is_beyond_their_own_takes_nothing_from_the_line(self, memory: RamMemory) -> None:
        assert [memory.spend(TEXTER) for _ in range(20)][2:5] == [Spent.WITHIN, Spent.SLOW_DOWN, Spent.OVER]
        assert [memory.spend(OTHER) for _ in range(3)] == [Spent.WITHIN, Spent.WITHIN, Spent.BUSY]

    def test_nobody_has_no_budget_of_their_own(self, memory: RamMemory) -> None:
        assert [memory.spend("") for _ in range(6)] == [Spent.WITHIN] * 5 + [Spent.BUSY]

    def test_nought_is_no_limit(self, make: Callable[..., RamMemory]) -> None:
        memory = make(sender=0, line=0)
        assert {memory.spend(TEXTER) for _ in range(99)} == {Spent.WITHIN}


class TestWhenTheKeyChanges:
    def test_a_conversation_goes_on(self, memory: RamMemory, clock: Clock) -> None:
        clock.tick(DAY - 10)
        memory.keep(TEXTER, "M1", TALK, "a reply")
        memory.spend(TEXTER)
        clock.tick(20)
        assert memory.recall(TEXTER, "M1") == Recalled(TALK, "a reply")
        clock.tick(10)
        memory.keep(TEXTER, "M2", TALK, "another")
        memory.sweep()
        assert len(memory) == 1
        clock.tick(895)
        # The old key is gone by now; what was kept since stands under the new one.
        assert memory.recall(TEXTER, "M2") == Recalled(TALK, "another")

    def test_forgetting_reaches_what_stands_under_the_old_key(self, memory: RamMemory, clock: Clock) -> None:
        clock.tick(DAY - 10)
        memory.keep(TEXTER, "M1", TALK, "a reply")
        clock.tick(20)
        memory.forget(TEXTER)
        memory.sweep()
        assert len(memory) == 0

    def test_a_budget_goes_on_too(self, memory: RamMemory, clock: Clock) -> None:
        clock.tick(DAY - 10)
        for _ in range(3):
            memory.spend(TEXTER)
        clock.tick(20)
        assert memory.spend(TEXTER) is Spent.SLOW_DOWN


def test_numbers_and_message_ids_stand_nowhere_in_it(memory: RamMemory) -> None:
    memory.keep(TEXTER, "AC1 SM1", TALK, "a reply")
    memory.spend(TEXTER)
    with memory.turn(TEXTER):
        told = repr(reachable(memory))
    assert "a reply" in told
    assert TEXTER not in told
    assert TEXTER[2:] not in told
    assert "SM1" not in told


def test_a_texters_turns_come_one_by_one(memory: RamMemory) -> None:
    inside, leave, order = Event(), Event(), []

    def first() -> None:
        with memory.turn(TEXTER):
            inside.set()
            leave.wait(10)
            order.append("first")

    def second() -> None:
        with memory.turn(TEXTER):
            order.append("second")

    threads = [Thread(target=first), Thread(target=second)]
    threads[0].start()
    assert inside.wait(10)
    threads[1].start()
    threads[1].join(0.05)
    assert order == []
    leave.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]


def test_many_threads_lose_nothing(make: Callable[..., RamMemory]) -> None:
    memory = make(sender=10_000, line=0)

    def work(n: int) -> None:
        with memory.turn(TEXTER):
            talk = memory.recall(TEXTER, "").conversation or Conversation(at=NOON)
            memory.keep(TEXTER, f"M{n}", Conversation(at=NOON, shown=talk.shown + 1), "a reply")
        memory.spend(TEXTER)
        memory.sweep()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(400)))
    kept = memory.recall(TEXTER, "")
    assert kept.conversation is not None
    assert kept.conversation.shown == 400


def reachable(root: object) -> list[object]:
    """Everything that hangs on an object, apart from code."""
    seen: dict[int, object] = {}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type) or callable(one):
            continue
        seen[id(one)] = one
        waiting.extend(gc.get_referents(one))
    return [one for one in seen.values() if isinstance(one, str | bytes)]


def held_objects(memory: RamMemory) -> list[object]:
    return [one for one in reachable(memory) if one == "a reply"]
