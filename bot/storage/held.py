"""What a process answers from at the moment, and what is known about it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.referral.bulletin import Bulletins

T = TypeVar("T")
UNANSWERED = "the database has not answered yet"
UNREADABLE = "the database cannot be read"

log = logging.getLogger(__name__)


class Origin(StrEnum):
    """Where the content in use came from."""

    DATABASE = "database"
    COPY = "copy"
    PACKAGED = "packaged"


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """Content in use and what is known about it: one value, so that its parts always belong together.

    `number` is None for packaged content; `loaded_at` is aware, and of the release; `problem` says what keeps us
    from the newest; `bulletins` is the number of the last bulletin laid over the release, 0 = none.
    """

    content: T
    number: int | None
    origin: Origin
    loaded_at: datetime
    problem: str | None = None
    bulletins: int = 0

    @property
    def within_reach(self) -> bool:
        """Say whether the database answered when it was last looked at, whatever it said."""
        return not (self.problem or "").startswith((UNANSWERED, UNREADABLE))


class Holding(Generic[T]):
    """Hold a release with the bulletins laid over it; the two change apart, what is held changes in one step.

    `overlay` gives content with bulletins laid over it. `changed` is notified of every change.
    """

    def __init__(self, overlay: Callable[[T, Bulletins], T]) -> None:
        self.changed = threading.Condition()
        self.held: Held[T] | None = None
        self.problem: str | None = UNANSWERED
        self._overlay = overlay
        self._plain: Held[T] | None = None  # the release in use, without bulletins
        self._made_of: tuple[object, object] = (None, None)  # the release and the bulletins that are held

    @property
    def settled(self) -> bool:
        """Say whether something is held, or why nothing is."""
        return self.held is not None or self.problem != UNANSWERED

    def take(self, plain: Held[T], told: Bulletins) -> None:
        """Hold a release from now on, with what was told since."""
        with self.changed:
            self._plain = plain
            self.lay(told)
        log.info("answering from %s, release %s", plain.origin, plain.number)

    def lay(self, told: Bulletins) -> str | None:
        """Lay bulletins over the release unless they are there already; give what went wrong, and change nothing then.

        A release that is taken first is held without them all the same: better than no answer at all.
        """
        with self.changed:
            plain = self._plain
            if plain is None or (self._made_of[0] is plain and self._made_of[1] is told):
                return None
            try:
                content = self._overlay(plain.content, told)
            except Exception as error:  # whatever it is, what is held leaves out what it left out before
                self.held = self.held or plain
                self.changed.notify_all()
                return f"bulletin {told.number} was refused: {type(error).__name__}: {error}"
            same = self.held is not None and self._made_of[0] is plain
            problem = self.held.problem if self.held and same else plain.problem
            self.held = replace(plain, content=content, bulletins=told.number, problem=problem)
            self._made_of = (plain, told)
            self.changed.notify_all()
        if told.number:
            log.info("bulletins up to %s are heeded", told.number)
        return None

    def tell(self, problem: str | None) -> None:
        """Keep what keeps us from the newest, None = nothing; log it once."""
        with self.changed:
            known, self.problem = self.problem, problem
            if self.held is not None and self.held.problem != problem:
                self.held = replace(self.held, problem=problem)
            self.changed.notify_all()
        if problem and problem != known:
            log.warning("%s", problem)
