"""Reading a release without holding up texts, and giving memory back to the machine once it was read."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage inside the block; what was made in it stays out of every later search.

    A release of a hundred thousand entries is millions of objects that stay, none of which refers back to itself: to
    walk over them takes seconds in which no thread answers a text.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def give_back() -> None:
    """Ask glibc for what it keeps after a large document was read: some thirty megabytes a process. Never raises."""
    with suppress(OSError, AttributeError):  # no such call on other systems, and none needed
        ctypes.CDLL(None).malloc_trim(0)
