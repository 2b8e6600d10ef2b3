"""Sums of outcomes and entries over a quarter: which say too much of a week, or of a hidden topic."""

import pytest

from bot.counts.loose_quarter import loose_sums
from bot.counts.rules import Rules
from tests.counts.written import cell, shown, true

RULES = Rules(
    links={"clinic": (cell("topic food"), cell("topic jobs")), "line": (cell("topic danger"),)},
    crises=frozenset({"danger"}),
)
#: Nobody can tell from 500 conversations who was not understood.
WEEK = "conversations 500, outcome unclear ?"


def sums(weeks: list[str], rest: str, topics: str = "", rules: Rules = RULES) -> dict[str, int | None]:
    """Return what is published of the sums of a quarter."""
    found = loose_sums([shown(week) for week in weeks], true(rest), shown(topics), rules)
    return {" ".join(filter(None, one)): n for one, n in found.items()}


@pytest.mark.parametrize(
    ("weeks", "edges"),
    [
        pytest.param(1, "hidden 40", id="a single week"),
        pytest.param(2, "hidden 20, shown 21", id="two weeks: 20 can be ten and ten"),
        pytest.param(3, "hidden 12, shown 13, shown 20, hidden 21, hidden 30, shown 31", id="three weeks"),
        pytest.param(4, "hidden 13, shown 14, shown 30, hidden 31, hidden 40, shown 41", id="four weeks"),
    ],
)
def test_a_sum_leaves_each_of_its_weeks_room(weeks: int, edges: str) -> None:
    for edge in edges.split(", "):
        fate, n = edge.split(" ")
        told = sums([WEEK] * weeks + ["conversations 500, outcome unclear 20", ""], f"outcome unclear {n}")
        assert told == {"outcome unclear": int(n) if fate == "shown" else None}, edge


def test_nothing_but_outcomes_and_entries_is_summed_here() -> None:
    rest = "conversations 500, topic food 100, segments 500, area a 90, outcome unclear 13, entry clinic 40"
    assert sums([WEEK] * 3, rest).keys() == {"outcome unclear", "entry clinic"}


#: The crisis outcome, of which only danger can have been the cause, and the clinic, of which food and jobs can.
DANGER = "conversations 500, outcome crisis ?, topic danger ?"
GIVEN = "conversations 500, entry clinic ?, topic food 40, topic jobs 20, topic danger 90"


@pytest.mark.parametrize(
    ("weeks", "rest", "topics", "expected"),
    [
        pytest.param([DANGER] * 2, "outcome crisis 15", "topic danger 15", 15, id="the same people, and told already"),
        pytest.param([DANGER] * 2, "outcome crisis 15", "topic danger ?", None, id="not told"),
        pytest.param([DANGER] * 2, "outcome crisis 15", "topic danger 16", None, id="not the same"),
        pytest.param([DANGER], "outcome crisis 30", "topic danger 30", 30, id="in one week"),
        pytest.param(
            [DANGER, DANGER.replace("outcome crisis ?", "outcome crisis 12")],
            "outcome crisis 15",
            "topic danger 15",
            None,
            id="hidden in other weeks",
        ),
        pytest.param(
            [f"{DANGER}, topic food 40, topic jobs 20"] * 2, "entry line 15", "topic danger 15", None, id="an entry"
        ),
        pytest.param([GIVEN] * 3, "entry clinic 170", "", 170, id="ten less than the shown topics"),
        pytest.param([GIVEN] * 3, "entry clinic 171", "", None, id="nine less"),
        pytest.param(
            [GIVEN.replace("food 40", "food ?")] * 3, "entry clinic 140", "topic food 90", 140, id="a sum that is shown"
        ),
        pytest.param(
            [GIVEN.replace("food 40", "food ?")] * 3, "entry clinic 141", "topic food 90", None, id="a larger one"
        ),
        pytest.param(
            [GIVEN.replace("food 40", "food ?")] * 3, "entry clinic 50", "topic food ?", 50, id="a sum that is not"
        ),
        pytest.param(
            [GIVEN.replace("food 40", "food ?")] * 3, "entry clinic 51", "topic food ?", None, id="more than the other"
        ),
        pytest.param(
            [*[GIVEN.replace("food 40", "food ?")] * 3, "topic food ?"],
            "entry clinic 51",
            "topic food 90",
            None,
            id="a sum over other weeks, too",
        ),
        pytest.param(
            [*[GIVEN] * 2, GIVEN.replace("food 40", "food ?")],
            "entry clinic 150",
            "topic food 20",
            150,
            id="shown here, a sum there",
        ),
    ],
)
def test_a_sum_says_no_more_than_topics_do(weeks: list[str], rest: str, topics: str, expected: int | None) -> None:
    assert list(sums(weeks, f"conversations 0, {rest}", topics).values()) == [expected]


#: Needs that found something local or national, and no other outcome. Of food at least 30 are among them each week.
FOUND = (
    "conversations 500, outcome local entry ?, outcome national ?, outcome 211 only 0, outcome no entry 0,"
    "topic food 30, topic jobs 20, topic danger 90"
)
LESS = FOUND.replace("211 only 0", "211 only 12")
ONE = FOUND.replace("food 30", "food ?").replace("jobs 20", "jobs 0").replace("no entry 0", "no entry 20")


@pytest.mark.parametrize(
    ("weeks", "topics", "needed"),
    [
        pytest.param([FOUND] * 2, "", 60, id="as many as the largest topic"),
        pytest.param([FOUND, FOUND, "conversations 500, topic food 400"], "", 60, id="a week that hides none"),
        pytest.param([FOUND, LESS], "", 48, id="less what is shown of an outcome"),
        pytest.param([FOUND] * 2 + [FOUND.replace("30", "0").replace("20", "0")], "", 62, id="one of each at least"),
        pytest.param(
            [FOUND, FOUND.replace("food 30", "food ?"), f"{LESS}, topic rent 90"],
            "topic food 45",
            30 + 20 + 78 + 45 - 20,
            id="what the sum of a topic says",
        ),
        pytest.param(
            [FOUND, FOUND, f"{LESS}, topic rent 90"], "topic food ?, topic danger 500", 30 + 30 + 78, id="a hidden sum"
        ),
    ],
)
def test_the_sums_of_all_that_was_found_leave_the_weeks_room(weeks: list[str], topics: str, needed: int) -> None:
    def told(n: int, rules: Rules = RULES) -> dict[str, int | None]:
        return sums(weeks, f"outcome local entry {n - n // 2 + 5}, outcome national {n // 2 - 5}", topics, rules)

    enough = needed + 10
    assert None not in told(enough).values()
    assert told(enough - 1)["outcome national"] is None
    assert told(enough - 1)["outcome local entry"] == (enough - 1) - (enough - 1) // 2 + 5
    assert told(enough, Rules(12, RULES.links, RULES.crises))["outcome national"] is None


#: Food alone, and all of it local.
TWIN = "conversations 500, outcome local entry ?, outcome national 0, topic food ?, topic jobs 0"


@pytest.mark.parametrize(
    ("weeks", "shows"),
    [
        pytest.param([TWIN] * 2, 15, id="a topic that tells it already"),
        pytest.param([TWIN, TWIN, "conversations 500, topic rent 20"], 15, id="before there was another topic"),
        pytest.param([TWIN, TWIN.replace("jobs 0", "jobs 20")], None, id="beside another topic"),
    ],
)
def test_a_sum_that_a_topic_tells_already_is_not_given_up(weeks: list[str], shows: int | None) -> None:
    assert sums(weeks, "conversations 0, outcome local entry 15", "topic food 15") == {"outcome local entry": shows}


def test_of_two_sums_alike_the_first_by_name_is_given_up() -> None:
    told = sums([FOUND] * 2, "outcome national 34, outcome local entry 34")
    assert told == {"outcome national": 34, "outcome local entry": None}


def test_where_one_of_the_sums_is_hidden_the_others_may_be_shown() -> None:
    assert sums([FOUND] * 2, "outcome national 12, outcome local entry 34") == {
        "outcome national": None,
        "outcome local entry": 34,
    }
