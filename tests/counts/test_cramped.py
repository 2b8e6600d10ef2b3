"""Sums over a quarter at the edge of too little room: one less and they would tell."""

import pytest

from bot.counts.cramped import cramped, cramped_total
from bot.counts.rules import Rules
from tests.counts.written import cell, everybody, food, shown, true

HIDDEN_AREA = "area a ?"
#: Food in an area that is itself hidden, and that is shown.
BOTH, UNDER = "area a ?, topic_area food a ?", "area a 20, topic_area food a ?"


@pytest.mark.parametrize(
    ("weeks", "enough"),
    [
        pytest.param([HIDDEN_AREA] * 3, 13, id="ten beside one in each week"),
        pytest.param([HIDDEN_AREA] * 2 + ["area a 0", "area a 20", "area b ?", ""], 12, id="only hidden weeks count"),
        pytest.param([HIDDEN_AREA], 11, id="one week"),
        pytest.param([], 11, id="no week: small all the same"),
    ],
)
def test_a_sum_leaves_ten_beyond_one_in_each_of_its_weeks(weeks: list[str], enough: int) -> None:
    made = [shown(week) for week in weeks]
    name = cell("area a")
    assert not cramped(name, made, {name: enough}, Rules())
    assert cramped(name, made, {name: enough - 1}, Rules())
    assert cramped(name, made, {name: enough}, Rules(threshold=12))


@pytest.mark.parametrize(
    ("weeks", "rest", "most"),
    [
        pytest.param([BOTH], "area a 40", 30, id="of a hidden area"),
        pytest.param([BOTH, "area a ?, topic_area food a 0"], "area a 41", 30, id="one in a week of the area alone"),
        pytest.param([BOTH, "area a ?"], "area a 41", 30, id="a week that does not have the figure"),
        pytest.param([BOTH, ""], "area a 40", 30, id="a week that has neither"),
        pytest.param([BOTH, "area a 50, topic_area food a 12"], "area a 40", 30, id="a week that shows both"),
        pytest.param([UNDER] * 4, "", 70, id="of a shown area"),
        pytest.param([UNDER, UNDER, BOTH, BOTH], "area a 30", 60, id="of both"),
    ],
)
def test_the_area_has_ten_more_than_its_part(weeks: list[str], rest: str, most: int) -> None:
    made = [shown(week) for week in weeks]
    name = cell("topic_area food a")
    assert not cramped(name, made, true(f"{rest}, topic_area food a {most}"), Rules())
    assert cramped(name, made, true(f"{rest}, topic_area food a {most + 1}"), Rules())


AREAS = "conversations ?, area a ?, area b ?, area c ?, language en ?, language es 0"
LANGUAGES = "conversations ?, area a ?, area b 0, area c 0, language en ?, language es ?"
NAKED = "conversations ?"


@pytest.mark.parametrize(
    ("weeks", "least"),
    [
        pytest.param([AREAS], 3, id="three areas"),
        pytest.param([AREAS, AREAS, LANGUAGES], 8, id="week by week"),
        pytest.param([LANGUAGES], 2, id="two languages"),
        pytest.param([f"{AREAS}, outcome opt-out 20"], 20, id="what is shown of an outcome"),
        pytest.param([f"{AREAS}, outcome opt-out 20, outcome crisis 12"], 20, id="the most of them"),
        pytest.param([f"{AREAS}, segments 500"], 3, id="segments are no conversations"),
        pytest.param([NAKED], 1, id="a week that has nothing else"),
        pytest.param([AREAS, "conversations 40, area a ?, area b ?"], 3, id="a week that shows it"),
        pytest.param([AREAS, "", "area a ?"], 3, id="a week that does not have it"),
    ],
)
def test_a_total_has_ten_beyond_the_parts_it_is_known_to_have(weeks: list[str], least: int) -> None:
    family, made = everybody(AREAS), [shown(week) for week in weeks]
    assert not cramped_total(family, made, {family.total: least + 10}, Rules())
    assert cramped_total(family, made, {family.total: least + 9}, Rules())
    assert cramped_total(family, made, {family.total: least + 10}, Rules(threshold=12))


def test_of_a_topic_only_its_own_parts_count() -> None:
    week = "conversations 60, area a 40, topic food ?, topic_area food a ?, topic_language food en ?"
    family = food(week)
    assert not cramped_total(family, [shown(week)], {family.total: 11}, Rules())
    assert cramped_total(family, [shown(week)], {family.total: 10}, Rules())
