"""Entries: found, changed, added, taken out; the phone beside them; and two people at one of them."""

import re

import pytest

from bot.console.roles import Role
from bot.storage import drafts, editing
from bot.storage.audit import Act, entries
from tests.console.editors import fields_of
from tests.console.house import Browser, House

PART = "entries/westlake.toml#cast-la"


def draft(house: House, part: str = PART) -> object:
    return {one.part: one.body for one in drafts.drafts(house.engine)}.get(part, "none")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=cast", {"cast-la"}),
        ("q=888-539-2373", {"cast-la"}),
        ("q=(888)+539", {"cast-la"}),
        ("q=libre&area=westlake", set()),
        ("topic=overdose", {"911"}),
        ("q=no+such+thing", set()),
        ("state=draft", set()),
    ],
)
def test_finding(stocked: House, query: str, expected: set[str]) -> None:
    page = stocked.member(Role.VIEWER).get(f"/entries?{query}").text
    found = set(re.findall(r'href="/entries/([a-z0-9-]+)">', page)) - {"new"}
    assert expected <= found
    assert expected or "0 entries" in page or not found


def test_a_page_holds_sixty_and_the_rest_comes_after(stocked: House) -> None:
    browser = stocked.member(Role.VIEWER)
    first = re.findall(r'<th scope="row"><a href="/entries/([^"]+)">', browser.get("/entries").text)
    second = re.findall(r'<th scope="row"><a href="/entries/([^"]+)">', browser.get("/entries?page=2").text)
    assert (len(first), len(second), len({*first, *second})) == (60, 23, 83)
    assert browser.get("/entries?page=99").text == browser.get("/entries?page=2").text
    assert browser.get("/entries?page=x").status_code == 200


def test_saving_what_is_there_makes_no_draft(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = fields_of(browser, "/entries/cast-la")
    assert browser.post("/entries/cast-la", {**fields, "action": "save"}).status_code == 302
    assert draft(stocked) == "none"
    assert "no draft is needed" in browser.get("/entries/cast-la").text


def test_a_change_is_a_draft_and_nobody_else_gets_it(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = fields_of(browser, "/entries/cast-la")
    browser.post("/entries/cast-la", {**fields, "short.en": "Help in LA", "action": "save"})
    saved = draft(stocked)
    assert isinstance(saved, dict)
    assert saved["short"]["en"] == "Help in LA"
    page = browser.get("/entries/cast-la").text
    assert "You see the draft" in page
    assert "Help in LA:" in page  # the phone
    assert [line.act for line in entries(stocked.engine)].count(Act.DRAFT_SAVED) == 1


def test_the_phone_shows_both_languages_and_areas(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = fields_of(browser, "/entries/nhth")
    page = browser.post("/entries/nhth", {**fields, "short.en": "Line, 24/7", "action": "preview"}).text
    phone = page.partition('id="phone"')[2]
    for said in ("Line, 24/7:", "Los Angeles · EN", "DuPage", "· ES", "Locked phone:", "segment"):
        assert said in phone
    assert draft(stocked, "entries/national.toml#nhth") == "none"


def test_the_phone_names_the_dear_character(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = fields_of(browser, "/entries/cast-la")
    page = browser.post("/entries/cast-la", {**fields, "short.es": "Apoyo aquí", "action": "preview"}).text
    assert "Makes messages cost more: í" in page
    assert "short.es" in page


def test_while_somebody_types_the_phone_alone_is_sent(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = {**fields_of(browser, "/entries/cast-la"), "action": "preview"}
    page = browser.get("/entries/cast-la").text
    shown = browser.post("/entries/cast-la", {**fields, "short.en": "Typed now"}, **{"X-Part": "phone"}).text
    assert "Typed now" in shown
    assert len(shown) < len(page) / 2
    browser.last = page
    wrong = browser.post("/entries/cast-la", {**fields, "phone.0.number": "5"}, **{"X-Part": "phone"}).text
    assert "no number one can dial" in wrong
    assert 'id="phone"' in wrong


def test_what_is_wrong_keeps_what_was_typed(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = fields_of(browser, "/entries/cast-la")
    page = browser.post("/entries/cast-la", {**fields, "phone.0.number": "555", "name": "Kept", "action": "save"}).text
    assert "That is no number one can dial" in page
    assert 'value="Kept"' in page
    assert 'value="555"' in page
    assert draft(stocked) == "none"


def test_rows_come_and_go_without_losing_what_was_typed(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    fields = {**fields_of(browser, "/entries/cast-la"), "name": "Kept"}
    page = browser.post("/entries/cast-la", {**fields, "action": "add-number"}).text
    rows = len(re.findall(r'name="phone\.\d+\.number"', page))
    assert 'value="Kept"' in page
    page = browser.post("/entries/cast-la", {**fields, "action": "without-phone.0"}).text
    assert len(re.findall(r'name="phone\.\d+\.number"', page)) == rows - 2
    assert draft(stocked) == "none"


def test_a_new_entry_begins_as_a_draft_nobody_is_pointed_to(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    browser.get("/entries/new")
    browser.post("/entries/new", {"name": "Casa Nueva", "id": "casa-nueva", "area": "westlake"})
    saved = draft(stocked, "entries/westlake.toml#casa-nueva")
    assert isinstance(saved, dict)
    assert saved["status"] == "check-first"
    assert "Not live yet" in browser.get("/entries/casa-nueva").text
    assert "casa-nueva" in browser.get("/entries?state=new").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "new"}, {"id": "word"}, {"id": "cast-la"}, {"id": "Casa"}, {"id": "casa nueva"}, {"id": "../x"},
        {"id": ""}, {"id": "a" * 60}, {"name": ""}, {"name": "<b>"}, {"area": "chicago"}, {"area": ""},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_new_entry_may_be(stocked: House, wrong: dict[str, str]) -> None:
    browser = stocked.member(Role.EDITOR)
    browser.get("/entries/new")
    answered = browser.post("/entries/new", {"name": "Casa", "id": "casa", "area": "westlake", **wrong})
    assert answered.status_code == 200
    assert 'class="error"' in answered.text
    assert drafts.waiting(stocked.engine) == []


def test_an_entry_is_taken_out_by_a_draft(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    based_on = fields_of(browser, "/entries/cast-la")["based_on"]
    browser.post("/entries/cast-la/remove", {"based_on": based_on})
    assert draft(stocked) is None
    page = browser.get("/entries/cast-la").text
    assert "this entry is to go" in page
    assert "cast-la" in browser.get("/entries?q=cast").text


def test_what_is_always_given_cannot_go(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    based_on = fields_of(browser, "/entries/911")["based_on"]
    browser.post("/entries/911/remove", {"based_on": based_on})
    assert drafts.waiting(stocked.engine) == []


def test_a_viewer_reads_and_changes_nothing(stocked: House) -> None:
    browser = stocked.member(Role.VIEWER)
    page = browser.get("/entries/cast-la").text
    assert "Save the draft</button>" not in page.partition("columns")[2]
    assert browser.post("/entries/cast-la", {"action": "save"}).status_code == 403


def test_no_such_entry(stocked: House) -> None:
    assert stocked.member(Role.EDITOR).get("/entries/nobody").status_code == 404


def test_there_is_no_field_for_an_address(stocked: House) -> None:
    fields = fields_of(stocked.member(Role.EDITOR), "/entries/cast-la")
    assert not [name for name in fields if re.search("address|street|place|city|zip|lat|lon", name)]


# Two people


def two(stocked: House, mine: dict[str, str], theirs: dict[str, str]) -> tuple[Browser, Browser]:
    """Let two editors open the same entry; they save first, then me."""
    ana, ben = stocked.member(Role.EDITOR, "ana@example.org"), stocked.member(Role.EDITOR, "ben@example.org")
    of_ana, of_ben = fields_of(ana, "/entries/cast-la"), fields_of(ben, "/entries/cast-la")
    ben.post("/entries/cast-la", {**of_ben, **theirs, "action": "save"})
    answered = ana.post("/entries/cast-la", {**of_ana, **mine, "action": "save"})
    assert answered.headers["Location"] == "/drafts/aside"
    return ana, ben


def settle(browser: Browser, **fields: str) -> None:
    browser.get("/drafts/aside")
    browser.post("/drafts/settle", {**browser.fields(), **fields})


def test_whoever_is_late_sees_both_and_neither_is_lost(stocked: House) -> None:
    ana, _ = two(stocked, {"short.en": "By Ana"}, {"short.en": "By Ben"})
    page = ana.get("/drafts/aside").text
    assert "By Ana" in page
    assert "By Ben" in page
    assert "ben@example.org" in page
    saved = draft(stocked)
    assert isinstance(saved, dict)
    assert saved["short"]["en"] == "By Ben"
    assert len(editing.aside(stocked.engine, "ana@example.org")) == 1


@pytest.mark.parametrize(
    ("chosen", "english", "spanish"),
    [
        ({"how": "mine"}, "By Ana", "Apoyo en Los Angeles"),
        ({"how": "theirs"}, "By Ben", "De Ben"),
        ({"how": "both"}, "By Ben", "De Ben"),
        ({"how": "both", "pick.short.en": "mine"}, "By Ana", "De Ben"),
        ({"how": "both", "pick.short.en": "theirs"}, "By Ben", "De Ben"),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else value,
)
def test_what_becomes_of_both(stocked: House, chosen: dict[str, str], english: str, spanish: str) -> None:
    ana, _ = two(stocked, {"short.en": "By Ana"}, {"short.en": "By Ben", "short.es": "De Ben"})
    settle(ana, **chosen)
    saved = draft(stocked)
    assert isinstance(saved, dict)
    assert saved["short"] == {"en": english, "es": spanish}
    assert editing.aside(stocked.engine, "ana@example.org") == []


def test_changes_that_do_not_touch_are_both_kept(stocked: House) -> None:
    ana, _ = two(stocked, {"short.en": "By Ana"}, {"short.es": "De Ben"})
    settle(ana, how="both")
    saved = draft(stocked)
    assert isinstance(saved, dict)
    assert saved["short"] == {"en": "By Ana", "es": "De Ben"}


def test_another_save_does_not_choose_for_whoever_was_late(stocked: House) -> None:
    ana, _ = two(stocked, {"short.en": "By Ana"}, {"short.en": "By Ben"})
    ana.post("/entries/cast-la", {**fields_of(ana, "/entries/cast-la"), "name": "Another field", "action": "save"})
    assert [one.body["short"]["en"] for one in editing.aside(stocked.engine, "ana@example.org") if one.body] == [
        "By Ana"
    ]
    assert "your text waits for you to choose" in ana.get("/").text


def test_a_third_text_meanwhile_loses_nothing_either(stocked: House) -> None:
    ana, ben = two(stocked, {"short.en": "By Ana"}, {"short.en": "By Ben"})
    ana.get("/drafts/aside")
    seen = ana.fields()
    ben.post("/entries/cast-la", {**fields_of(ben, "/entries/cast-la"), "short.en": "Ben again", "action": "save"})
    ana.get("/drafts/aside")
    ana.post("/drafts/settle", {**ana.fields(), "theirs": seen["theirs"], "how": "mine"})
    saved = draft(stocked)
    assert isinstance(saved, dict)
    assert saved["short"]["en"] == "Ben again"
    assert len(editing.aside(stocked.engine, "ana@example.org")) == 1


def test_nobody_settles_what_another_wrote(stocked: House) -> None:
    ana, ben = two(stocked, {"short.en": "By Ana"}, {"short.en": "By Ben"})
    ana.get("/drafts/aside")
    ben.get("/drafts/aside")
    assert "Nothing waits here" in ben.last
    ben.post("/drafts/settle", {**ana.fields(), "csrf_token": ben.hidden("csrf_token"), "how": "theirs"})
    assert len(editing.aside(stocked.engine, "ana@example.org")) == 1


def test_a_draft_is_thrown_away_only_as_it_was_seen(stocked: House) -> None:
    browser = stocked.member(Role.EDITOR)
    browser.post("/entries/cast-la", {**fields_of(browser, "/entries/cast-la"), "short.en": "One", "action": "save"})
    version = fields_of(browser, "/entries/cast-la")["based_on"]
    browser.post("/entries/cast-la", {**fields_of(browser, "/entries/cast-la"), "short.en": "Two", "action": "save"})
    browser.post("/drafts/drop", {"part": PART, "version": version})
    assert draft(stocked) != "none"
    version = fields_of(browser, "/entries/cast-la")["based_on"]
    gone = browser.post("/drafts/drop", {"part": PART, "version": version})
    assert gone.headers["Location"] == "/entries/cast-la"
    assert draft(stocked) == "none"
