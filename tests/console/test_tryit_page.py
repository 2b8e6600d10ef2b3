"""Try it at the staff door: a conversation that nobody keeps, live or with drafts, and those that are saved."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from bot.console.roles import Role
from bot.storage import audit, drafts, releases, transcripts
from bot.storage.audit import Act
from bot.storage.document import Document
from bot.storage.drafts import Draft
from tests.console.house import Browser, House
from tests.console.releases import Releases
from tests.console.small import live, opened

THANKS = "Sure thing. Text MENU."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give one house for all tests here: to open one takes longer than most of them."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("tryit") / "staff.db")
    house = House(f"sqlite:///{path}", source=Releases)
    yield house
    house.close()


@pytest.fixture
def clean(shared: House) -> Iterator[House]:
    """Give that house without drafts and saved conversations."""
    yield shared
    drafts.drop(shared.engine, [part for part, _ in drafts.waiting(shared.engine)])
    for one in transcripts.transcripts(shared.engine):
        transcripts.remove(shared.engine, one.name, by="x", now=shared.now)


@pytest.fixture(scope="module")
def editor(shared: House) -> Browser:
    return shared.member(Role.EDITOR)


@pytest.fixture(scope="module")
def approver(shared: House) -> Browser:
    return shared.member(Role.APPROVER)


@pytest.fixture(scope="module")
def viewer(shared: House) -> Browser:
    return shared.member(Role.VIEWER)


@pytest.fixture(scope="module")
def document(shared: House) -> Document:
    return releases.read(shared.engine, 1).document


def say(browser: Browser, *texts: str, **more: str) -> str:
    """Text one after the other, as the page carries them."""
    if not more.pop("goes_on", ""):
        browser.get("/tryit")
    for text in texts:
        browser.post("/tryit", {**browser.fields(), "text": text, "wait": "70", "action": "say", **more})
    return browser.last


def replies(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="theirs".*?<p class="sms">(.*?)</p>', page, re.S)]


def keep(browser: Browser, **more: str) -> str:
    """Save the conversation of the page; give the address gone to, or the page."""
    form = {**browser.fields(), "name": "made-up", "title": "Food by day", "wait": "70", **more}
    answered = browser.post("/tryit/keep", form)
    return answered.headers.get("Location", "") or answered.text


def test_a_conversation_is_remembered_by_its_page(clean: House, viewer: Browser) -> None:
    page = say(viewer, "food 90057", "more", at="2026-11-23T12:00", clock="westlake")
    first, second = replies(page)
    assert first.startswith("Automatic info line, no person here. For food, start here.")
    assert second.startswith("Bring bags or a cart.")
    assert "2026-11-23 12:00, Los Angeles time" in page
    assert "2026-11-23 12:01, Los Angeles time" in page
    assert "“more” is the command more" in page
    assert '<option value="70" selected>' in page
    assert re.search(r"2 segments, 2\.6 cents", page)
    assert "Answered as the topic food." in page
    assert "Nothing was texted yet." in viewer.get("/tryit").text


def test_the_number_texted_lends_its_area(clean: House, viewer: Browser) -> None:
    assert "DuPage" not in replies(say(viewer, "food"))[0].partition("Near you")[0]
    assert "DuPage info" in replies(say(viewer, "food", area="westmont"))[0]


def test_the_line_forgets_after_a_while(clean: House, viewer: Browser) -> None:
    say(viewer, "food 90057", at="2026-11-23T12:00")
    form = {**viewer.fields(), "text": "more", "action": "say", "at": "2026-11-23T12:00"}
    assert "Nothing more to show" in replies(viewer.post("/tryit", {**form, "wait": "1200"}).text)[1]


def test_after_that_only_the_number_texted_is_known(clean: House, viewer: Browser) -> None:
    say(viewer, "food", area="westmont")
    form = {**viewer.fields(), "text": "food", "action": "say", "area": "westmont", "wait": "1200"}
    assert "DuPage info" in replies(viewer.post("/tryit", form).text)[1]


def test_a_conversation_stays_where_it_began_when_no_time_is_said(clean: House, viewer: Browser) -> None:
    say(viewer, "food 90057")
    begun = viewer.hidden("begun")
    clean.pass_time(minutes=3)
    say(viewer, "more", goes_on="yes")
    assert viewer.hidden("begun") == begun


def test_a_silent_line_says_so(clean: House, viewer: Browser) -> None:
    assert "The line stays silent." in say(viewer, "stop", "ok")


BAD = {
    "nothing": ({"text": " "}, "text"),
    "too long": ({"text": "x" * 1601}, "text"),
    "a time that is none": ({"text": "food", "at": "noon"}, "at"),
    "the year one": ({"text": "food", "at": "0001-01-01T00:00"}, "at"),
}


@pytest.mark.parametrize(("form", "field"), BAD.values(), ids=BAD)
def test_what_is_wrong_stands_beside_its_field(viewer: Browser, form: dict[str, str], field: str) -> None:
    viewer.get("/tryit")
    page = viewer.post("/tryit", {"action": "say", "wait": "70", **form}).text
    assert f'id="{field}-wrong"' in page


def test_a_page_that_somebody_bent_is_read_as_far_as_it_goes(viewer: Browser) -> None:
    viewer.get("/tryit")
    carried = {f"said.{n}.text": "food" for n in range(40)} | {"said.0.wait": "x", "said.1.text": "y" * 2000}
    page = viewer.post("/tryit", {**carried, "text": "more", "wait": "9", "which": "z", "begun": "z", "area": "z"}).text
    assert len(replies(page)) == 29
    assert 'id="wait-wrong"' in page
    page = viewer.post("/tryit", {**carried, "said.1.text": "food", "text": "more", "wait": "70"}).text
    assert "That is 30 texts" in page


def test_drafts_answer_when_they_are_chosen(clean: House, viewer: Browser, document: Document) -> None:
    put(clean, "wording/en.toml", {**document["wording/en.toml"], "thanks": THANKS})
    assert THANKS not in say(viewer, "food", "thanks")
    page = say(viewer, "food", "thanks", which="drafts")
    assert replies(page)[1] == THANKS
    assert "1 draft is in it." in page


def test_imported_drafts_answer_only_when_that_is_chosen(clean: House, viewer: Browser, document: Document) -> None:
    put(clean, "wording/en.toml", {**document["wording/en.toml"], "thanks": THANKS}, origin="import x")
    assert "So it is what is live." in say(viewer, "thanks", which="drafts")
    assert replies(say(viewer, "food", "thanks", which="imported"))[1] == THANKS


def test_new_words_are_understood_as_the_drafts_say(tmp_path: Path, migrated: Path) -> None:
    with opened(tmp_path, migrated) as house:
        viewer, food = house.member(Role.VIEWER), live(house)["topics/food.toml"]
        put(house, "topics/food.toml", {**food, "words": {**food["words"], "en": [*food["words"]["en"], "qwopzle"]}})
        assert "Answered as the topic food." not in say(viewer, "qwopzle")
        assert "Answered as the topic food." in say(viewer, "qwopzle", which="drafts")
        kept = house.app.extensions["quietline-with-drafts"]
        read = kept._read
        say(viewer, "qwopzle", which="drafts")
        assert kept._read is read
        put(house, "topics/food.toml", {**food, "lead": {"en": "Begin here.", "es": "Empiece."}})
        assert "Answered as the topic food." not in say(viewer, "qwopzle", which="drafts")


def test_drafts_that_cannot_be_read_are_told_and_live_answers(
    clean: House, viewer: Browser, document: Document
) -> None:
    put(clean, "wording/en.toml", {**document["wording/en.toml"], "thanks": "Call {goulash}."})
    page = say(viewer, "food", which="drafts")
    assert "The drafts cannot be read together" in page
    assert "no published number for {goulash}" in page
    assert replies(page)[0].startswith("Automatic info line")


def put(house: House, part: str, body: dict[str, object], origin: str = "yy@example.org") -> None:
    drafts.put(house.engine, [Draft(part, body, origin)])


def test_a_conversation_is_saved_played_and_removed(clean: House, editor: Browser, approver: Browser) -> None:
    say(editor, "food", "more", at="2026-11-23T12:00", area="westlake")
    assert keep(editor, at="2026-11-23T12:00", area="westlake") == "/tryit/saved"
    (saved,) = transcripts.transcripts(clean.engine)
    assert saved.body.startswith(
        "# Food by day\nat: 2026-11-23T12:00:00 America/Los_Angeles\narea: westlake\n\n> food\n"
    )
    assert (saved.name, saved.by) == ("made-up", "editor@example.org")
    assert "as it stands there" in editor.get("/tryit/saved").text
    assert "Remove this conversation" not in editor.get("/tryit/saved/made-up").text
    assert editor.post("/tryit/saved/made-up/remove", {"sure": "yes"}).status_code == 403
    approver.get("/tryit/saved/made-up")
    assert 'id="sure-wrong"' in approver.post("/tryit/saved/made-up/remove").text
    approver.post("/tryit/saved/made-up/remove", {"sure": "yes"})
    assert transcripts.transcripts(clean.engine) == []
    acts = [one.act for one in audit.entries(clean.engine, most=3)]
    assert acts == [Act.TRANSCRIPT_REMOVED, Act.REFUSED, Act.TRANSCRIPT_SAVED]
    approver.get("/tryit")
    assert approver.post("/tryit/saved/made-up/remove", {"sure": "yes"}).status_code == 302


def test_what_no_longer_holds_is_shown(clean: House, editor: Browser, document: Document) -> None:
    put(clean, "wording/en.toml", {**document["wording/en.toml"], "thanks": THANKS})
    say(editor, "food", "thanks", which="drafts", at="2026-11-23T12:00")
    assert keep(editor, which="drafts", at="2026-11-23T12:00") == "/tryit/saved"
    assert "1 reply otherwise" in editor.get("/tryit/saved").text
    page = editor.get("/tryit/saved/made-up").text
    assert f"<dd>{THANKS}</dd>" in page
    assert "Any time. Text MENU" in page


@pytest.mark.parametrize(
    ("text", "form", "field"),
    [
        ("food 90057", {}, "title"),
        ("call 213 555 0142", {}, "title"),
        ("my name is q", {}, "title"),
        ("he took Tyrone away", {}, "names"),
        ("food", {"name": "No Slug"}, "name"),
        ("food", {"name": ""}, "name"),
        ("food", {"title": ""}, "title"),
        ("food", {"title": "<b>x</b>"}, "title"),
    ],
)
def test_what_may_not_be_saved(clean: House, editor: Browser, text: str, form: dict[str, str], field: str) -> None:
    say(editor, text)
    assert f'id="{field}-wrong"' in keep(editor, **form)
    assert transcripts.transcripts(clean.engine) == []


def test_nothing_is_not_saved(clean: House, editor: Browser) -> None:
    editor.get("/tryit")
    assert "Nothing was texted yet." in keep(editor)
    assert transcripts.transcripts(clean.engine) == []


def test_only_an_approver_puts_one_in_the_place_of_another(clean: House, editor: Browser, approver: Browser) -> None:
    say(editor, "food")
    keep(editor)
    say(editor, "bed")
    assert "an approver may replace it" in keep(editor)
    say(approver, "bed")
    assert 'id="replace-wrong"' in keep(approver)
    assert keep(approver, replace="yes") == "/tryit/saved"
    (saved,) = transcripts.transcripts(clean.engine)
    assert "> bed" in saved.body


def test_ten_stand_on_a_page(clean: House, viewer: Browser) -> None:
    assert clean.source
    for number in range(11):
        body = "# x\nat: 2026-11-23T12:00 America/Los_Angeles\n\n> stop\n(no reply)\n"
        content = clean.source.held.content
        transcripts.save(clean.engine, f"t{number:02}", body, content, by="x", now=clean.now)
    assert len(re.findall(r'href="/tryit/saved/t\d\d"', viewer.get("/tryit/saved").text)) == 10
    assert re.findall(r'href="/tryit/saved/(t\d\d)"', viewer.get("/tryit/saved?page=2").text) == ["t10"]


def test_a_conversation_is_kept_nowhere(clean: House, viewer: Browser, caplog: pytest.LogCaptureFixture) -> None:
    say(viewer, "zanzibar quilt", "more", which="drafts")
    assert "zanzibar" not in caplog.text
    path = str(clean.engine.url.database)
    for kept in (path, f"{path}-wal"):
        assert not Path(kept).exists() or b"zanzibar" not in Path(kept).read_bytes()


def test_viewers_save_nothing(clean: House, viewer: Browser) -> None:
    assert "Save this conversation" not in say(viewer, "food")
    assert viewer.post("/tryit/keep", {"name": "x"}).status_code == 403
    assert viewer.get("/tryit/saved/nothing").status_code == 404
