"""Close a quarter: what the weeks hid, summed, shown only where that gives no week away."""

from collections.abc import Collection, Mapping, Sequence

from bot.counts.attack_graph import ContradictionError
from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, Shown
from bot.counts.close import Published, segments_shown
from bot.counts.coupled import coupled
from bot.counts.cramped import cramped, cramped_total
from bot.counts.families import needs, whole
from bot.counts.hide import Family
from bot.counts.loose_quarter import loose_sums
from bot.counts.quarter_network import network
from bot.counts.rules import Rules
from bot.counts.squeezed import squeezed

Weeks = Sequence[Shown]


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
