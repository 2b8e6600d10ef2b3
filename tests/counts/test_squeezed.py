"""Sums of which one week must hold so much that they tell of the hidden area above it."""

import pytest

from bot.counts.rules import Rules
from bot.counts.squeezed import squeezed
from tests.counts.written import everybody, food, names, shown, true

#: The areas a and b share 40 that are hidden; so a has 39 at most.
TIGHT = "conversations 60, area a ?, area b ?, area c 20, language en 60, topic food ?, topic_area food a ?"
ALONE = TIGHT.replace("area b ?, area c 20", "area b 20, area c 0")
#: Here food in a is 15 at most, for that is all of a; there 18 less 1 for food in b; or as many as there are.
AREA = "conversations 60, area a 15, area b 45, area c 0, topic food ?, topic_area food a ?"
TOPIC = (
    "conversations 90, area a 30, area b ?, area c ?, topic food 30, topic_area food a ?, topic_area food b ?,"
    "topic_area food c 12"
)
UNSEEN = "conversations ?, area a ?, area b ?, area c ?, topic food ?, topic_area food a ?"
NONE = "conversations 60, area a 20, area b 20, area c 20, topic food 0, topic_area food a 0"
SPEECH = (
    "conversations 60, area a 60, language en ?, language es ?, language fr 20, topic food ?, topic_language food en ?"
)
CELLS = ", ".join((TIGHT, TOPIC, SPEECH, "area d 0, topic_area food d 0"))


@pytest.mark.parametrize(
    ("weeks", "name", "most"),
    [
        pytest.param([TIGHT], "topic_area food a", 29, id="the week alone"),
        pytest.param([ALONE], "topic_area food a", 30, id="an area hidden alone"),
        pytest.param([TIGHT, AREA], "topic_area food a", 29 + 15, id="another week holds all of its area"),
        pytest.param([AREA, TIGHT], "topic_area food a", 29 + 15, id="in whatever order"),
        pytest.param([TIGHT, TOPIC], "topic_area food a", 29 + 17, id="or what is left of its topic"),
        pytest.param([TIGHT, TOPIC, AREA], "topic_area food a", 29 + 17 + 15, id="or both"),
        pytest.param([TIGHT, NONE, ""], "topic_area food a", 29, id="weeks that do not hide it"),
        pytest.param(
            [TIGHT, AREA.replace(", topic_area food a ?", "")], "topic_area food a", 29, id="or do not have it"
        ),
        pytest.param([TIGHT, TOPIC.replace("area a 30", "area a 16")], "topic_area food a", 29 + 16, id="the less"),
        pytest.param([SPEECH], "topic_language food en", 29, id="a language"),
    ],
)
def test_a_week_that_must_hold_too_much(weeks: list[str], name: str, most: int) -> None:
    def told(n: int, rules: Rules | None = None) -> set[str]:
        made = [shown(week) for week in weeks]
        found = squeezed(food(CELLS), everybody(CELLS), made, rest=true(f"{name} {n}"), rules=rules or Rules())
        return names(found)

    assert told(most) == set()
    assert told(most + 1) == {name}
    assert told(most, Rules(threshold=12)) == {name}


@pytest.mark.parametrize(
    "weeks",
    [
        pytest.param([AREA], id="the area is shown"),
        pytest.param([UNSEEN], id="nobody knows how large the area can be"),
        pytest.param([TIGHT, UNSEEN], id="another week may hold any number"),
        pytest.param([NONE], id="nothing is hidden"),
        pytest.param([AREA, TIGHT.replace(", topic_area food a ?", "")], id="the week does not have it"),
        pytest.param(["conversations 60, topic food ?, topic_area food a ?"], id="a week without the area"),
    ],
)
def test_weeks_that_say_nothing(weeks: list[str]) -> None:
    made, rest = [shown(week) for week in weeks], true("topic_area food a 500")
    assert squeezed(food(CELLS), everybody(CELLS), made, rest=rest, rules=Rules()) == frozenset()


def test_what_has_no_sum_is_passed_over() -> None:
    assert squeezed(food(CELLS), everybody(CELLS), [shown(TIGHT)], rest={}, rules=Rules()) == frozenset()
