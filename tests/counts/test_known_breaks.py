"""Quarters and weeks in which a rule of hiding was missed: switch the rule off, and its line turns red."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from tests.counts.attack import Attack
from tests.counts.knowledge import Cell as Plain
from tests.counts.test_suppression_attack import broken_quarter, publish
from tests.counts.truth import World
from tests.counts.worlds import some_week, some_year

Year = tuple[World, Sequence[Sequence[Mapping[Plain, int]]]]


def small(seed: int) -> Year:
    """Return two quarters of a line with few topics and few texters."""
    return some_year(seed, quarters=2, topics=2 + seed % 6, size=[40, 150, 400, 1200][seed % 4])


def large(seed: int) -> Year:
    """Return a year of a line with many topics and some 3,000 conversations."""
    return some_year(seed, quarters=4, topics=5 + seed % 20, size=3000)


@pytest.mark.parametrize(
    ("line", "seed", "quarter"),
    [
        pytest.param(small, 5110, 0, id="topics-that-a-whole-hidden-county-asked-for"),
        pytest.param(small, 5126, 0, id="too-little-left-for-the-quarter"),
        pytest.param(large, 1022, 1, id="an-outcome-needed-beside-its-entries"),
        pytest.param(small, 5234, 0, id="an-outcome-needed-in-a-small-line"),
        pytest.param(large, 1022, 3, id="a-figure-with-a-twin"),
        pytest.param(small, 5106, 1, id="a-twin-in-a-small-line"),
        pytest.param(large, 71036, 0, id="topics-coupled-by-what-is-shown"),
    ],
)
def test_a_quarter_that_was_once_worked_out_no_longer_is(line: Callable[[int], Year], seed: int, quarter: int) -> None:
    world, year = line(seed)
    assert broken_quarter(world, year[quarter]) == []


@pytest.mark.parametrize("seed", [117, 301, 331, 399])
def test_a_week_that_was_once_worked_out_no_longer_is(seed: int) -> None:
    world, true = some_week(seed)
    published = publish(world, true)
    for known in (world.known(), replace(world.known(), endings=True, joint=True)):
        assert Attack([published], None, known).pinned() == {}
