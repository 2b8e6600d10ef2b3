"""A folder for what an import reads and plans: ours alone, and gone when the import is."""

import fcntl
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from types import FrameType

from bot.directory.reading.address import address_of
from bot.directory.reading.pages import LONGEST_BREAK_SECONDS

_IMPORT, _FETCH = "import-", "fetch-"


@contextmanager
def scratch(cache_dir: Path, *, leaving: bool = True) -> Iterator[Path]:
    """Give a folder for one import, removed afterwards whatever happens; one that was killed is removed by the next.

    `leaving`: SIGTERM ends the block; not for one that is left in another thread than it was entered in.
    Raises OSError when the cache cannot be written.
    """
    cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(cache_dir):
        _sweep(cache_dir)
        folder = Path(tempfile.mkdtemp(dir=cache_dir, prefix=_IMPORT))
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        with _leaving_when_told() if leaving else nullcontext():
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def for_fetch(cache_dir: Path, url: str) -> Path:
    """Return the folder for the pages of an API; they stay when the fetch breaks off, so that it can go on.

    It is named after what is fetched, without the user, the password and the keys in the address: a digest of those
    could be guessed. Raises BrokenError for an address that is none.
    """
    folder = cache_dir / f"{_FETCH}{sha256(address_of(url).known_as.encode()).hexdigest()[:16]}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep(cache_dir: Path) -> None:
    for left in cache_dir.glob(f"{_IMPORT}*"):
        handle = os.open(left, os.O_RDONLY)
        with suppress(BlockingIOError):  # somebody is at work in it
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        os.close(handle)
    for left in cache_dir.glob(f"{_FETCH}*"):
        # Nobody goes on with older ones, and the addresses of people who hide may stand in them.
        if left.stat().st_mtime < time.time() - LONGEST_BREAK_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _leaving_when_told() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that what comes after it still happens."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
