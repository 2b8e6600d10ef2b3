"""Which sums of a quarter are shown, to the last conversation: every rule once, by the smallest quarter it decides."""

import pytest

from bot.counts.quarter import close_quarter
from bot.counts.rules import Rules
from tests.counts.written import cell, shown, true

RULES = Rules(crises=frozenset({"danger"}))


def told(weeks: list[str], rest: str, withheld: str = "") -> dict[str, int | None]:
    """Return what is published of a quarter."""
    silent = [cell(withheld)] if withheld else []
    found = close_quarter([shown(week) for week in weeks], true(rest), RULES, withheld=silent)
    return {" ".join(filter(None, one)): n for one, n in found.items()}


def as_told(written: str) -> dict[str, int | None]:
    """Return figures by their names."""
    return {" ".join(filter(None, one)): n for one, n in shown(written).items()}


#: Three areas and two languages, all hidden.
HIDDEN = "conversations ?, area a ?, area b ?, area c ?, language en ?, language es ?"
#: What is hidden of a known total, in three areas and in two.
THREE = "conversations 90, area a ?, area b ?, area c ?, area d 30, language en 90"
AB, AC = "conversations 60, area a ?, area b ?, area c 20", "conversations 60, area a ?, area b 20, area c ?"
SPOKEN = "conversations 90, area d 90, language en ?, language es ?, language fr ?"


@pytest.mark.parametrize(
    ("weeks", "rest", "expected"),
    [
        pytest.param(
            [HIDDEN] * 2,
            "conversations 100, area a 60, area b 25, area c 15, language en 70, language es 30",
            "conversations 100, area a 60, area b 25, area c 15, language en 70, language es 30",
            id="enough of everything",
        ),
        pytest.param([HIDDEN] * 2, "conversations 16", "conversations 16", id="ten more than its parts"),
        pytest.param([HIDDEN] * 2, "conversations 15, area a 12", "conversations ?, area a 12", id="nine more"),
        pytest.param(
            [HIDDEN] * 2,
            "conversations 100, area a 90, area b 92, area c 18, language en 89, language es 11",
            "conversations 100, area a ?, area b 92, area c ?, language en ?, language es ?",
            id="too little left beside a sum of all",
        ),
        pytest.param(
            [HIDDEN] * 2,
            "conversations 15, area a 12, language en 12, language es 11",
            "conversations ?, area a 12, language en 12, language es ?",
            id="beside a hidden sum of all nothing is left over",
        ),
        pytest.param([THREE] * 3, "area a 160, area b 7, area c 9", "area a 160, area b ?, area c ?", id="ten left"),
        pytest.param([THREE] * 3, "area a 160, area b 6, area c 9", "area a ?, area b ?, area c ?", id="nine left"),
        pytest.param(
            [THREE, THREE, THREE, "conversations 0", "conversations 30, area b 30"],
            "area a 160, area b 7, area c 9",
            "area a 160, area b ?, area c ?",
            id="beside weeks that hide nothing",
        ),
        pytest.param(
            [SPOKEN] * 3,
            "language en 160, language es 6, language fr 9",
            "language en ?, language es ?, language fr ?",
            id="nine left of the languages",
        ),
        pytest.param(
            [AB, AC], "area a 40, area b 20, area c 20", "area a 40, area b ?, area c ?", id="the larger stays"
        ),
        pytest.param([AB, AC], "area a 20, area b 30, area c 30", "area a ?, area b ?, area c ?", id="or none"),
        pytest.param([AB, AB, AB], "area a 60, area b 60", "area a 60, area b 60", id="both of three weeks"),
        pytest.param([AB], "area a 20, area b 20", "area a ?, area b ?", id="of one week neither"),
    ],
)
def test_which_sums_are_shown(weeks: list[str], rest: str, expected: str) -> None:
    assert told(weeks, rest) == as_told(expected)


#: Topics in areas that are hidden: of food the total is known, of jobs it is not.
ASKED = (
    "conversations 100, area a ?, area b ?, area c 20, language en 100, topic food {food}, topic_area food a ?,"
    "topic_area food b ?, topic_area food c 20, topic jobs ?, topic_area jobs a ?, topic_area jobs b ?,"
    "topic_language food en 40, topic_language jobs en ?, segments ?"
)
AREAS = "area a 150, area b 90"
JOBS = "topic jobs 90, topic_area jobs a 50, topic_area jobs b 40, topic_language jobs en 90"


@pytest.mark.parametrize(
    ("food", "withheld", "secret"),
    [
        pytest.param(40, "", set(), id="nothing against it"),
        pytest.param(40, "topic jobs", {"jobs"}, id="withheld"),
        pytest.param(40, "topic food", {"food"}, id="the other one withheld"),
        pytest.param(90, "", set(), id="ten who did not ask for it"),
        pytest.param(91, "", {"food"}, id="nine: its areas are as good as the areas"),
    ],
)
def test_what_a_topic_must_not_say_is_left_out_of_it(food: int, withheld: str, secret: set[str]) -> None:
    # Beside the 20 in c, over three weeks.
    in_a = 3 * (food - 20) * 9 // 14
    sums = f"topic_area food a {in_a}, topic_area food b {3 * (food - 20) - in_a}"
    found = told([ASKED.format(food=food)] * 3, f"{AREAS}, {JOBS}, {sums}", withheld)
    assert {name.split()[1] for name, n in found.items() if n is None} == secret
    assert found


#: A week that must hold all of a sum but what these can: 11 of jobs in a each, for there 12 are left for a and b.
BOUND = (
    "conversations 100, area a 30, area b 50, area c 20, topic jobs 32, topic_area jobs a ?, topic_area jobs b ?,"
    "topic_area jobs c 20, topic_language jobs en 32"
)


@pytest.mark.parametrize(("jobs", "shows"), [(91, 91), (92, None)], ids=["ten up to the area", "nine"])
def test_a_sum_that_fills_the_area_of_one_week_is_hidden(jobs: int, shows: int | None) -> None:
    rest = f"area a 70, area b 10, topic_area jobs a {jobs}, topic_area jobs b 13, topic_language jobs en 79"
    assert told([ASKED.format(food=40), BOUND, BOUND], rest)["topic_area jobs a"] == shows


@pytest.mark.parametrize(
    ("rest", "segments"),
    [
        pytest.param("conversations 100, segments 130", 150, id="in steps of fifty"),
        pytest.param("conversations 15, segments 130", None, id="of conversations that stay hidden"),
        pytest.param("segments 130", None, id="of nobody"),
    ],
)
def test_segments_are_shown_with_the_conversations(rest: str, segments: int | None) -> None:
    assert told([f"{HIDDEN}, segments ?"] * 2, rest)["segments"] == segments


def test_what_was_hidden_nowhere_has_no_sum() -> None:
    assert told([HIDDEN] * 2, "conversations 100").keys() == {"conversations"}
    assert told([], "") == {}


def test_outcomes_are_summed_beside_the_topics() -> None:
    danger = ("topic danger", "topic_area danger a", "topic_language danger en", "outcome crisis")
    week = "conversations 100, area a 100, language en 100, " + ", ".join(f"{name} ?" for name in danger)
    rest = ", ".join(f"{name} 15" for name in danger)
    assert told([week] * 2, rest) == as_told(rest)
