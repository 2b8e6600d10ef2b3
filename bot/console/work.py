"""Work that takes longer than a page may: done beside the pages, once for each key, and what came of it kept.

The state is in memory alone: a restart forgets it, and whoever asks again starts it again. What the work writes down it
has to write whole or not at all, as `publish` does.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

#: Told what is being done, and how much of it is done: "lint", 0, 1. The same as `publishing.Progress`.
Progress = Callable[[str, int, int], None]
#: Finished work that is remembered; the oldest is forgotten first.
MOST_KEPT = 12
_NAME = "quietline-work"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How far some work has come. `result` or `error` once it is over; `what`, `done`, `all` as it last told."""

    key: str
    running: bool = True
    what: str = ""
    done: int = 0
    all: int = 0
    result: Any = None
    error: BaseException | None = None


class Work:
    """Do long work in threads of its own, at most one for each key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[str, State] = {}
        self._threads: dict[str, threading.Thread] = {}

    def start(self, key: str, fn: Callable[[Progress], Any]) -> State:
        """Begin work under a key, unless that key is being worked on; return how it stands. Finished work is redone."""
        return self._begin(key, fn, again=True)

    def once(self, key: str, fn: Callable[[Progress], Any]) -> State:
        """Begin work under a key, unless it is being worked on or is finished; return how it stands.

        For what only reads: a process that ends does not wait for it.
        """
        return self._begin(key, fn, again=False)

    def state(self, key: str) -> State | None:
        """Return how the work under a key stands, None when nobody began it or it was forgotten."""
        with self._lock:
            return self._states.get(key)

    def wait(self, key: str, seconds: float) -> State | None:
        """Return how the work under a key stands when it is over, or after so many seconds; quick work shows so."""
        with self._lock:
            thread = self._threads.get(key)
        if thread is not None:
            thread.join(seconds)
        return self.state(key)

    def forget(self, key: str) -> None:
        """Forget finished work; what runs goes on."""
        with self._lock:
            if key in self._states and not self._states[key].running:
                del self._states[key]

    def stop(self, seconds: float = 60) -> bool:
        """Wait for all that runs, so many seconds at most; say whether all of it is over."""
        with self._lock:
            threads = list(self._threads.values())
        ends = time.monotonic() + seconds
        for thread in threads:
            thread.join(max(0.0, ends - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _begin(self, key: str, fn: Callable[[Progress], Any], *, again: bool) -> State:
        with self._lock:
            found = self._states.get(key)
            if found is not None and (found.running or not again):
                return found
            state = self._states[key] = State(key)
            # A process that is asked to end finishes what it publishes; what is only looked at, nobody waits for.
            thread = threading.Thread(target=self._run, args=(key, fn), name=f"work-{key}", daemon=not again)
            self._threads[key] = thread
            thread.start()
            return state

    def _run(self, key: str, fn: Callable[[Progress], Any]) -> None:
        result, error = None, None
        try:
            result = fn(lambda what, done, whole: self._told(key, what, done, whole))
        except BaseException as caught:  # kept for whoever asks: work that failed unseen would look like work that runs
            error = caught
            _log.warning("work of the staff door ended with %s", type(caught).__name__)
        with self._lock:
            # It stands last from now on: what finished first is forgotten first.
            state = self._states.pop(key)
            self._states[key] = replace(state, running=False, result=result, error=error)
            self._threads.pop(key, None)
            over = [each for each, one in self._states.items() if not one.running]
            for each in over[:-MOST_KEPT]:
                del self._states[each]

    def _told(self, key: str, what: str, done: int, whole: int) -> None:
        with self._lock:
            self._states[key] = replace(self._states[key], what=what, done=done, all=whole)


def work() -> Work:
    """Return the keeper of long work of the app that answers."""
    found: Work = current_app.extensions.setdefault(_NAME, Work())
    return found
