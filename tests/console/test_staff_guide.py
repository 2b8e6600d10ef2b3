"""The guide for staff: it shows every page, by pictures that are there, and names what stands on the pages."""

import re
from pathlib import Path

import pytest

from bot import console
from bot.console.app import PAGES

GUIDE = "staff-guide.md"
PACKAGE = Path(next(iter(console.__path__)))
#: Bold, but said by the guide itself: what stands on no page.
OWN = {
    "Bold", "An app on your phone.", "Or a passkey.", "Full or closed for now:", "Wrong, or closed for good:",
    "Other hours:", "It cannot be published like this?", "In doubt, stop giving it.",
}  # fmt: skip
#: A picture may weigh this, in bytes, and all of them together: the guide is read over a phone as well.
HEAVIEST, ALL = 80_000, 2_000_000


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / GUIDE).read_text("utf-8")


@pytest.fixture(scope="module")
def named(guide: str) -> list[str]:
    """Give the names of the pictures, in order."""
    return re.findall(r"!\[[^\]]+\]\(staff-guide/([\w-]+)\.png\)", guide)


@pytest.fixture(scope="module")
def sentences() -> list[re.Pattern[str]]:
    """Give everything the pages can say; `{name}` stands for anything."""
    texts = [file.read_text("utf-8") for file in (*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py"))]
    said = re.compile(r"""(?:_|say)\(\s*(?:"((?:[^"\\]|\\.)+)"|'([^']+)')""")
    told = [one or other for text in texts for one, other in said.findall(text)]
    places = [held for text in texts for held in re.findall(r"Place\(([^)]*)\)", text)]
    told += [title for held in places for title in re.findall(r'"([^"]+)"', held)]
    # A sentence of little but what is put in would be like any other.
    own = [one for one in told if len(re.sub(r"{\w+}|\W", "", one)) > 3 or "{" not in one]
    return [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(one))) for one in own]


def test_every_page_has_its_picture(named: list[str]) -> None:
    modules = {module.__name__.rpartition(".")[2] for module in PAGES}
    assert {one for one in modules if not any(name.partition("-")[0] == one for name in named)} == set()


def test_every_picture_is_there_once_and_is_used(named: list[str], root: Path) -> None:
    kept = {path.stem: path.stat().st_size for path in (root / "docs" / "staff-guide").iterdir()}
    assert sorted(named) == sorted(kept)
    assert {name: size for name, size in kept.items() if size > HEAVIEST} == {}
    assert sum(kept.values()) < ALL


def test_every_picture_is_made_by_the_walk(named: list[str], root: Path) -> None:
    walk = (root / "tests" / "console" / "test_every_page.py").read_text("utf-8")
    assert sorted(re.findall(r'picture="([\w-]+)"', walk)) == sorted(named)


def test_what_stands_in_bold_stands_on_a_page(guide: str, sentences: list[re.Pattern[str]]) -> None:
    bold = set(re.findall(r"\*\*(.+?)\*\*", guide)) - OWN
    assert len(bold) > 60
    assert {one for one in bold if not any(each.fullmatch(one) for each in sentences)} == set()


def test_a_word_that_stands_on_no_page_is_found(sentences: list[re.Pattern[str]]) -> None:
    assert not any(each.fullmatch("Publish everything") for each in sentences)


def test_it_is_read_in_twenty_minutes(guide: str) -> None:
    """A slow reader takes 120 words a minute; pictures are looked at, not read."""
    words = re.sub(r"!\[.*?\)", "", guide).split()
    assert len(words) < 20 * 120
    plain = re.sub(r"!\[.*?\)|^[|#].*$", "", guide, flags=re.M)
    long = [one for one in re.split(r"(?<=[.!?:])\s+", plain) if len(one.split()) > 25]
    assert long == []
