"""The page Import: a file goes in, its plan is read row by row, and one person says yes."""

import dataclasses
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.console.roles import Role
from bot.storage import drafts, editing, imports
from bot.storage.audit import Act, entries
from bot.storage.releases import latest, publish
from tests.console.house import Browser, House
from tests.console.importing import CLINIC, HEADINGS, PANTRY, Importing, importing, table

SAFE = "Nothing is sent to texters by this: confirmed rows become drafts"


@pytest.fixture
def door(stocked: House, tmp_path: Path) -> Iterator[Importing]:
    """Give a staff door that imports, with a cache of its own."""
    stocked.settings = dataclasses.replace(stocked.settings, cache_dir=tmp_path / "cache")
    with importing(stocked) as made:
        yield made


@pytest.fixture
def editor(door: Importing) -> Browser:
    return door.house.member(Role.EDITOR)


def test_a_file_becomes_a_plan_and_the_plan_drafts(door: Importing, editor: Browser) -> None:
    where = door.planned(editor, table(PANTRY, CLINIC, ("", *PANTRY[1:])), source="may-list")
    assert all(words in editor.last for words in (SAFE, "new: 2", "refused: 1", "it has no name", "may.csv row 3"))
    assert drafts.waiting(door.house.engine) == []
    assert len(door.folders) == 1

    assert door.confirm(editor, where).status_code == 303
    assert "Written." in editor.last
    assert [origin for _, origin in drafts.waiting(door.house.engine)] == ["import may-list"] * 2
    assert imports.sources(door.house.engine) == {"may-list": 2}
    told = [line for line in entries(door.house.engine) if line.act == Act.IMPORTED]
    assert [(line.by, line.about, line.detail) for line in told] == [
        ("editor@example.org", "may-list", {"add": "2", "refuse": "1"})
    ]
    assert door.folders == []

    assert "may-list: 2 services" in editor.get("/import").text
    where = door.planned(editor, table(PANTRY, CLINIC), source="may-list")
    assert "there is nothing to write" in editor.last
    assert "Yes, write this plan" not in editor.last
    editor.post(f"{where}/confirm", {"version": "1"})
    assert "There is nothing to write." in editor.get(where).text


def test_a_plan_is_read_page_by_page_and_by_what_happens(door: Importing, editor: Browser) -> None:
    many = [(f"Pantry of Street {n}", "", f"213-555-{n:04}", *PANTRY[3:]) for n in range(1, 121)]
    where = door.planned(editor, table(*many, ("", *PANTRY[1:])))
    assert "page 1 of 3" in editor.last
    assert editor.last.count('<th scope="row">') == 50
    pages = "".join(editor.get(f"{where}?page={n}").text for n in (1, 2, 3))
    assert pages.count('<th scope="row">') == 121
    assert [n for n in range(1, 121) if f"Pantry of Street {n}<" not in pages] == []
    refused = editor.get(f"{where}?show=refuse").text
    assert refused.count('<th scope="row">') == 1
    assert "Nothing of it may be kept" in refused
    for odd in ("?page=99999999999", "?page=-1", "?show=nonsense", "?page=x", "?show=twice"):
        assert editor.get(where + odd).status_code == 200


def test_while_it_is_drawn_the_page_looks_again(door: Importing, editor: Browser) -> None:
    door.importer.go.clear()
    where = door.send(editor, table(PANTRY)).headers["Location"]
    page = editor.get(where)
    assert page.headers["Refresh"] == "2"
    assert "The plan is being drawn." in page.text
    assert "Look again" in page.text
    other = door.house.member(Role.EDITOR, email="zoe@example.org")
    assert "Another file is being read or written." in door.send(other, table(CLINIC)).text
    assert "is being worked on" in door.send(editor, table(CLINIC)).text
    door.importer.go.set()
    door.settle()
    assert "Refresh" not in editor.get(where).headers
    door.planned(other, table(CLINIC))
    assert "Harbor Clinic" in other.last


@pytest.mark.parametrize("drawn", [False, True], ids=["while it is drawn", "when it is there"])
def test_what_is_thrown_away_is_gone(door: Importing, editor: Browser, *, drawn: bool) -> None:
    door.importer.go.clear()
    where = door.send(editor, table(PANTRY)).headers["Location"]
    if drawn:
        door.importer.go.set()
        door.settle()
    editor.get(where)
    assert editor.post(f"{where}/cancel").status_code == 303
    door.importer.go.set()
    door.settle()
    assert "Nothing was written." in editor.get("/import").text
    assert door.folders == []
    assert editor.get(where).status_code == 404
    assert imports.sources(door.house.engine) == {}


def test_a_plan_is_for_its_owner_alone(door: Importing, editor: Browser) -> None:
    where = door.planned(editor, table(PANTRY))
    admin = door.house.member(Role.ADMIN)
    for path in (where, f"{where}/mapping"):
        assert admin.get(path).status_code == 404
    admin.get("/import")
    for step in ("again", "confirm", "cancel"):
        assert admin.post(f"{where}/{step}", {"version": "1"}).status_code == 404
    assert editor.get(where).status_code == 200
    assert drafts.waiting(door.house.engine) == []


def test_readers_may_not_import(door: Importing, editor: Browser) -> None:
    where = door.planned(editor, table(PANTRY))
    viewer = door.house.member(Role.VIEWER)
    viewer.get("/account")
    for path in ("/import", where, f"{where}/mapping", "/import/duplicates", "/import/duplicates/merge"):
        assert viewer.get(path).status_code == 403
    viewer.get("/account")
    for path in ("/import", f"{where}/again", f"{where}/confirm", f"{where}/cancel", "/import/duplicates/merge"):
        assert viewer.post(path).status_code == 403


def test_a_plan_ends_after_an_hour_and_with_the_door(door: Importing, editor: Browser) -> None:
    where = door.planned(editor, table(PANTRY))
    door.house.pass_time(minutes=59)
    assert editor.get(where).status_code == 200
    door.house.pass_time(minutes=2)
    assert editor.get(where).status_code == 404
    assert door.folders == []
    door.planned(editor, table(PANTRY))
    assert len(door.folders) == 1
    door.keeper.close()
    assert door.folders == []


def test_a_new_file_takes_the_place_of_the_last(door: Importing, editor: Browser) -> None:
    first = door.planned(editor, table(PANTRY))
    assert "Open your plan of may.csv" in editor.get("/import").text
    door.planned(editor, table(CLINIC))
    assert editor.get(first).status_code == 404
    assert len(door.folders) == 1


def publish_again(door: Importing, editor: Browser) -> None:
    release = latest(door.house.engine)
    assert release is not None
    publish(door.house.engine, release.document, note="meanwhile", now=datetime.now(UTC))


def save_draft(door: Importing, editor: Browser) -> None:
    part = drafts.waiting(door.house.engine)[0][0]
    edit(door, part, "Somebody else's name")


def bodies(door: Importing) -> list[str]:
    parts = [part for part, _ in drafts.waiting(door.house.engine)]
    return list(imports.draft_bodies(door.house.engine, parts).values())


def edit(door: Importing, part: str, name: str) -> None:
    body = json.loads(imports.draft_bodies(door.house.engine, [part])[part])
    now = editing.current(door.house.engine, part, None)
    editing.save(
        door.house.engine, part, {**body, "name": name}, by="x@example.org", based_on=now.version, now=door.house.now
    )


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        pytest.param(publish_again, "another release was published", id="a release"),
        pytest.param(save_draft, "was changed", id="a draft"),
    ],
)
def test_what_changed_meanwhile_is_not_overwritten(
    door: Importing, editor: Browser, meanwhile: object, told: str
) -> None:
    door.confirm(editor, door.planned(editor, table(PANTRY), source="list"))
    where = door.planned(editor, table((*PANTRY[:2], "213-555-0199", *PANTRY[3:])), source="list")
    before = drafts.waiting(door.house.engine)
    assert callable(meanwhile)
    meanwhile(door, editor)
    door.confirm(editor, where)
    assert told in editor.last
    assert "Draw the plan again" in editor.last
    assert drafts.waiting(door.house.engine) == before
    editor.post(f"{where}/again")
    door.settle()
    assert ("kept back: 1" if meanwhile is save_draft else "changed: 1") in editor.get(where).text


def test_what_is_kept_back_is_taken_when_somebody_says_so(door: Importing, editor: Browser) -> None:
    door.confirm(editor, door.planned(editor, table(PANTRY, CLINIC), source="list"))
    part = next(part for part, _ in drafts.waiting(door.house.engine) if "pantry" in part)
    edit(door, part, "Our name for it")
    changed = (*PANTRY[:2], "213-555-0199", *PANTRY[3:])
    where = door.planned(editor, table(changed, CLINIC), source="list")
    assert all(words in editor.last for words in ("kept back: 1", "edited here", "Our name for it", "+12135550199"))
    service = editor.hidden("shown")
    editor.post(f"{where}/again", {"shown": service, "take": [service, "of-another-page"]})
    door.settle()
    assert f'value="{service}" checked' in editor.get(where).text
    # The plan that was seen before is not the one that would be carried out now.
    editor.post(f"{where}/confirm", {"version": "1"})
    assert "was drawn again since you looked" in editor.get(where).text
    door.confirm(editor, where)
    body = json.loads(imports.draft_bodies(door.house.engine, [part])[part])
    assert (body["phone"][0]["number"], body["name"]) == ("+12135550199", "Our name for it")


def test_how_columns_were_read_can_be_corrected(door: Importing, editor: Browser) -> None:
    rows = table(PANTRY, headings=("Name", "Agency", "Secret heading", *HEADINGS[3:]))
    where = door.planned(editor, rows)
    given = editor.get(f"{where}/mapping")
    assert given.headers["Content-Disposition"] == 'attachment; filename="mapping.toml"'
    assert 'Name = "name"' in given.text
    assert "2135550142" not in editor.get(where).text
    mapped = given.text + '"Secret heading" = "phones.number"\n'
    where = door.planned(editor, rows, mapping=(io.BytesIO(mapped.encode()), "mapping.toml"))
    assert door.confirm(editor, where).status_code == 303
    assert json.loads(bodies(door)[0])["phone"][0]["number"] == "+12135550142"
    door.planned(editor, rows, mapping=(io.BytesIO(b"files = 7"), "mapping.toml"))
    assert "Problem:" in editor.last
    assert door.folders == []
