"""Topics that a whole hidden area asked for in some week: their quarter says nothing of them."""

from collections.abc import Mapping

from bot.counts.cell import CONVERSATIONS, Cell, Shown, Table, above
from bot.counts.rules import Rules

#: The table under which the database remembers such a topic until its quarter closes. Never published.
WITHHELD = "withheld"


def withheld(figures: Mapping[Cell, int], published: Shown, rules: Rules) -> frozenset[Cell]:
    """Return the topics of a week whose sums must stay out of the quarter.

    A hidden figure of a topic is at most the area above it. As long as it is less, that tells nothing more than
    the topic's own figures do; where all in a hidden area asked for one thing, and they are no few, sums of
    several topics can corner them together (found by linear programs on random years).
    """
    return frozenset(
        Cell(Table.TOPIC, cell.first)
        for cell, figure in figures.items()
        if cell.table in (Table.TOPIC, Table.TOPIC_AREA, Table.TOPIC_LANGUAGE)
        and published[cell] is None
        and not rules.small(figure)
        and figure == figures.get(above(cell) or CONVERSATIONS, 0)
    )
