"""What is told of texts about a crisis that a release no longer answers as one, and with what they are compared."""

from typing import Any

import pytest

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.golden import SILENCE, Miss
from bot.referral.lifeline import TEXTS, lost, lost_since
from tests.referral.small import NOON, content, document

LOST = "i want to die"
#: The small release with every one of the texts among its wordings.
KNOWN: dict[str, Any] = {
    f"topics__{topic}": {"words": {language: list(texts) for language, texts in spoken.items()}}
    for topic, spoken in TEXTS.items()
}
DEAF: dict[str, Any] = {"topics__suicide": {"words": {"en": ["suicidal"], "es": ["morirme"]}}}


def never() -> Content | None:
    """Fail, when the release in use is asked for without need."""
    raise AssertionError


def miss(found: Content, text: str = LOST) -> Miss:
    """Return what is told of a text."""
    return next(each for each in lost(found, lambda: None) if each.text == text)


def test_the_release_in_use_is_asked_for_only_when_something_is_missed() -> None:
    assert lost(content(**KNOWN), never) == []
    with pytest.raises(AssertionError):
        lost(content(), never)


def test_a_miss_names_the_text_what_it_means_and_what_is_said_now() -> None:
    found = content(**DEAF)
    reply = answer(LOST, Conversation(), found, NOON).reply
    assert reply
    assert miss(found) == Miss("crisis", "suicide", LOST, "(suicide)", reply)


def test_a_text_that_is_answered_with_nothing_is_missed() -> None:
    found = content(commands={"silence": {"within": {"en": ["want to die"]}}}, **DEAF)
    assert answer(LOST, Conversation(), found, NOON).reply is None
    assert miss(found).given == SILENCE


def test_a_crisis_that_is_answered_without_a_number_is_missed() -> None:
    blocks = [{"place": "alone", "text": {"en": "Stay with us.", "es": "Quedese."}}]
    changed = document(topics__suicide={"block": blocks, "otherwise": ""})
    found = content(**{name.removesuffix(".toml").replace("/", "__"): file for name, file in changed.items()})
    said = answer(LOST, Conversation(), found, NOON)
    assert said.crisis
    assert (said.reply or "").startswith("Stay with us.")
    assert LOST in [each.text for each in lost(found, lambda: None)]


def test_a_release_that_is_live_is_read_only_as_far_as_it_can_be() -> None:
    small = content()
    broken = document()
    del broken["line.toml"]
    assert lost_since(small, document()) == []
    assert LOST in [each.text for each in lost_since(content(**DEAF), document())]
    assert lost_since(small, broken) == lost(small, lambda: None) != []
