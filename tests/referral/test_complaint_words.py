"""A number that was given did not work: what else a text may hold, whose number it means, and why staff are told so."""

from dataclasses import replace
from typing import Any

import pytest

from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.referral.small import NOON, content, document, entry

SMALL = content()
GIVEN = Conversation(at=NOON, language="en", area="westmont", topic="shelter", given=("211-dupage", "pads"))
PLATES = "nothing on their plates"
_211 = document()["entries/westmont.toml"]["entry"][0]
_FOOD = document()["topics/food.toml"]["words"]


def served(*entries: dict[str, Any], **files: Any) -> Any:
    """Make a release with these entries in DuPage, beside its 211."""
    return content(entries__westmont={"entry": [_211, *entries]}, **files)


def food(*words: str) -> Any:
    """Make a release in which these words speak of food, too."""
    return content(topics__food={"words": {**_FOOD, "en": [*_FOOD["en"], *words]}})


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param("busy in naperville", "no_answer", id="with the name of a place"),
        pytest.param("nobody there answers and is full", "no_answer", id="the longest wording"),
        pytest.param("no answer and is full", "no_answer", id="of equals the first"),
        pytest.param("is full and no answer", "full", id="of equals the first, turned"),
        pytest.param("so the bed place wont answer today man", "no_answer", id="the need it was given for"),
    ],
)
def test_how_a_number_failed(text: str, how: str) -> None:
    meant = understand(text, SMALL, GIVEN)
    assert (meant.label, meant.facet) == ("failed", how)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("man i want some food no answer here", "food", id="right before it"),
        pytest.param("so no answer food man tonight", "food", id="right behind it"),
        pytest.param("so no answer bed man tonight", "failed", id="the need it was given for"),
    ],
)
def test_a_need_beside_a_complaint_goes_first_however_near_it_stands(text: str, label: str) -> None:
    assert understand(text, SMALL, GIVEN).label == label


def test_what_the_words_of_the_complaint_say_by_themselves_is_no_need() -> None:
    talks = food("nobody ~ answers")
    assert understand("so nobody there answers and we like him a lot", talks, GIVEN).label == "failed"
    assert understand("nobody there answers about the bed man", talks, GIVEN).label == "failed"
    assert understand("so nobody there answers and we like him a lot", talks).label == "food"


def test_the_name_of_who_failed_asks_for_nothing_it_is_for() -> None:
    pantry = served(entry("pads", "+16305550104", ("food", 1), ("shelter", 20), aliases=["dupage pads"]))
    meant = understand("hey dupage pads is full tonight man", pantry, GIVEN)
    assert (meant.label, meant.named) == ("failed", "pads")
    # Hope House was not given: whoever names it asks for it.
    asked = understand("hey hope house is full tonight man", SMALL, GIVEN)
    assert (asked.kind, asked.label) == (Kind.TOPIC, "counseling")


def test_what_stands_before_a_complaint_is_read_as_well() -> None:
    cries = content(topics__danger={"examples": {"en": "he is outside my window"}})
    assert understand("he is outside my window nobody there answers", cries, GIVEN).kind is Kind.CRISIS


@pytest.mark.parametrize(
    ("rest", "label"), [(PLATES, "failed"), (f"{PLATES} monday", "food")], ids=["four words", "five words"]
)
def test_a_few_words_beside_a_complaint_ask_for_nothing(rest: str, label: str) -> None:
    needs = content(topics__food={"examples": {"en": rest}})
    assert understand(f"nobody there answers {rest}", needs, GIVEN).label == label
    assert understand(rest, needs, GIVEN).label == "food"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("no answer 1104", "desk", id="by last digits that begin with a 1"),
        pytest.param("1 630 555 1104 no answer", "desk", id="by its number with a 1 before it"),
        pytest.param("kitchen no answer", "soup", id="by a short name of one word"),
        pytest.param("kitchen counter no answer", "soup", id="by two short names: who was given first"),
        pytest.param("counter no answer", "desk", id="the other one's"),
        pytest.param("no answer", "soup", id="by nothing"),
    ],
)
def test_whose_number_is_meant(text: str, named: str) -> None:
    found = served(
        entry("desk", "+16305551104", ("shelter", 9)) | {"short": {"en": "counter", "es": "counter"}},
        entry("soup", "+16305550107", ("shelter", 9)) | {"short": {"en": "kitchen", "es": "kitchen"}},
    )
    assert understand(text, found, replace(GIVEN, given=("soup", "desk"))).named == named


@pytest.mark.parametrize(
    ("text", "given", "why"),
    [
        pytest.param("no answer", ("pads",), "failed: 'no answer' -> no_answer (pads)", id="whose it is"),
        pytest.param("is full", ("211-dupage",), "failed: 'are/is full' -> full", id="nobody knows whose"),
    ],
)
def test_staff_are_told_why(text: str, given: tuple[str, ...], why: str) -> None:
    assert understand(text, SMALL, replace(GIVEN, given=given)).why == (why,)
