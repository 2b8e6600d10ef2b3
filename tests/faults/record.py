"""What the provider noted down of one delivery of a text."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class How(StrEnum):
    """Where the answer came from: the line, the fallback address, or nowhere."""

    LINE = "line"
    FALLBACK = "fallback"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One POST and what came of it. Moments are seconds of the system's steady clock, `now` is the time of day.

    `why` says what drove the provider to the fallback address: "late", "status 500", or the name of an error.
    """

    talk: int
    turn: int
    copy: int
    began: float
    now: float
    took: float
    how: How
    reply: str
    why: str = ""
    #: How much later than planned it was sent: the client's own fault, not the line's.
    lag: float = 0.0

    @property
    def ended(self) -> float:
        """The moment it was answered, or given up."""
        return self.began + self.took

    def dump(self) -> str:
        """Write it as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, line: str | bytes) -> "Delivery":
        """Read what `dump` wrote."""
        raw = json.loads(line)
        return cls(**{**raw, "how": How(raw["how"])})
