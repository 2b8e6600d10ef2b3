"""A text as words of ours, and the wordings found in it."""

from dataclasses import dataclass

from bot.referral.meant import Role
from bot.referral.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words of ours: for each place `meant` (may be empty), `plain` as folded, `how` it was recognised."""

    meant: tuple[frozenset[str], ...]
    plain: tuple[str, ...]
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found at places `start` to `end` (exclusive): its role, and what it means."""

    pattern: Pattern
    start: int
    end: int
    role: Role
    label: str

    def within(self, other: "Hit") -> bool:
        """Say whether this hit lies inside a strictly longer one."""
        return other.start <= self.start and self.end <= other.end and other.end - other.start > self.end - self.start

    def meets(self, other: "Hit") -> bool:
        """Say whether two hits share a word."""
        return self.start < other.end and other.start < self.end
