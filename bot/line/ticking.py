"""Doing something again and again in the background, for as long as a block lasts."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.line.quiet_logs import place_of

#: How long the end of a block waits for a tick under way.
LEAVE_WITHIN_SECONDS = 10.0
_log = logging.getLogger(__name__)


@contextmanager
def ticking(do: Callable[[], None], every: float, name: str) -> Iterator[None]:
    """Do something every so many seconds, on a thread of that name; what it raises ends nothing.

    Ticks are counted from the start of the block: they say nothing about what came in.
    """
    done = threading.Event()

    def tick() -> None:
        while not done.wait(every):
            try:
                do()
            except Exception as error:
                _log.error("%s did not succeed: %s", name, place_of(error))

    thread = threading.Thread(target=tick, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        # What hangs must not hold up a stop: the next process waits for this one's place.
        thread.join(LEAVE_WITHIN_SECONDS)
