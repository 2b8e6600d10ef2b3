"""When a topic's hidden areas are as good as the areas themselves, to the last conversation."""

from collections.abc import Sequence

import pytest

from bot.counts.coupled import coupled, left_in
from bot.counts.rules import Rules
from bot.counts.withhold import withheld
from tests.counts.written import cell, everybody, food, names, shown, true

#: Who wrote: 40 left over for the areas a and b; and the languages en and es, of which nothing is hidden.
WROTE = "conversations 100, area a ?, area b ?, area c 60, area d 0, language en 60, language es 40"
#: What they asked for, {n} in all; 20 of them in area c.
ASKED = (
    "topic food {n}, topic_area food a ?, topic_area food b ?, topic_area food c 20, topic_area food d 0,"
    "topic_language food en {n}, topic_language food es 0"
)

#: What another week of the quarter has besides.
LATER = "area e 0, topic_area food e 0"


def found(weeks: Sequence[str], rules: Rules | None = None) -> set[str]:
    """Return the names of what is coupled."""
    told = f"{WROTE}, {ASKED.format(n=0)}"
    return names(coupled(food(told), everybody(told), [shown(week) for week in weeks], rules or Rules()))


AB = {"topic_area food a", "topic_area food b"}
LANGUAGES = {"topic_language food en", "topic_language food es"}


@pytest.mark.parametrize(
    ("wrote", "asked", "most", "expected"),
    [
        pytest.param(WROTE, ASKED, 50, AB, id="two hidden areas"),
        pytest.param(WROTE.replace("100", "101").replace("d 0", "d ?"), ASKED, 50, AB, id="one more, for a third"),
        pytest.param(WROTE.replace("100", "120").replace("area a ?", "area a 25"), ASKED, 70, AB, id="one is shown"),
        pytest.param(
            WROTE.replace("100", "205").replace("a ?", "a 60").replace("b ?", "b 80").replace("d 0", "d ?"),
            ASKED,
            150,
            AB,
            id="both are shown, and another is not",
        ),
        pytest.param(
            "conversations 100, area c 100, language en ?, language es ?, language fr 60",
            "topic food {n}, topic_area food c {n}, topic_language food en ?, topic_language food es ?,"
            "topic_language food fr 20",
            50,
            LANGUAGES,
            id="languages",
        ),
    ],
)
def test_ten_that_may_lie_elsewhere_are_enough(wrote: str, asked: str, most: int, expected: set[str]) -> None:
    def tried(n: int, rules: Rules | None = None) -> set[str]:
        week = f"{wrote}, {asked.format(n=n)}"
        told = coupled(food(week, LATER), everybody(week, LATER), [shown(week)], rules or Rules())
        return names(told)

    assert tried(most) == set()
    assert tried(most + 1) == expected
    assert tried(most, Rules(threshold=12)) == expected


@pytest.mark.parametrize(
    "week",
    [
        pytest.param(f"{WROTE.replace('100', '?')}, {ASKED.format(n=80)}", id="nobody knows how many wrote"),
        pytest.param(f"{WROTE}, {ASKED.format(n='?')}", id="nobody knows how many asked"),
        pytest.param(f"{WROTE}, {ASKED.format(n=90).replace('?', '35')}", id="nothing of it is hidden"),
        pytest.param(f"{WROTE}, {ASKED.format(n=0).replace('?', '0').replace('20', '0')}", id="nobody asked"),
        pytest.param("conversations 0", id="nobody wrote, and the topic was not there"),
        pytest.param("conversations 10, topic food ?", id="few, and the topic is hidden"),
    ],
)
def test_weeks_that_couple_nothing(week: str) -> None:
    assert found([week]) == set()


def test_a_topic_that_all_but_nine_asked_for_is_silent_as_a_whole() -> None:
    everyone = f"{WROTE}, topic food {{n}}, topic_area food a 0"
    assert found([everyone.format(n=90)]) == set()
    assert len(found([everyone.format(n=91)])) == 6
    assert found([everyone.format(n=91)]) == found([everyone.format(n=90), everyone.format(n=91)])


def test_one_such_week_is_enough() -> None:
    loose, tight = (f"{WROTE}, {ASKED.format(n=n)}" for n in (50, 51))
    assert found([loose, tight]) == found([tight, loose, ""]) == AB


def test_what_is_left_of_a_total() -> None:
    week = shown("area a 40, topic food 30, topic_area food a ?, topic_area food b 12, topic_area food c 0")
    split = [cell(f"topic_area food {area}") for area in "abcd"]
    assert left_in(cell("topic food"), split, week) == 18
    assert left_in(cell("topic jobs"), [], week) == 0
    assert left_in(cell("topic food"), split, {**week, cell("topic food"): None}) is None


@pytest.mark.parametrize(
    ("figures", "hidden", "expected"),
    [
        pytest.param("area a 30, topic_area food a 30", "topic_area food a ?", {"topic food"}, id="all of an area"),
        pytest.param("area a 31, topic_area food a 30", "topic_area food a ?", set(), id="all but one"),
        pytest.param("area a 30, topic_area food a 30", "topic_area food a 30", set(), id="it is shown"),
        pytest.param("area a 10, topic_area food a 10", "topic_area food a ?", set(), id="ten of ten are small"),
        pytest.param("area a 11, topic_area food a 11", "topic_area food a ?", {"topic food"}, id="eleven are not"),
        pytest.param(
            "language en 30, topic_language food en 30", "topic_language food en ?", {"topic food"}, id="a language"
        ),
        pytest.param("conversations 30, topic food 30", "topic food ?", {"topic food"}, id="everybody"),
        pytest.param("conversations 30, outcome crisis 30", "outcome crisis ?", set(), id="an outcome is no topic"),
        pytest.param("conversations 30, entry clinic 30", "entry clinic ?", set(), id="nor is an entry"),
    ],
)
def test_a_topic_all_of_a_hidden_area_asked_for_is_withheld(figures: str, hidden: str, expected: set[str]) -> None:
    published = {**true(figures), **shown(hidden)}
    assert names(withheld(true(figures), published, Rules())) == expected
