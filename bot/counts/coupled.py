"""Weeks in which a topic's hidden areas are as good as the areas themselves: (nearly) all there asked for it."""

from collections.abc import Sequence

from bot.counts.cell import Cell, Shown, above
from bot.counts.hide import Family
from bot.counts.rules import Rules


def coupled(topic: Family, whole: Family, weeks: Sequence[Shown], rules: Rules) -> frozenset[Cell]:
    """Return the cells of a topic whose sums must stay hidden, for they would be sums of areas as well.

    Where what a topic's hidden cells add up to leaves less than `threshold` - 1 to what their areas add up to,
    each says how large its area is. A sum of one topic then adds to what sums of the others tell.
    """
    room = rules.threshold - 1
    if any(_everybody_asked(topic, whole, week, room) for week in weeks):
        return frozenset(cell for split in topic.splits for cell in split)
    return frozenset(
        cell
        for week in weeks
        for split, areas in zip(topic.splits, whole.splits, strict=True)
        for cell in _coupled_in(split, topic.total, areas, whole.total, week=week, room=room)
    )


def _everybody_asked(topic: Family, whole: Family, week: Shown, room: int) -> bool:
    asked, wrote = week.get(topic.total, 0), week.get(whole.total, 0)
    return bool(asked) and asked is not None and wrote is not None and wrote - asked < room


def _coupled_in(
    split: Sequence[Cell], total: Cell, areas: Sequence[Cell], everybody: Cell, *, week: Shown, room: int
) -> Sequence[Cell]:
    hidden = [cell for cell in split if week.get(cell, 0) is None]
    asked, wrote = left_in(total, split, week), left_in(everybody, areas, week)
    if not hidden or asked is None or wrote is None:
        return ()
    over = [area for cell in hidden if (area := above(cell)) is not None]
    outside = [area for area in areas if week.get(area, 0) is None and area not in over]
    # At most so many wrote from there: all that is hidden of the areas, less 1 for each that is not among them.
    most = wrote - len(outside) if any(week.get(area, 0) is None for area in over) else 0
    most += sum(week.get(area) or 0 for area in over)
    return hidden if most - asked < room else ()


def left_in(total: Cell, split: Sequence[Cell], week: Shown) -> int | None:
    """Return what the hidden parts of a total add up to in a week, None where the total is hidden itself."""
    known = week.get(total, 0)
    return None if known is None else known - sum(week.get(cell) or 0 for cell in split)
