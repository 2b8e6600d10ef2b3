"""The same service twice: a person compares two entries and makes one of them."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.console.roles import Role
from bot.storage import drafts, editing, imports
from bot.storage.audit import Act, entries
from tests.console.house import Browser, House
from tests.console.importing import PANTRY, Importing, importing, table

TWIN = ("Hillside Food Pantry", "Hillside Church", "213-555-0142", "12 Hill St", *PANTRY[4:])


@pytest.fixture
def door(stocked: House, tmp_path: Path) -> Iterator[Importing]:
    """Give a staff door into which two directories were imported, with one pantry in both."""
    stocked.settings = dataclasses.replace(stocked.settings, cache_dir=tmp_path / "cache")
    with importing(stocked) as made:
        editor = stocked.member(Role.EDITOR, email="first@example.org")
        for name, row in (("one", PANTRY), ("other", TWIN)):
            made.confirm(editor, made.planned(editor, table(row), source=name))
        yield made


@pytest.fixture
def editor(door: Importing) -> Browser:
    return door.house.member(Role.EDITOR)


@pytest.fixture
def pair(door: Importing) -> tuple[str, str]:
    """Give the ids of the two drafts: of the first directory, and of the other."""
    found = {row.source: row.entry for row in imports.listed(door.house.engine)}
    return found["one"], found["other"]


def body(door: Importing, entry: str) -> dict[str, object]:
    part = next(part for part, _ in drafts.waiting(door.house.engine) if part.endswith(f"#{entry}"))
    held: dict[str, object] = json.loads(imports.draft_bodies(door.house.engine, [part])[part])
    return held


def opened(editor: Browser, stays: str, goes: str, more: str = "") -> str:
    return editor.get(f"/import/duplicates/merge?stays={stays}&goes={goes}{more}").text


def form(editor: Browser, stays: str, goes: str, **fields: str) -> dict[str, str]:
    chosen = {f"field.{name}": side for name, side in fields.items()}
    return {"stays": stays, "goes": goes, "version": editor.hidden("version"), **chosen}


def test_a_person_makes_one_of_two_field_by_field(door: Importing, editor: Browser, pair: tuple[str, str]) -> None:
    listed = editor.get("/import/duplicates").text
    assert all(words in listed for words in ("the same number", *pair, "+12135550142", "Compare the two"))
    stays, goes = pair
    page = opened(editor, stays, goes)
    assert all(words in page for words in ("Hillside Pantry", "Hillside Food Pantry", "the same:"))
    before = body(door, stays)
    editor.post("/import/duplicates/merge", form(editor, stays, goes, name="goes"))
    assert "from now on" in editor.get("/import/duplicates").text
    after = body(door, stays)
    assert after == {**before, "name": after["name"]}
    assert "Hillside Food Pantry" in str(after["name"])
    assert [part.partition("#")[2] for part, _ in drafts.waiting(door.house.engine)] == [stays]
    rows = {row.source: (row.entry, row.merged) for row in imports.listed(door.house.engine)}
    assert rows == {"one": (stays, False), "other": (stays, True)}
    lines = [(line.act, line.by, line.about) for line in entries(door.house.engine)][:2]
    assert {act for act, _, _ in lines} == {Act.DRAFT_SAVED, Act.IMPORTED}
    assert {by for _, by, _ in lines} == {"editor@example.org"}
    assert "Nothing that was imported looks like anything else." in editor.last


def test_all_of_the_other_can_be_taken_and_is_unchecked(
    door: Importing, editor: Browser, pair: tuple[str, str]
) -> None:
    release = door.house.source
    assert release is not None
    published = next(id for id, entry in release.held.content.entries.items() if entry.area == "westlake")
    _, goes = pair
    page = opened(editor, published, goes, "&all=goes")
    assert 'id="phone-goes" name="field.phone" value="goes" checked' in page
    editor.post("/import/duplicates/merge", form(editor, published, goes, phone="goes"))
    made = body(door, published)
    assert (made["status"], made.get("checks")) == ("check-first", None)
    assert made["id"] == published


REFUSED = {
    "the same twice": ("one", "one", "Choose two different entries"),
    "no such entry": ("nobody", "one", "There is no entry nobody"),
    "not imported": ("one", "nobody", "nobody was not imported"),
    "a published one goes": ("one", "211-la", "211-la was not imported, or is published"),
    "markup": ("<b>", "one", "There is no entry &lt;b&gt;"),
    "nothing": ("", "", "Choose two different entries"),
}


def test_what_cannot_be_made_one_is_said(door: Importing, editor: Browser, pair: tuple[str, str]) -> None:
    names = {"one": pair[0]}
    for case, (stays, goes, told) in REFUSED.items():
        named = names.get(stays, stays), names.get(goes, goes)
        opened(editor, *named)
        assert told in editor.get("/import/duplicates").text, case
        editor.post("/import/duplicates/merge", {"stays": named[0], "goes": named[1]})
        assert told in editor.get("/import/duplicates").text, case
    assert len(drafts.waiting(door.house.engine)) == 2


def changed(door: Importing, entry: str) -> None:
    part = next(part for part, _ in drafts.waiting(door.house.engine) if part.endswith(f"#{entry}"))
    now = editing.current(door.house.engine, part, None)
    new = {**(now.body or {}), "name": "Worked on"}
    editing.save(door.house.engine, part, new, by="x@example.org", based_on=now.version, now=door.house.now)


def test_work_of_others_is_not_lost(door: Importing, editor: Browser, pair: tuple[str, str]) -> None:
    stays, goes = pair
    opened(editor, stays, goes)
    seen = form(editor, stays, goes, name="goes", who="third")
    assert (
        "Choose one of the two for each field."
        in editor.post("/import/duplicates/merge", {**seen, "field.name": "x"}).text
    )
    changed(door, stays)
    page = editor.post("/import/duplicates/merge", {**seen, "field.who": "stays"}).text
    assert "Somebody changed the entry while you looked." in page
    assert "Worked on" in page
    changed(door, goes)
    editor.post("/import/duplicates/merge", form(editor, stays, goes))
    assert f"Somebody worked on the draft of {goes}" in editor.get("/import/duplicates").text
    assert len(drafts.waiting(door.house.engine)) == 2
