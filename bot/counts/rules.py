"""By which rules small figures are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.counts.cell import Cell

#: The smallest figure above 0 that is published (CMS, January 2024: no cell of 1 to 10).
THRESHOLD = 11


@dataclass(frozen=True, slots=True)
class Rules:
    """What hiding has to know besides the figures.

    `threshold`: the smallest figure above 0 that is published. `links`: for each entry the cells of those who
    can be referred to it; `general`: the entries that count as "211 only"; `crises`: the topics that are answered
    as a crisis. Whoever knows the content of the line knows these, so they are part of what a figure can give away.
    """

    threshold: int = THRESHOLD
    links: Mapping[str, tuple[Cell, ...]] = field(default_factory=lambda: MappingProxyType({}))
    crises: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()

    def small(self, figure: int) -> bool:
        """Say whether a figure may not be shown: 1 to 10."""
        return 0 < figure < self.threshold
