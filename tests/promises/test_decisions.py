"""docs/adr/ is listed whole, every page says what and why, and what the pages name is there."""

import re
from pathlib import Path

import pytest

_PAGE = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
#: Files of ours as pages name them: from the root, or from the package.
_FILE = re.compile(r"`((?:\w+/)+\w+\.\w+)(?:::\w+)?`")
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "docs" / "adr"


def pages(folder: Path) -> list[Path]:
    """Give the pages in order of their numbers."""
    return sorted(file for file in folder.glob("*.md") if _PAGE.match(file.name))


def missing(page: str, folder: Path, root: Path) -> list[str]:
    """Give the files and links of a page that lead nowhere."""
    lost = [link for link in _LINK.findall(page) if "://" not in link and not (folder / link).exists()]
    files = (name for name in _FILE.findall(page) if not name.startswith("instance/"))
    return lost + [name for name in files if not any((root / start / name).exists() for start in ("", "bot"))]


def test_the_numbers_have_no_gap_and_no_twin(folder: Path) -> None:
    numbers = [int(file.name[:4]) for file in pages(folder)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 20


def test_the_list_names_every_page_in_order(folder: Path) -> None:
    rows = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| [^|]{10,} \| [^|]+ \|$", (folder / "README.md").read_text(), re.M)
    assert rows == [(file.name[:4], file.name) for file in pages(folder)]


def test_every_page_says_what_and_why(folder: Path) -> None:
    for file in pages(folder):
        page = file.read_text("utf-8")
        heads = [head for head in re.findall(r"^## (.*)$", page, re.M)]
        assert page.startswith(f"# {int(file.name[:4])}. "), file.name
        assert page.splitlines()[2].startswith("Status: "), file.name
        assert {"Context", "Decision", "Consequences"} <= set(heads), file.name


def test_what_they_name_is_there(folder: Path, root: Path) -> None:
    named = {file.name: missing(file.read_text("utf-8"), folder, root) for file in folder.glob("*.md")}
    assert {name: lost for name, lost in named.items() if lost} == {}


def test_what_is_not_there_is_noticed(folder: Path, root: Path) -> None:
    page = "see `bot/counts/cell.py`, `line/sms.py`, `line/mms.py` and [1](0001-libraries.md), [0](0000-nothing.md)"
    assert missing(page, folder, root) == ["0000-nothing.md", "line/mms.py"]
