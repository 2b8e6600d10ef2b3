"""Which figures belong together: every total with its two splits."""

from collections import defaultdict
from collections.abc import Iterable

from bot.counts.cell import CONVERSATIONS, Cell, Table
from bot.counts.hide import Family


def whole(cells: Iterable[Cell]) -> Family:
    """Return all conversations, split by area and by language."""
    by_table: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_table[cell[0]].append(cell)
    return Family(CONVERSATIONS, (tuple(by_table[Table.AREA]), tuple(by_table[Table.LANGUAGE])))


def needs(cells: Iterable[Cell], hidden: frozenset[Cell] = frozenset()) -> tuple[Family, ...]:
    """Return each topic with its splits.

    Where an area or language is hidden, so are its topics: "at least 30 here, for so many asked for food" would
    tell what the others together are.
    """
    areas: dict[str, list[Cell]] = defaultdict(list)
    languages: dict[str, list[Cell]] = defaultdict(list)
    topics: list[str] = []
    forced = set()
    for table, first, second in cells:
        if table == Table.TOPIC:
            topics.append(first)
        elif table == Table.TOPIC_AREA:
            areas[first].append(Cell(table, first, second))
            if Cell(Table.AREA, second) in hidden:
                forced.add(areas[first][-1])
        elif table == Table.TOPIC_LANGUAGE:
            languages[first].append(Cell(table, first, second))
            if Cell(Table.LANGUAGE, second) in hidden:
                forced.add(languages[first][-1])
    return tuple(
        Family(
            Cell(Table.TOPIC, topic),
            (tuple(areas[topic]), tuple(languages[topic])),
            frozenset(c for c in (*areas[topic], *languages[topic]) if c in forced),
        )
        for topic in topics
    )
