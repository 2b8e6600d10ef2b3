"""Examples that were added since the last training work at once: whoever writes alike is understood."""

from typing import Any

import pytest

from bot.referral.answer import answer
from bot.referral.conversation import Conversation, Trace
from bot.referral.examples import Block, Fresh, fresh, lines, mark, marks_as_text, marks_from_text
from bot.referral.explain import why
from bot.referral.meaning import Kind
from bot.referral.understand import understand
from tests.referral.small import NOON, content

TAUGHT = {
    "topics__shelter": {
        "examples": {
            "en": "landlord taped a paper on the door\nmotel says pay or go by noon",
            "es": "ya me sacaron todo",
        },
        "facets": {"family": {"en": ["my kids"], "examples": {"en": "me and the twins got put out"}}},
    },
    "ordinary": {"examples": {"en": "what time is the game on"}},
}


def taught(**more: Any) -> Any:
    return content(**TAUGHT, **more)


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("landlord taped a paper on my door", Kind.TOPIC, "shelter"),
        ("the motel says pay or go", Kind.TOPIC, "shelter"),
        ("ya me sacaron", Kind.TOPIC, "shelter"),
        ("what time is it", Kind.UNCLEAR, ""),
        ("landlord is nice", Kind.UNCLEAR, ""),
        ("food", Kind.TOPIC, "food"),
        ("he has a gun and the landlord taped a paper on the door", Kind.CRISIS, "danger"),
    ],
)
def test_texts_like_an_example_are_understood(text: str, kind: Kind, label: str) -> None:
    meant = understand(text, taught())
    assert (meant.kind, meant.label) == (kind, label)


def test_an_example_tells_its_facet() -> None:
    assert understand("me n the twins got put out", taught()).facet == "family"


def test_why_shows_the_example_and_never_the_text() -> None:
    release = taught()
    text = "landlord taped a paper on my door yesterday"
    reasons = why(release, text, understand(text, release))
    assert any("'landlord taped a paper on the door'" in reason and "-> shelter" in reason for reason in reasons)
    assert not any("yesterday" in reason for reason in reasons)


def test_the_reply_is_the_topics() -> None:
    told = answer("motel says i gotta pay or go by noon", Conversation(), taught(), NOON)
    assert told.reply is not None
    assert "For a bed:" in told.reply


def test_lines() -> None:
    assert lines("\n a \n\nb\n") == ["a", "b"]


def test_what_was_learnt_is_not_fresh() -> None:
    old = Block.of("food", "", "en", "hungry as hell\nno dinner")
    new = Block.of("food", "", "en", "hungry as hell\nno dinner\nfridge is empty")
    seen = marks_as_text(mark(old, text) for text in lines(old.texts))
    assert list(fresh([old], {old.key: old.digest}, "")) == []
    assert [text for _, text in fresh([new], {old.key: old.digest}, seen)] == ["fridge is empty"]
    assert len(list(fresh([new], {}, ""))) == 3
    assert marks_from_text(seen) == {mark(old, text) for text in lines(old.texts)}


def test_a_word_alone_makes_nothing_alike() -> None:
    block = Block.of("food", "", "en", "")
    few = Fresh([(block, "nothing left in the fridge till friday")], frozenset({"the", "in", "till"}))
    assert few.nearest(["friday"]) is None
    found = few.nearest("nothing left in my fridge".split())
    assert found is not None
    assert found.label == "food"
    assert few.nearest([]) is None


STOPS = {
    "stop": {
        "whole": {"en": ["stop"]},
        "examples": {"en": "im fine now send nothing more he sees my texts\nim fine now send nothing more"},
    },
    "watched": {"within": {"en": ["he sees my texts"]}},
}


@pytest.mark.parametrize(
    ("text", "watched"),
    [("im fine now send nothing more", False), ("im fine now in koreatown send nothing more he sees my texts", True)],
)
def test_an_opt_out_told_by_an_example_is_silent_where_somebody_reads_along(text: str, watched: bool) -> None:
    meant = understand(text, content(commands=STOPS))
    assert (meant.label, meant.watched) == ("stop", watched)


def test_a_service_asked_for_by_name_is_no_crisis_whatever_was_hinted_at() -> None:
    hints = tuple(Trace(NOON, "danger", 0.5) for _ in range(3))
    text = "landlord taped a paper on the door so whats that hope house number"
    meant = understand(text, taught(), Conversation(at=NOON, traces=hints))
    assert (meant.kind, meant.named) == (Kind.TOPIC, "hope")
