"""Outcomes and entries of a week that say too much of what is hidden, and those that do not."""

import pytest

from bot.counts.cell import Cell
from bot.counts.loose import hidden_entries, hidden_outcomes, linked
from bot.counts.rules import Rules
from tests.counts.written import cell, names, true

IN_A, IN_B, FOOD, JOBS = cell("topic_area food a"), cell("topic_area food b"), cell("topic food"), cell("topic jobs")
RULES = Rules(
    links={
        "pantry": (IN_A,),
        "kitchen": (IN_A, IN_B),
        "clinic": (FOOD,),
        "office": (FOOD, JOBS),
        "211": (FOOD, IN_A),
        "shelter": (IN_A, cell("topic_area food z")),
    },
    crises=frozenset({"danger", "suicide"}),
    general=frozenset({"211"}),
)
ASKED = (
    "conversations 500, topic food 60, topic jobs 40, topic danger 15, topic suicide 12, topic_area food a 30,"
    "topic_area food b 30"
)


def outcomes(told: str, hidden: str = "") -> set[str]:
    """Return which outcomes are hidden beside some topics."""
    return names(hidden_outcomes(true(f"{ASKED}, {told}"), cells(hidden), RULES))


def entries(told: str, hidden: str = "") -> set[str]:
    """Return which entries are hidden, and which outcomes with them."""
    return names(hidden_entries(true(f"{ASKED}, {told}"), cells(hidden), RULES))


def cells(told: str) -> frozenset[Cell]:
    return frozenset(cell(one.strip()) for one in told.split(",") if one)


@pytest.mark.parametrize(
    ("told", "hidden", "most", "expected"),
    [
        pytest.param("outcome crisis {n}", "topic suicide", 15, "crisis", id="more crises than a shown topic has"),
        pytest.param("outcome crisis {n}", "topic danger, topic suicide", 0, "crisis", id="none is shown"),
        pytest.param("outcome local entry {n}", "topic jobs", 60, "local entry", id="more needs than are shown"),
        pytest.param("outcome no entry {n}", "topic jobs", 60, "no entry", id="more without an entry"),
        pytest.param("outcome national {n}", "", 100, "national", id="more than all that asked"),
        pytest.param("outcome local entry {n}, entry pantry 12", "", 30, "local entry", id="its only entry serves a"),
        pytest.param(
            "outcome local entry {n}, entry kitchen 12",
            "topic_area food b",
            30,
            "local entry",
            id="one place is hidden",
        ),
        pytest.param("outcome local entry {n}, entry shelter 12", "", 30, "local entry", id="a place the week lacks"),
        pytest.param("outcome national {n}, entry clinic 12", "", 60, "national", id="its only entry is for food"),
        pytest.param(
            "outcome national {n}, entry clinic 12, entry office 12", "topic jobs", 60, "national", id="one need is"
        ),
    ],
)
def test_an_outcome_that_is_more_than_shown_needs(told: str, hidden: str, most: int, expected: str) -> None:
    def found(n: int) -> set[str]:
        return outcomes(told.format(n=n), hidden)

    assert not found(most)
    assert found(most + 1 if most else 15) == {f"outcome {expected}"}


@pytest.mark.parametrize(
    ("told", "hidden", "expected"),
    [
        pytest.param("outcome crisis 10, outcome unclear 10", "", {"crisis", "unclear"}, id="small ones"),
        pytest.param("outcome crisis 11, outcome unclear 11", "", set(), id="eleven are not small"),
        pytest.param("outcome opt-out 20", "outcome opt-out", {"opt-out"}, id="hidden already"),
        pytest.param("outcome unclear 500, outcome opt-out 500", "topic food", set(), id="they are of no need"),
        pytest.param("outcome no entry 0, outcome crisis 0", "topic food, topic danger", set(), id="noughts"),
        pytest.param("outcome local entry 60, entry pantry 0", "", set(), id="nobody was referred there"),
        pytest.param("outcome local entry 60, entry 211 60", "", set(), id="that was a general number"),
        pytest.param("outcome local entry 60, entry gone 60", "", set(), id="nobody knows whom it is for"),
        pytest.param("outcome national 60, entry pantry 60", "topic_area food a", set(), id="that was a local one"),
    ],
)
def test_which_outcomes_are_hidden(told: str, hidden: str, expected: set[str]) -> None:
    assert outcomes(told, hidden) == {f"outcome {name}" for name in expected}


@pytest.mark.parametrize(
    ("told", "hidden", "limit", "expected"),
    [
        pytest.param(
            "outcome local entry 5, outcome national {n}, outcome 211 only 12", "", 47, 3, id="the largest topic"
        ),
        pytest.param(
            "outcome local entry 5, outcome national {n}, outcome 211 only 12, outcome crisis 95, topic danger 95",
            "",
            47,
            3,
            id="of needs, not of crises",
        ),
        pytest.param("outcome local entry 5, outcome no entry 4, outcome national {n}", "", 58, 3, id="two are small"),
        pytest.param(
            "outcome local entry 5, outcome national {n}", "topic food", 39, 2, id="the largest that is shown"
        ),
    ],
)
def test_outcomes_that_leave_a_topic_no_other_way(told: str, hidden: str, limit: int, expected: int) -> None:
    small = told.count(" 5,") + told.count(" 4,")
    assert len(outcomes(told.format(n=limit), hidden)) == small
    assert len(outcomes(told.format(n=limit - 1), hidden)) == expected


@pytest.mark.parametrize(
    ("told", "hidden", "most"),
    [
        pytest.param("entry pantry {n}", "", 30, id="more than asked there"),
        pytest.param("entry kitchen {n}", "", 60, id="in two places"),
        pytest.param("entry shelter {n}", "", 30, id="in one, and one the week lacks"),
        pytest.param("entry office {n}", "", 100, id="for two needs"),
    ],
)
def test_an_entry_that_is_more_than_shown_needs(told: str, hidden: str, most: int) -> None:
    assert entries(told.format(n=most), hidden) == set()
    assert len(entries(told.format(n=most + 1), hidden)) == 1


@pytest.mark.parametrize(
    ("told", "hidden", "expected"),
    [
        pytest.param("entry clinic 10, entry pantry 0", "", {"entry clinic"}, id="small, and nought"),
        pytest.param("entry clinic 11", "", set(), id="eleven are not small"),
        pytest.param("entry gone 20", "", {"entry gone"}, id="nobody knows whom it is for"),
        pytest.param("entry office 12", "topic jobs", {"entry office"}, id="one of its needs is hidden"),
        pytest.param("entry clinic 12", "topic jobs", set(), id="another one is"),
        pytest.param("entry office 12, topic jobs 10", "topic jobs", set(), id="one that is small"),
        pytest.param(
            "entry pantry 5, entry kitchen 24, outcome local entry 25", "", {"entry pantry"}, id="room for both"
        ),
        pytest.param(
            "entry pantry 5, entry kitchen 24, outcome local entry 26",
            "",
            {"entry pantry", "entry kitchen", "outcome local entry"},
            id="one missing",
        ),
        pytest.param(
            "entry pantry 5, entry kitchen 24, outcome local entry 26",
            "outcome local entry",
            {"entry pantry"},
            id="the outcome is hidden",
        ),
        pytest.param(
            "entry clinic 5, entry office 24, outcome national 26, outcome local entry 12, entry pantry 12",
            "",
            {"entry clinic", "entry office", "outcome national"},
            id="national ones",
        ),
        pytest.param("entry clinic 5, entry office 24", "", {"entry clinic"}, id="no outcome at all"),
        pytest.param(
            "entry pantry 5, entry kitchen 5, outcome local entry 2",
            "",
            {"entry pantry", "entry kitchen"},
            id="as many as entries",
        ),
        pytest.param(
            "entry pantry 5, entry kitchen 5, outcome local entry 3",
            "",
            {"entry pantry", "entry kitchen", "outcome local entry"},
            id="more than entries",
        ),
        pytest.param("outcome local entry 20, outcome national 20", "", set(), id="nobody was referred"),
        pytest.param("entry 211 5, outcome national 20, outcome local entry 20", "", {"entry 211"}, id="a general one"),
    ],
)
def test_which_entries_are_hidden(told: str, hidden: str, expected: set[str]) -> None:
    assert entries(told, hidden) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("entry office", {"topic food", "topic jobs"}),
        ("entry gone", set()),
        ("outcome crisis", {"topic danger", "topic suicide"}),
        *(
            (f"outcome {name}", {"topic food", "topic jobs"})
            for name in ("local entry", "national", "211 only", "no entry")
        ),
        ("outcome unclear", None),
        ("outcome opt-out", None),
    ],
)
def test_who_can_be_in_a_figure(name: str, expected: set[str] | None) -> None:
    found = linked(cell(name), true(ASKED), RULES)
    assert (None if found is None else names(frozenset(found))) == expected
