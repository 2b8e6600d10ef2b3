"""docs/architecture.md walks one text through code that exists, in the order in which it is run."""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

import pytest

from bot.line.late import LATE_AFTER_SECONDS
from bot.line.watch import DEADLINES
from bot.referral.answer import Answer, answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation

TEXT, NOON = "hi i need food 90057", datetime(2026, 11, 22, 20, tzinfo=UTC)
_NAMED = re.compile(r"`(\w+(?:/\w+)*\.py)` `([\w.]+)`")
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def architecture(root: Path) -> str:
    return (root / "docs" / "architecture.md").read_text("utf-8")


def walk(page: str) -> list[tuple[str, str]]:
    """Give the steps of the walk: file and function, in order."""
    part = page.partition("## One text")[2].partition("\n## ")[0]
    where = [row.split("|")[2] for row in part.splitlines() if row.startswith("| ")]
    return [step for cell in where for step in _NAMED.findall(cell)]


def names_in(file: Path) -> Iterator[str]:
    """Give the functions of a file, and the methods of its classes with the class before them."""
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef))


def lacking(steps: list[tuple[str, str]], root: Path) -> list[str]:
    """Give the steps that name no function of ours."""
    files = {file for file, _ in steps if (root / "bot" / file).is_file()}
    known = {(file, name) for file in files for name in names_in(root / "bot" / file)}
    return [f"{file} {name}" for file, name in steps if (file, name) not in known]


def called_for(content: Content) -> tuple[Answer, list[tuple[str, str]]]:
    """Answer the text; give what was answered, and each function of ours in the order of first calls."""
    seen: dict[tuple[str, str], None] = {}

    def listen(frame: FrameType, event: str, _argument: object) -> None:
        file, found, name = frame.f_code.co_filename.rpartition("/bot/")
        if event == "call" and found and file:
            seen[name, frame.f_code.co_qualname] = None

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        told = answer(TEXT, Conversation(), content, NOON)
    finally:
        sys.setprofile(before)
    return told, list(seen)


def test_every_function_of_the_walk_exists(architecture: str, root: Path) -> None:
    assert len(walk(architecture)) > 25
    assert lacking(walk(architecture), root) == []
    assert lacking(_NAMED.findall(architecture), root) == []


def test_a_function_that_there_is_not_is_noticed(root: Path) -> None:
    steps = [("line/sms.py", "reply_to"), ("line/sms.py", "replied_to"), ("line/mms.py", "reply_to")]
    assert lacking(steps, root) == ["line/sms.py replied_to", "line/mms.py reply_to"]


def test_the_subject_is_walked_in_the_order_of_its_calls(architecture: str, default_release: Content) -> None:
    told, called = called_for(default_release)
    steps = [step for step in walk(architecture) if step[0].startswith("referral/")]
    assert len(steps) > 15
    assert [step for step in steps if step not in called] == []
    assert [pair for pair in pairwise(steps) if called.index(pair[0]) > called.index(pair[1])] == []
    assert f"*{told.reply}*" in architecture
    assert f"*{TEXT}*" in architecture


def test_the_map_names_every_module_and_no_other(architecture: str, root: Path) -> None:
    table = architecture.partition("| package |")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)/` \| (.*) \|$", table, re.MULTILINE)
    packages = {folder.name for folder in (root / "bot").iterdir() if (folder / "__init__.py").exists()}
    assert {name for name, _ in rows} == packages
    for package, about in rows:
        folder = root / "bot" / package
        named = {word for span in re.findall(r"`([^`]*)`", about) for word in span.replace("/", "").split()}
        there = {one.stem for one in folder.rglob("*") if one.is_dir() or one.suffix == ".py"}
        assert [word for word in named if "*" not in word and word not in there] == [], package
        here = {one.name.removesuffix(".py") for one in folder.iterdir() if one.suffix == ".py" or _is_part(one)}
        assert [one for one in sorted(here - {"__init__"}) if not any(fnmatch(one, word) for word in named)] == [], (
            package
        )


def _is_part(one: Path) -> bool:
    """Say whether it is a folder with anything of ours in it."""
    return one.is_dir() and any(file.is_file() and "__pycache__" not in file.parts for file in one.rglob("*"))


def test_the_picture_tells_its_content_and_is_drawn_for_light_and_dark(architecture: str, root: Path) -> None:
    assert "](architecture.svg)" in architecture
    drawn = (root / "docs" / "architecture.svg").read_text("utf-8")
    picture = ElementTree.fromstring(drawn)  # noqa: S314 - our own file
    for name in ("title", "desc"):
        element = picture.find(f"{_SVG}{name}")
        assert element is not None
        assert len(element.text or "") > 20
        assert element.get("id") in (picture.get("aria-labelledby") or "").split()
    assert "prefers-color-scheme: dark" in drawn
    numbers = [int(one.text or "") for one in picture.iter(f"{_SVG}text") if one.get("class") == "digit"]
    walked = re.findall(r"^\| (\d+) \|", architecture.partition("## One text")[2], re.MULTILINE)
    assert sorted(set(numbers)) == [int(number) for number in walked]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("architecture.md", "a text waited {late:g} seconds for a thread, or {unanswered:g} for its answer"),
        ("deploy.md", "what waited {late:g} seconds for a thread, or {unanswered:g} for its answer"),
        ("adr/0019-never-an-error-never-silence.md", "waited {late:g} seconds for its turn, or {unanswered:g} for"),
    ],
)
def test_the_deadlines_are_those_of_the_code(page: str, words: str, root: Path) -> None:
    told = words.format(late=LATE_AFTER_SECONDS, unanswered=DEADLINES.unanswered)
    assert told in (root / "docs" / page).read_text("utf-8")
