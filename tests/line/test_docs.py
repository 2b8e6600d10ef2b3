import re
from pathlib import Path

import pytest

from bot.referral.answer import RESERVED_STOP, OptOutMode


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "twilio.md").read_text()


def test_the_words_to_keep_are_the_ones_the_line_leaves_alone(page: str) -> None:
    (listed,) = re.findall(r"^\| Opt out \| (.*) \|$", page, re.MULTILINE)
    assert frozenset(listed.lower().split()) == RESERVED_STOP


@pytest.mark.parametrize("mode", list(OptOutMode))
def test_every_way_to_answer_them_is_described(page: str, mode: OptOutMode) -> None:
    assert f"OPT_OUT_MODE={mode}" in page
