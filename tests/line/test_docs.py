import re
from pathlib import Path

import pytest

from bot.commands import provider
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


def test_the_hold_comes_before_the_lawyer(page: str) -> None:
    hold = page.partition("### The hold")[2].partition("\n### ")[0]
    assert 0 < hold.index("First set `PURGE_HOLD=yes`") < hold.index("call your lawyer")


def test_the_schedule_is_a_command_there_is(page: str) -> None:
    scheduled = re.findall(r"quietline (purge-provider [^`\n>]*)", page.partition("### Deleting every hour")[2])
    assert len(scheduled) >= 3
    for words in scheduled:
        provider.purge_provider.make_context("purge-provider", words.split()[1:]).close()
