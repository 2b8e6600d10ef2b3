"""How long a reply may be, and how long a check stays good."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from bot.referral.entry import Kind


@dataclass(frozen=True, slots=True)
class Limits:
    """Segments aimed at and never passed."""

    aim_segments: int
    cap_segments: int
    #: Only releases older than `Terms` hold it; it means nothing any more.
    check_term_days: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days a check stays good, by the kind of entry."""

    crisis_line: int = 30
    hotline: int = 90
    shelter: int = 90
    service: int = 180

    def of(self, kind: Kind) -> timedelta:
        """Return how long a check of such an entry stays good."""
        match kind:
            case Kind.CRISIS_LINE:
                return _days(self.crisis_line)
            case Kind.HOTLINE:
                return _days(self.hotline)
            case Kind.SHELTER:
                return _days(self.shelter)
            case Kind.SERVICE:
                return _days(self.service)


@lru_cache(maxsize=64)
def _days(days: int) -> timedelta:
    return timedelta(days=days)
