"""What a wording stands for, and what finding it is a sign of."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache


class Role(StrEnum):
    """What it means when a wording is found."""

    WORD = "word"
    HINT = "hint"
    ALONE = "alone"
    UNLESS = "unless"
    WHOLE = "whole"
    WITHIN = "within"
    EXCEPT = "except"
    PLACE = "place"
    PLACE_ALONE = "place alone"
    STATE_NAME = "state name"
    NAMED = "named"
    NEGATOR = "negator"
    PAST = "past"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a wording stands for: `label` (topic, command, area, entry id), perhaps a facet; `language`, "" for none."""

    role: Role
    label: str
    language: str
    facet: str = ""
    #: What finding the wording is a sign of when a text is compared with the examples.
    signs: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Name the signs once, not with every text."""
        object.__setattr__(self, "signs", _signs(self.label, self.role, self.facet))


@cache
def _signs(label: str, role: Role, facet: str) -> tuple[str, ...]:
    # Twenty thousand wordings share a few hundred signs. The keys are ours, never a texter's words.
    return (f"{label}:{role}", f"{label}/{facet}") if facet else (f"{label}:{role}",)
