"""Wording at the staff door: every sentence, in both languages, and drafts in which only that one changed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.roles import Role
from bot.storage import audit, drafts, releases
from bot.storage.audit import Act
from bot.storage.document import Document
from tests.console.editors import fields_of
from tests.console.house import Browser, House
from tests.console.releases import Releases

EN, ES = "wording/en.toml", "wording/es.toml"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give one house for all tests here: to open one takes longer than most of them."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("wording") / "staff.db")
    house = House(f"sqlite:///{path}", source=Releases)
    yield house
    house.close()


@pytest.fixture
def clean(shared: House) -> Iterator[House]:
    """Give that house without drafts."""
    yield shared
    drafts.drop(shared.engine, [part for part, _ in drafts.waiting(shared.engine)])


@pytest.fixture(scope="module")
def one_editor(shared: House) -> Browser:
    return shared.member(Role.EDITOR)


@pytest.fixture
def editor(clean: House, one_editor: Browser) -> Browser:
    return one_editor


@pytest.fixture(scope="module")
def viewer(shared: House) -> Browser:
    return shared.member(Role.VIEWER)


@pytest.fixture(scope="module")
def document(shared: House) -> Document:
    return releases.read(shared.engine, 1).document


def waiting(house: House) -> dict[str, Any]:
    return {one.part: one.body for one in drafts.drafts(house.engine)}


def test_every_sentence_stands_there_once_and_can_be_found(viewer: Browser, document: Document) -> None:
    page = viewer.get("/wording").text
    names = re.findall(r'<th scope="row"><a href="/wording/([^"]+)">', page)
    assert sorted(names) == sorted(document[EN])
    for head in ("Whole messages", "Pasted at the texting company", "Spoken to callers", "Pieces of messages"):
        assert head in page
    found = re.findall(r'<th scope="row"><a href="/wording/([^"]+)">', viewer.get("/wording?q=%C2%BFCual").text)
    assert found == ["choices_lead"] or len(found) < 5
    assert "0 sentences" in viewer.get("/wording?q=goulash").text
    for key in names[::4]:
        assert viewer.get(f"/wording/{key}").status_code == 200, key


def test_a_form_that_nobody_changed_makes_no_draft(clean: House, editor: Browser, document: Document) -> None:
    for key in sorted(document[EN])[::6] + ["days", "deaf_instead_instead"]:
        fields = fields_of(editor, f"/wording/{key}")
        assert editor.post(f"/wording/{key}", {**fields, "action": "save"}).status_code == 302, key
        assert waiting(clean) == {}, key


def test_both_languages_are_saved_and_nothing_else_changes(clean: House, editor: Browser, document: Document) -> None:
    fields = fields_of(editor, "/wording/thanks")
    changed = {"text.en": "Any time. Text MENU.", "text.es": "Cuando quiera. Mande MENU."}
    editor.post("/wording/thanks", {**fields, **changed, "action": "save"})
    assert waiting(clean) == {
        EN: {**document[EN], "thanks": changed["text.en"]},
        ES: {**document[ES], "thanks": changed["text.es"]},
    }
    assert {(one.act, one.about) for one in audit.entries(clean.engine, most=2)} == {
        (Act.DRAFT_SAVED, EN),
        (Act.DRAFT_SAVED, ES),
    }
    page = editor.get("/wording/thanks").text
    assert page.count("Saved as a draft.") == 1
    assert "Cuando quiera." in page
    assert "thanks</a> <strong>(draft)</strong>" in editor.get("/wording").text


def test_a_language_that_was_not_changed_has_no_draft(clean: House, editor: Browser) -> None:
    clean.pass_time(minutes=1)
    fields = fields_of(editor, "/wording/thanks")
    editor.post("/wording/thanks", {**fields, "text.es": "Cuando quiera.", "action": "save"})
    assert list(waiting(clean)) == [ES]
    last, before = audit.entries(clean.engine, most=2)
    assert last.about == ES
    assert (before.at, before.about) != (last.at, EN)


def test_the_phone_shows_both_languages(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/wording/also")
    changed = {"text.en": "Or send: {label}.", "text.es": "O diga: {label}."}
    page = editor.post("/wording/also", {**fields, **changed, "action": "preview"}).text
    phone = page.partition('id="phone"')[2]
    assert "Or send: {label}." in phone
    assert "O diga: {label}." in phone
    assert "the word for a topic" in page
    assert waiting(clean) == {}
    fields = {**fields_of(editor, "/wording/opening"), "text.en": "Robot line, nobody here.", "action": "preview"}
    piece = editor.post("/wording/opening", fields).text
    assert re.search(r'class="sms">Robot line, nobody here\. \w+', piece.partition('id="phone"')[2])
    whole = editor.get("/wording/help").text.partition('id="phone"')[2]
    assert 'lang="en" aria-label="help' in whole
    assert 'lang="es" aria-label="help' in whole


def test_what_lint_says_stands_on_the_phone(editor: Browser) -> None:
    fields = fields_of(editor, "/wording/thanks")
    page = editor.post("/wording/thanks", {**fields, "text.en": "Call {goulash}.", "action": "preview"}).text
    assert "no published number for {goulash}" in page
    assert "there is no entry of that name" in page


BAD = {
    "empty": ("thanks", {"text.es": " "}, "text.es"),
    "an instead in one language": ("help_instead", {"text.es": ""}, "text.es"),
    "markup": ("thanks", {"text.en": "<b>hi</b>"}, "text.en"),
    "a mark nobody sees": ("thanks", {"text.en": "hi\u202e"}, "text.en"),
    "too long": ("thanks", {"text.en": "x" * 701}, "text.en"),
    "six days": ("days", {"text.en": "Mon\nTue\nWed\nThu\nFri\nSat"}, "text.en"),
}


@pytest.mark.parametrize(("key", "change", "field"), BAD.values(), ids=BAD)
def test_what_is_wrong_stands_beside_its_field(
    clean: House, editor: Browser, key: str, change: dict[str, str], field: str
) -> None:
    answered = editor.post(f"/wording/{key}", {**fields_of(editor, f"/wording/{key}"), **change, "action": "save"})
    assert answered.status_code == 200
    assert f'id="{field}-wrong"' in answered.text
    assert waiting(clean) == {}


def test_the_days_are_seven_names(clean: House, editor: Browser) -> None:
    days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    fields = fields_of(editor, "/wording/days")
    editor.post("/wording/days", {**fields, "text.en": "\n".join(days), "action": "save"})
    assert waiting(clean)[EN]["days"] == days


def test_what_is_said_instead_comes_and_goes(clean: House, editor: Browser, document: Document) -> None:
    assert 'href="/wording/help_instead"' in editor.get("/wording/help").text
    assert 'href="/wording/help"' in editor.get("/wording/help_instead").text
    editor.get("/wording/menu_instead")
    fields = fields_of(editor, "/wording/menu_instead")
    editor.post("/wording/menu_instead", {**fields, "text.en": "Menu.", "text.es": "Menu.", "action": "save"})
    assert waiting(clean)[EN] == {**document[EN], "menu_instead": "Menu."}
    fields = fields_of(editor, "/wording/menu_instead")
    answered = editor.post("/wording/menu_instead", {**fields, "text.en": "", "text.es": "", "action": "save"})
    assert answered.headers["Location"] == "/wording"
    assert waiting(clean) == {}


def test_two_people_at_one_sentence(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/wording/thanks")
    other = clean.member(Role.APPROVER)
    other.post("/wording/thanks", {**fields_of(other, "/wording/thanks"), "text.en": "Sure.", "action": "save"})
    answered = editor.post(
        "/wording/thanks", {**fields, "text.en": "Of course.", "text.es": "Claro.", "action": "save"}
    )
    assert answered.headers["Location"] == "/drafts/aside"
    assert waiting(clean)[EN]["thanks"] == "Sure."
    assert waiting(clean)[ES]["thanks"] == "Claro."
    assert "Of course." in editor.get("/drafts/aside").text


def test_viewers_read_and_nobody_gets_a_key_there_is_not(viewer: Browser) -> None:
    assert "Show the phone" not in viewer.get("/wording/help").text
    assert viewer.post("/wording/help", {"text.en": "x"}).status_code == 403
    assert viewer.get("/wording/goulash").status_code == 404
    assert viewer.get("/wording/goulash_instead").status_code == 404
    assert viewer.get("/wording/HELP").status_code == 404
