"""Drafts that no page of ours would write, and numbers nobody has: every page says something, and none breaks."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.roles import Role
from bot.storage import drafts, editing, releases, reviewing
from bot.storage.drafts import Draft
from tests.console.house import House
from tests.console.small import live, opened, worked_out

ANA, BEN = "ana@example.org", "ben@example.org"
DAY = "entries/westlake.toml#day-la"
HUGE = "9" * 30


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    with opened(tmp_path, migrated) as house:
        yield house


ODD: dict[str, tuple[str, Any]] = {
    "an entry goes": (DAY, None),
    "what never was goes": ("entries/westlake.toml#nobody", None),
    "an area there is not": ("entries/nowhere.toml#day-la", {"id": "day-la", "name": "Day"}),
    "a whole file of entries": ("entries/westlake.toml", {"entry": []}),
    "a topic goes": ("topics/shelter.toml", None),
    "a topic nobody knows": ("topics/zzz.toml", {"slug": "zzz", "label": {"en": "zzz", "es": "zzz"}}),
    "the sentences go": ("wording/es.toml", None),
    "the line goes": ("line.toml", None),
    "unknown keys": (DAY, {"id": "day-la", "colour": "red", "name": "Day", "phone": [{"publish": True}]}),
    "another id": (DAY, {"id": "night-la", "name": "Night"}),
    "no id": (DAY, {"name": "Night", "status": "publish"}),
    "an odd name": ("entries/westlake.toml#<b>\"'&%2f..", {"id": "<b>", "name": "<script>alert(1)</script>"}),
    "a part of no kind": ("../secret#x#y", {"a": {"b": [1, None, {"c": "d"}]}}),
}
PAGES = (
    "/ /entries /entries?q=day&page=999999 /entries/day-la /entries/night-la /entries/nobody /topics /topics/shelter"
    " /topics/food /topics/food/examples /topics/zzz /wording /wording/menu /review /review/imported /urgent"
    " /urgent/entry/day-la /checks /checks/day-la /booklet /booklet/topic/shelter /import /import/duplicates"
    " /import/duplicates/merge?stays=day-la&goes=nobody /drafts/aside /review/releases /tryit /counts"
).split()


@pytest.mark.parametrize(("part", "body"), ODD.values(), ids=ODD)
def test_an_odd_draft_breaks_no_page(stocked: House, part: str, body: Any) -> None:
    ben = stocked.member(Role.ADMIN, BEN)
    drafts.put(stocked.engine, [Draft(part, body, "upgrade")])
    number = reviewing.submit(stocked.engine, [part], live(stocked), by=ANA, note="odd", now=stocked.now)
    seen = {path: ben.get(path).status_code for path in PAGES}
    assert {path: code for path, code in seen.items() if code >= 500} == {}
    page = worked_out(stocked, ben, f"/review/{number}")
    assert "<script>alert" not in page
    assert "the fault is ours" not in page
    assert ben.post("/tryit", {"which": "drafts", "text": "shelter", "wait": "70"}).status_code == 200
    assert "Throw drafts away?" in ben.post("/review", {"part": part, "do": "drop", "note": ""}).text
    reviewing.approve(stocked.engine, number, by=BEN, approvers=2, now=stocked.now)
    ben.post(f"/review/{number}/publish")
    worked_out(stocked, ben, f"/review/{number}")
    if releases.newest_number(stocked.engine) == 2:
        assert {path: ben.get(path).status_code for path in PAGES if ben.get(path).status_code >= 500} == {}


@pytest.mark.parametrize(
    "path",
    [
        f"/audit?before={HUGE}", f"/review/releases?before={HUGE}", f"/review/releases/{HUGE}", f"/review/{HUGE}",
        f"/review/releases/{HUGE}/back", f"/staff/{HUGE}", f"/scrub/{HUGE}", f"/entries?page={HUGE}",
        f"/review?page={HUGE}", f"/import/duplicates?page={HUGE}", f"/tryit/saved?page={HUGE}", f"/checks?page={HUGE}",
    ],
)  # fmt: skip
def test_a_number_that_no_database_holds_is_only_a_number_nobody_has(stocked: House, path: str) -> None:
    assert stocked.member(Role.ADMIN, BEN).get(path).status_code in (200, 404)


def test_an_entry_that_is_to_go_can_be_sent_again(stocked: House) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    there = next(e for e in live(stocked)["entries/westlake.toml"]["entry"] if e["id"] == "day-la")
    editing.save(stocked.engine, DAY, None, by=ANA, based_on=editing.version_of(there), now=stocked.now, live=there)
    ana.get("/entries/day-la")
    answered = ana.post("/entries/day-la", {**ana.fields(), "name": "Day again", "action": "save"})
    assert answered.status_code in (200, 302)


LINE = {"topics/shelter": "words.en", "topics/shelter/examples": "examples.en"}


@pytest.mark.parametrize(("path", "field"), LINE.items())
def test_a_pasted_message_is_neither_an_example_nor_a_wording(stocked: House, path: str, field: str) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    ana.get(f"/{path}")
    page = ana.post(f"/{path}", {**ana.fields(), field: "bed\nmy mom is at 555 213 0142", "action": "save"}).text
    assert "holds a number that may be somebody" in page
    assert "my mom is at 555 213 0142" in page
    assert drafts.waiting(stocked.engine) == []


@pytest.mark.parametrize("text", ["1" * 200_000, "a@" * 100_000], ids=["digits", "nets"])
@pytest.mark.parametrize(
    ("path", "field"), [*LINE.items(), ("checks/day-la", "note"), ("entries/day-la", "phone.0.hours")]
)
def test_a_pasted_book_is_refused_at_once(stocked: House, path: str, field: str, text: str) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    ana.get(f"/{path}")
    began = time.process_time()
    answered = ana.post(f"/{path}", {**ana.fields(), field: text, "action": "save", "number": "+12135550101"})
    assert answered.status_code in (200, 404)
    assert time.process_time() - began < 5
    assert drafts.waiting(stocked.engine) == []
