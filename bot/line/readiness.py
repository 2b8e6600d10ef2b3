"""What whoever watches a line from outside is told: nothing of it says how many texts came, or when."""

import threading
from dataclasses import dataclass
from datetime import date, datetime

from bot.referral.content import Content
from bot.referral.standing import late_list, overdue


@dataclass(slots=True)
class Flushed:
    """When the counts were last stored. They are at fixed ticks, whether a text came or not; None: not yet."""

    at: datetime | None = None

    def ago(self, now: datetime) -> int | None:
        """Return how many seconds ago that was, None before the first time."""
        return None if self.at is None else max(0, round((now - self.at).total_seconds()))


class Checks:
    """Say what somebody must check, worked out once for each content and day: it may be asked every second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: object = None
        self._found: tuple[list[str], int] = ([], 0)

    def of(self, content: Content, today: date, which: object) -> tuple[list[str], int]:
        """Return the entries that never step back and are overdue, and how many numbers in all must be checked now.

        `which` names the content: another one for every other content.
        """
        with self._lock:
            if self._of != (which, today):
                self._found = overdue(content, today), len(late_list(content, today))
                self._of = (which, today)
            return self._found
