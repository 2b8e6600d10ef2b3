"""One process only, where each would have a memory of its own."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Holds nothing; being locked is all it is for. The lock ends with the process, however it ends.
NAME = "line.lock"
_log = logging.getLogger(__name__)


class NotAloneError(RuntimeError):
    """A second process was started where memory cannot be shared."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who holds this folder's lock. Raises NotAloneError, saying why, when somebody else does.

    Where the folder cannot be written the line answers all the same: a text outranks a safeguard.
    """
    held = _open(folder / NAME)
    try:
        if held is not None:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _close(held)
        raise NotAloneError(
            "Another line runs here already, and STATE_URL is memory://: each of the two would know only half of a"
            " conversation, answer a text delivered twice twice, and count it twice. Stop the other one, or give"
            " both the same Redis: STATE_URL=redis://... (docs/deploy.md)"
        ) from None
    except OSError:
        _close(held)
        held = None
    if held is None:
        _log.warning("CACHE_DIR cannot be locked: whether another line runs beside this one was not checked")
    try:
        yield
    finally:
        _close(held)


def _close(held: int | None) -> None:
    if held is not None:
        os.close(held)


def _open(path: Path) -> int | None:
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return None
