"""Topics that would corner a hidden area: 29 asked for food, 18 at most of them there, so 11 at least here."""

from collections.abc import Collection, Mapping, Sequence

from bot.counts.cell import Cell, above
from bot.counts.hide import Family
from bot.counts.rules import Rules


def cornering(
    whole: Family, topics: Sequence[Family], *, figures: Mapping[Cell, int], hidden: Collection[Cell], rules: Rules
) -> Family | None:
    """Return a topic that has to fall silent, total and all, because it says too much of hidden areas; else None.

    What a topic's hidden figures add up to is known, and none of them exceeds its area. Where that leaves the
    other hidden areas, or languages, less than `threshold` - 1 to lie in, the topic is one too many.
    """
    if whole.total in hidden:
        return None
    for number, split in enumerate(whole.splits):
        covered = frozenset(cell for cell in split if cell in hidden)
        if covered and (found := _cornering(covered, topics, number, figures=figures, hidden=hidden, rules=rules)):
            return found
    return None


def _cornering(
    covered: frozenset[Cell],
    topics: Sequence[Family],
    number: int,
    *,
    figures: Mapping[Cell, int],
    hidden: Collection[Cell],
    rules: Rules,
) -> Family | None:
    room = sum(figures[cell] for cell in covered) - (rules.threshold - 1)
    least = dict.fromkeys(covered, 1)
    by: dict[Cell, Family] = {}
    for topic in topics:
        if topic.total in hidden:
            continue
        parts = [cell for cell in topic.splits[number] if cell in hidden]
        areas = {area: figures[cell] for cell in parts if (area := above(cell)) is not None}
        inside = covered.intersection(areas)
        bound = sum(areas.values()) - sum(figures[area] for area in areas if area not in covered)
        if bound <= len(inside):
            continue
        if len(inside) < len(covered) and room - bound < len(covered) - len(inside):
            return topic
        if len(inside) == 1:
            (alone,) = inside
            if bound > least[alone]:
                least[alone], by[alone] = bound, topic
    return by[max(by, key=lambda area: least[area])] if by and sum(least.values()) > room else None
