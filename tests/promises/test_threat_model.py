"""docs/threat-model.md and docs/launch.md name tests that exist and texts this line would send."""

import re
from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.rules import spelling
from bot.referral.sayable import numbers_named
from bot.referral.segments import count
from tests.promises.test_asvs import names_in

_ROW = re.compile(r"^\| (T\d+) \|(.*)\|$", re.MULTILINE)
_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows(root: Path) -> dict[str, str]:
    """Give each threat's row."""
    page = (root / "docs" / "threat-model.md").read_text("utf-8")
    return dict(_ROW.findall(page))


def test_every_threat_has_a_number_and_a_test_that_exists(root: Path) -> None:
    found = rows(root)
    assert list(found) == [f"T{number}" for number in range(1, len(found) + 1)]
    assert len(found) > 15
    for threat, row in found.items():
        named = _TEST.findall(row)
        assert named, threat
        lacking = [f"{file}::{name}" for file, name in named if name not in names_in(root / "tests" / file)]
        assert lacking == [], threat


def samples(root: Path) -> list[str]:
    """Give the sample messages for carriers."""
    page = (root / "docs" / "launch.md").read_text("utf-8")
    return re.findall(r"^  - \*(.*)\*$", page, re.MULTILINE)


def test_the_samples_for_carriers_are_of_numbers_that_are_given(root: Path, default_release: Content) -> None:
    found = samples(root)
    assert len(found) >= 3
    for sample in found:
        assert [number for number in numbers_named(sample) if number not in default_release.printed] == []
        assert list(spelling(sample)) == []
        assert count(sample).parts == 1


@pytest.mark.parametrize("word", ["emergency", "sex", "drug", "weapon", "abuse", "traffick", "suicide"])
def test_the_samples_hold_no_word_that_a_carrier_refuses(word: str, root: Path) -> None:
    assert [sample for sample in samples(root) if word in sample.lower()] == []
