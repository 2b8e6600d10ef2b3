"""One piece of work after the other, in as many processes as there are processors; what comes of them, in order.

The processes are forked: they have all that was read so far (the release, the country's ZIP codes) without reading
it again, and share its memory. Forking is safe only while no other thread runs, so where one does, or the system
cannot fork, or there is one processor, or little to do, this process does the work itself, by the same way.
"""

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, TypeVar

P = TypeVar("P")
R = TypeVar("R")
#: So many pieces wait for each process: enough to keep it busy, few enough to keep in memory.
_AHEAD = 3


class WorkerError(Exception):
    """A process that did part of the work ended before it was done."""


def processors() -> int:
    """Return how many processes can work at once here; 1 = this one only."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def in_order(task: Callable[[P], R], pieces: Iterable[P], *, processes: int) -> Generator[R, None, None]:
    """Give what a task makes of each piece, in the order of the pieces.

    A piece and what is made of it are sent from process to process: they are plain values. The task itself is not
    sent, and may hold anything. Few pieces are taken at a time. When this is closed, or the task raises, all
    processes end; what it raised is raised here. Raises WorkerError when a process was killed.
    """
    if processes < 2:
        yield from map(task, pieces)
        return
    # What is here now is shared as long as nobody touches it, and the collector of any of them would.
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, _begin, (task,))
    try:
        with closing(_submitted(pool, iter(pieces), processes * _AHEAD)) as found:
            yield from found
    except BrokenProcessPool as error:
        raise WorkerError("a process that did part of the work was ended, perhaps for want of memory") from error
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _submitted(pool: ProcessPoolExecutor, pieces: Iterator[P], most: int) -> Generator[Any, None, None]:
    waiting: deque[Future[Any]] = deque(pool.submit(_do, piece) for piece in islice(pieces, most))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(pool.submit(_do, piece) for piece in islice(pieces, 1))


_tasks: list[Callable[[Any], Any]] = []


def _begin(task: Callable[[Any], Any]) -> None:
    """Make a process ready. It must leave nothing behind, and never outlive the one it works for."""
    # Ctrl-C is for the first process, which then ends this one. The handlers of that one are not for this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What people hide from others may stand in this memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tasks[:] = [task]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(piece: Any) -> Any:
    return _tasks[0](piece)
