"""Which need a text speaks of when examples are heard: how likely each has to be, alone and with what wordings say."""

from typing import Any

import pytest

from bot.referral.meaning import Evidence, Kind
from bot.referral.need import need, together
from tests.referral.cases import case, like, said, told

TOPIC, CHOICES, UNCLEAR = Kind.TOPIC, Kind.CHOICES, Kind.UNCLEAR


@pytest.mark.parametrize(
    ("shares", "found", "expected"),
    [
        pytest.param({"food": 0.5}, [], (TOPIC, "food", ()), id="likely enough"),
        pytest.param({"food": 0.49}, [], (UNCLEAR, "", ()), id="not likely enough"),
        pytest.param({"danger": 0.59}, [], (UNCLEAR, "", ()), id="a crisis was looked for before"),
        pytest.param({"danger": 0.5, "food": 0.3}, [], (CHOICES, "", ("danger", "food")), id="it may be offered"),
        pytest.param({"none": 0.6, "food": 0.2, "money": 0.2}, [], (UNCLEAR, "", ()), id="likely nothing"),
        pytest.param({"food": 0.35, "none": 0.45}, [said("food")], (TOPIC, "food", ()), id="said, and likely"),
        pytest.param({"food": 0.34, "none": 0.45}, [said("food")], (UNCLEAR, "", ()), id="said, and not likely"),
        pytest.param({"food": 0.4, "none": 0.45}, [said("food", 0.5)], (UNCLEAR, "", ()), id="hinted at"),
        pytest.param({"food": 0.55, "shelter": 0.4}, [said("shelter")], (TOPIC, "food", ("shelter",)), id="likelier"),
        pytest.param({"food": 0.6, "shelter": 0.1}, [], (TOPIC, "food", ("shelter",)), id="another one as well"),
        pytest.param({"food": 0.6, "shelter": 0.09}, [], (TOPIC, "food", ()), id="another one hardly"),
        pytest.param({"food": 0.6, "none": 0.3}, [], (TOPIC, "food", ()), id="nothing is no other need"),
        pytest.param({"food": 0.6, "help": 0.3}, [], (TOPIC, "food", ()), id="help is no other need"),
        pytest.param({"food": 0.6}, [said("shelter")], (TOPIC, "food", ("shelter",)), id="another one was said"),
        pytest.param(
            {"food": 0.6, "shelter": 0.13, "money": 0.12, "legal": 0.11, "new": 0.1},
            [],
            (TOPIC, "food", ("shelter", "money", "legal")),
            id="three others",
        ),
        pytest.param(
            {"food": 0.3, "shelter": 0.1, "none": 0.29}, [], (CHOICES, "", ("food", "shelter")), id="two together"
        ),
        pytest.param({"food": 0.3, "shelter": 0.09, "none": 0.29}, [], (UNCLEAR, "", ()), id="not enough together"),
        pytest.param({"food": 0.45, "none": 0.3}, [], (UNCLEAR, "", ()), id="one is no choice"),
        pytest.param({"food": 0.4, "shelter": 0.04, "none": 0.3}, [], (UNCLEAR, "", ()), id="one is hardly one"),
        pytest.param({"food": 0.36, "shelter": 0.05}, [], (CHOICES, "", ("food", "shelter")), id="one is just one"),
        pytest.param({"food": 0.4, "help": 0.3}, [], (UNCLEAR, "", ()), id="help is no choice"),
        pytest.param(
            {"food": 0.3, "shelter": 0.2, "money": 0.15, "legal": 0.1},
            [],
            (CHOICES, "", ("food", "shelter", "money")),
            id="three of four",
        ),
    ],
)
def test_with_the_examples(shares: dict[str, float], found: list[Evidence], expected: Any) -> None:
    assert told(need(case(*found, sense=like(**shares)))) == expected


def test_what_is_said_and_what_is_like_it_are_told() -> None:
    shares = {"food": 0.6, "shelter": 0.1, "money": 0.05, "legal": 0.05, "none": 0.04}
    found, before = said("food", 0.5), Evidence("money", 0.5, "a moment ago")
    meant = need(case(found, traces=(before,), sense=like("", **shares)))
    money = 1 - 0.95 * 0.5
    assert meant.why == (
        *(str(found), "fragment: money 0.50"),
        *("like: food 0.60", f"like: money {money:.2f}", "like: shelter 0.10"),
    )
    assert [(e.label, e.weight) for e in meant.evidence] == [("food", 0.6), ("shelter", 0.1), ("legal", 0.05)]
    unclear = need(case(sense=like(none=0.97, food=0.02)))
    assert (unclear.why, unclear.evidence) == (("like: none 0.97",), ())
    assert need(case(sense=like(food=0.02))).why == ("nothing known",)


@pytest.mark.parametrize(
    ("share", "weight", "expected"),
    [
        pytest.param(0.05, 0.5, 1 - 0.95 * 0.5, id="half a proof"),
        pytest.param(0.05, 0.9, 1 - 0.95 * 0.5, id="never more than half a one"),
        pytest.param(0.3, 0.2, 1 - 0.7 * 0.8, id="less than that"),
        pytest.param(0.04, 0.5, 0.04, id="the text does not speak of it at all"),
    ],
)
def test_a_fragment_makes_likelier_what_the_text_speaks_of(share: float, weight: float, expected: float) -> None:
    sense = like(food=share, none=0.3)
    traces = (Evidence("food", weight, ""), Evidence("none", 0.5, ""), Evidence("gone", 0.5, ""))
    assert together(case(traces=traces), sense) == pytest.approx({"food": expected, "none": 0.3})
    assert sense.shares["food"] == share


def test_what_a_choice_and_what_an_unclear_text_were_like_is_kept() -> None:
    choice = need(case(sense=like(food=0.3, shelter=0.2, none=0.1)))
    unclear = need(case(sense=like(none=0.6, food=0.05)))
    assert [(e.label, e.weight) for e in choice.evidence] == [("food", 0.3), ("shelter", 0.2)]
    assert [(e.label, e.weight) for e in unclear.evidence] == [("food", 0.05)]
    assert unclear.why == ("like: none 0.60", "like: food 0.05")
