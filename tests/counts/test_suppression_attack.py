"""What is published of random weeks and years: true, nothing small, and nothing hidden that could be worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.counts.cell import Cell
from bot.counts.close import close_week
from bot.counts.quarter import close_quarter
from bot.counts.rules import Rules
from bot.counts.withhold import withheld
from tests.counts.attack import Attack, Place
from tests.counts.knowledge import Cell as Plain
from tests.counts.knowledge import Published
from tests.counts.truth import World
from tests.counts.worlds import some_week, some_year

#: 200 weeks in CI; 5,000 when thorough.
BLOCKS, IN_A_BLOCK, THOROUGH_BLOCK = 10, 20, 500
#: One quarter of 10 small lines in CI; when thorough also whole years of 200 lines, large ones too.
LINES_IN_A_BLOCK = 20
LEAST = Rules().threshold


def rules_of(world: World) -> Rules:
    """Return the rules by which the figures of a world are hidden."""
    links = {entry: tuple(Cell(*cell) for cell in cells) for entry, cells in world.links.items()}
    return Rules(LEAST, links, world.crises)


def as_ours(figures: Mapping[Plain, int]) -> dict[Cell, int]:
    """Write an attacker's cells as the line's."""
    return {Cell(*cell): value for cell, value in figures.items()}


def as_seen(figures: Mapping[Cell, int | None]) -> dict[Plain, int | None]:
    """Write the line's cells as an attacker's."""
    return {(cell.table, cell.first, cell.second): value for cell, value in figures.items()}


def publish(world: World, true: Mapping[Plain, int]) -> Published:
    """Close a week as the line does, and check each figure of it against the truth."""
    published = as_seen(close_week(as_ours(true), rules_of(world)))
    assert published.keys() == true.keys()
    check(published, true)
    return published


def check(published: Published, true: Mapping[Plain, int]) -> None:
    """Check that what is published is true and 0 or large, and that only what is there was hidden."""
    for cell, value in published.items():
        if value is None:
            assert true[cell] >= 1, f"{cell} is hidden, and nobody is in it"
        else:
            assert value == true[cell], f"{cell} is not true"
            assert value == 0 or value >= LEAST, f"{cell} is published and small"


def told(pinned: Mapping[Place, int]) -> list[str]:
    """Say in words what can be worked out."""
    return [f"week {place.week}: {' '.join(filter(None, place.cell))} is {value}" for place, value in pinned.items()]


@pytest.mark.thorough
@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_hidden_figure_of_a_week_can_be_worked_out(block: int, thorough: bool) -> None:
    size = THOROUGH_BLOCK if thorough else IN_A_BLOCK
    broken, shown = {}, 0
    for seed in range(block * size, (block + 1) * size):
        world, true = some_week(seed)
        published = publish(world, true)
        shown += sum(1 for value in published.values() if value)
        for known in (world.known(), replace(world.known(), endings=True, joint=True)):
            if pinned := Attack([published], None, known).pinned():
                broken[seed] = told(pinned)
    assert not broken
    assert shown > size, "who hides everything is safe, and of no use"


@pytest.mark.thorough
@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_hidden_figure_of_a_year_can_be_worked_out(block: int, thorough: bool) -> None:
    broken = {}
    lines = {block: some_year(block, quarters=1, topics=4, size=300)}
    for seed in range(1_000 + block * LINES_IN_A_BLOCK, 1_000 + (block + 1) * LINES_IN_A_BLOCK) if thorough else ():
        lines[seed] = some_year(seed, quarters=4, topics=5 + seed % 20, size=3_000)
    for seed, (world, year) in lines.items():
        for number, quarter in enumerate(year):
            if found := broken_quarter(world, quarter):
                broken[seed, number] = found
    assert not broken


def broken_quarter(world: World, true: Sequence[Mapping[Plain, int]]) -> list[str]:
    """Close 13 weeks and their quarter as the line does, and say what can be worked out from all of it."""
    weeks = [publish(world, week) for week in true]
    sums: dict[Plain, int] = {}
    for published, week in zip(weeks, true, strict=True):
        for cell in (cell for cell, value in published.items() if value is None):
            sums[cell] = sums.get(cell, 0) + week[cell]
    ours = [{Cell(*cell): value for cell, value in published.items()} for published in weeks]
    rules = rules_of(world)
    silent = frozenset().union(*(withheld(as_ours(week), shown, rules) for week, shown in zip(true, ours, strict=True)))
    rest = as_seen(close_quarter(ours, as_ours(sums), rules, withheld=silent))
    check(rest, {cell: sums.get(cell, 0) for cell in rest})
    assert sums.keys() <= rest.keys()
    return told(Attack(weeks, rest, world.known()).pinned())
