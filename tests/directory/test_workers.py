import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from subprocess import PIPE
from threading import Event, Thread

import pytest

from bot.directory.workers import WorkerError, in_order, processors

PROCESSES = {"this process": 1, "two": 2, "more than processors": 3}
#: A process of its own that gives work without end to two others; each of them tells who it is.
PROGRAM = """
import multiprocessing, os, signal, time
from bot.directory.workers import in_order

signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite that runs in the background passes on to ignore it

both = multiprocessing.get_context("fork").Barrier(2)

def task(piece):
    if piece < 2:
        both.wait()
        os.write(1, b"%d\\n" % os.getpid())
    time.sleep(0.01)

for _ in in_order(task, range(10**9), processes=2):
    pass
"""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def is_gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"  # ended; whoever adopted it has not looked yet


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", PROCESSES.values(), ids=PROCESSES)
def test_what_comes_of_pieces_is_in_their_order(processes: int) -> None:
    assert list(in_order(lambda n: n * n, range(100), processes=processes)) == [n * n for n in range(100)]


def test_a_piece_that_takes_longer_holds_back_those_behind_it() -> None:
    done = multiprocessing.get_context("fork").Event()

    def task(piece: int) -> int:
        if piece:
            done.set()
        else:
            assert done.wait(20)
        return piece

    assert list(in_order(task, range(5), processes=2)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("processes", PROCESSES.values(), ids=PROCESSES)
def test_few_pieces_are_taken_ahead(processes: int) -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(100):
            taken.append(piece)
            yield piece

    with closing(in_order(lambda piece: piece, pieces(), processes=processes)) as found:
        assert next(found) == 0
        assert len(taken) <= processes * 3


def test_the_work_is_done_by_others_and_by_this_process_where_there_is_one_processor() -> None:
    assert set(in_order(lambda _: os.getpid(), range(4), processes=1)) == {os.getpid()}
    assert os.getpid() not in set(in_order(lambda _: os.getpid(), range(4), processes=2))


def test_a_process_that_is_killed_ends_the_work() -> None:
    def task(piece: int) -> int:
        if piece == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    with pytest.raises(WorkerError, match="was ended"):
        list(in_order(task, range(100), processes=2))


@pytest.mark.parametrize("processes", PROCESSES.values(), ids=PROCESSES)
def test_what_the_work_raises_is_raised_here(processes: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda piece: 1 // (piece - 5), range(100), processes=processes))


def test_what_the_pieces_raise_ends_the_work() -> None:
    def pieces() -> Iterator[int]:
        yield from range(10)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        list(in_order(lambda piece: piece, pieces(), processes=2))


def test_where_another_thread_runs_nothing_is_forked() -> None:
    stop = Event()
    thread = Thread(target=stop.wait)
    thread.start()
    try:
        assert processors() == 1
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nobody_outlives_who_they_work_for(told: signal.Signals) -> None:
    with ExitStack() as stack:
        first = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=PIPE, stderr=PIPE, start_new_session=True)
        stack.enter_context(first)
        stack.callback(first.kill)
        assert first.stdout is not None
        assert first.stderr is not None
        others = [int(first.stdout.readline()) for _ in range(2)]
        assert len({*others, first.pid}) == 3
        if told is signal.SIGINT:
            os.killpg(first.pid, told)  # as a terminal does: all of them are told
        else:
            first.send_signal(told)
        said = first.stderr.read().decode()
        first.wait(20)
    wait_for(lambda: all(map(is_gone, others)))
    assert said.count("Traceback") == (1 if told is signal.SIGINT else 0)
