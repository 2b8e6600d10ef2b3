"""Figures as a test writes them down: "conversations 40, area a ?, topic_area food a 12"; ? is a hidden one."""

from collections.abc import Mapping

from bot.counts.cell import Cell
from bot.counts.families import needs, whole
from bot.counts.hide import Family


def cell(told: str) -> Cell:
    """Return the cell of a name: "topic_area food a", "outcome local entry"."""
    table, _, rest = told.partition(" ")
    return Cell(table, *(rest.split(" ") if table in ("topic_area", "topic_language") else [rest]))


def shown(told: str) -> dict[Cell, int | None]:
    """Return figures as they are published, in the order they are written in."""
    pairs = [one.strip().rpartition(" ") for one in told.split(",") if one.strip()]
    return {cell(name): None if n == "?" else int(n) for name, _, n in pairs}


def true(told: str) -> dict[Cell, int]:
    """Return figures of which none is hidden."""
    return {name: n for name, n in shown(told).items() if n is not None}


def names(cells: Mapping[Cell, object] | frozenset[Cell] | set[Cell]) -> set[str]:
    """Return the names of cells, as they are written down."""
    return {" ".join(filter(None, one)) for one in cells}


def everybody(*weeks: str) -> Family:
    """Return all conversations of some weeks with their splits."""
    return whole(dict.fromkeys(one for week in weeks for one in shown(week)))


def food(*weeks: str) -> Family:
    """Return the first topic of some weeks with its splits."""
    return needs(dict.fromkeys(one for week in weeks for one in shown(week)))[0]
