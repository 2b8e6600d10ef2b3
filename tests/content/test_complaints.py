"""The shipped wordings of complaints: after a referral they are understood, and what only looks like one is not."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.understand import understand
from tests.understanding.bent import typo

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
#: What may still be missed of a hundred texts with one slip of the thumb each.
MISSED = 0.08
SEED = 20261122

HERE = Path(__file__).parent / "complaints"


def texts(name: str) -> list[str]:
    """Read texts that were made up for this test, one a line, as people text in Los Angeles and around Chicago.

    none.txt: said of somebody else, of the texter or of this line; questions; other needs; crises.
    """
    return (HERE / f"{name}.txt").read_text("utf-8").splitlines()


ENGLISH, SPANISH, OTHERS = texts("en"), texts("es"), texts("none")


@pytest.fixture(scope="module")
def release(default_release: Content) -> Content:
    return default_release


@pytest.fixture(scope="module")
def given(release: Content) -> Conversation:
    """Hold a conversation in which numbers were just given."""
    return answer("bed 60559", Conversation(), release, NOW).conversation


@pytest.mark.parametrize("text", [*ENGLISH, *SPANISH])
def test_after_a_referral_it_is_a_complaint(text: str, release: Content, given: Conversation) -> None:
    assert understand(text, release, given).label == "failed"


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_looks_like_one_is_none(text: str, release: Content, given: Conversation) -> None:
    assert understand(text, release, given).label != "failed"


def test_before_a_referral_nothing_is(release: Content) -> None:
    assert [text for text in (*ENGLISH, *SPANISH) if understand(text, release).label == "failed"] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_slips_of_the_thumb_are_forgiven(language: str, release: Content, given: Conversation) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a seed is the point
    bent = [typo(text, chance) for text in (ENGLISH if language == "en" else SPANISH)]
    missed = [text for text in bent if understand(text, release, given).label != "failed"]
    assert len(missed) <= MISSED * len(bent), missed


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_language_is_told(language: str, release: Content, given: Conversation) -> None:
    texts = ENGLISH if language == "en" else SPANISH
    told = [text for text in texts if understand(text, release, given).language not in ("", language)]
    assert told == []
