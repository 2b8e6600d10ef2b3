"""One processor for all threads, and another one when others need it."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.line import processor
from bot.line.processor import LOOK_EVERY_SECONDS, OneProcessor


class Machine:
    """Two or more processors, with others at work on them; each share is of the time that passes."""

    def __init__(self, processors: int = 2, ours: float = 0.0, **others: float) -> None:
        self.now, self.worked, self.own, self.chances = 100.0, dict.fromkeys(range(processors), 1000.0), 7.0, 0.0
        self.ours, self.moves = ours, list[int]()
        self.others = {int(name[1:]): share for name, share in others.items()}
        self.one = OneProcessor(
            among=lambda: list(range(processors)),
            busy=lambda: dict(self.worked),
            own=lambda: self.own,
            clock=lambda: self.now,
            move=self.moves.append,
            chance=lambda: self.chances,
        )
        self.first = os.getpid() % processors

    def passes(self, seconds: float = LOOK_EVERY_SECONDS) -> list[int]:
        """Let time pass, and return where the process went."""
        here = self.moves[-1] if self.moves else 0
        self.now += seconds
        self.own += self.ours * seconds
        for place in self.worked:
            share = self.others.get((place - self.first) % len(self.worked), 0.0)
            self.worked[place] += (share + (self.ours if place == here else 0.0)) * seconds
        before = len(self.moves)
        self.one.look()
        return [(place - self.first) % len(self.worked) for place in self.moves[before:]]


@pytest.mark.parametrize(
    ("machine", "moves"),
    [
        pytest.param(lambda: Machine(), [], id="nobody is at work"),
        pytest.param(lambda: Machine(ours=1.0), [], id="only we are"),
        pytest.param(lambda: Machine(ours=0.5, _0=0.5), [1], id="others are, beside us"),
        pytest.param(lambda: Machine(_0=1.0), [1], id="others are, and we could be"),
        pytest.param(lambda: Machine(_0=0.2), [], id="a little"),
        pytest.param(lambda: Machine(_0=0.9, _1=0.8), [], id="everywhere"),
        pytest.param(lambda: Machine(4, _0=0.9, _1=0.8, _2=0.5, _3=0.6), [2], id="the least of four"),
        pytest.param(lambda: Machine(1, _0=1.0), [], id="there is no other"),
    ],
)
def test_it_goes_where_there_is_more_room(machine: Any, moves: list[int]) -> None:
    assert machine().passes() == moves


def test_it_begins_on_one_of_those_it_may_use() -> None:
    assert Machine().moves == [os.getpid() % 2]
    assert Machine(1).moves == []


def test_it_looks_every_five_seconds() -> None:
    machine = Machine(_0=1.0)
    assert machine.passes(LOOK_EVERY_SECONDS - 0.1) == []
    assert machine.passes(0.1) == [1]


def test_of_two_that_meet_one_stays() -> None:
    machine = Machine(_0=1.0)
    machine.chances = 0.6
    assert machine.passes() == []
    machine.chances = 0.4
    assert machine.passes() == [1]


def test_where_nobody_tells_it_stays() -> None:
    machine = Machine(_0=1.0)
    machine.worked.clear()
    assert machine.passes() == []


@pytest.fixture
def put_back() -> Iterator[set[int]]:
    """Give the processors this process may use, and let it use them again."""
    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("this system keeps no process to a processor")
    before = os.sched_getaffinity(0)
    yield before
    for thread in os.listdir("/proc/self/task"):
        with suppress(ProcessLookupError):  # one that another test began may end meanwhile
            os.sched_setaffinity(int(thread), before)


def test_all_threads_move_and_those_begun_later_too(put_back: set[int]) -> None:
    done = threading.Event()
    threads = [threading.Thread(target=done.wait, args=(30,)) for _ in range(2)]
    threads[0].start()
    place = max(put_back)
    processor.move(place)
    threads[1].start()
    seen = [os.sched_getaffinity(thread.native_id or 0) for thread in threads]
    done.set()
    assert seen == [{place}, {place}]
    assert processor.allowed() == [place]


def test_a_processor_that_is_not_there_changes_nothing(put_back: set[int]) -> None:
    processor.move(1023)
    assert os.sched_getaffinity(0) == put_back


def test_the_system_tells_what_each_has_worked(put_back: set[int]) -> None:
    told = processor.busy()
    assert set(told) >= put_back
    assert all(seconds > 0 for seconds in told.values())
