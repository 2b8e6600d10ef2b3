"""How the provider stands, for the first page: asked in the background, never while somebody waits."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: It is asked again when what is known is this old and somebody opens the page.
EVERY = timedelta(minutes=15)
#: Under which the watch hangs at the app, where there is one.
NAME = "quietline-provider"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider said: balance, state of each campaign, errors of the last day by code; None = no answer.

    `meanings`: what its error codes mean for the line, as far as that is known.
    """

    balance: str | None
    campaigns: tuple[str, ...] | None
    errors: Mapping[int, int] | None
    unasked: tuple[str, ...] = ()
    meanings: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What was said last, and when (aware); None = nothing yet."""

    told: Told | None = None
    at: datetime | None = None


class Watch:
    """Ask the provider on a thread of its own, once at a time and at most every 15 minutes."""

    def __init__(self, ask: Callable[[], Told], clock: Callable[[], datetime]) -> None:
        """Keep how it is asked, within a time limit of its own; nothing is asked before somebody looks."""
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._known = Known()
        self._begun: datetime | None = None
        self._thread: threading.Thread | None = None

    def look(self) -> Known:
        """Return what is known at once, and have the provider asked again if that is old."""
        now = self._clock()
        with self._lock:
            busy = self._thread is not None and self._thread.is_alive()
            if not busy and (self._begun is None or now - self._begun >= EVERY):
                self._begun = now
                self._thread = threading.Thread(target=self._fetch, name="provider", daemon=True)
                self._thread.start()
            return self._known

    def wait(self, seconds: float) -> None:
        """Wait until the provider has answered, so many seconds at most: for tests."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _fetch(self) -> None:
        try:
            told = self._ask()
        except Exception as error:  # whatever it is, the page stays; its words could name who was asked
            _log.error("the provider could not be asked: %s", type(error).__name__)
            told = Told(None, None, None, (type(error).__name__,))
        with self._lock:
            self._known = Known(told, self._clock())
