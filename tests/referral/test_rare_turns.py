"""Turns of a conversation that are rare, and in which a wrong reply sends somebody to the wrong place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.referral.answer import Answer, Outcome, answer
from bot.referral.attention import Desk, Kind, attention
from bot.referral.bulletin import NO_BULLETINS, Pause, Why
from bot.referral.content import ELSEWHERE, Content
from bot.referral.conversation import Conversation
from bot.referral.overlay import with_bulletins
from bot.referral.segments import count
from bot.referral.understand import understand
from tests.referral.small import DOCUMENT, NOON, content, entry

SMALL = content()
_NATIONAL = DOCUMENT["entries/national.toml"]["entry"]


def talk(*texts: str, found: Content = SMALL, every: float = 70) -> list[Answer]:
    """Hold a conversation, a text every so many seconds."""
    said, conversation = [], Conversation()
    for n, text in enumerate(texts):
        said.append(answer(text, conversation, found, NOON + timedelta(seconds=every * n)))
        conversation = said[-1].conversation
    return said


@pytest.mark.parametrize(
    ("texts", "area"),
    [
        pytest.param(("bed 90057", "court in chicago, food"), "westlake", id="another city is mentioned"),
        pytest.param(("bed 90057", "chicago"), ELSEWHERE, id="another city, and nothing else"),
        pytest.param(("bed 90057", "food 60559"), "westmont", id="another place of ours"),
        pytest.param(("food in chicago",), ELSEWHERE, id="another city from the start"),
        pytest.param(("bed", "court in chicago, food"), ELSEWHERE, id="when no place was told"),
    ],
)
def test_who_told_where_they_are_is_not_moved_by_a_mention(texts: tuple[str, ...], area: str) -> None:
    assert talk(*texts)[-1].conversation.area == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("bed naperville", "westmont", id="a town of ours"),
        pytest.param("bed naperville illinois", "westmont", id="with its state"),
        pytest.param("bed naperville ohio", ELSEWHERE, id="of another state"),
        pytest.param("koreatown illinois", ELSEWHERE, id="of the state of another place of ours"),
        pytest.param("ohio", ELSEWHERE, id="a state alone"),
    ],
)
def test_a_town_of_that_name_in_another_state_is_none_of_ours(text: str, area: str) -> None:
    assert understand(text, SMALL).area == area


def test_who_is_under_18_gets_what_is_for_them_unless_they_ask_for_more() -> None:
    facets = DOCUMENT["topics/shelter.toml"]["facets"]
    youth = {"en": ["runaway"], "es": ["hui"], "lead": {"en": "Youth bed:", "es": "Cama joven:"}}
    found = content(topics__shelter={"facets": {**facets, "youth": youth}})
    said = {
        text: talk(*text.split(", "), found=found)[-1]
        for text in (
            "im 15 need a bed 60559",
            "im 15 need food 60559, bed",
            "im 15 need food 60559, bed for my kids",
            "bed 60559",
        )
    }
    assert [one.conversation.facet for one in said.values()] == ["youth", "youth", "family", ""]
    leads = [(one.reply or "").partition(" bed:")[0].split()[-1] for one in said.values()]
    assert leads == ["Youth", "Youth", "Family", "a"]


def test_more_of_what_a_newer_release_does_not_have_is_no_more() -> None:
    shown = replace(talk("bed 90057")[0].conversation, shown=99)
    said = answer("more", shown, SMALL, NOON + timedelta(seconds=70))
    assert said.reply == "en no more"


def test_the_next_number_in_a_crisis_comes_without_a_way_to_look_for_others() -> None:
    shelf = [
        *_NATIONAL,
        entry("line-b", "+18005550111", ("danger", 20)),
        entry("line-c", "+18005550112", ("danger", 30)),
    ]
    found = content(entries__national={"entry": shelf})
    first, second = talk("he has a gun", "no answer", found=found)
    assert first.outcome is second.outcome is Outcome.CRISIS
    assert "en failed now" in (second.reply or "")
    assert "800-555-0111" in (second.reply or "")
    assert "en failed or 211" not in (second.reply or "")
    assert "Near you" not in (second.reply or "")


def test_after_a_number_failed_who_told_no_place_is_asked_for_it_and_hears_of_211() -> None:
    more = [entry(f"line-{n}", f"+1800555011{n}", ("shelter", 50 + n)) for n in range(8)]
    found = content(entries__national={"entry": [*_NATIONAL, *more]})
    _, asked, told = (said.reply or "" for said in talk("bed", "no answer", "no answer", found=found))
    assert "line-3 line: 800-555-0113." in asked
    assert "Near you: 1 Los Angeles, 2 DuPage, or a ZIP." in asked  # 211 itself did not answer
    assert "Near you: 211, or 1 Los Angeles, 2 DuPage, or a ZIP." in told


def test_what_must_be_said_is_never_longer_than_three_segments() -> None:
    before = {"place": "before", "text": {"en": "Read this. " * 26, "es": "Lea."}}
    found = content(topics__shelter={"block": [before]}, wording__en={"minor_notice": "Some must tell. " * 10})
    (said,) = talk("im 15 need a bed 60559", found=found)
    assert count(said.reply or "").parts <= 3
    assert "Read this." in (said.reply or "")
    assert "Some must tell." in (said.reply or "")
    assert said.conversation.shown == 1


def test_a_word_that_sounds_like_a_known_one_is_known() -> None:
    meant = understand("kien es", SMALL)
    assert meant.label == "who"


def test_what_was_stopped_as_wrong_and_is_still_there_is_told_of() -> None:
    def told(*pauses: Pause) -> list[tuple[str, str]]:
        said = with_bulletins(SMALL, replace(NO_BULLETINS, pauses=pauses))
        tasks = attention(said, NOON, Desk())
        return [(task.about, task.sentence) for task in tasks if task.kind is Kind.WITHDRAWN]

    hope = ("hope", "Hope, 800-555-0100, 88788 is stopped, but still in the release: write a draft.")
    pads = ("pads", "Pads, 630-555-0104 is stopped, but still in the release: write a draft.")
    assert told(Pause("hope", None, Why.WITHDRAWN)) == [hope]
    assert told(Pause("pads", None, Why.WITHDRAWN, "+16305550104")) == [pads]
    assert told(Pause("pads", None, Why.WITHDRAWN, "+16305550199")) == []
    assert told(Pause("pads", NOON, Why.WITHDRAWN), Pause("hope", None, Why.FULL)) == []
    assert told(Pause("pads", NOON + timedelta(hours=1), Why.WITHDRAWN)) == [pads]
    assert told(Pause("gone", None, Why.WITHDRAWN)) == []
