"""docs/asvs.md names every requirement once, the tests it names are there, and what it writes down is what is so."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from bot.console import again, passwords, tries
from bot.storage.staff import invitations, sessions

_ID = re.compile(r"V\d+\.\d+\.\d+")
_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
#: How a row begins that names no test, and how many words its reason has at least.
_REASONS, _WORDS = ("Does not apply: ", "No test: ", "Not met: "), 3


@pytest.fixture(scope="module")
def written(root: Path) -> str:
    return (root / "docs" / "asvs.md").read_text("utf-8")


def rows(page: str) -> list[list[str]]:
    """Give the cells of each row that begins with an id."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:1] == "|"]
    return [cells for cells in lines if _ID.fullmatch(cells[0])]


def faults(page: str, ids: list[str], root: Path) -> list[str]:
    """Give what is wrong with the page: ids, rows that are not whole, tests there are not."""
    found = [cells[0] for cells in rows(page)]
    told = [f"{one} is missing" for one in sorted(set(ids) - set(found))]
    told += [f"{one} is none of the standard's" for one in sorted(set(found) - set(ids))]
    told += [f"{one} stands there twice" for one in sorted({one for one in found if found.count(one) > 1})]
    for cells in rows(page):
        told += [f"{cells[0]}: {fault}" for fault in _faults_of(cells, root)]
    return told


def _faults_of(cells: list[str], root: Path) -> list[str]:
    if len(cells) != 4 or not all(cells):
        return ["four cells, none of them empty"]
    shown = cells[3]
    named = _TEST.findall(shown)
    told = [f"no test {file}::{name}" for file, name in named if name not in names_in(root / "tests" / file)]
    told += [f"no test {odd}" for odd in re.findall(r"`([^`]*)`", shown) if not _TEST.fullmatch(f"`{odd}`")]
    reason = next((shown.removeprefix(one) for one in _REASONS if shown.startswith(one)), "")
    if not named and len(reason.split()) < _WORDS:
        told.append("neither a test nor a reason")
    return told


@cache
def names_in(path: Path) -> frozenset[str]:
    """Give the names of the tests in a file, those in classes too; none where there is no such file."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {node.name for node in ast.walk(tree) if isinstance(node, functions)}
    return frozenset(name for name in names if name.startswith("test_"))


def test_every_requirement_stands_there_once_with_a_test_or_a_reason(written: str, shared: Path, root: Path) -> None:
    (file,) = (shared / "data" / "asvs").glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as held:
        ids = [row["req_id"] for row in csv.DictReader(held)]
    assert len(ids) == len(set(ids)) == 104
    assert faults(written, ids, root) == []


ROW = "| V1.1.1 | a | b | {} |"
GOOD = "`promises/test_asvs.py::test_what_is_wrong_is_told`"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        pytest.param(ROW.format(GOOD), [], id="a test"),
        pytest.param(ROW.format("Does not apply: there is none here"), [], id="a reason"),
        pytest.param("", ["V1.1.1 is missing"], id="missing"),
        pytest.param(f"{ROW.format(GOOD)}\n{ROW.format(GOOD)}", ["V1.1.1 stands there twice"], id="twice"),
        pytest.param(
            f"{ROW.format(GOOD)}\n| V9.9.9 | a | b | {GOOD} |", ["V9.9.9 is none of the standard's"], id="made up"
        ),
        pytest.param(
            ROW.format("`promises/test_asvs.py::test_nowhere`"),
            ["V1.1.1: no test promises/test_asvs.py::test_nowhere"], id="no such test",
        ),
        pytest.param(
            ROW.format("`promises/test_none.py::test_x`"), ["V1.1.1: no test promises/test_none.py::test_x"],
            id="no such file",
        ),
        pytest.param(ROW.format(f"{GOOD} `somewhere`"), ["V1.1.1: no test somewhere"], id="no address of a test"),
        pytest.param(ROW.format("Yes"), ["V1.1.1: neither a test nor a reason"], id="neither"),
        pytest.param(ROW.format("Not met: so"), ["V1.1.1: neither a test nor a reason"], id="a short reason"),
        pytest.param("| V1.1.1 | a |", ["V1.1.1: four cells, none of them empty"], id="half a row"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(table: str, told: list[str], root: Path) -> None:
    assert faults(f"# Title\n\n{table}\n", ["V1.1.1"], root) == told


def test_the_sentences_are_our_own(written: str, shared: Path) -> None:
    """No seven words in a row stand in the standard as well."""
    (file,) = (shared / "data" / "asvs").glob("*.csv")
    theirs = " ".join(re.findall(r"[a-z0-9]+", file.read_text("utf-8").lower()))
    for cells in rows(written):
        ours = re.findall(r"[a-z0-9]+", cells[1].lower())
        assert not [n for n in range(len(ours) - 6) if " ".join(ours[n : n + 7]) in theirs], cells[0]


def test_the_head_names_all_that_is_not_met(written: str) -> None:
    unmet = {cells[0] for cells in rows(written) if re.search(r"\bnot met\b", " ".join(cells[2:]), re.IGNORECASE)}
    (line,) = [line for line in written.splitlines() if "**Not met**" in line]
    assert set(_ID.findall(line)) == unmet


def test_the_words_of_this_place_are_refused(written: str) -> None:
    (line,) = [line for line in written.splitlines() if "**Words of this place**" in line]
    listed = line.partition("made of: ")[2].partition(";")[0].split(", ")
    assert len(listed) > 10
    for word in listed:
        for made in (f"{word} {word} 20261122", f"{word.title()}-{word}-{word}", f"{word}quietline2026"):
            password = made.ljust(passwords.SHORTEST, "1")
            assert passwords.complaint(password, email="ana@westmont-helps.org"), password
    assert passwords.complaint("westmonthelps2026", email="ana@westmont-helps.org")


def test_the_page_about_the_door_names_the_limits_there_are(root: Path) -> None:
    door = (root / "docs" / "console.md").read_text("utf-8")
    numbers = {5: "Five", 60: "a minute", 15 * 60: "a quarter of an hour", 3600: "an hour", 24 * 3600: "24 hours"}
    for sentence in (
        f"{numbers[tries.AT_ONCE]} wrong tries at an account or from an address",
        f"then a wait of {numbers[int(tries.FIRST_WAIT.total_seconds())]}, which doubles",
        f"to {numbers[int(tries.LONGEST_WAIT.total_seconds())]} at most",
        "A passkey never waits",
        f"ends after {numbers[int(sessions.IDLE.total_seconds())]} without use",
        f"after {numbers[int(sessions.LONGEST.total_seconds())]} in any case",
        f"within {numbers[int(again.FRESH.total_seconds())]} of signing in",
        f"at least {passwords.SHORTEST} characters, up to {passwords.LONGEST}",
        f"good once, for {('three days', '')[invitations.HOLDS.days != 3]}",
    ):
        assert sentence in door, sentence
