"""Make a week's figures add up again, after a killed process or a row that somebody changed."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.counts.cell import CONVERSATIONS, UNKNOWN, Cell, Table, above
from bot.counts.families import needs, whole
from bot.counts.hide import Family
from bot.counts.loose import IN_A_CRISIS, OF_A_NEED
from bot.counts.rules import Rules

_TWO_WAY = (Table.TOPIC_AREA, Table.TOPIC_LANGUAGE)
_WITHOUT_NAMES = (Table.CONVERSATIONS, Table.SEGMENTS)

#: A cell, or as a database gives it back.
Key = TypeVar("Key", bound=tuple[str, str, str])


def mend(raw: Mapping[Key, object], rules: Rules) -> tuple[dict[Cell, int], bool]:
    """Return figures that whole conversations could have given, and whether anything had to be changed for it.

    Figures of whole conversations always add up. They do not when a process was killed before it flushed what
    another one had already corrected (an area below 0), or when rows were changed by hand. Then what is below 0
    or no figure at all counts as 0, splits shrink to the smaller of the two sums, and totals grow to what their
    parts need. Hiding is only sound for figures that add up.
    """
    figures = {Cell(*key): n for key, n in raw.items() if _is_figure(key, n) and isinstance(n, int)}
    figures = {CONVERSATIONS: 0, **{cell: max(0, n) for cell, n in figures.items()}}
    for family in needs(tuple(figures)):
        _shrink(family, figures)
    _grow_areas_and_languages(figures)
    _grow_whole(figures)
    _fit_outcomes(figures, rules)
    for cell in figures:
        if cell.table == Table.ENTRY:
            figures[cell] = min(figures[cell], figures[CONVERSATIONS])
    return figures, {CONVERSATIONS: 0, **{Cell(*key): n for key, n in raw.items()}} != figures


def _is_figure(key: tuple[str, str, str], n: object) -> bool:
    table, first, second = key
    known = table in tuple(Table) and isinstance(n, int)
    return known and bool(first) == (table not in _WITHOUT_NAMES) and bool(second) == (table in _TWO_WAY)


def _shrink(family: Family, figures: dict[Cell, int]) -> None:
    """Make both splits of a topic add up to the same total."""
    total = min(sum(figures[cell] for cell in split) for split in family.splits)
    figures[family.total] = total
    for split in family.splits:
        _take(split, sum(figures[cell] for cell in split) - total, figures)


def _take(split: Sequence[Cell], surplus: int, figures: dict[Cell, int]) -> None:
    for cell in sorted(split, key=lambda cell: -figures[cell]):
        taken = min(surplus, figures[cell])
        figures[cell] -= taken
        surplus -= taken


def _grow_areas_and_languages(figures: dict[Cell, int]) -> None:
    """Let no topic have more conversations in an area, or language, than the area has."""
    for cell, n in list(figures.items()):
        if cell.table in _TWO_WAY and (over := above(cell)) is not None:
            figures[over] = max(figures.get(over, 0), n)


def _grow_whole(figures: dict[Cell, int]) -> None:
    family = whole(tuple(figures))
    total = max(sum(figures[cell] for cell in split) for split in family.splits)
    figures[CONVERSATIONS] = total
    for split, table in zip(family.splits, (Table.AREA, Table.LANGUAGE), strict=True):
        missing = total - sum(figures[cell] for cell in split)
        if missing:
            unknown = Cell(table, UNKNOWN)
            figures[unknown] = figures.get(unknown, 0) + missing


def _fit_outcomes(figures: dict[Cell, int], rules: Rules) -> None:
    """Let every need have one outcome at least, and no outcome more than there are needs for it."""
    topics = [cell for cell in figures if cell.table == Table.TOPIC]
    crises = [figures[cell] for cell in topics if cell.first in rules.crises]
    others = [figures[cell] for cell in topics if cell.first not in rules.crises]
    for cell in [cell for cell in figures if cell.table == Table.OUTCOME]:
        most = sum(crises) if cell == IN_A_CRISIS else sum(others) if cell in OF_A_NEED else figures[CONVERSATIONS]
        figures[cell] = min(figures[cell], most, figures[CONVERSATIONS])
    if max(crises, default=0) > figures.get(IN_A_CRISIS, 0):
        figures[IN_A_CRISIS] = max(crises)
    missing = max(others, default=0) - sum(figures.get(cell, 0) for cell in OF_A_NEED)
    if missing > 0:
        figures[OF_A_NEED[0]] = figures.get(OF_A_NEED[0], 0) + missing
