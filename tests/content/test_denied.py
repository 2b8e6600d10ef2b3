"""What may never be listed is not listed, and every trap that was found is written down."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.content.coverage import LEADING
from tests.content.directory import Entry

Table = dict[str, Any]

#: The traps of facts/articles.md, section 5, and the number that is never listed: number, name ("" = any).
TRAPS = {
    ("+12139557500", ""),
    ("+18663472423", ""),
    ("+18446887233", ""),
    ("+12134730700", ""),
    ("+17732881600", "Howard Brown"),
    ("+18003499049", "Illinois CARES"),
    ("+18664887366", "Trevor"),
    ("+18008547771", "Didi Hirsch"),
    ("+18008547771", "California"),
    ("+12133857800", "IILA"),
    ("+12133852977", "Western Center"),
    ("+13235411411", "JWCH"),
}
#: Names the articles made up or misused that resources.yaml does not list.
MADE_UP = {"dcpas", "safe harbor group", "first offender prostitution program", "courage to connect"}


@pytest.fixture(scope="module")
def denied(data_dir: Path) -> Table:
    """Give denied.toml."""
    return tomllib.loads((data_dir / "denied.toml").read_text(encoding="utf-8"))


def folded(name: str) -> str:
    """Fold a name as a texter's words are folded."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", bare)))


def names_of(denied: Table) -> Iterator[str]:
    """List every name that may never be listed."""
    for never in denied["never"]:
        yield from never["names"]


def test_every_trap_is_written_down(denied: Table) -> None:
    found = {(n["number"], "") for n in denied["number"]} | {(p["number"], p["name"]) for p in denied["pair"]}
    assert found == TRAPS
    assert all(t["why"] for t in [*denied["number"], *denied["pair"], *denied["never"]])


def test_no_denied_number_stands_anywhere_under_its_name(denied: Table, entries: dict[str, Entry]) -> None:
    by_number = {(p["number"], folded(e["name"])) for e in entries.values() for p in e.get("phone", [])}
    numbers = {number for number, _ in by_number}
    assert numbers.isdisjoint(n["number"] for n in denied["number"])
    wrong = [(n, e) for p in denied["pair"] for n, e in by_number if n == p["number"] and folded(p["name"]) in e]
    assert wrong == []


def test_the_right_numbers_stand_under_their_true_names(entries: dict[str, Entry]) -> None:
    true = {p["number"]: e["id"] for e in entries.values() for p in e.get("phone", [])}
    assert true["+18008547771"] == "dmh-access"
    assert true["+12133857800"] == "carecen"
    assert true["+12133852977"] == "public-counsel"
    assert true["+13235411411"] == "st-johns"


def test_every_name_that_does_not_ship_is_denied(denied: Table, facts: dict[str, Entry]) -> None:
    names = set(names_of(denied))
    for fact in facts.values():
        if fact["ship"] == "no":
            bare = folded(re.sub(r"\(.*?\)", "", fact["name"]))
            # "Safe harbor" by itself is a term of law that people ask about.
            assert bare in names or bare == "safe harbor", fact["id"]
    assert names >= MADE_UP


def test_denied_names_are_folded_and_nobodys(denied: Table, entries: dict[str, Entry]) -> None:
    names = list(names_of(denied))
    assert len(names) == len(set(names))
    assert [n for n in names if n != folded(n)] == []
    ours = {a for e in entries.values() for a in e.get("aliases", [])} | {folded(e["name"]) for e in entries.values()}
    assert ours.isdisjoint(names)
    # Words of everyday texts: a legal term, a mood, a wish.
    assert {"safe harbor", "path", "clear", "library", "peers"}.isdisjoint(names)


def test_a_denied_name_leads_to_a_topic_and_a_published_entry(denied: Table, entries: dict[str, Entry]) -> None:
    publish = {e["id"]: {s["topic"] for s in e["serves"]} for e in entries.values() if e["status"] == "publish"}
    for never in denied["never"]:
        assert never["topic"] in LEADING
        if "entry" in never:
            assert never["topic"] in publish[never["entry"]], never["names"]
