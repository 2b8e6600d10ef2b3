"""A line under a supervisor that starts it again when it dies, as systemd does."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.running import PATIENCE, Home, RunningLine

#: systemd waits as long before it starts a service again (RestartSec).
_RESTART_SECONDS = 0.1


@dataclass
class Worker:
    """One `quietline serve` that is started again whenever it ends unasked; `moved` is told each new port."""

    home: Home
    port: int = 0
    moved: Callable[["Worker"], None] = lambda worker: None
    logs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._given_up = threading.Event()
        self._back = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start it and its supervisor; return when it answers."""
        self._given_up = threading.Event()
        self._begin()
        threading.Thread(target=self._supervise, args=(self._given_up,), daemon=True).start()

    def kill(self) -> None:
        """Kill it at once (-9), and wait until the supervisor has it back."""
        self._back.clear()
        self.line.process.kill()
        assert self._back.wait(PATIENCE), "the supervisor did not bring it back"

    def restart(self) -> None:
        """Stop it in good order and start it again, as for a new version on the same place."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Stop it in good order; it must have leaked nothing."""
        with self._lock:
            self._given_up.set()
            assert self.line.stop() == 0, self.line.log
            self.line.check_nothing_leaked()
            self.logs.append(self.line.log)

    def abandon(self) -> None:
        """Kill it for good."""
        with self._lock:
            self._given_up.set()
            self.line.process.kill()
            self.line.stop()

    def _begin(self) -> None:
        self.line = RunningLine(self.home, *(("--port", str(self.port)) if self.port else ()))
        self.moved(self)
        self._back.set()

    def _supervise(self, given_up: threading.Event) -> None:
        while not given_up.wait(0.02):
            with self._lock:
                if given_up.is_set() or self.line.process.poll() is None:
                    continue
                self.line.stop()
                self.logs.append(self.line.log)
                if not given_up.wait(_RESTART_SECONDS):
                    self._begin()
