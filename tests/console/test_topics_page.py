"""Topics and words at the staff door: forms that change nothing by themselves, drafts, and trying a text."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.editing.clashing import others_of
from bot.console.editing.topic_form import examples_from, examples_shown, topic_from, topic_shown
from bot.console.roles import Role
from bot.console.trying.understood import reasons
from bot.referral.content import Content
from bot.referral.examples import lines
from bot.referral.teach import clashes
from bot.storage import audit, drafts, releases
from bot.storage.audit import Act
from bot.storage.document import Document
from tests.console.editors import fields_of
from tests.console.house import Browser, House
from tests.console.releases import Releases

PART = "topics/food.toml"
SENTENCE = "the goulash pot at my place has been bare"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give one house for all tests here: to open one takes longer than most of them."""
    folder = tmp_path_factory.mktemp("topics")
    path = shutil.copy(filled, folder / "staff.db")
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


@pytest.fixture(scope="module")
def content(shared: House) -> Content:
    assert shared.source
    return shared.source.held.content


def draft(house: House, part: str = PART) -> Any:
    return {one.part: one.body for one in drafts.drafts(house.engine)}.get(part)


def test_a_form_that_nobody_changed_says_the_same_topic(document: Document, content: Content) -> None:
    languages = content.line.languages
    topics = {part: table for part, table in document.items() if part.startswith("topics/")}
    assert len(topics) > 20
    for part, table in topics.items():
        typed, texts = topic_shown(table, languages), examples_shown(table, languages)
        assert topic_from(typed, table, content) == table, part
        assert examples_from(texts, table, languages) == table, part
        assert (typed.errors, texts.errors) == ({}, {}), part


@pytest.mark.parametrize("slug", ["food", "law", "legal", "danger"])
def test_saving_what_is_there_makes_no_draft(clean: House, editor: Browser, slug: str) -> None:
    for path in (f"/topics/{slug}", f"/topics/{slug}/examples"):
        fields = fields_of(editor, path)
        assert editor.post(path, {**fields, "action": "save"}).status_code == 302
    assert draft(clean, f"topics/{slug}.toml") is None


CHANGES: dict[str, tuple[str, dict[str, str], Any]] = {
    "a lead": ("food", {"lead.en": "Start here for food."}, lambda t: t["lead"]["en"] == "Start here for food."),
    "a note goes": ("food", {"note.en": "", "note.es": ""}, lambda t: "note" not in t),
    "a wording": ("food", {"words.en": "need  goulash\nfree stew"}, lambda t: t["words"]["en"] == [
        "need goulash", "free stew"]),
    "a flag": ("food", {"minors": "yes", "local": ""}, lambda t: "minors" not in t and "local" not in t),
    "a facet's lead": ("legal", {"facet.wages.lead.en": "For your pay."}, lambda t: (
        t["facets"]["wages"]["lead"]["en"] == "For your pay." and "words" not in t["facets"]["wages"])),
    "a facet's words": ("legal", {"facet.wages.words.es": "mi paga"}, lambda t: t["facets"]["wages"]["es"] == [
        "mi paga"]),
    "a day": ("law", {"block.0.due": "2027-07-01"}, lambda t: t["block"][0]["due"] == "2027-07-01"),
    "an area": ("law", {"block.1.areas.elsewhere": "yes"}, lambda t: t["block"][1]["areas"] == [
        "westlake", "elsewhere"]),
    "a paragraph": ("law", {"block.1.text.es": "Ley."}, lambda t: t["block"][1]["text"]["es"] == "Ley."),
}  # fmt: skip


@pytest.mark.parametrize(("slug", "change", "holds"), CHANGES.values(), ids=CHANGES)
def test_only_what_was_changed_changes(
    slug: str, change: dict[str, str], holds: Any, document: Document, content: Content
) -> None:
    base = document[f"topics/{slug}.toml"]
    typed = topic_shown(base, content.line.languages)
    typed.values.update(change)
    made = topic_from(typed, base, content)
    assert typed.errors == {}
    assert holds(made)
    assert not holds(base)
    touched = {name.partition(".")[0].replace("facet", "facets").replace("facetss", "facets") for name in change}
    assert {key for key in {*made, *base} if made.get(key) != base.get(key)} == touched


def test_what_the_form_does_not_show_stays(document: Document, content: Content) -> None:
    law = document["topics/law.toml"]
    base = {**law, "block": [{**law["block"][1], "areas": ["gone", "westlake"]}], "lead": {"fr": "Ici."}}
    typed = topic_shown(base, content.line.languages)
    del typed.values["block.0.areas.gone"]  # no box on the page has that name
    assert topic_from(typed, base, content) == base
    typed["block.0.areas.westlake"] = ""
    assert topic_from(typed, base, content)["block"][0]["areas"] == ["gone"]


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no label": ({"label.es": " "}, "label.es"),
    "markup": ({"lead.en": "<b>food</b>"}, "lead.en"),
    "a mark nobody sees": ({"note.es": "co\u202emida"}, "note.es"),
    "too long": ({"note.es": "x" * 301}, "note.es"),
    "a wording with markup": ({"words.en": "free <i>food"}, "words.en"),
    "a place that is none": ({"block.0.place": "above"}, "block.0.place"),
    "a paragraph without Spanish": ({"block.0.text.es": ""}, "block.0.text.es"),
    "no day": ({"block.0.due": "soon"}, "block.0.due"),
    "a class there is not": ({"words.en": "my @goulash"}, "words.en"),
    "a wording without a word": ({"hints.es": "~ ~"}, "hints.es"),
}


@pytest.mark.parametrize(("change", "field"), BAD.values(), ids=BAD)
def test_what_is_wrong_stands_beside_its_field(
    clean: House, editor: Browser, change: dict[str, str], field: str
) -> None:
    fields = fields_of(editor, "/topics/food")
    answered = editor.post("/topics/food", {**fields, **change, "action": "save"})
    assert answered.status_code == 200
    assert f'id="{field}-wrong"' in answered.text
    assert draft(clean) is None


def test_a_topic_is_saved_as_a_draft_and_written_down(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/topics/food")
    assert editor.post("/topics/food", {**fields, "lead.en": "Start here.", "action": "save"}).status_code == 302
    assert draft(clean)["lead"]["en"] == "Start here."
    assert "has a draft" in editor.get("/topics").text
    assert "You see the draft" in editor.get("/topics/food").text
    (line,) = audit.entries(clean.engine, most=1)
    assert (line.act, line.about, line.by) == (Act.DRAFT_SAVED, PART, "editor@example.org")


def test_the_phone_shows_the_form_and_what_its_new_words_mean_already(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/topics/food")
    words = fields["words.en"] + "\nneed a bed"
    page = editor.post(
        "/topics/food", {**fields, "lead.en": "Begin here.", "words.en": words, "action": "preview"}
    ).text
    phone = page.partition('id="phone"')[2]
    assert "Begin here." in phone
    assert re.search(r"<q>need a bed</q>: shelter", phone)
    assert "also changes how texts are understood" in phone
    assert draft(clean) is None
    assert "<q>" not in editor.get("/topics/food").text.partition('id="phone"')[2]


def test_while_somebody_types_only_the_phone_is_sent(clean: House, editor: Browser) -> None:
    fields = {
        **fields_of(editor, "/topics/food"),
        "lead.en": "Begin here.",
        "action": "preview",
    }
    page = editor.post("/topics/food", fields, **{"X-Part": "phone"}).text
    assert page.strip().startswith('<section id="phone"')
    assert "Begin here." in page


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("words: 'evicted' -> shelter (typo: evicted)", "The wording “evicted” means shelter (typo: evicted)"),
        ("hint: 'locks' -> legal/civil", "The wording “locks” hints at legal/civil"),
        ("command: 'more' -> more", "“more” is the command more"),
        ("like: 'no bed' 0.83 -> shelter", "It is like this example of shelter: “no bed” (83 % sure)"),
        ("like: shelter 0.41", "It is like examples of shelter (41 % sure)"),
        ("fragment: food 0.50", "A text a moment before hinted at food"),
        ("choice 2", "It picked number 2 of what was offered"),
        ("nothing known", "Nothing in it is known"),
        ("something else", "something else"),
    ],
)
def test_reasons_are_said_in_words(reason: str, expected: str) -> None:
    assert reasons([reason, reason]) == [expected]


def test_paragraphs_are_added_and_taken_away(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/topics/food")
    editor.post("/topics/food", {**fields, "action": "add-block"})
    assert 'name="block.4.place"' in editor.last
    added = {"block.4.of": "", "block.4.place": "after", "block.4.text.en": "Hi.", "block.4.text.es": "Hola."}
    gone = {name: value for name, value in {**fields, **added}.items() if not name.startswith("block.0.")}
    editor.post("/topics/food", {**fields, "action": "without-block.0"})
    assert 'name="block.0.place"' not in editor.last
    editor.post("/topics/food", {**gone, "action": "save"})
    found = draft(clean)["block"]
    assert len(found) == 4
    assert found[-1] == {"place": "after", "text": {"en": "Hi.", "es": "Hola."}}


@pytest.mark.parametrize("wording", ["need a bed", "stop", "free goulash", "hungry", "i want to die"])
def test_wordings_clash_as_teaching_says(wording: str, content: Content) -> None:
    assert list(others_of(content, wording, "food")) == clashes(content, wording, "food")


def with_line(fields: dict[str, str], line: str) -> dict[str, str]:
    return {**fields, "examples.en": f"{fields['examples.en']}\n{line}\n"}


def test_examples_are_looked_at_and_saved(clean: House, editor: Browser) -> None:
    fields = with_line(fields_of(editor, "/topics/food/examples"), SENTENCE)
    looked = editor.post("/topics/food/examples", {**fields, "action": "preview"}).text
    assert f"<q>{SENTENCE}</q>" in looked
    assert editor.post("/topics/food/examples", {**fields, "action": "save"}).status_code == 302
    assert lines(draft(clean)["examples"]["en"])[-1] == SENTENCE


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("call 213 555 0142 for food", "examples.en"),
        ("my name is q and i am hungry", "examples.en"),
        ("x" * 321, "examples.en"),
        ("no food at Tyrone place", "names"),
    ],
)
def test_examples_that_may_be_somebodys_are_refused(clean: House, editor: Browser, line: str, field: str) -> None:
    fields = with_line(fields_of(editor, "/topics/food/examples"), line)
    assert f'id="{field}-wrong"' in editor.post("/topics/food/examples", {**fields, "action": "save"}).text
    assert draft(clean) is None


def teach(editor: Browser, **more: str) -> Any:
    editor.get("/topics/try")
    fields = {"text": SENTENCE, "target": "food", "language": "en", "action": "save"}
    return editor.post("/topics/try/teach", {**fields, **more})


def test_a_text_is_explained(clean: House, viewer: Browser) -> None:
    viewer.get("/topics/try")
    page = viewer.post("/topics/try", {"text": "landlord changed the locks"}).text
    assert "Answered as the topic" in page
    assert "How sure" in page
    assert "topics/try/teach" not in page
    for text in ("", "x" * 1601):
        assert 'id="text-wrong"' in viewer.post("/topics/try", {"text": text}).text


def test_a_text_becomes_an_example_on_top_of_the_draft(clean: House, editor: Browser) -> None:
    fields = fields_of(editor, "/topics/food")
    editor.post("/topics/food", {**fields, "lead.en": "Start here.", "action": "save"})
    looked = teach(editor, action="look")
    assert looked.status_code == 200
    assert "With this example:" in looked.text
    assert SENTENCE not in draft(clean)["examples"]["en"]
    assert teach(editor).status_code == 302
    found = draft(clean)
    assert found["lead"]["en"] == "Start here."
    assert lines(found["examples"]["en"])[-1] == SENTENCE
    assert "in the draft already" in teach(editor).text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "call me at 213 555 0142"}, "text"),
        ({"text": "court is on 2026-11-24"}, "text"),
        ({"text": "<b>hungry</b> goulash"}, "text"),
        ({"text": ""}, "text"),
        ({"target": "rent"}, "target"),
        ({"target": "food/baby"}, "target"),
        ({"language": "fr"}, "language"),
        ({"text": "no goulash at Tyrone place"}, "names"),
    ],
)
def test_what_cannot_be_taught_says_why(clean: House, editor: Browser, more: dict[str, str], field: str) -> None:
    answered = teach(editor, **more)
    assert answered.status_code == 200
    assert f'id="{field}-wrong"' in answered.text
    assert draft(clean) is None


def test_what_is_much_like_another_topics_is_shown_and_confirmed(
    clean: House, editor: Browser, document: Document
) -> None:
    example = next(line for line in lines(document["topics/shelter.toml"]["examples"]["en"]) if line.count(" ") > 6)
    answered = teach(editor, text=f"{example} goulash")
    assert 'id="alike-wrong"' in answered.text
    assert "shelter: <q>" in answered.text
    assert draft(clean) is None
    assert teach(editor, text=f"{example} goulash", alike="yes").status_code == 302


def test_doubts_are_confirmed_with_a_tick(clean: House, editor: Browser) -> None:
    assert teach(editor, text="no goulash at Tyrone place", names="yes").status_code == 302
    assert "Tyrone" in draft(clean)["examples"]["en"]


def test_a_tried_text_is_kept_nowhere(clean: House, editor: Browser, caplog: pytest.LogCaptureFixture) -> None:
    editor.get("/topics/try")
    editor.post("/topics/try", {"text": "zanzibar quilt"})
    teach(editor, text="zanzibar quilt", action="look")
    teach(editor, text="zanzibar quilt 213 555 0142")
    assert "zanzibar" not in caplog.text
    path = str(clean.engine.url.database)
    for kept in (path, f"{path}-wal"):
        assert not Path(kept).exists() or b"zanzibar" not in Path(kept).read_bytes()
    assert "zanzibar" not in editor.get("/topics/try").text


@pytest.mark.parametrize("path", ["/topics/food", "/topics/food/examples", "/topics/try/teach"])
def test_viewers_change_nothing(clean: House, viewer: Browser, path: str) -> None:
    assert "Save the draft</button>" not in viewer.get("/topics/food").text.partition("fieldset")[2]
    assert viewer.post(path, {"action": "save"}).status_code == 403


def test_a_topic_there_is_not(viewer: Browser) -> None:
    assert viewer.get("/topics/rent").status_code == 404
