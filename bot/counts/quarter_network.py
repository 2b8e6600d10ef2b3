"""A quarter as an attacker sees it: what is known and unknown of a total and its splits, as flows."""

from collections.abc import Mapping, Sequence

from bot.counts.attack_graph import Edge, Network
from bot.counts.cell import Cell, Shown, above
from bot.counts.hide import Family


def network(family: Family, weeks: Sequence[Shown], shown: Mapping[Cell, int]) -> Network:
    """Return what an attacker knows of a total and its splits over a quarter, as flows.

    Left to right: the quarter, areas, weeks (from here the total of the week), languages, and back, as the sum
    of the totals that were hidden.
    """
    made = Network()
    first, second = family.splits
    for number, week in enumerate(weeks):
        for cell in first:
            if week.get(cell, 0) is None:
                made.unknown(cell, ("left", number), least=1, most=_most(cell, week))
        for cell in second:
            if week.get(cell, 0) is None:
                made.unknown(("right", number), cell, least=1, most=_most(cell, week))
        _through(made, family, week, number)
    _summed(made, family, weeks, shown)
    return made


def _most(cell: Cell, week: Shown) -> int | None:
    """Return the shown figure a hidden one cannot exceed: food in an area, the area."""
    over = above(cell)
    return None if over is None else week.get(over)


def _through(made: Network, family: Family, week: Shown, number: int) -> None:
    """Add a week's total: unknown, or known and then what is left of it for the hidden figures of each split."""
    total = week.get(family.total, 0)
    if total is None:
        made.unknown(("left", number), ("right", number), least=1, most=_most(family.total, week))
        return
    for side, split, sign in (("left", family.splits[0], -1), ("right", family.splits[1], 1)):
        if any(week.get(cell, 0) is None for cell in split):
            left = total - sum(week.get(cell) or 0 for cell in split)
            made.into((side, number), sign * left)
            made.into("first" if side == "left" else "last", -sign * left)


def _summed(made: Network, family: Family, weeks: Sequence[Shown], shown: Mapping[Cell, int]) -> None:
    """Add the sums over the quarter: known where they are shown."""
    edges: list[tuple[Cell, Edge]] = []
    for split, into in ((family.splits[0], True), (family.splits[1], False)):
        edges += [(c, ("first", c) if into else (c, "last")) for c in split if _hidden_somewhere(c, weeks)]
    if _hidden_somewhere(family.total, weeks):
        edges.append((family.total, ("last", "first")))
    for cell, (source, target) in edges:
        if cell in shown:
            made.fixed(source, target, shown[cell])
        else:
            made.unknown(source, target, least=0)


def _hidden_somewhere(cell: Cell, weeks: Sequence[Shown]) -> bool:
    return any(week.get(cell, 0) is None for week in weeks)
