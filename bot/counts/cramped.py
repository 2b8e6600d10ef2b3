"""Sums over a quarter that leave too little room: for the weeks in them, or for the figure above them."""

from collections.abc import Mapping, Sequence

from bot.counts.cell import CONVERSATIONS, Cell, Shown, Table, above
from bot.counts.hide import Family
from bot.counts.rules import Rules


def cramped(cell: Cell, weeks: Sequence[Shown], rest: Mapping[Cell, int], rules: Rules) -> bool:
    """Say whether the sum of a cell leaves less than `threshold` - 1 beyond what is known of its weeks.

    Each hidden week has at least 1. Those in the cell are at most those in the figure above it, week by week:
    what the sum above has more, beyond 1 for each week in which it alone is hidden, must be able to lie anywhere.
    """
    room = rules.threshold - 1
    ours = [week for week in weeks if week.get(cell, 0) is None]
    if rules.small(rest[cell]) or rest[cell] - len(ours) < room:
        return True
    over = above(cell)
    if over is None:
        return False
    shown = sum(week.get(over) or 0 for week in ours)
    elsewhere = sum(1 for week in weeks if week.get(over, 0) is None and week.get(cell, 0) is not None)
    return rest.get(over, 0) + shown - rest[cell] < elsewhere + room


def cramped_total(family: Family, weeks: Sequence[Shown], rest: Mapping[Cell, int], rules: Rules) -> bool:
    """Say whether the sum of a total is little more than the hidden parts it is known to have."""
    hidden = [week for week in weeks if week.get(family.total, 0) is None]
    parts = tuple(table for table in Table if table not in (Table.CONVERSATIONS, Table.SEGMENTS))
    least = 0
    for week in hidden:
        # A figure that is shown, 20 opt-outs, is at most all conversations: that many there were at least.
        shown = max((n or 0 for cell, n in week.items() if cell[0] in parts), default=0)
        of_all = shown if family.total == CONVERSATIONS else 0
        least += max(1, of_all, *(_hidden(split, week) for split in family.splits))
    return rest[family.total] - least < rules.threshold - 1


def _hidden(split: Sequence[Cell], week: Shown) -> int:
    return sum(1 for cell in split if week.get(cell, 0) is None)
