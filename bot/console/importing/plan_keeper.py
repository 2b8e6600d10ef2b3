"""Plans of imports while people look at them: one is drawn at a time, each is for its owner alone.

They are in memory and in folders, which go when a plan is carried out or thrown away, after an hour, and at the end.
"""

import logging
import secrets
import shutil
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.console.importing.plans import BusyError, CancelledError, Importer, Plan, RefusedError, Stage, Stop, Wanted
from bot.console.importing.twice import Groups
from bot.storage.database import DatabaseError

#: So long a plan waits for somebody to decide.
KEPT = timedelta(hours=1)
_AWAY = "The database is away; try again in a minute."
_OURS = "The fault is ours. Try again; if it stays, tell who runs this."
_JOIN_SECONDS, _MOMENT_SECONDS = 60, 5
_log = logging.getLogger(__name__)


class Keeper:
    """Keeps the plans of the people at the door."""

    def __init__(self, importer: Importer, clock: Callable[[], datetime]) -> None:
        self.importer, self.groups = importer, Groups()
        self._clock = clock
        self._lock = threading.RLock()
        self._free = threading.Condition(self._lock)
        self._plans: dict[str, Plan] = {}
        self._held: dict[str, tuple[ExitStack, Stop]] = {}
        self._threads: dict[str, threading.Thread] = {}

    def begin(self, owner: int, name: str, put: Callable[[Path], Wanted]) -> Plan:
        """Draw a plan of what `put` puts into a folder; the owner's last one goes. Raises BusyError, OSError."""
        with self._lock:
            self._wait_for_none()
            for old in [plan for plan in self._plans.values() if plan.owner == owner]:
                self._forget(old.token)
            token, stack = secrets.token_urlsafe(12), ExitStack()
            with ExitStack() as unless_put:
                unless_put.enter_context(stack)
                wanted = put(stack.enter_context(self.importer.folder()))
                unless_put.pop_all()
            self._plans[token] = Plan(token, owner, name, self._clock(), wanted)
            self._held[token] = stack, Stop()
            self._later(token, KEPT)
            return self._start(token, lambda: self._draw(token))

    def mine(self, owner: int) -> Plan | None:
        """Return the plan of somebody, None when they have none."""
        self.sweep()
        with self._lock:
            return next((plan for plan in self._plans.values() if plan.owner == owner), None)

    def find(self, owner: int, token: str) -> Plan | None:
        """Return a plan for its owner; None for everybody else, and when it is over."""
        mine = self.mine(owner)
        return mine if mine is not None and secrets.compare_digest(mine.token.encode(), token.encode()) else None

    def again(self, plan: Plan, taken: tuple[str, ...]) -> None:
        """Draw a plan anew, with what is taken from the source. Raises BusyError."""
        with self._lock:
            self._wait_for_none()
            news = {"wanted": replace(plan.wanted, taken=taken), "version": plan.version + 1, "sheet": None}
            self._say(plan.token, stage=Stage.DRAWING, problems=(), moved=False, what="", done=0, all=0, **news)
            self._start(plan.token, lambda: self._draw(plan.token))

    def confirm(self, plan: Plan, *, by: str) -> None:
        """Carry a plan out. Raises BusyError when something else is being worked on, or this very plan was."""
        with self._lock:
            self._wait_for_none()
            if self._plans.get(plan.token, plan).stage is not Stage.DRAWN:
                raise BusyError
            self._say(plan.token, stage=Stage.WRITING, what="", done=0, all=0)
            self._start(plan.token, lambda: self._write(plan.token, by))

    def cancel(self, plan: Plan) -> bool:
        """Throw a plan and its file away; what is being written is written to its end, and said so: False."""
        with self._lock:
            now = self._plans.get(plan.token, plan)
            if now.stage is not Stage.WRITING:
                self._forget(plan.token)
            return now.stage is not Stage.WRITING

    def sweep(self) -> None:
        """Throw away every plan that nobody decided on for an hour."""
        with self._lock:
            for plan in list(self._plans.values()):
                if plan.begun <= self._clock() - KEPT and plan.stage is not Stage.WRITING:
                    self._forget(plan.token)

    def close(self) -> None:
        """Throw all plans away; what is being written is written to its end."""
        with self._lock:
            for plan in [one for one in self._plans.values() if one.stage is not Stage.WRITING]:
                self._forget(plan.token)
            self._free.wait_for(lambda: not self._threads, _JOIN_SECONDS)
            for token in list(self._plans):
                self._forget(token)

    def _wait_for_none(self) -> None:
        """Raise BusyError while something is worked on; what nobody wants any more ends in a moment."""
        if any(token in self._plans for token in self._threads):
            raise BusyError
        if not self._free.wait_for(lambda: not self._threads, _MOMENT_SECONDS):
            raise BusyError

    def _start(self, token: str, work: Callable[[], None]) -> Plan:
        thread = threading.Thread(target=work, name="plan", daemon=True)
        self._threads[token] = thread
        thread.start()
        return self._plans[token]

    def _later(self, token: str, wait: timedelta) -> None:
        timer = threading.Timer(wait.total_seconds() + 1, self.sweep)
        timer.daemon = True
        timer.start()
        self._held[token][0].callback(timer.cancel)

    def _draw(self, token: str) -> None:
        plan, stop, tell = self._plans[token], self._held[token][1], partial(self._tell, token)

        def progress(what: str, done: int, whole: int) -> None:
            if stop.asked:
                raise CancelledError
            tell(what, done, whole)

        def draw() -> dict[str, Any]:
            shutil.rmtree(plan.wanted.folder, ignore_errors=True)
            plan.wanted.folder.mkdir(mode=0o700)
            return {"stage": Stage.DRAWN, "sheet": self.importer.draw(plan.wanted, progress, stop)}

        self._watched(token, draw)

    def _write(self, token: str, by: str) -> None:
        plan = self._plans[token]

        def write() -> dict[str, Any]:
            if plan.sheet is None:
                raise RefusedError((_OURS,))
            self.importer.carry_out(plan.wanted, plan.sheet, partial(self._tell, token), by=by, now=self._clock())
            return {"stage": Stage.WRITTEN}

        self._watched(token, write)

    def _watched(self, token: str, work: Callable[[], dict[str, Any]]) -> None:
        """Do work in this thread, and tell what came of it, or what kept it from being done."""
        news: dict[str, Any] = {"stage": Stage.REFUSED}
        try:
            news = work()
        except CancelledError:
            pass
        except RefusedError as error:
            news |= {"problems": error.problems, "moved": error.moved}
        except DatabaseError:
            news |= {"problems": (_AWAY,), "moved": True}
        except Exception as error:  # whatever it is, the owner must not wait for ever
            _log.error("an import failed: %s", type(error).__name__)
            news |= {"problems": (_OURS,)}
        with self._lock:
            self._threads.pop(token, None)
            self._say(token, **news)
            needed = news["stage"] is Stage.DRAWN or news.get("moved")
            if token not in self._plans or not needed:
                # Nothing of the file is kept longer than it takes.
                self._held[token][0].close()
            if token not in self._plans:
                del self._held[token]
            self._free.notify_all()

    def _tell(self, token: str, *told: str | int) -> None:
        self._say(token, **dict(zip(("what", "done", "all"), told, strict=True)))

    def _say(self, token: str, **news: Any) -> None:
        with self._lock:
            if token in self._plans:
                self._plans[token] = replace(self._plans[token], **news)

    def _forget(self, token: str) -> None:
        if self._plans.pop(token, None) is None:
            return
        self._held[token][1].ask()
        # Whoever works in its folder leaves it first.
        if token not in self._threads:
            self._held.pop(token)[0].close()
