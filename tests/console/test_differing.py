"""What a draft changes, in words: labels for keys, old and new side by side."""

from typing import Any

import pytest

from bot.console.reviewing.differing import Line, label, place, shown, title
from bot.referral.differences import Difference
from bot.referral.learnt import TRAINED
from bot.referral.problem import Problem

ENTRY = "entries/westlake.toml#harbor"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param({"note": {"en": "A"}}, {"note": {"en": "B"}}, [("note, English", "A", "B")], id="a sentence"),
        pytest.param(
            {},
            {"note": {"en": "A", "es": "B"}},
            [("note, English", "", "A"), ("note, Spanish", "", "B")],
            id="a new one",
        ),
        pytest.param({"keep": True}, {"keep": False}, [("always given", "yes", "no")], id="yes and no"),
        pytest.param(
            {"phone": [{"number": "+12135550101", "hours": "24/7"}]},
            {"phone": [{"number": "+12135550101", "hours": "Mo-Fr 09:00-17:00"}]},
            [("number 213-555-0101, hours", "24/7", "Mon-Fri 9am-5pm")],
            id="hours",
        ),
        pytest.param({"words": ["a", "b"]}, {"words": ["b", "c"]}, [("words that mean it", "a", "c")], id="a list"),
        pytest.param(
            {"words": ["a", "b"]},
            {"words": ["b", "a"]},
            [("words that mean it", "as it was", "the same in another order")],
            id="order",
        ),
        pytest.param({"examples": "x\ny"}, {"examples": "y\nz"}, [("examples", "x", "z")], id="lines"),
        pytest.param({"hours": "odd"}, {"hours": "24/7"}, [("hours", "odd", "24/7")], id="hours nobody reads"),
        pytest.param({"a": 1}, {"a": 1}, [], id="nothing"),
    ],
)
def test_each_change_is_a_line(
    before: dict[str, Any], after: dict[str, Any], lines: list[tuple[str, str, str]]
) -> None:
    found = shown(Difference(ENTRY, before, after))
    assert found.kind == "changed"
    assert list(found.lines) == [Line(*line) for line in lines]


def test_a_part_that_comes_or_goes_is_told_key_by_key() -> None:
    table = {"id": "harbor", "name": "Harbor House", "aliases": ["the harbor", "harbor shelter"]}
    come, gone = shown(Difference(ENTRY, None, table)), shown(Difference(ENTRY, table, None))
    assert (come.kind, gone.kind) == ("new", "gone")
    assert come.title == gone.title == "Entry: Harbor House (westlake)"
    assert ("other names", "", "the harbor\nharbor shelter") in [(x.label, x.before, x.after) for x in come.lines]
    assert all(line.after == "" for line in gone.lines)


def test_learnt_weights_are_numbers_nobody_reads() -> None:
    (line,) = shown(Difference(TRAINED, {"a": [1]}, {"a": [2]})).lines
    assert line.before == "as they were"


@pytest.mark.parametrize(
    ("part", "table", "expected"),
    [
        (ENTRY, None, "Entry: harbor (westlake)"),
        ("topics/food.toml", {"label": {"en": "food"}}, "Topic: food"),
        ("topics/food.toml", None, "Topic: food"),
        ("wording/es.toml", {}, "Sentences of the line, Spanish"),
        ("line.toml", {}, "The line itself"),
        ("denied.toml", {}, "denied.toml"),
    ],
)
def test_parts_have_names(part: str, table: Any, expected: str) -> None:
    assert title(part, table) == expected


def test_a_problem_says_where_it_is() -> None:
    there = Problem("entries/westlake.toml", "entry[harbor].phone[0].hours", "is odd")
    assert place(there) == "Entry: harbor (westlake): number 0, hours"
    assert place(Problem("topics/food.toml", "lead.en", "is missing")) == "Topic: food: first sentence, English"
    assert place(Problem("topics/food.toml", "", "is missing")) == "Topic: food"
    assert label("") == "all of it"
