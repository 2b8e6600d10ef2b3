"""Sums of which nearly all must lie in one week, where they say how large the hidden area above them is."""

from collections.abc import Mapping, Sequence

from bot.counts.cell import Cell, Shown, above
from bot.counts.coupled import left_in
from bot.counts.hide import Family
from bot.counts.rules import Rules


def squeezed(
    topic: Family, whole: Family, weeks: Sequence[Shown], *, rest: Mapping[Cell, int], rules: Rules
) -> frozenset[Cell]:
    """Return the parts of a topic whose sums must stay hidden because of a single week.

    What the other weeks can hold at most is known; the week has to hold what is over. Where that leaves its
    hidden area less than `threshold` - 1 up to the most it can be, the sum says too much.
    """
    room = rules.threshold - 1
    return frozenset(
        cell
        for split, areas in zip(topic.splits, whole.splits, strict=True)
        for cell in split
        if cell in rest
        and any(
            _most_above(cell, areas, whole.total, week)
            - _least(cell, number, (topic.total, split), weeks=weeks, rest=rest)
            < room
            for number, week in enumerate(weeks)
            if week.get(cell, 0) is None
        )
    )


def _least(
    cell: Cell, number: int, row: tuple[Cell, Sequence[Cell]], *, weeks: Sequence[Shown], rest: Mapping[Cell, int]
) -> float:
    """Return how much of a sum must lie in a week, because the others cannot hold it."""
    others = [week for n, week in enumerate(weeks) if n != number and week.get(cell, 0) is None]
    return rest[cell] - sum(_most(cell, *row, week) for week in others)


def _most(cell: Cell, total: Cell, split: Sequence[Cell], week: Shown) -> float:
    """Return the most a hidden part can be in a week."""
    over, left = above(cell), left_in(total, split, week)
    bounds = [float("inf")]
    if over is not None and (shown := week.get(over)) is not None:
        bounds.append(shown)
    if left is not None:
        bounds.append(left - sum(1 for other in split if other != cell and week.get(other, 0) is None))
    return min(bounds)


def _most_above(cell: Cell, areas: Sequence[Cell], everybody: Cell, week: Shown) -> float:
    """Return the most the area of a hidden part can be in a week; no end where it is shown: then it tells nothing."""
    over = above(cell)
    if over is None or week.get(over, 0) is not None:
        return float("inf")
    return _most(over, everybody, areas, week)
