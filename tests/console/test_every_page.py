"""Every page of the staff door in every state: nothing for axe to find, in light and dark, enlarged, for fingers.

The pictures of docs/staff-guide.md are made on the way, into build/staff-guide; `make guide` takes them over.
"""

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from bot.console import todo
from bot.console.reviewing import proposal
from bot.console.roles import Role
from bot.storage import drafts, releases, reviewing, transcripts
from bot.storage.publishing import publish_at_once
from tests.console import small
from tests.console.conftest import served
from tests.console.house import PASSWORD, House
from tests.console.importing import CLINIC, PANTRY, Importing, importing, table
from tests.console.looking import USUAL, Looking
from tests.console.person import Person
from tests.console.releases import Releases
from tests.console.test_booklet_page import LINE_AREAS, numbered
from tests.console.test_counts_page import fill
from tests.console.test_duplicates_page import TWIN
from tests.console.test_review_page import ANA, FOOD, TALK, draft, food, handed_in, proposal_reply
from tests.line.memory.redis_server import free_port

pytestmark = pytest.mark.browser
Look = Callable[..., Looking]


def base() -> str:
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[House]:
    """Give a staff door over the default release, for all that reads, drafts and imports."""
    folder = tmp_path_factory.mktemp("every")
    house = House(f"sqlite:///{shutil.copy(filled, folder / 'staff.db')}", base=base(), source=Releases)
    house.settings = dataclasses.replace(house.settings, cache_dir=folder / "cache")
    with served(house):
        yield house
    house.close()


@pytest.fixture
def little(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door over the small release, for all that looks through a whole one."""
    with small.opened(tmp_path, migrated, base()) as house, served(house):
        yield house


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Give what lets somebody of a role look at pages; in the end nothing was wrong with any of them."""
    looking: list[Looking] = []

    def look(house: House, role: Role | None = Role.EDITOR, email: str = "", **more: Any) -> Looking:
        person = Person(browser, house, viewport=USUAL, **more)
        made = Looking(person.signed_in(role, email) if role else person)
        looking.append(made)
        return made

    yield look
    assert [fault for one in looking for fault in one.faults] == []
    for one in looking:
        one.person.leave()


def press(one: Looking, name: str) -> None:
    """Press a button, the last of its name, and wait for the page that comes: a guarded form asks first if it can."""
    with one.page.expect_navigation():
        one.page.get_by_role("button", name=name, exact=True).last.click()


#: A page with one of everything that is looked for.
BAD = """<!doctype html><html lang="en"><title>x</title>
<style>p { color: #000; background: #fff } @media (prefers-color-scheme: dark) { p { color: #222; background: #000 } }
div { width: 500px } button { height: 9px; min-height: 0; padding: 0; font-size: 6px }</style>
<main><h1>x</h1><p>words</p><div>wide</div><input><button>small</button><img alt="" src="http://elsewhere.example/a"></main>
<script>console.error("oh")</script>"""


def test_what_is_wrong_with_a_page_is_found(browser: Browser, open_house: House) -> None:
    person = Person(browser, open_house, viewport=USUAL)
    person.page.route("**/bad", lambda route: route.fulfill(content_type="text/html", body=BAD))
    one = Looking(person)
    one.dark = True
    one.at("bad", "/bad")
    person.context.close()
    for fault in ("label", "in the dark, color-contrast", "sideways, <div>", "small, ", "oh", "elsewhere.example"):
        assert any(each.startswith(f"bad: {fault}") for each in one.faults), (fault, one.faults)


def test_joining_and_signing_in(open_house: House, look: Look) -> None:
    one = look(open_house, None)
    person, page = one.person, one.page
    one.at("a link that is over", "/join/nothing", answer=404)
    page.goto(open_house.invite("ana@example.org"))
    one.at("join", picture="join")
    person.fill(initials="a", password="x", again="y")
    person.press("Join")
    one.at("join refused")
    page.goto("/sign-in")
    person.join()
    one.at("one more step", picture="account-first")
    one.at("app", "/account/app")
    person.press("Show the secret")
    expect(page.get_by_role("img")).to_be_visible()
    one.at("app, its secret")
    person.set_up_app()
    one.at("account", "/account")
    person.add_authenticator()
    one.at("passkeys", "/account/passkeys")
    person.press("Make a passkey")
    one.at("passkey without a name")
    person.fill(name="office laptop")
    person.press("Make a passkey")
    expect(page.get_by_text("The passkey is set up.")).to_be_visible()
    one.at("is it you, by passkey", "/sign-in/again/passkey?next=/account/passkeys")
    one.at("is it you", "/sign-in/again?next=/account/passkeys")
    person.press("Use my passkey")
    expect(page.get_by_text("office laptop", exact=True)).to_be_visible()
    one.at("a passkey", picture="account-passkeys")
    one.at("recovery codes", "/account/recovery-codes")
    person.press("Make new codes")
    expect(page.locator(".codes")).to_be_visible()
    one.at("recovery codes, shown once", picture="account-codes")
    one.at("password", "/account/password")
    person.fill(password=PASSWORD, new_password="short", new_password_confirm="other")
    person.press("Change it")
    one.at("password refused")
    person.press("Sign out")
    one.at("sign in", "/sign-in", picture="sign-in")
    person.sign_in(password="wrong wrong wrong wrong")
    one.at("sign in refused")
    person.sign_in()
    one.at("use the passkey")
    page.goto("/sign-in/code")
    one.at("code", picture="sign-in-code")
    person.fill(code="000000")
    person.press("Go on")
    one.at("code refused")
    page.get_by_role("link", name="Use a recovery code").click()
    one.at("recovery code")
    person.fill(code="nothing")
    person.press("Go on")
    one.at("recovery code refused")


def test_a_passkey_that_does_not_work(open_house: House, look: Look) -> None:
    one = look(open_house, None)
    no = "() => Promise.reject(new Error('no'))"
    one.page.add_init_script(f"navigator.credentials.get = {no}; navigator.credentials.create = {no}")
    one.page.goto("/sign-in")
    one.person.press("Use a passkey")
    expect(one.page.get_by_role("alert")).to_contain_text("did not use a passkey")
    one.at("no passkey")
    one.person.join()
    one.page.goto("/account/passkeys")
    one.person.fill(name="blue key")
    one.person.press("Make a passkey")
    expect(one.page.get_by_role("alert")).to_contain_text("did not make a passkey")
    one.at("no passkey made")


def test_what_was_typed_when_the_session_ran_out(open_house: House, look: Look) -> None:
    one = look(open_house, Role.ADMIN, "ana@example.org")
    person, page = one.person, one.page
    page.goto("/staff")
    person.fill(email="ben@example.org")
    open_house.pass_time(hours=2)
    person.press("Make a link")
    expect(page.get_by_text("What you typed is kept in this page")).to_be_visible()
    one.at("session over", picture="sign-in-kept", answer=401)
    person.fill(email="ana@example.org", password=PASSWORD)
    person.press("Sign in")
    one.at("session over, a step on")
    person.press("Go on")
    person.fill(code=person.code())
    person.press("Go on")
    one.at("session over, send it")


def test_without_a_release_and_where_nothing_is(open_house: House, look: Look) -> None:
    one = look(open_house, Role.ADMIN)
    one.at("home without a release", "/")
    one.at("nothing to work on", "/entries", answer=503)
    one.at("no such page", "/nowhere", answer=404)
    one.at("no counts", "/counts")
    one.at("nothing to compare", "/counts/compare")
    other = look(open_house, Role.VIEWER)
    other.at("not for them", "/staff", answer=403)

    def too_much(route: Route) -> None:
        browser = open_house.app.test_client()
        data = {"text": "x" * 1_100_000}
        headers = {"Cookie": route.request.headers.get("cookie", ""), "Sec-Fetch-Site": "same-origin"}
        answered = browser.post("/topics/try", base_url=open_house.base, data=data, headers=headers)
        route.fulfill(status=answered.status_code, headers=dict(answered.headers), body=answered.text)

    other.page.route("**/too-much", too_much)
    other.at("too much at once", "/too-much", answer=413)


def test_home(door: House, little: House, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    look(door).at("home", "/", picture="home", of="body")
    monkeypatch.setattr(todo, "attention", lambda content, now, lying: [])
    monkeypatch.setattr(todo, "lint", lambda content: [])
    look(little, Role.VIEWER).at("home, all is well", "/")


def test_entries(door: House, look: Look) -> None:
    one = look(door)
    page = one.page
    one.at("entries", "/entries?q=cast", picture="entries")
    one.at("entries, second page", "/entries?page=2")
    one.at("no entry", "/entries?q=zzzz")
    one.at("new entry", "/entries/new")
    press(one, "Begin it as a draft")
    one.at("new entry refused")
    one.at("editor", "/entries/cast-la", picture="entries-editor")
    page.locator("details.meaning summary").first.click()
    page.get_by_label("Number", exact=True).fill("213-555-0142")
    expect(page.locator("#phone")).to_contain_text("213-555-0142")
    one.at("editor, the phone follows", picture="entries-phone", of="#phone", high=330)
    page.get_by_label("Number", exact=True).fill("12")
    page.get_by_label("Hours").first.fill("sometimes")
    page.get_by_label("Short name (EN)").fill("x" * 60)
    press(one, "Save the draft")
    one.at("editor refused", picture="entries-refused", of="fieldset:has(.error)")
    page.goto("/entries/chirla")
    page.get_by_label("Short name (EN)").fill("Someone to talk to")
    press(one, "Save the draft")
    one.at("editor, a draft")
    page.goto("/entries/carecen")
    press(one, "Propose to take this entry out")
    one.at("entry that is to go")
    look(door, Role.VIEWER).at("entry, to read", "/entries/cast-la")


def test_two_at_one_text(door: House, look: Look) -> None:
    ana, ben = look(door, Role.EDITOR, ANA), look(door, Role.EDITOR, "ben@example.org")
    for one in (ana, ben):
        one.page.goto("/entries/ndvh")
    for one, words, spanish in ((ben, "Talk it over", "Hable"), (ana, "Someone to talk to", "Alguien")):
        one.page.get_by_label("Short name (EN)").fill(words)
        one.page.get_by_label("Short name (ES)").fill(spanish)
        press(one, "Save the draft")
    expect(ana.page.get_by_text("Nothing is lost: choose below.")).to_be_visible()
    ana.at("two at one text", picture="drafts-aside")
    ana.page.goto("/drafts/aside")
    press(ana, "Keep theirs alone")
    ana.at("nothing set aside", "/drafts/aside")


def test_topics(door: House, look: Look) -> None:
    one = look(door)
    page = one.page
    one.at("topics", "/topics")
    one.at("topic", "/topics/food", picture="topics-editor")
    press(one, "Add a paragraph")
    page.get_by_label("Word for it (EN)").fill("")
    page.get_by_label("Surely mean it (EN)").fill("bed")
    press(one, "Save the draft")
    one.at("topic refused")
    one.at("examples", "/topics/food/examples")
    page.get_by_label("Examples (EN)").evaluate("e => { e.value += '\\nthe goulash pot of maria is bare' }")
    press(one, "Look at the new lines")
    one.at("examples, new lines")
    one.at("try a text", "/topics/try")
    one.person.fill(text="the zorbel wont let me have my paycheck")
    one.person.press("Try it")
    page.get_by_label("It should have gone to").select_option("jobs")
    one.person.press("Show what it would do")
    expect(page.get_by_text("With this example:")).to_be_visible()
    one.at("try a text, taught", picture="topics-try", of="main fieldset")
    page.goto("/topics/try")
    one.person.fill(text="call me at 213-555-0142 my name is ana")
    one.person.press("Try it")
    one.at("try a text, understood")
    one.person.press("Save as an example")
    one.at("try a text, refused")
    look(door, Role.VIEWER).at("topic, to read", "/topics/legal")


def test_wording(door: House, look: Look) -> None:
    one = look(door)
    one.at("wording", "/wording")
    one.at("wording found", "/wording?q=bed")
    one.at("no wording", "/wording?q=zzzz")
    one.at("sentence", "/wording/help", picture="sentences-editor")
    one.page.get_by_label("Text (EN)").fill("Call {nobody} – now")
    press(one, "Save the draft")
    one.at("sentence refused")
    one.at("names of days", "/wording/days")
    one.at("said instead", "/wording/help_instead")


def test_try_it(door: House, look: Look) -> None:
    one = look(door, Role.APPROVER)
    page = one.page
    one.at("try it", "/tryit")
    for text in ("food", "1", "more"):
        page.get_by_label("Your text").fill(text)
        press(one, "Send")
    one.at("try it, a talk", picture="tryit")
    one.person.press("Save the conversation")
    one.at("try it, not saved")
    one.person.fill(name="food-by-day", title="Food by day")
    press(one, "Save the conversation")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    one.at("saved conversations", "/tryit/saved", picture="tryit-saved")
    one.at("a saved conversation", "/tryit/saved/food-by-day")


def test_a_conversation_that_is_answered_otherwise(little: House, look: Look) -> None:
    assert little.source is not None
    content = little.source.held.content
    transcripts.save(little.engine, "food", TALK + proposal_reply(content), content, by=ANA, now=little.now)
    changed = {**small.live(little), FOOD: food(little)}
    releases.publish(little.engine, changed, note="shorter", now=little.now)
    one = look(little, Role.VIEWER)
    one.at("saved conversations, one with a miss", "/tryit/saved")
    one.at("a conversation with a miss", "/tryit/saved/food")


def test_checks(door: House, little: House, look: Look) -> None:
    one = look(door)
    one.at("checks", "/checks", picture="checks")
    one.at("checks, nothing fits", "/checks?within=x")
    one.at("checks of one area", "/checks?within=0&area=westlake&untried=yes")
    one.at("a check", "/checks/ndvh", picture="checks-entry")
    one.page.locator("main form.card button").first.click()
    one.at("a check refused")
    form = one.page.locator("main form.card").first
    for name, value in (("how", "called"), ("result", "ok"), ("hours", "changed")):
        form.locator(f"[name={name}][value={value}]").check()
    form.get_by_role("button", name=re.compile("^Record the check")).click()
    expect(one.page.get_by_role("link", name="Change the hours in the entry")).to_be_visible()
    one.at("a check recorded, other hours")
    look(little, Role.VIEWER).at("call sheet", "/checks/_sheet", picture="checks-sheet", of="body")
    one.at("letter", "/checks/cast-la/letter")
    one.at("letter in Spanish", "/checks/cast-la/letter?language=es")


def test_import(door: House, look: Look) -> None:
    one = look(door, Role.EDITOR, "first@example.org")
    with importing(door) as made:
        one.at("import", "/import", picture="imports")
        one.person.press("Draw the plan")
        one.at("import without a file")
        send(one, b"nothing of the kind", "notes.pdf")
        made.settle()
        one.at("import refused", one.page.url)
        made.importer.go.clear()
        one.stay()
        send(one, table(PANTRY, CLINIC, (*PANTRY[:2], "12", *PANTRY[3:])), "may.csv")
        one.at("plan that is drawn")
        made.importer.go.set()
        made.settle()
        one.at("plan", one.page.url, picture="imports-plan")
        for show in ("add", "refuse", "twice"):
            one.at(f"plan, {show}", f"{one.page.url.partition('?')[0]}?show={show}")
        write(one, made)
        one.at("plan written", one.page.url)
        one.person.press("Done: import another file")
        send(one, table(TWIN), "june.csv")
        made.settle()
        one.page.reload()
        write(one, made)
        one.at("twice", "/import/duplicates", picture="duplicates")
        one.page.get_by_role("button", name="Compare the two").first.click()
        one.at("make one of two")
        look(door, Role.EDITOR, "second@example.org").at("drafts of imports", "/review/imported")


def send(one: Looking, data: bytes, name: str) -> None:
    one.page.goto("/import")
    one.page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    one.person.press("Draw the plan")
    expect(one.page.get_by_role("heading", level=1)).to_contain_text(name)


def write(one: Looking, made: Importing) -> None:
    one.page.get_by_role("button", name="Yes, write this plan").click()
    made.settle()


def test_booklet(door: House, little: House, look: Look) -> None:
    one = look(door, Role.VIEWER)
    one.at("booklet", "/booklet", picture="booklet")
    one.at("booklet, a topic", "/booklet/topic/food")
    one.at("booklet, sentences", "/booklet/sentences")
    one.at("cards without a number", "/booklet/cards")
    one.at("posters without a number", "/booklet/posters")
    other = look(little, Role.VIEWER)
    other.at("booklet, whole", "/booklet/all")


def test_cards_and_posters(door: House, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(door, monkeypatch, LINE_AREAS)
    one = look(door, Role.VIEWER)
    one.at("cards", "/booklet/cards", picture="booklet-cards")
    one.at("posters", "/booklet/posters")


def test_counts(door: House, look: Look) -> None:
    fill(door.engine)
    one = look(door, Role.VIEWER)
    one.at("counts", "/counts", picture="counts", of="section[aria-labelledby=counts-topic]")
    one.page.get_by_text("What the figures mean").click()
    one.at("counts, what they mean", picture="counts-hidden")
    one.at("counts by quarter", "/counts?by=quarter")
    one.at("counts, wrong way round", "/counts?from=2026-W47&to=2026-W46")
    one.at("counts of a topic", "/counts/topic/food")
    one.at("counts of entries", "/counts/referred")
    one.at("counts compared", "/counts/compare")
    one.at("counts compared with themselves", "/counts/compare?one=2026-W47&other=x")


def test_staff_and_audit(door: House, look: Look) -> None:
    door.session(Role.EDITOR, "eva@example.org")
    one = look(door, Role.ADMIN, "ana.admin@example.org")
    one.at("staff", "/staff")
    one.person.fill(email="x")
    one.person.press("Make a link")
    one.at("staff refused")
    one.person.fill(email="dora@example.org")
    one.person.press("Make a link")
    one.at("a link to hand over")
    one.at("staff, somebody invited", "/staff", picture="staff")
    one.page.get_by_role("link", name="eva@example.org").click()
    one.at("a person", picture="staff-person")
    one.at("audit", "/audit", picture="audit")


def test_a_text_taken_out(little: House, look: Look) -> None:
    one, other = look(little, Role.ADMIN, ANA), look(little, Role.ADMIN, "ben@example.org")
    one.at("take a text out", "/scrub", picture="scrub")
    one.person.press("Ask for it to be taken out")
    one.at("take a text out, refused")
    one.person.fill(wanted="Near you: 1 Los Angeles, 2 DuPage, or a ZIP.")
    one.person.press("Ask for it to be taken out")
    settled(little, one)
    one.at("asked for it oneself", one.page.url)
    other.page.goto(one.page.url)
    settled(little, other)
    other.at("asked for by another")
    other.at("texts taken out", "/scrub")


def settled(house: House, one: Looking) -> None:
    """Open the page again when nothing is worked on beside it."""
    assert small.work(house).stop()
    one.page.goto(one.page.url)


def test_review(little: House, look: Look) -> None:
    ana, ben = look(little, Role.EDITOR, ANA), look(little, Role.APPROVER, "ben@example.org")
    page = ana.page
    ana.at("no draft", "/review")
    draft(little, food(little))
    ana.at("drafts", "/review", picture="review")
    ana.person.press("Hand in the ticked drafts")
    ana.at("nothing ticked")
    page.locator("main input[type=checkbox]").first.check()
    ana.person.press("Throw the ticked drafts away")
    ana.at("throw away?")
    page.goto("/review")
    page.locator("main input[type=checkbox]").first.check()
    ana.person.fill(note="it reads better so")
    ana.person.press("Hand in the ticked drafts")
    settled(little, ana)
    ana.at("review, one's own", picture="reviewed-own")
    ana.at("reviews", "/review")
    ben.page.goto("/review/1")
    settled(little, ben)
    ben.at("review of another", picture="reviewed")
    ben.person.press("Approve it")
    settled(little, ben)
    ben.at("approved", picture="reviewed-approved")
    ben.person.press("Publish it now")
    settled(little, ben)
    ben.at("published")
    ben.at("releases", "/review/releases", picture="releases")
    ben.page.goto("/review/releases/2")
    settled(little, ben)
    ben.at("a release")
    ben.page.goto("/review/releases/1/back")
    settled(little, ben)
    ben.at("go back?", picture="releases-back")
    ben.at("the first release", "/review/releases/1")


def test_a_review_under_way(little: House, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    go, begun = Event(), Event()

    def held(*_: object, **__: object) -> None:
        begun.set()
        assert go.wait(60)
        raise RuntimeError("ours")

    handed_in(little, food(little))
    monkeypatch.setattr(proposal, "proposed", held)
    one = look(little, Role.APPROVER, "ben@example.org")
    try:
        one.stay()
        one.page.goto("/review/1")
        assert begun.wait(20)
        one.at("being worked out")
    finally:
        go.set()
    settled(little, one)
    one.at("not worked out")


def test_what_is_wrong_with_a_review(little: House, look: Look) -> None:
    assert little.source is not None
    content = little.source.held.content
    transcripts.save(little.engine, "food", TALK + proposal_reply(content), content, by=ANA, now=little.now)
    handed_in(little, {**food(little, "Food – now"), "note": {"en": "call 213-555-0100"}})
    one = look(little, Role.APPROVER, "ben@example.org")
    one.page.goto("/review/1")
    settled(little, one)
    one.at("problems and misses", picture="reviewed-problems")
    reviewing.approve(little.engine, 1, by="ben@example.org", approvers=2, now=little.now)
    settled(little, one)
    one.at("approved with problems")
    draft(little, food(little, "Food nearby:"))
    settled(little, one)
    one.at("moved since")


def test_alone_and_at_once(little: House, look: Look) -> None:
    handed_in(little, food(little))
    one = look(little, Role.ADMIN, ANA)
    one.page.goto("/review/1")
    settled(little, one)
    one.at("approve alone")
    one.person.press("Approve it")
    one.at("approve alone, refused")
    file = "entries/westlake.toml"
    (day,) = (each for each in small.live(little)[file]["entry"] if each["id"] == "day-la")
    changed = {**day, "phone": [{**day["phone"][0], "hours": "Mo-Fr 10:00-16:00"}, *day["phone"][1:]]}
    publish_at_once(little.engine, {f"{file}#day-la": changed}, by=ANA, note="new hours", now=little.now)
    other = look(little, Role.APPROVER, "ben@example.org")
    other.at("live already", "/review", picture="review-unseen")
    other.at("a review nobody has seen", "/review/2")
    parts = [f"{file}#pantry-{n}" for n in range(60)]
    body = {"id": "x", "name": "Harbor Pantry", "short": {"en": "Pantry", "es": "Comida"}, "status": "check-first"}
    drafts.put(little.engine, [drafts.Draft(part, {**body, "id": part[22:]}, "import county") for part in parts])
    other.at("many drafts of imports", "/review/imported")


def test_urgent(little: House, look: Look) -> None:
    one = look(little)
    page = one.page
    one.at("urgent", "/urgent")
    one.at("urgent, nothing found", "/urgent?q=zzzz")
    one.at("urgent, found", "/urgent?q=day", picture="urgent")
    one.at("urgent, an entry", "/urgent/entry/day-la", picture="urgent-entry")
    until = page.get_by_label("Until when, there")
    until.fill("soon")
    one.person.press("Pause it now")
    one.at("pause refused")
    until.fill("")
    one.person.press("Pause it now")
    one.at("paused")
    page.get_by_label("New hours, there").fill("Mon-Fri 9am-5pm, Sat 10-2, closed holidays")
    page.get_by_label("How you know").fill("their voicemail says so")
    one.person.press("Read them back to me")
    expect(page.get_by_text("This is how it was read.")).to_be_visible()
    one.at("hours read back")
    one.at("urgent, one paused", "/urgent")
    page.goto("/urgent/entry/day-la")
    page.get_by_label("What is wrong").fill("a stranger answers there")
    one.person.press("Stop giving it now")
    settled(little, one)
    one.at("not given any more")


def test_banners(door: House, look: Look) -> None:
    one = look(door)
    one.at("banners", "/urgent/banners")
    one.person.press("Raise it now")
    one.at("banner refused")
    one.page.get_by_label("Its name, for staff").fill("icy-roads")
    one.page.get_by_label("What texters read, in English").fill("Roads are icy tonight: call before you go.")
    one.page.get_by_label("What texters read, in Spanish").fill("Hay hielo en las calles: llame antes de ir.")
    one.page.get_by_label("Until when").fill("tonight")
    one.person.press("Show me how it reads")
    one.at("banner as it reads", picture="banners")
    one.person.press("Raise it now")
    one.at("banner that is up")
    one.person.press("Lower the banner icy-roads")
