"""Close a week, and later its quarter: decide once and for all which figures are shown."""

from collections.abc import Mapping

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, Shown
from bot.counts.cornered import cornering
from bot.counts.families import needs, whole
from bot.counts.hide import everything_in, hidden_in
from bot.counts.loose import OF_A_NEED, hidden_entries, hidden_outcomes
from bot.counts.rules import Rules

#: What is published, as it is put together.
Published = dict[Cell, int | None]
#: Segments are shown in steps of so many, rounded up: a single long reply must not show in the bill.
SEGMENT_STEP = 50


def close_week(true: Mapping[Cell, int], rules: Rules) -> Published:
    """Return what is published of a week. The figures must add up, as those of whole conversations do.

    Every figure is shown, 0 or at least `rules.threshold`, or hidden (None, then it is at least 1), and no
    hidden one can be worked out from the shown ones (docs/privacy.md says against whom).
    """
    figures = {CONVERSATIONS: 0, **true}
    hidden = _hidden_in_families(figures, rules)
    hidden |= hidden_outcomes(figures, hidden, rules)
    hidden |= hidden_entries(figures, hidden, rules)
    # Once more: an outcome may have been hidden with its entries, and then says something about the others.
    hidden |= hidden_outcomes(figures, hidden, rules)
    hidden |= _only_need(figures, hidden, rules)
    published: Published = {cell: None if cell in hidden else figures[cell] for cell in figures}
    if SEGMENTS in figures:
        published[SEGMENTS] = segments_shown(figures[SEGMENTS], figures[CONVERSATIONS], published)
    return published


def _hidden_in_families(figures: Mapping[Cell, int], rules: Rules) -> frozenset[Cell]:
    everybody = whole(figures)
    hidden = hidden_in(everybody, figures, rules)
    topics = needs(figures, hidden)
    for topic in topics:
        hidden |= hidden_in(topic, figures, rules)
    while silent := cornering(everybody, topics, figures=figures, hidden=hidden, rules=rules):
        hidden |= everything_in(silent, figures)
    return hidden


def _only_need(figures: Mapping[Cell, int], hidden: frozenset[Cell], rules: Rules) -> frozenset[Cell]:
    """Return the one topic that was asked for, where it would tell the one outcome it had, which is hidden."""
    endings = [cell for cell in OF_A_NEED if figures.get(cell)]
    asked = [family for family in needs(figures) if figures[family.total] and family.total[1] not in rules.crises]
    if len(endings) != 1 or len(asked) != 1 or endings[0] not in hidden:
        return frozenset()
    return everything_in(asked[0], figures)


def segments_shown(segments: int, conversations: int, published: Shown) -> int | None:
    """Return the segments as they are shown: in steps, and only where the conversations are shown."""
    if published[CONVERSATIONS] is None or (segments and not conversations):
        return None
    return -(-segments // SEGMENT_STEP) * SEGMENT_STEP
