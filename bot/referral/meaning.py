"""What a text was understood to mean, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a text is."""

    CRISIS = "crisis"
    TOPIC = "topic"
    COMMAND = "command"
    CHOICES = "choices"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a topic: which wording was found, how it was recognised, how much it weighs."""

    label: str
    weight: float
    source: str
    how: str = ""
    facet: str = ""
    language: str = ""
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """Say it for staff: words: 'evicted' -> shelter (typo: evicted)."""
        strength = "words" if self.weight >= 1 else "hint"
        facet = f"/{self.facet}" if self.facet else ""
        return f"{strength}: '{self.source}' -> {self.label}{facet}" + (f" ({self.how})" if self.how else "")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The outcome of understanding. `label` is a topic or command slug, "" for choices and unclear.

    `choices`: further topics that were meant as well, best first. `area` "" = not said. `watched`: an opt-out
    that says somebody reads the phone, or asks for no reply. `zip`: the ZIP code of ours that was named.
    `why`: one line a reason, for staff.
    """

    kind: Kind
    label: str = ""
    choices: tuple[str, ...] = ()
    language: str = ""
    area: str = ""
    zip: str = ""
    facet: str = ""
    minor: bool = False
    named: str = ""
    watched: bool = False
    why: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
