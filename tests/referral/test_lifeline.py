"""Texts about a crisis have to reach what is said in one, whatever is published."""

from typing import Any

import pytest

from bot.referral.document import parse
from bot.referral.lifeline import TEXTS, lost
from bot.storage.files import read_document
from tests.referral.small import content, document


def test_the_default_release_answers_all_of_them(data_dir: Any) -> None:
    assert lost(parse(read_document(data_dir)), lambda: None) == []
    assert {len(spoken) for spoken in TEXTS.values()} == {2}


def test_what_was_never_understood_is_not_held_against_the_next_release() -> None:
    small = content()
    assert lost(small, lambda: None) != []
    assert lost(small, lambda: small) == []


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param(
            {"topics__suicide": {"unless": {"en": ["want to die"], "es": ["x"]}}}, "i want to die", id="unless"
        ),
        pytest.param({"topics__overdose": {"crisis": False}}, "she overdosed", id="no crisis any more"),
    ],
)
def test_what_is_lost_is_named(change: dict[str, Any], text: str) -> None:
    assert text in [miss.text for miss in lost(content(**change), content)]


def test_a_topic_that_is_gone_is_missed() -> None:
    made = document()
    del made["topics/suicide.toml"]
    assert "i want to die" in [miss.text for miss in lost(parse(made), content)]
