"""What staff do in a day, whole and in a real browser, with a line beside them that answers signed texts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from bot.console.roles import Role
from bot.storage.audit import Act, entries
from bot.storage.audit_chain import verify
from tests.console import small
from tests.console.conftest import served
from tests.console.house import House
from tests.console.person import Person
from tests.console.test_counts_page import fill
from tests.e2e.running import Home, RunningLine, eventually, running
from tests.line.memory.redis_server import free_port

pytestmark = pytest.mark.browser


@pytest.fixture
def line(open_stocked: House, tmp_path: Path) -> Iterator[RunningLine]:
    """Give a line of its own process that answers from the same database."""
    with running(home_of(open_stocked, tmp_path)) as started:
        yield started


@pytest.fixture
def open_small(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door that browsers can reach, whose line answers from the small release: it goes out in a moment."""
    with small.opened(tmp_path, migrated, f"http://localhost:{free_port()}") as house, served(house):
        yield house


@pytest.fixture
def small_line(open_small: House, tmp_path: Path) -> Iterator[RunningLine]:
    """Give a line of its own process that answers from the database of that door."""
    with running(home_of(open_small, tmp_path)) as started:
        yield started


def home_of(house: House, folder: Path) -> Home:
    """Give the settings of a line that answers from the database of a door."""
    return Home(folder, changes={"DATABASE_URL": house.settings.database_url})


@contextmanager
def staff(browser: Browser, house: House, role: Role, name: str) -> Iterator[Person]:
    """Give somebody of a role who is signed in; in the end nothing was asked of anybody else."""
    person = Person(browser, house).signed_in(role, f"{name}@example.org")
    yield person
    person.leave()


def hand_in(ana: Person, why: str) -> None:
    """Hand in the one draft there is."""
    ana.page.goto("/review")
    ana.page.locator("main input[type=checkbox]").first.check()
    ana.fill(note=why)
    ana.press("Hand in the ticked drafts")


def publish(ben: Person) -> None:
    """Approve the one review there is, and publish it."""
    ben.page.goto("/review")
    ben.page.get_by_role("link", name=re.compile("^Review 1")).first.click()
    ben.press("Approve it")
    ben.press("Publish it now")
    expect(ben.page.get_by_text("is out.")).to_be_visible(timeout=60_000)


def test_a_number_changes_from_the_editor_to_the_phone_and_back(
    browser: Browser, open_small: House, small_line: RunningLine
) -> None:
    def said() -> str:
        return small_line.text("bed 90057").message or ""

    assert "213-555-0101" in said()
    with (
        staff(browser, open_small, Role.EDITOR, "ana") as ana,
        staff(browser, open_small, Role.APPROVER, "ben") as ben,
    ):
        ana.page.goto("/entries?q=day")
        ana.page.get_by_role("link", name="Day-La").click()
        ana.page.get_by_label("Number", exact=True).fill("213-555-0142")
        # Nobody pressed anything: the phone beside the form followed what was typed.
        expect(ana.page.locator("#phone")).to_contain_text("213-555-0142")
        ana.page.get_by_label("Did you try this number today?").select_option(label="yes, and it is theirs: called")
        ana.page.get_by_role("button", name="Save the draft").last.click()
        expect(ana.page.get_by_text("Saved as a draft.")).to_be_visible()
        assert "213-555-0142" not in said()
        hand_in(ana, "they told us their new number by phone")
        expect(ana.page.get_by_text("somebody else approves it")).to_be_visible(timeout=60_000)
        publish(ben)
        eventually(lambda: "213-555-0142" in said(), "the new number on a phone")
        ben.page.goto("/review/releases")
        ben.page.get_by_role("link", name="Go back to 1").click()
        # The old number went with the change: that it comes back is seen and said, not slipped in.
        expect(ben.page.get_by_role("alert")).to_contain_text("213-555-0101")
        ben.page.get_by_label("I looked at each of these numbers").check()
        ben.press("Go back to release 1 now")
        eventually(lambda: "213-555-0101" in said(), "the old number again")
    acts = [line.act for line in entries(open_small.engine)]
    assert {Act.DRAFT_SAVED, Act.SUBMITTED, Act.APPROVED, Act.PUBLISHED, Act.ROLLED_BACK} <= set(acts)
    assert verify(open_small.engine).broken is None


def test_a_wrong_number_is_withdrawn_at_once(browser: Browser, open_stocked: House, line: RunningLine) -> None:
    with (
        staff(browser, open_stocked, Role.EDITOR, "ana") as ana,
        staff(browser, open_stocked, Role.EDITOR, "ben") as ben,
    ):
        ana.page.goto("/urgent")
        ana.page.locator("main [name=q]").fill("213-989")
        ana.press("Find it")
        ana.page.get_by_role("link", name=re.compile("Romero")).click()
        ana.page.locator("form", has_text="Stop giving it now").locator("[name=note]").fill("a stranger answers there")
        ana.press("Stop giving it now")
        eventually(
            lambda: "213-989-7700" not in (line.text("need a doctor macarthur park").message or ""),
            "a reply without the number",
        )
        expect(ana.page.get_by_text("is out.")).to_be_visible(timeout=60_000)
        ben.page.goto("/review")
        ben.page.get_by_role("link", name=re.compile("^Review 1")).first.click()
        ben.press("I looked at it")
        expect(ben.page.get_by_text("Review 1 is done.")).to_be_visible()


def test_a_text_nobody_foresaw_is_taught(browser: Browser, open_stocked: House) -> None:
    with staff(browser, open_stocked, Role.EDITOR, "ana") as ana:
        ana.page.goto("/topics/try")
        ana.fill(text="the zorbel wont let me have my paycheck")
        ana.press("Try it")
        expect(ana.page.get_by_role("heading", name="How it is understood")).to_be_visible()
        ana.page.get_by_label("It should have gone to").select_option("jobs")
        ana.press("Show what it would do")
        expect(ana.page.get_by_text("With this example:")).to_be_visible()
        ana.press("Save as an example")
        ana.page.goto("/review")
        expect(ana.page.get_by_role("checkbox", name="Topic: work")).to_be_visible()
        ana.page.goto("/topics/try")
        ana.fill(text="call me at 213-555-0142 my name is ana")
        ana.press("Try it")
        ana.page.get_by_label("It should have gone to").select_option("jobs")
        ana.press("Save as an example")
        expect(ana.page.get_by_text("holds a number that may be somebody's")).to_be_visible()


def test_two_editors_lose_nothing(browser: Browser, open_stocked: House) -> None:
    with (
        staff(browser, open_stocked, Role.EDITOR, "ana") as ana,
        staff(browser, open_stocked, Role.EDITOR, "ben") as ben,
    ):
        for one in (ana, ben):
            one.page.goto("/entries/cast-la")
        ben.page.get_by_label("Short name (EN)").fill("Help for you")
        ben.page.get_by_role("button", name="Save the draft").last.click()
        expect(ben.page.get_by_text("Saved as a draft.")).to_be_visible()
        ana.page.get_by_label("Short name (ES)").fill("Ayuda para usted")
        ana.page.get_by_role("button", name="Save the draft").last.click()
        expect(ana.page.get_by_text("Nothing is lost: choose below.")).to_be_visible()
        ana.press("Keep both changes")
        ana.page.goto("/entries/cast-la")
        expect(ana.page.get_by_label("Short name (EN)")).to_have_value("Help for you")
        expect(ana.page.get_by_label("Short name (ES)")).to_have_value("Ayuda para usted")


def test_what_is_typed_survives_a_lost_connection_and_a_slip(browser: Browser, open_stocked: House) -> None:
    with staff(browser, open_stocked, Role.EDITOR, "ana") as ana:
        ana.page.goto("/entries/cast-la")
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        ana.page.on("dialog", stay)
        ana.page.get_by_label("Full name").fill("Cast, typed in a train")
        ana.context.set_offline(True)
        ana.page.get_by_role("button", name="Save the draft").last.click()
        expect(ana.page.get_by_role("alert")).to_contain_text("There is no connection")
        expect(ana.page.get_by_label("Full name")).to_have_value("Cast, typed in a train")
        ana.context.set_offline(False)
        ana.page.get_by_role("link", name="Counts").first.click()
        expect(ana.page.get_by_label("Full name")).to_have_value("Cast, typed in a train")
        assert asked == ["beforeunload"]
        ana.page.get_by_role("button", name="Save the draft").last.click()
        expect(ana.page.get_by_text("Saved as a draft.")).to_be_visible()
        # The browser itself complains that it had no connection.
        ana.complaints[:] = [line for line in ana.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_the_queue_of_checks(browser: Browser, open_stocked: House) -> None:
    with staff(browser, open_stocked, Role.EDITOR, "ana") as ana:
        ana.page.goto("/checks")
        ana.page.locator("main table a, main li a").first.click()
        form = ana.page.locator("main form.card").first
        form.get_by_label("I called").check()
        form.get_by_label("They answered, and it is them").check()
        form.get_by_role("button", name=re.compile("^Record the check")).click()
        expect(ana.page.get_by_role("status")).to_contain_text("Now")
    assert Act.CHECKED in [line.act for line in entries(open_stocked.engine)]


def test_counts_are_looked_at_and_taken_along(browser: Browser, open_stocked: House) -> None:
    fill(open_stocked.engine)
    with staff(browser, open_stocked, Role.VIEWER, "vera") as vera:
        vera.page.goto("/")
        vera.page.get_by_role("link", name="Counts", exact=True).first.click()
        expect(vera.page.get_by_role("heading", name="Counts", level=1)).to_be_visible()
        expect(vera.page.get_by_text("hidden").first).to_be_visible()
        with vera.page.expect_download() as taking:
            vera.page.get_by_role("link", name="Save all tables of this page as CSV").click()
        lines = Path(taking.value.path()).read_text("utf-8").splitlines()
        assert any(line.startswith("conversations") or "conversations" in line.lower() for line in lines)
        assert "hidden" in "\n".join(lines)
    acts = [line.act for line in entries(open_stocked.engine)]
    assert (acts.count(Act.VIEWED_COUNTS), acts.count(Act.EXPORTED)) == (1, 1)


def test_a_whole_change_by_keyboard_alone(browser: Browser, open_stocked: House) -> None:
    with staff(browser, open_stocked, Role.EDITOR, "ana") as ana:
        keys = ana.page.keyboard

        def tab_to(name: str, most: int = 120) -> None:
            ana.page.wait_for_load_state()
            for _ in range(most):
                keys.press("Tab")
                text = ana.page.evaluate("(document.activeElement.labels?.[0] || document.activeElement).innerText")
                if text.strip().startswith(name):
                    return
            raise AssertionError(f"{name} was not reached by the keyboard")

        ana.page.goto("/")
        tab_to("Entries")
        keys.press("Enter")
        expect(ana.page).to_have_url(re.compile("/entries$"))
        tab_to("Name or number")
        keys.type("cast")
        keys.press("Enter")
        expect(ana.page).to_have_url(re.compile("q=cast"))
        tab_to("Cast (Coalition")
        keys.press("Enter")
        expect(ana.page.get_by_role("heading", level=1)).to_contain_text("Cast")
        tab_to("Short name (EN)")
        keys.press("Control+a")
        keys.type("By keyboard")
        keys.press("Enter")
        expect(ana.page.get_by_text("Saved as a draft.")).to_be_visible()
        expect(ana.page.get_by_label("Short name (EN)")).to_have_value("By keyboard")
        tab_to("Review and publish")
        keys.press("Enter")
        expect(ana.page).to_have_url(re.compile("/review$"))
        tab_to("Entry: Cast (Coalition")
        keys.press("Space")
        tab_to("Why")
        keys.type("typed without a mouse")
        tab_to("Hand in the ticked drafts")
        keys.press("Enter")
        expect(ana.page.get_by_role("heading", level=1)).to_contain_text("Review 1")


def test_a_change_without_javascript(browser: Browser, open_stocked: House) -> None:
    ana = Person(browser, open_stocked, java_script_enabled=False).signed_in(Role.EDITOR)
    ana.page.goto("/entries/cast-la")
    ana.page.get_by_label("Short name (EN)").fill("No script")
    ana.press("Show the phone")
    expect(ana.page.locator("#phone")).to_contain_text("No script:")
    ana.press("Add a number")
    expect(ana.page.get_by_label("Short name (EN)")).to_have_value("No script")
    ana.page.get_by_role("button", name="Save the draft").last.click()
    expect(ana.page.get_by_text("Saved as a draft.")).to_be_visible()
    ana.leave()
