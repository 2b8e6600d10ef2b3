"""How the provider stands, for the first page: asked in the background, never while somebody waits."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console.wording import say

#: It is asked again when what is known is this old and somebody opens the page.
EVERY = timedelta(minutes=15)
#: Under which the watch hangs at the app, where there is one.
NAME = "quietline-provider"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider said: balance, state of each campaign, errors of the last day by code; None = no answer."""

    balance: str | None
    campaigns: tuple[str, ...] | None
    errors: Mapping[int, int] | None
    unasked: tuple[str, ...] = ()


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


def meaning(code: int) -> str:
    """Return what an error code of the provider means for the line; "" for one that is not known here."""
    return say(_MEANINGS[code]) if code in _MEANINGS else ""


#: Source of each: the provider's page of that code, https://www.twilio.com/docs/api/errors
_MEANINGS: Mapping[int, str] = {
    11200: "The line did not answer, or not as it should: an engineer must look today.",
    11205: "The line could not be reached: an engineer must look today.",
    11217: "The line refused a text: an engineer must look today.",
    12100: "The line's answer could not be read: an engineer must look today.",
    12200: "The line's answer had a fault: an engineer must look.",
    12300: "The line's answer was of the wrong kind: an engineer must look.",
    14103: "A reply was empty or too long.",
    14107: "Two numbers answered each other in a circle, and were stopped.",
    14109: "A reply had too many parts.",
    21408: "Texts to that country are switched off.",
    21608: "The account is still a trial: it reaches known phones only.",
    21610: "They sent STOP before: no reply reaches them until they send START.",
    21617: "A reply was too long.",
    21635: "The reply was for a landline, which takes no texts.",
    23002: "Hiding numbers at the provider clashes with its way of handling STOP.",
    30003: "The phone could not be reached: switched off, or no signal.",
    30005: "The number is not in use.",
    30006: "A landline, or a carrier that could not be reached.",
    30007: "A carrier filtered the reply as unwanted: if there are several, look at its words.",
    30008: "It was not delivered, and the carrier does not say why.",
    30034: "The line's number belongs to no registered campaign: replies do not arrive. Put that right today.",
    30039: "A text that looked made by a machine was not passed on to the line.",
    30450: "Blocked as suspicious: many texts to one range of numbers.",
    30610: "Held back for the night: switch the provider's quiet hours off today.",
    57012: "A signature did not match: an engineer must look.",
}
