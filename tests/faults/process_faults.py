"""What happens to the line's processes: killed, stopped for seconds, replaced by a new version, and the migration."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.fault import Fault, Pace
from tests.faults.scene import Scene, SharedScene

#: As long as the issue has a process stand still.
_STOPPED_SECONDS = 3.0


@contextmanager
def killed(scene: Scene, pace: Pace) -> Iterator[None]:
    """Kill a line (-9) in the middle of texts; its supervisor brings it back."""
    scene.workers[0].kill()
    yield


@contextmanager
def stopped(scene: Scene, pace: Pace) -> Iterator[None]:
    """Let a line stand still for three seconds."""
    process = scene.workers[0].line.process
    process.send_signal(signal.SIGSTOP)
    try:
        scene.flow.until(1 if scene.shared else 0, min(_STOPPED_SECONDS, pace.hold))
    finally:
        process.send_signal(signal.SIGCONT)
    yield


@contextmanager
def replaced(scene: Scene, pace: Pace) -> Iterator[None]:
    """Deploy where there is one place for one line: stop it in good order, and start it again."""
    scene.workers[0].restart()
    yield


@contextmanager
def rolled(scene: SharedScene, pace: Pace) -> Iterator[None]:
    """Deploy where there is a balancer: start a new line, let it take its share, take an old one out, stop that."""
    new = scene.one_more()
    new.moved = lambda _: scene.balance()
    old, scene.workers[0] = scene.workers[0], new
    scene.balance()
    scene.flow.until(5)
    old.stop()
    yield


@contextmanager
def migrated(scene: Scene, pace: Pace) -> Iterator[None]:
    """Run `quietline init` while all goes on, as every deployment does."""
    told = scene.owner().run("init")
    assert told.returncode == 0, told.stderr.decode()
    yield


KILLED: tuple[Fault[Scene], ...] = (Fault("line killed -9", killed, dies=True, forgets=True, loses=True),)
ONE_KILLED: tuple[Fault[SharedScene], ...] = (Fault("one of two lines killed -9", killed, dies=True, loses=True),)
STOPPED: tuple[Fault[Scene], ...] = (Fault("line stands still for 3 s", stopped, stands=True),)
REPLACED: tuple[Fault[Scene], ...] = (Fault("deploy: stop, then start", replaced, dies=True, forgets=True),)
ROLLED: tuple[Fault[SharedScene], ...] = (Fault("deploy: a new line, then an old one less", rolled),)
MIGRATED: tuple[Fault[Scene], ...] = (Fault("quietline init in the middle", migrated),)
