"""Which goes first: a complaint about a number, a crisis, a need, or something that is asked of the line."""

from dataclasses import replace
from typing import Any

import pytest

from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.referral.small import content, document
from tests.referral.test_complaint_words import GIVEN
from tests.referral.test_urgent import sure


def topic(name: str, *words: str, **more: Any) -> Any:
    """Make a release in which these words speak of a topic, too."""
    known = document()[f"topics/{name}.toml"]["words"]
    return content(**{f"topics__{name}": {"words": {**known, "en": [*known["en"], *words]}, **more}})


def test_words_that_are_a_crisis_are_no_complaint() -> None:
    found = understand("nobody there answers", topic("danger", "nobody there answers"), GIVEN)
    assert (found.kind, found.label) == (Kind.CRISIS, "danger")


def test_words_that_are_both_the_need_it_was_given_for_and_a_complaint_are_a_complaint() -> None:
    full = topic("shelter", "beds are full")
    assert understand("beds are full", full, GIVEN).label == "failed"
    assert understand("beds are full", full, replace(GIVEN, topic="food")).label == "shelter"


def test_a_command_that_sounds_like_a_crisis_is_a_command() -> None:
    hinted = content(topics__danger={"hints": {"en": ["menu"]}})
    found = understand("menu", hinted)
    assert (found.kind, found.label) == (Kind.COMMAND, "menu")


def test_a_wording_that_has_to_be_alone_may_stand_with_a_place() -> None:
    alone = content(topics__shelter={"alone": {"en": ["sleep"]}})
    assert understand("sleep koreatown", alone).label == "shelter"
    assert understand("sleep tired", alone).label == ""


def test_whoever_wants_to_be_forgotten_is_whatever_else_is_said() -> None:
    forget = content(commands={"erase": {"whole": {"en": ["x"]}, "within": {"en": ["forget me"]}}})
    assert understand("no answer i need food forget me", forget, GIVEN).label == "erase"
    assert understand("i need food forget me", forget, GIVEN).label == "food"


@pytest.mark.parametrize(
    ("rest", "kind"),
    [("window", Kind.COMMAND), ("outside window", Kind.CRISIS)],
    ids=["one word beside it", "two words"],
)
def test_how_much_beside_a_complaint_is_a_cry_of_its_own(rest: str, kind: Kind) -> None:
    cries = content(topics__danger={"examples": {"en": f"nobody there answers {rest}\n{rest}"}})
    assert understand(f"nobody there answers {rest}", cries, GIVEN).kind is kind


def test_what_is_left_without_the_complaint_is_weighed_like_any_text() -> None:
    cries = sure({"danger": 0.55})
    found = understand("oh nobody there answers me he is there", cries, GIVEN)
    assert (found.kind, found.label) == (Kind.CRISIS, "danger")
