"""Long work beside the pages: once for each key, what came of it kept, nothing lost."""

import threading
from collections.abc import Iterator

import pytest

from bot.console import work as module
from bot.console.work import Progress, Work


@pytest.fixture
def keeper() -> Iterator[Work]:
    made = Work()
    yield made
    assert made.stop(10)


def test_what_is_told_and_what_came_of_it(keeper: Work) -> None:
    told, go = threading.Event(), threading.Event()

    def work(progress: Progress) -> int:
        progress("lint", 1, 3)
        told.set()
        assert go.wait(10)
        return 7

    assert keeper.state("a") is None
    assert keeper.start("a", work).running
    assert told.wait(10)
    state = keeper.state("a")
    assert state is not None
    assert (state.running, state.what, state.done, state.all, state.result) == (True, "lint", 1, 3, None)
    waited = keeper.wait("a", 0.01)
    assert waited is not None
    assert waited.running
    go.set()
    over = keeper.wait("a", 10)
    assert over is not None
    assert (over.running, over.result, over.error, over.what) == (False, 7, None, "lint")


def test_a_key_is_worked_on_once_at_a_time(keeper: Work) -> None:
    go, times = threading.Event(), []

    def work(_: Progress) -> None:
        times.append(1)
        assert go.wait(10)

    for _ in range(5):
        keeper.start("a", work)
        keeper.once("a", work)
    go.set()
    keeper.wait("a", 10)
    assert len(times) == 1
    keeper.once("a", work)
    assert len(times) == 1
    keeper.start("a", work)
    keeper.wait("a", 10)
    assert len(times) == 2


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(3), KeyboardInterrupt()])
def test_no_error_is_lost(keeper: Work, error: BaseException) -> None:
    def work(_: Progress) -> None:
        raise error

    keeper.start("a", work)
    state = keeper.wait("a", 10)
    assert state is not None
    assert not state.running
    assert state.error is error


def test_only_the_newest_results_are_kept(keeper: Work) -> None:
    for number in range(module.MOST_KEPT + 5):
        keeper.start(str(number), lambda _: 1)
        keeper.wait(str(number), 10)
    assert keeper.state("4") is None
    assert keeper.state("5") is not None
    keeper.forget("5")
    keeper.forget("none")
    assert keeper.state("5") is None


def test_what_runs_is_not_forgotten_and_is_waited_for(keeper: Work) -> None:
    go = threading.Event()
    keeper.start("a", lambda _: go.wait(10))
    keeper.forget("a")
    assert keeper.state("a") is not None
    assert not keeper.stop(0.01)
    go.set()
    assert keeper.stop(10)
