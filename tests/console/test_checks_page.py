"""Checks at the staff door: what is due, recording what came of a call to one number, the sheet, the letter."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from bot import reckoning
from bot.console.checking.letter import LETTERS, letter
from bot.console.checking.recording import Recorded, record
from bot.console.checking.standings import Wanted, means, queue
from bot.console.desk import Desk, Member
from bot.console.roles import Role
from bot.counts.cell import Table
from bot.counts.period import week_of
from bot.referral.bulletin import NO_BULLETINS, Pause
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.entry import Entry, Policy
from bot.referral.overlay import with_bulletins
from bot.storage import bulletins
from bot.storage.audit import entries
from bot.storage.counts import Flush, add
from bot.storage.said import Asked, Checked
from tests.console.house import Browser, House
from tests.console.releases import Releases
from tests.console.test_pages import Reading
from tests.referral import small

NDVH = "+18007997233"
GOOD = {"number": NDVH, "how": "called", "result": "ok", "hours": "not asked", "on": "", "note": ""}
TODAY = small.NOON.date()
PADS = "+16305550104"


def checks_of(house: House) -> list[Checked]:
    folded = bulletins.fold(bulletins.rows(house.engine)).bulletins.checks
    return [Checked(entry, check, phone) for (entry, phone), made in folded.items() for check in made]


def words(browser: Browser) -> str:
    """Give what the page opened last says, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", browser.last.partition("<main")[2])).split())


@pytest.fixture
def editor(stocked: House) -> Browser:
    return stocked.member(Role.EDITOR)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give a staff door for all tests that record nothing."""
    folder = tmp_path_factory.mktemp("quiet")
    shutil.copy(filled, folder / "quiet.db")
    house = House(f"sqlite:///{folder / 'quiet.db'}", source=Releases)
    yield house
    house.close()


@pytest.fixture(scope="module")
def reader(quiet: House) -> Browser:
    """Give an editor there."""
    return quiet.member(Role.EDITOR)


def test_a_call_is_recorded_of_its_number_alone_and_counts_at_once(stocked: House, editor: Browser) -> None:
    editor.get("/checks/ndvh")
    answered = editor.post("/checks/ndvh", {**GOOD, "hours": "confirmed", "note": "open to men now"})
    assert (answered.status_code, answered.headers["Location"]) == (302, "/checks/ndvh")
    made = Check(stocked.now.date(), How.CALLED, "AB", Result.OK, "hours confirmed; open to men now")
    found = checks_of(stocked)
    assert [(one.entry, one.phone) for one in found] == [("ndvh", NDVH)]
    assert replace(found[0].check, on=made.on) == made
    assert abs(found[0].check.on - made.on) <= timedelta(days=1)  # the day where they are
    line = entries(stocked.engine, most=1)[0]
    assert (line.act, line.by, line.about) == ("checked", "editor@example.org", "ndvh")
    assert line.detail["number"] == "800-799-7233"
    editor.get("/checks/ndvh")
    said = words(editor)
    assert "800-799-7233 is recorded. Before: Texters get it. It is due on" in said
    assert "called (AB): hours confirmed; open to men now" in said


def test_a_wrong_number_is_not_given_any_more_and_that_is_said_before_and_after(
    stocked: House, editor: Browser
) -> None:
    editor.get("/checks/cast-la")
    number = editor.hidden("number")
    assert "Somebody else answered: a wrong number Recorded today: it is not given until" in words(editor)
    editor.post("/checks/cast-la", {**GOOD, "number": number, "result": "wrong number"})
    editor.get("/checks/cast-la")
    assert "Before: Texters get it. It is due on" in words(editor)
    assert "Now: Texters do not get it: wrong number on" in words(editor)
    editor.get("/checks?within=0")
    assert "CAST" in editor.last or "cast-la" in editor.last
    editor.get("/checks/cast-la")
    editor.post("/checks/cast-la", {**GOOD, "number": number})
    editor.get("/checks/cast-la")
    assert "Now: Texters get it. It is due on" in words(editor)


def test_changed_hours_lead_to_the_entry_and_change_nothing_here(stocked: House, editor: Browser) -> None:
    editor.get("/checks/ndvh")
    answered = editor.post("/checks/ndvh", {**GOOD, "hours": "changed"})
    assert answered.headers["Location"] == "/checks/ndvh?hours=changed"
    editor.get(answered.headers["Location"])
    assert 'href="/entries/ndvh"' in editor.last
    assert "Texters still get the old hours." in words(editor)
    assert [one.check.note for one in checks_of(stocked)] == ["hours changed"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("how", "", "Choose one from the list."),
        ("how", "smelt", "Choose one from the list."),
        ("result", "perhaps", "Choose one from the list."),
        ("hours", "never", "Choose one from the list."),
        ("note", "x" * 181, "180 at most"),
        ("note", "spoke to Maria at noon", "“Maria” may be a name"),
        ("note", "their new number is 213 555 0142", "a number that may be somebody's"),
        ("note", "they moved to 12 Oak Street", "holds an address"),
        ("note", "ana@example.org answers now", "an address of the net"),
        ("note", "<b>closed</b>", "Plain words only"),
        ("note", "closed\u202e", "a character that nobody sees"),
        ("note", "closed\x07", "a character that nobody sees"),
        ("on", "2999-01-01", "still to come"),
        ("on", "yesterday", "Write a day like"),
        ("on", "2026-13-01", "Write a day like"),
    ],
)
def test_what_is_refused_is_told_beside_its_field_and_what_was_typed_stays(
    quiet: House, reader: Browser, field: str, value: str, told: str
) -> None:
    reader.get("/checks/ndvh")
    answered = reader.post("/checks/ndvh", {**GOOD, "note": "open to men", field: value})
    assert answered.status_code == 200
    place = re.search(rf'id="{field}-(\d+)-wrong">([^<]*)<', reader.last)
    assert place, "no error beside the field"
    assert told in unescape(place[2])
    assert f'aria-describedby="{field}-{place[1]}' in reader.last
    kept = value if field == "note" else "open to men"
    assert f'value="{"".join(kept.split(chr(0)))}"' in unescape(reader.last) or "\x07" in value
    assert checks_of(quiet) == []


@pytest.mark.parametrize("number", ["", "+12135550199", "911", " +18007997233"])
def test_no_record_without_a_number_of_this_entry(quiet: House, reader: Browser, number: str) -> None:
    reader.get("/checks/ndvh")
    assert reader.post("/checks/ndvh", {**GOOD, "number": number}).status_code == 302
    reader.get("/checks/ndvh")
    assert "That number is not in this entry any more. Nothing was recorded." in words(reader)
    assert checks_of(quiet) == []


READ = {"number": "", "how": "official page", "result": "ok", "hours": "not asked", "on": "", "note": ""}


@pytest.mark.parametrize("entry", ["swop-la", "hire-la-youth"])
def test_an_entry_that_has_only_a_page_is_recorded_as_a_whole(stocked: House, editor: Browser, entry: str) -> None:
    editor.get(f"/checks/{entry}")
    said = words(editor)
    assert "It has no number, only a page." in said
    assert "I read their own page today" in said
    assert [way for way in ("I called", "I texted", "I went there", "Their hours") if way in said] == []
    answered = editor.post(f"/checks/{entry}", {**READ, "note": "open to men now"})
    assert (answered.status_code, answered.headers["Location"]) == (302, f"/checks/{entry}")
    (found,) = checks_of(stocked)
    assert (found.entry, found.phone, found.check.how, found.check.by) == (entry, "", How.OFFICIAL_PAGE, "AB")
    line = entries(stocked.engine, most=1)[0]
    assert (line.act, line.about, sorted(line.detail)) == ("checked", entry, ["how", "on", "page", "result"])
    editor.get(f"/checks/{entry}")
    assert "is recorded. Before: Texters get it" in words(editor)
    assert "Now: Texters get it. It is due on" in words(editor)
    assert "official page (AB): open to men now" in words(editor)


def test_a_page_that_is_somebody_elses_now_is_not_given_any_more(stocked: House, editor: Browser) -> None:
    editor.get("/checks/swop-la")
    assert "It is somebody else's now Recorded today: it is not given until somebody has read it again" in words(editor)
    editor.post("/checks/swop-la", {**READ, "result": "wrong number"})
    editor.get("/checks/swop-la")
    assert "Now: Texters do not get it: wrong number on" in words(editor)


@pytest.mark.parametrize("how", ["called", "texted", "visited", ""])
def test_a_page_cannot_be_called(quiet: House, reader: Browser, how: str) -> None:
    reader.get("/checks/swop-la")
    assert reader.post("/checks/swop-la", {**READ, "how": how}).status_code == 200
    assert 'id="how-0-wrong"' in reader.last
    assert checks_of(quiet) == []


@pytest.mark.parametrize("number", [None, NDVH, " "])
def test_an_entry_without_a_number_is_recorded_under_none(quiet: House, reader: Browser, number: str | None) -> None:
    reader.get("/checks/swop-la")
    form = {name: value for name, value in READ.items() if name != "number"}
    assert reader.post("/checks/swop-la", form if number is None else {**form, "number": number}).status_code == 302
    assert checks_of(quiet) == []


def test_whoever_calls_records_no_entry_that_has_numbers_as_a_whole(quiet: House) -> None:
    content = checked(ago(1))
    made = Recorded(Check(TODAY, How.OFFICIAL_PAGE, "AB"), "not asked")
    desk, member = Desk.__new__(Desk), Member(1, "ab@example.org", "AB", Role.EDITOR)
    with pytest.raises(ValueError, match="one number"):
        record(desk, member, content.entries["pads"], None, made=made, today=TODAY)


def test_a_viewer_reads_and_records_nothing(quiet: House) -> None:
    viewer = quiet.member(Role.VIEWER)
    viewer.get("/checks/ndvh")
    assert "Record the check" not in viewer.last
    assert viewer.post("/checks/ndvh", GOOD).status_code == 403
    assert checks_of(quiet) == []


@pytest.mark.parametrize("path", ["/checks/nobody", "/checks/nobody/letter", "/checks/ndvh/letter?language=fr"])
def test_what_there_is_not(reader: Browser, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_complaints_end_with_a_call_that_reached_them(stocked: House, editor: Browser) -> None:
    bulletins.add(stocked.engine, Asked("ndvh"), day=date(2026, 11, 1), by="")
    week = week_of(stocked.now)
    said = {week: {(Table.COMPLAINT.value, "ndvh", ""): 3}}
    add(stocked.engine, Flush("w", 1, said), week=week, cells=[], into=lambda name, closed: name)
    assert stocked.source is not None
    stocked.source.look()
    editor.get("/checks?within=0")
    assert "texters complained" in words(editor)
    editor.get("/checks/ndvh")
    assert "Since 2026-11-01 they say that it does not work: check it now." in words(editor)
    editor.post("/checks/ndvh", {**GOOD, "result": "no answer"})
    assert reckoning.asked(stocked.engine) == ["ndvh"]
    editor.get("/checks/ndvh")
    editor.post("/checks/ndvh", GOOD)
    assert reckoning.asked(stocked.engine) == []
    editor.get("/checks?within=0")
    assert "texters complained" not in words(editor)


def test_the_list_can_be_narrowed_and_what_is_no_filter_is_told(reader: Browser) -> None:
    reader.get("/checks")
    everything = reader.last.count('<th scope="row">')
    assert everything == 50
    reader.get("/checks?page=2")
    assert 0 < reader.last.count('<th scope="row">') < 50
    reader.get("/checks?area=westmont&untried=yes&within=365")
    assert 0 < reader.last.count('<th scope="row">') < 50
    assert 'href="/checks/_sheet?area=westmont&amp;within=365&amp;untried=yes"' in reader.last
    reader.get("/checks?area=mars&within=soon&page=-3")
    assert "Choose one from the list." in words(reader)
    assert "Write a number from 0 to 400." in words(reader)
    reader.get("/checks?within=0")
    assert "No number fits. Nothing has to be checked here." in words(reader)


def test_the_sheet_is_a_page_without_anything_inline_and_who_had_it_is_written_down(
    quiet: House, reader: Browser
) -> None:
    answered = reader.get("/checks/_sheet?area=westlake")
    held = Reading(reader.last)
    assert answered.status_code == 200
    assert held.of("style", "script") == []
    assert [one["href"] for one in held.of("link")] == ["/static/call_sheet.css"]
    assert reader.get("/static/call_sheet.css").status_code == 200
    reader.get("/checks/_sheet?area=westlake")
    assert 'href="/checks?area=westlake"' in reader.last
    assert "DuPage" not in reader.last
    line = entries(quiet.engine, most=1)[0]
    assert (line.act, line.about, line.detail["area"]) == ("exported", "call sheet", "westlake")


@pytest.mark.parametrize(
    "path", ["/checks", "/checks?within=x&area=y", "/checks/ndvh", "/checks/swop-la", "/checks/ndvh/letter"]
)
def test_every_control_has_a_name(reader: Browser, path: str) -> None:
    reader.get(path)
    held = Reading(reader.last)
    controls = [one for one in held.of("input", "select") if one.get("type") != "hidden"]
    labelled = {one.get("for") for one in held.of("label")}
    ids = [attributes["id"] for _, attributes in held.tags if "id" in attributes]
    assert [one for one in controls if one.get("id") not in labelled] == []
    assert len(ids) == len(set(ids))
    described = {one for a in controls for one in (a.get("aria-describedby") or "").split()}
    assert described <= set(ids)
    assert len(held.of("h1")) == 1


# What the pages are made of, on a small line.


def checked(*checks: dict[str, str], entry: str = "pads") -> Content:
    made = small.document()
    for file in ("national", "westlake", "westmont"):
        for one in made[f"entries/{file}.toml"]["entry"]:
            if one["id"] == entry:
                one["checks"] = list(checks)
    return parse(made)


def ago(days: int, how: str = "called", **more: str) -> dict[str, str]:
    return {"on": (TODAY - timedelta(days=days)).isoformat(), "how": how, **more}


MEANS: dict[str, tuple[Content, str]] = {
    "fresh": (checked(ago(1)), "Texters get it. It is due on"),
    "due": (checked(ago(100)), "Texters get it, after others: it is due since"),
    "nobody answered once": (checked(ago(9), ago(1, result="no answer")), "after others: nobody answered on"),
    "nobody answered twice": (
        checked(ago(9), ago(2, result="no answer"), ago(1, result="no answer")),
        "It stepped back: nobody answered on",
    ),
    "too old": (checked(ago(300)), "It stepped back: nobody checked it for too long."),
    "wrong": (checked(ago(9), ago(1, result="wrong number")), "Texters do not get it: wrong number on"),
    "never": (checked(), "It is not given until somebody has checked it."),
    "paused": (
        with_bulletins(checked(ago(1)), replace(NO_BULLETINS, pauses=(Pause("pads", small.NOON + timedelta(days=1)),))),
        "it is paused, and not given until",
    ),
    "paused for good": (
        with_bulletins(checked(ago(1)), replace(NO_BULLETINS, pauses=(Pause("pads", None),))),
        "it is paused until somebody ends the pause.",
    ),
}


@pytest.mark.parametrize(("content", "told"), MEANS.values(), ids=MEANS)
def test_what_checks_mean_for_texters(content: Content, told: str) -> None:
    assert told in means(content, content.entries["pads"], PADS, small.NOON)


def test_always_given_and_late_comes_first() -> None:
    content = checked(ago(300), entry="911")
    found = queue(content, small.NOON, Wanted())
    assert [one.entry.id for one in found][:1] == ["911"]
    days = [one.due or date.min for one in found[1:] if not one.late]
    assert days == sorted(days)
    assert "whatever happens. Check it now." in means(content, content.entries["911"], "911", small.NOON)
    assert [one.entry.id for one in queue(content, small.NOON, Wanted(within=0))] == ["911"]
    assert {one.entry.area for one in queue(content, small.NOON, Wanted(area="westmont"))} == {"westmont"}


SECRET = replace(
    checked(ago(1)).entries["pads"],
    note={"en": "SECRET"},
    checks=(Check(TODAY, How.CALLED, "ZZ", note="SECRET"),),
    evidence=("SECRET",),
    police=Policy.NEVER_UNASKED,
)


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_holds_what_texters_may_be_told_and_no_more(language: str) -> None:
    content = checked(ago(1))
    hidden = replace(SECRET.phone[0], number="+13125550999", publish=False)
    entry: Entry = replace(SECRET, phone=(*SECRET.phone, hidden))
    text = letter(content, entry, language)
    assert entry.name in text
    assert "630-555-0104" in text
    assert ("you never do" if language == "en" else "nunca lo hacen") in text
    assert not [word for word in ("SECRET", "ZZ", "312-555-0999", "{", "}") if word in text]


def test_the_day_is_that_of_the_place(stocked: House) -> None:
    stocked.now = datetime(2026, 12, 1, 3, tzinfo=UTC)
    editor = stocked.member(Role.EDITOR)
    editor.get("/checks/cast-la")
    number = editor.hidden("number")
    assert "Where they are it is 2026-11-30." in words(editor)
    editor.post("/checks/cast-la", {**GOOD, "number": number, "on": "2026-12-01"})
    assert "That day is still to come. There it is 2026-11-30." in words(editor)
    editor.post("/checks/cast-la", {**GOOD, "number": number, "on": "2026-11-29"})
    assert [one.check.on for one in checks_of(stocked)] == [date(2026, 11, 29)]
