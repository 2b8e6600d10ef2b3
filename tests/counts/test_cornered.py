"""Topics that leave a hidden area too little room, alone or together, and those that leave just enough."""

import pytest

from bot.counts.cornered import cornering
from bot.counts.families import needs, whole
from bot.counts.rules import Rules
from tests.counts.written import cell, true


def silent(told: str, n: int, rules: Rules | None = None) -> str:
    """Return which topic has to fall silent, "" when none; "area a 30?" is hidden, and truly 30."""
    written = told.format(n=n)
    figures = true(written.replace("?", ""))
    hidden = [cell(one.strip().rpartition(" ")[0]) for one in written.split(",") if one.endswith("?")]
    found = cornering(whole(figures), needs(figures), figures=figures, hidden=hidden, rules=rules or Rules())
    return "" if found is None else found.total.first


#: So few in b that a cannot have most of what is asked in both; c is shown.
TWO = "conversations 100, area a 40?, area b 8?, area c 52, topic food 60"
THREE = "conversations 100, area a 40?, area b 4?, area d 4?, area c 52, topic food 60"
WIDE = "conversations 100, area a 40?, area b 20?, area d 6?, area c 34, topic food 60"
EVEN = "conversations 100, area a 30?, area b 30?, area c 40, topic food 60, topic jobs 60, topic meals 60"
SPOKEN = "conversations 100, area c 100, language en 40?, language es 8?, language fr 52, topic food 60"


@pytest.mark.parametrize(
    ("told", "most", "expected"),
    [
        pytest.param(f"{TWO}, topic_area food a {{n}}?", 37, "food", id="one of two areas"),
        pytest.param(f"{THREE}, topic_area food a {{n}}?", 36, "food", id="one of three: one each for the others"),
        pytest.param(f"{WIDE}, topic_area food a {{n}}?, topic_area food b 18?", 37, "food", id="two of three"),
        pytest.param(
            f"{TWO}, topic_area food a 40?, topic_area food c {{n}}?", 47 + 2, "food", id="a shown area holds the rest"
        ),
        pytest.param(f"{SPOKEN}, topic_language food en {{n}}?", 37, "food", id="languages"),
        pytest.param(
            f"{EVEN}, topic_area food a {{n}}?, topic_area jobs b 25?", 25, "food", id="two topics, the larger"
        ),
        pytest.param(f"{EVEN}, topic_area food a 25?, topic_area jobs b {{n}}?", 25, "jobs", id="or the other"),
        pytest.param(
            f"{EVEN}, topic_area food a {{n}}?, topic_area jobs a 20?, topic_area meals b 25?", 25, "food", id="a third"
        ),
        pytest.param(
            f"{EVEN}, topic_area jobs a 20?, topic_area food a {{n}}?, topic_area meals b 25?",
            25,
            "food",
            id="in front",
        ),
        pytest.param(
            f"{TWO}, topic jobs 40, topic_area food c 40?, topic_area jobs a {{n}}?", 37, "jobs", id="after another"
        ),
    ],
)
def test_ten_that_may_lie_elsewhere_are_enough(told: str, most: int, expected: str) -> None:
    assert silent(told, most) == ""
    assert silent(told, most + 1) == expected
    assert silent(told, most, Rules(threshold=12)) != ""


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(f"{TWO}, topic_area food a 40?".replace("100", "100?"), id="nobody knows how many wrote"),
        pytest.param(f"{TWO}, topic_area food a 40?".replace("food 60", "food 60?"), id="or how many asked"),
        pytest.param(f"{TWO}, topic_area food a 40", id="it is shown"),
        pytest.param(f"{TWO}, topic_area food a 35?, topic_area food b 5?", id="in all hidden areas"),
        pytest.param(f"{TWO}, topic_area food a 0, topic_area food c 40?", id="in a shown area alone"),
        pytest.param(f"{TWO.replace('?', '')}, topic_area food a 40?", id="no area is hidden"),
        pytest.param(
            f"{EVEN}, topic_area food a 26?, topic_area jobs b 25?".replace("jobs 60", "jobs 60?"),
            id="one of two silent",
        ),
    ],
)
def test_what_corners_nobody(told: str) -> None:
    assert silent(told, 0) == ""


def test_a_silent_topic_does_not_hide_the_next_one() -> None:
    told = f"{TWO}, topic jobs 60, topic_area food a 40?, topic_area jobs a 40?"
    assert silent(told, 0) == "food"
    assert silent(told.replace("food 60", "food 60?"), 0) == "jobs"


def test_of_two_that_say_the_same_the_first_falls_silent() -> None:
    assert silent(f"{EVEN}, topic_area food a 26?, topic_area jobs a 26?, topic_area meals b 25?", 0) == "food"
