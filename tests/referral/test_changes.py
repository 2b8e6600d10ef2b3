from typing import Any

import pytest

from bot.referral.changes import changes, shown

PHONE = {"number": "+12135550101", "hours": "24/7", "ways": ["call"]}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param({"a": 1}, {"a": 1}, [], id="the same"),
        pytest.param({"name": "A"}, {"name": "B"}, ["name: A -> B"], id="a text"),
        pytest.param({}, {"note": {"en": "x"}}, ["note: nothing -> en: x"], id="something new"),
        pytest.param({"link": "x.org"}, {}, ["link: x.org -> nothing"], id="something gone"),
        pytest.param({"keep": True}, {"keep": False}, ["keep: yes -> no"], id="yes and no"),
        pytest.param({"n": 1}, {"n": True}, ["n: 1 -> yes"], id="1 is not yes"),
        pytest.param(
            {"a": {"b": {"c": 1, "d": 2}}}, {"a": {"b": {"c": 1, "d": 3}}}, ["a.b.d: 2 -> 3"], id="deep inside"
        ),
        pytest.param(
            {"phone": [PHONE]},
            {"phone": [PHONE | {"hours": ""}]},
            ["phone[+12135550101].hours: 24/7 -> nothing"],
            id="a table of a list, by its number",
        ),
        pytest.param(
            {"phone": [PHONE, {"number": "211"}]},
            {"phone": [{"number": "988"}, PHONE]},
            ["phone[211]: number: 211 -> nothing", "phone[988]: nothing -> number: 988"],
            id="tables come and go",
        ),
        pytest.param(
            {"phone": [{"number": "1"}, {"number": "2"}]},
            {"phone": [{"number": "2"}, {"number": "1"}]},
            ["phone: the same in another order"],
            id="tables in another order",
        ),
        pytest.param(
            {"w": ["a", "b", "c"]}, {"w": ["c", "b", "d"]}, ['w: added "d", gone "a"'], id="a list, what came and went"
        ),
        pytest.param({"w": ["a", "b"]}, {"w": ["b", "a"]}, ["w: the same in another order"], id="another order"),
        pytest.param({"w": []}, {"w": ["a"]}, ["w: nothing -> a"], id="an empty list"),
        pytest.param(
            {"examples": "one\ntwo\n"},
            {"examples": "one\nthree\nfour\nfive\nsix\n"},
            ['examples: added 4 lines ("three", "four", "five" ...), gone "two"'],
            id="lines",
        ),
        pytest.param("a", "b", ["all of it: a -> b"], id="no table at all"),
        pytest.param({"n": "x" * 100}, {"n": "y"}, [f"n: {'x' * 77}... -> y"], id="long texts are cut"),
    ],
)
def test_what_differs_is_told_key_by_key(before: Any, after: Any, told: list[str]) -> None:
    assert [str(change) for change in changes(before, after)] == told


def test_two_tables_of_one_name_are_compared_as_a_whole() -> None:
    before, after = [{"topic": "food"}, {"topic": "food", "rank": 1}], [{"topic": "food"}]
    assert [change.path for change in changes({"serves": before}, {"serves": after})] == ["serves"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "nothing"), ("", "nothing"), ([], "nothing"), ({}, "nothing"), ([1, [2]], "1, 2"), ("a\n b", "a b")],
)
def test_a_value_is_shown_as_a_person_reads_it(value: Any, text: str) -> None:
    assert shown(value) == text
