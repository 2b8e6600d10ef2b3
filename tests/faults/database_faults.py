"""What happens to databases: locked, read-only, deleted, corrupted, killed, slow, cut off, and no room on the disk."""

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.e2e.running import eventually
from tests.faults.fault import Fault, Pace
from tests.faults.scene import Scene, SharedScene, socket_of
from tests.promises import trouble

_BESIDE = ("-wal", "-shm")
_NOISE = bytes(range(256)) * 16


@contextmanager
def locked_file(scene: Scene, pace: Pace) -> Iterator[None]:
    """Hold the write lock."""
    with trouble.locked(scene.database):
        yield


@contextmanager
def read_only_file(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let nobody write."""
    with trouble.read_only(scene.database):
        yield


@contextmanager
def deleted_file(scene: Scene, pace: Pace) -> Iterator[None]:
    """Delete the file with all that stands beside it, then restore a backup."""
    with trouble.deleted(scene.database):
        yield


@contextmanager
def corrupted_file(scene: Scene, pace: Pace) -> Iterator[None]:
    """Overwrite the first page and every second one after it, then restore a backup."""
    backup = scene.database.with_name("good.db")
    trouble.back_up(scene.database, backup)
    with closing(sqlite3.connect(scene.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with scene.database.open("r+b") as file:
        for place in range(0, scene.database.stat().st_size, 2 * len(_NOISE)):
            file.seek(place)
            file.write(_NOISE)
    yield
    for ending in _BESIDE:
        scene.database.with_name(scene.database.name + ending).unlink(missing_ok=True)
    restored = scene.database.with_name("restored.db")
    shutil.copy(backup, restored)
    restored.replace(scene.database)


@contextmanager
def full_disk(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let the lines write no byte to any file: not to the database, not to the copy, not to the log."""
    before = {line.process.pid: resource.prlimit(line.process.pid, resource.RLIMIT_FSIZE) for line in scene.lines}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    # A release that nobody can copy to disk.
    scene.releases.publish()
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def locked_tables(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Lock every table, for reading as well."""
    with scene.postgres.locked():
        yield


@contextmanager
def read_only_server(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Let nobody write to PostgreSQL, and end every connection."""
    with scene.postgres.read_only():
        yield


@contextmanager
def killed_server(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Kill PostgreSQL (-9), and start it again: it finds itself in the middle of things."""
    lock = scene.postgres.folder / "data" / "postmaster.pid"
    pid = int(lock.read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    children = _children_of(scene.postgres.folder / "data")
    yield
    eventually(lambda: not any(map(_runs, children)), "the end of the server's other processes")
    # Where nobody collects the dead its number is still taken, and the server would think that it runs.
    for left in (lock, Path(f"{socket_of(scene.postgres.url)}.lock")):
        left.unlink(missing_ok=True)
    scene.postgres.start()


@contextmanager
def slow_server(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Let every answer of PostgreSQL take ten seconds."""
    scene.to_postgres.delay = pace.slow
    yield
    scene.to_postgres.delay = 0.0


@contextmanager
def cut_server(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Cut the network to PostgreSQL: every connection is reset."""
    scene.to_postgres.cut()
    yield
    scene.to_postgres.mend()


def _children_of(folder: Path) -> list[int]:
    """Return the processes that work in a folder of PostgreSQL; Linux only, elsewhere none are known."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


FILE: tuple[Fault[Scene], ...] = (
    Fault("database locked", locked_file),
    Fault("database read-only", read_only_file),
)
FILE_LOST: tuple[Fault[Scene], ...] = (
    Fault("database deleted, then restored", deleted_file, loses=True),
    Fault("database corrupted, then restored", corrupted_file, loses=True),
)
DISK: tuple[Fault[Scene], ...] = (Fault("disk full for the line", full_disk),)
SERVER: tuple[Fault[SharedScene], ...] = (
    Fault("database locked", locked_tables),
    Fault("database read-only", read_only_server),
    Fault("database killed -9, then restarted", killed_server),
    Fault("database slow by 10 s", slow_server),
    Fault("database cut off", cut_server),
)
