"""Close a quarter: what the weeks hid, summed, shown only where that gives no week away."""

from collections.abc import Collection, Mapping, Sequence

from bot.counts.attack_graph import ContradictionError, Edge, Network
from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.counts.close import Published, segments_shown
from bot.counts.coupled import coupled
from bot.counts.cramped import above, cramped, cramped_total
from bot.counts.families import needs, whole
from bot.counts.hide import Family
from bot.counts.loose_quarter import loose_sums
from bot.counts.rules import Rules
from bot.counts.squeezed import squeezed

Weeks = Sequence[Mapping[Cell, int | None]]


def close_quarter(
    weeks: Weeks, rest: Mapping[Cell, int], rules: Rules, *, withheld: Collection[Cell] = ()
) -> Published:
    """Return what is published of a quarter besides its weeks.

    `weeks` as they were published; `rest`: for each cell hidden in some of them the true sum over exactly those;
    `withheld`: the topics of which nothing is shown (bot.counts.withhold).
    A sum is shown (at least `rules.threshold`) or hidden (None), and with everything published before no hidden
    figure of a week, and no hidden sum, can be worked out.
    """
    cells = tuple(dict.fromkeys(cell for week in weeks for cell in week))
    published: Published = {}
    everybody = whole(cells)
    published |= _sums(everybody, weeks, rest, rules)
    for topic in needs(cells):
        secret = coupled(topic, everybody, weeks, rules) | squeezed(topic, everybody, weeks, rest=rest, rules=rules)
        if topic.total in withheld:
            secret = frozenset(rest)
        published |= _sums(topic, weeks, rest, rules, secret=secret)
    published |= loose_sums(weeks, rest, published, rules)
    if SEGMENTS in rest:
        shown = {CONVERSATIONS: published.get(CONVERSATIONS, 0)}
        published[SEGMENTS] = segments_shown(rest[SEGMENTS], rest.get(CONVERSATIONS, 0), shown)
    return published


def _sums(
    family: Family, weeks: Weeks, rest: Mapping[Cell, int], rules: Rules, *, secret: Collection[Cell] = ()
) -> Published:
    """Show as many sums of a total and its splits as can be shown, the larger ones first, none of `secret`."""
    cells = [c for c in (family.total, *(c for split in family.splits for c in split)) if c in rest]
    shown = {c: rest[c] for c in cells if c not in secret and not cramped(c, weeks, rest, rules)}
    if family.total in shown and cramped_total(family, weeks, rest, rules):
        del shown[family.total]
    given_up = sorted(shown, key=lambda cell: (cell == family.total, shown[cell], cell))
    while shown and (
        _little_left(family, weeks, rest=rest, shown=shown, rules=rules) or _gives_away(family, weeks, shown)
    ):
        del shown[given_up.pop(0)]
    return {cell: shown.get(cell) for cell in cells}


def _little_left(
    family: Family, weeks: Weeks, *, rest: Mapping[Cell, int], shown: Mapping[Cell, int], rules: Rules
) -> bool:
    """Say whether the sums that stay hidden beside a known total have less than `threshold` - 1 between them."""
    if family.total in rest and family.total not in shown:
        return False
    for split in family.splits:
        left = [cell for cell in split if cell in rest and cell not in shown]
        least = sum(1 for cell in left for week in weeks if week.get(cell, 0) is None)
        if left and sum(rest[cell] for cell in left) - least < rules.threshold - 1:
            return True
    return False


def _gives_away(family: Family, weeks: Weeks, shown: Mapping[Cell, int]) -> bool:
    try:
        return bool(network(family, weeks, shown).pinned())
    except ContradictionError:
        return True  # changed by somebody: then nothing more is said


def network(family: Family, weeks: Weeks, shown: Mapping[Cell, int]) -> Network:
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


def _most(cell: Cell, week: Mapping[Cell, int | None]) -> int | None:
    """Return the shown figure a hidden one cannot exceed: food in an area, the area."""
    over = above(cell)
    return None if over is None else week.get(over)


def _through(made: Network, family: Family, week: Mapping[Cell, int | None], number: int) -> None:
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


def _summed(made: Network, family: Family, weeks: Weeks, shown: Mapping[Cell, int]) -> None:
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


def _hidden_somewhere(cell: Cell, weeks: Weeks) -> bool:
    return any(week.get(cell, 0) is None for week in weeks)
