"""Hide small figures in one total and its splits, and enough others that nothing hidden can be worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.counts.cell import Cell
from bot.counts.rules import Rules


@dataclass(frozen=True, slots=True)
class Family:
    """A total and the tables that split it: all conversations, or those with one need.

    Each split adds up to the total. `forced`: cells that must be hidden for a reason outside this family.
    """

    total: Cell
    splits: tuple[tuple[Cell, ...], ...]
    forced: frozenset[Cell] = frozenset()


def hidden_in(family: Family, figures: Mapping[Cell, int], rules: Rules) -> frozenset[Cell]:
    """Return what has to be hidden so that no hidden figure can be worked out from the ones that are shown.

    Zeros are shown. In a split with a shown total at least two figures are hidden, and together they leave at
    least `threshold` - 1 that may lie in any of them; where that cannot be had the total is hidden as well, and
    then everything in both splits.
    """
    total = figures[family.total]
    everything = everything_in(family, figures)
    if rules.small(total):
        return everything
    hidden: set[Cell] = set()
    for split in family.splits:
        chosen = _hidden_in_split(_nonzero(split, figures), family.forced, figures, rules)
        if chosen is None:
            return everything
        hidden |= chosen
    return frozenset(hidden)


def everything_in(family: Family, figures: Mapping[Cell, int]) -> frozenset[Cell]:
    """Return the total and all its parts but the zeros."""
    return _nonzero((family.total, *(cell for split in family.splits for cell in split)), figures)


def _hidden_in_split(
    cells: frozenset[Cell], forced: frozenset[Cell], figures: Mapping[Cell, int], rules: Rules
) -> set[Cell] | None:
    """Hide what is small or forced, then the smallest others until it suffices; None when it never does."""
    hidden = {cell for cell in cells if rules.small(figures[cell]) or cell in forced}
    others = sorted(cells - hidden, key=lambda cell: (figures[cell], cell))
    while hidden and not _blurred([figures[cell] for cell in hidden], rules):
        if not others:
            return None
        hidden.add(others.pop(0))
    return hidden


def _blurred(figures: Sequence[int], rules: Rules) -> bool:
    # The attacker knows the sum of these and that each is at least 1: what is over may lie in any of them.
    many, total, most = len(figures), sum(figures), rules.threshold - 1
    if many < 2 or total - many < most:
        return False
    # Whoever takes each to be small must not find them all as large as that can be: 10 and 10 of 20.
    return not 0 <= most * many - total < many


def _nonzero(cells: Sequence[Cell], figures: Mapping[Cell, int]) -> frozenset[Cell]:
    return frozenset(cell for cell in cells if figures[cell])
