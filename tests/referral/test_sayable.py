"""Which numbers our own sentences name, and what is said instead of those that may not be given."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.referral.content import Content, Topic
from bot.referral.sayable import barred_numbers, named, numbers_in, numbers_named, sayable, without
from tests.referral.small import NOON, content, entry

HOPE, PADS = "800-555-0100", "630-555-0104"
BARRED = frozenset({HOPE})
#: One in the morning of the 181st day in DuPage, and an hour before its midnight in Los Angeles.
LAST_NIGHT = datetime(2027, 5, 21, 6, tzinfo=UTC)


def said(text: str) -> dict[str, str]:
    """Return one text in both languages."""
    return {"en": text, "es": text}


def food(**more: Any) -> Content:
    """Make a release in which something is said about food."""
    return content(topics__food=more)


def kids(**more: Any) -> dict[str, Any]:
    """Make a facet of food of which something is said."""
    return {"facets": {"family": {"en": ["my kids"], "es": ["mis hijos"], **more}}}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"lead": said("Ask {pads}.")}, id="a lead"),
        pytest.param({"note": said("Ask {pads}.")}, id="a note"),
        pytest.param({"notice": said("Ask {pads}.")}, id="a notice"),
        pytest.param(kids(lead=said("Ask {pads}.")), id="a lead of a facet"),
        pytest.param(kids(lead=said("Ask."), lead_instead=said("Ask {pads}.")), id="what stands in for it"),
        pytest.param(kids(note=said("Ask {pads}.")), id="a note of a facet"),
    ],
)
def test_numbers_are_found_wherever_they_are_named(more: dict[str, Any]) -> None:
    found = food(**more)
    assert HOPE in found.named  # the sentences of the line name it
    assert PADS in found.named
    assert PADS not in content().named


@pytest.mark.parametrize(
    ("number", "keep", "there"),
    [
        pytest.param("211", True, False, id="a code that is always given"),
        pytest.param("311", False, True, id="a code that is not"),
        pytest.param("+18005550199", True, True, id="a last-resort line may be found wrong"),
        pytest.param("88788", True, True, id="a short number may be, too"),
    ],
)
def test_only_codes_that_are_kept_need_no_look(number: str, *, keep: bool, there: bool) -> None:
    found = content(entries__westmont={"entry": [entry("pads", number, ("food", 1), keep=keep)]})
    printed = found.entries["pads"].phone[0].printed
    assert named({"en": {"a": f"Call {printed}."}}, (), found.printed) == ((printed,) if there else ())


def test_a_number_that_is_no_entrys_is_none_of_ours() -> None:
    assert named({"en": {"a": "Fine: 2500. Form 555."}}, (), content().printed) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Call 800-555-0100 or 211.", ("800-555-0100", "211"), id="with hyphens, and a code"),
        pytest.param("Text 88788 or 898211, now.", ("88788", "898211"), id="short numbers"),
        pytest.param("Call 8 0 0, 5 5 5, 0 1 0 0.", ("800-555-0100",), id="read out"),
        pytest.param("Fines of $500, 100.50 or 200,000.", (), id="sums"),
        pytest.param("Penal Code 236(a), form 555-1.", (), id="sections of a law"),
        pytest.param("24/7 since 2026-11-21, 1234 beds.", (), id="days, and how many"),
    ],
)
def test_what_may_be_a_number_to_reach(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers_named(text) == numbers


@pytest.mark.parametrize("area", ["westmont", "westlake", "", "elsewhere"])
def test_what_may_be_said_follows_the_calendar_of_the_area(area: str) -> None:
    stepped_back = area == "westmont"
    small = content()
    assert (HOPE in barred_numbers(small, area, LAST_NIGHT)) is stepped_back
    assert (HOPE in str(sayable(small, area, LAST_NIGHT).wording)) is not stepped_back
    assert barred_numbers(small, area, NOON) == frozenset()


def left(topic: Topic) -> dict[str, Any]:
    """Return all that a topic says around its entries, by its name."""
    facet = topic.facets["family"]
    parts = {"lead": topic.lead, "note": topic.note, "notice": topic.notice}
    return {name: text.get("en") for name, text in (parts | {"kids": facet.lead, "kids_note": facet.note}).items()}


ALL = {"lead": "Lead.", "note": "Note.", "notice": "Notice.", "kids": "Kids.", "kids_note": "Kids note."}


@pytest.mark.parametrize("part", ["", *ALL])
def test_of_a_topic_only_what_names_the_number_goes(part: str) -> None:
    texts = {name: said(f"{text} {{hope}}" if name == part else text) for name, text in ALL.items()}
    family = kids(lead=texts.pop("kids"), note=texts.pop("kids_note"))
    found = food(**texts, **family)
    cleaned = without(found, BARRED)
    assert left(cleaned.topics["food"]) == ALL | ({part: None} if part else {})
    assert (cleaned.topics["food"] is found.topics["food"]) is (not part)
    assert cleaned.topics["food"].words == found.topics["food"].words


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param({"a": "Fine."}, "Fine.", id="names none"),
        pytest.param({"a": f"{HOPE}", "a_instead": "Fine."}, "Fine.", id="has one that stands in"),
        pytest.param(
            {"a": HOPE, "a_instead": f"Or {HOPE}", "a_instead_instead": "Fine."}, "Fine.", id="which has one in turn"
        ),
        pytest.param({"a": f"{HOPE}"}, "None.", id="has none: what is said where there is nothing to give"),
        pytest.param({"a": HOPE, "a_instead": HOPE}, "None.", id="none of them may be said"),
    ],
)
def test_what_is_said_instead_of_a_sentence(texts: dict[str, str], expected: str) -> None:
    found = replace(content(), wording={"en": {**texts, "none_here": "None."}}, topics={})
    assert without(found, BARRED).wording["en"]["a"] == expected
