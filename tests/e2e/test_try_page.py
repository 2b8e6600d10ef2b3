"""The try page in a real browser, used with the keyboard alone.

SHOT=docs/try.png make test ARGS="-k picture" takes the README's picture anew.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from tests.conftest import ROOT
from tests.e2e.running import Home, RunningLine, running

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=780)
SMALL = ViewportSize(width=320, height=568)
DESKTOP = ViewportSize(width=1120, height=780)
WORDING = tomllib.loads((ROOT / "data" / "wording" / "en.toml").read_text("utf-8"))
ASK = "**/try/say"
COST = re.compile(r"^[123] segments?, \d+ characters in GSM-7$")


def beginning(key: str) -> str:
    """Give a sentence of the line up to its first number."""
    return str(WORDING[key].partition("{")[0].strip())


@pytest.fixture(scope="module")
def dev_line(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[RunningLine]:
    """Give a line as `make run` starts it."""
    home = Home(
        tmp_path_factory.mktemp("try"),
        tokens=("zzqx-words", "zzqx-words"),
        changes={"TWILIO_AUTH_TOKEN": None, "PUBLIC_BASE_URL": None},
    )
    shutil.copy(filled, home.database)
    with running(home, "--dev") as line:
        assert f"{line.address}/try" in line.said
        yield line


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page that nobody used before."""
    with browser.new_context(viewport=DESKTOP) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


class Phone:
    """The page in somebody's hands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.locator("#text")
        self.replies = page.locator("#thread .line")
        self.costs = page.locator("#thread .cost")

    def say(self, text: str) -> Locator:
        """Type a text and send it; give what comes back: a bubble, or the note that none does."""
        answers = self.page.locator("#thread .line, #thread .quiet")
        before = answers.count()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(answers).to_have_count(before + 1)
        return answers.last


@pytest.fixture
def phone(page: Page, dev_line: RunningLine) -> Iterator[Phone]:
    """Give the page, just opened; whatever it asks of another host or complains about fails the test."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.goto(f"{dev_line.address}/try")
    yield Phone(page)
    assert [url for url in asked if not url.startswith(f"{dev_line.address}/try")] == []
    assert len(asked) > 3
    assert complaints == []


def test_a_text_typed_is_answered_with_its_cost_and_its_reason(phone: Phone) -> None:
    expect(phone.field).to_be_focused()
    reply = phone.say("bed 60559")
    expect(reply).to_contain_text(beginning("opening"))
    expect(reply).to_contain_text("630-682-3846")
    expect(reply).to_have_attribute("lang", "en")
    expect(phone.costs).to_have_text([COST])
    expect(phone.page.locator("#thread .me")).to_have_text(["bed 60559"])
    expect(phone.page.locator("#why")).to_contain_text("topic: shelter")
    expect(phone.page.locator("#why")).to_contain_text("westmont")
    expect(phone.field).to_be_focused()
    expect(phone.field).to_have_value("")


def test_the_conversation_goes_on_until_escape(phone: Phone) -> None:
    first = phone.say("bed").inner_text()
    assert "reply 1 Los Angeles, 2 DuPage" in first
    expect(phone.say("2")).to_contain_text("630-682-3846")
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#thread li")).to_have_count(0)
    expect(phone.page.locator("#why")).to_contain_text("Nothing yet")
    expect(phone.field).to_be_focused()
    expect(phone.say("MORE")).to_contain_text(beginning("nothing_to_more"))


def test_arrow_up_brings_back_the_last_text(phone: Phone) -> None:
    phone.say("who dis")
    phone.page.keyboard.press("ArrowUp")
    expect(phone.field).to_have_value("who dis")
    phone.page.keyboard.press("End")
    expect(phone.say("?")).to_contain_text(beginning("who"))
    expect(phone.page.locator("#thread .me")).to_have_text(["who dis", "who dis?"])


def test_the_language_can_be_switched(phone: Phone) -> None:
    expect(phone.say("food 90057")).to_have_attribute("lang", "en")
    switched = phone.say("español")
    expect(switched).to_have_attribute("lang", "es")
    again = phone.say("90057")
    expect(again).to_have_attribute("lang", "es")
    expect(again).to_contain_text("Peligro")
    expect(phone.page.locator("#why")).to_contain_text("Language" + "es")


def test_silence_is_shown_as_silence(phone: Phone) -> None:
    expect(phone.say("STOP")).to_have_text("The line stays silent.")
    expect(phone.replies).to_have_count(0)
    expect(phone.costs).to_have_count(0)


@pytest.fixture
def held(phone: Phone) -> list[Route]:
    """Hold back what the page asks the line, until `let_go`."""
    requests: list[Route] = []
    phone.page.route(ASK, lambda request: requests.append(request))
    return requests


def let_go(phone: Phone, held: list[Route]) -> None:
    phone.page.route(ASK, lambda request: request.continue_())  # the newest rule comes first
    for request in held:
        request.continue_()


def test_texts_sent_in_a_row_are_answered_in_a_row(phone: Phone, held: list[Route]) -> None:
    for text in ("bed", "2", "x"):
        phone.page.keyboard.type(text)
        phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#thread .me")).to_have_count(3)
    assert len(held) == 1
    let_go(phone, held)
    expect(phone.replies).to_have_count(3)
    # Each was answered knowing what the one before it said.
    told = phone.replies.all_inner_texts()
    assert "2 DuPage" in told[0]
    assert "630-682-3846" in told[1]
    assert told[2].startswith(beginning("erased"))


def test_an_answer_that_comes_after_escape_is_dropped(phone: Phone, held: list[Route]) -> None:
    phone.page.keyboard.type("bed")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#thread .me")).to_have_count(1)
    phone.page.keyboard.press("Escape")
    let_go(phone, held)
    expect(phone.say("who dis")).to_contain_text(beginning("who"))
    expect(phone.page.locator("#thread li")).to_have_count(3)


def test_the_area_of_the_number_is_chosen_with_the_keyboard(phone: Phone) -> None:
    area = phone.page.locator("#area")
    area.focus()
    phone.page.keyboard.type("DuP")
    expect(area).to_have_value("westmont")
    expect(area).to_be_focused()
    phone.field.focus()
    expect(phone.say("bed")).to_contain_text("630-682-3846")


def test_everything_can_be_reached_and_used_without_a_mouse(phone: Phone) -> None:
    reached = []
    for _ in range(30):
        reached.append(phone.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        phone.page.keyboard.press("Tab")
    assert {"text", "send", "area", "again", "log", "who dis", "MORE"} <= set(reached)
    phone.page.get_by_role("button", name="who dis").focus()
    phone.page.keyboard.press("Space")
    expect(phone.replies).to_have_count(1)


def test_words_with_markup_stay_words(phone: Phone) -> None:
    phone.say("<img src=//example.org/x onerror=alert(1)>")
    expect(phone.page.locator("#thread .me")).to_have_text(["<img src=//example.org/x onerror=alert(1)>"])
    expect(phone.page.locator("#thread img")).to_have_count(0)


def test_a_line_that_is_gone_is_named(page: Page, dev_line: RunningLine) -> None:
    phone = Phone(page)
    page.goto(f"{dev_line.address}/try")
    page.route(ASK, lambda route: route.abort())
    expect(phone.say("bed")).to_contain_text("Is the line still running?")


@pytest.mark.parametrize("size", [PHONE, SMALL, DESKTOP], ids=["phone", "small phone", "desktop"])
def test_it_fits_the_screen(size: ViewportSize, phone: Phone) -> None:
    phone.page.set_viewport_size(size)
    expect(phone.say("bed 60559")).to_be_in_viewport()
    expect(phone.field).to_be_in_viewport(ratio=1)
    wide = phone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.node
def test_nothing_keeps_anyone_out(
    size: ViewportSize, browser: Browser, dev_line: RunningLine, node_folder: Path
) -> None:
    # The page's own policy refuses foreign scripts, this one too; it is set aside for this test alone.
    with browser.new_context(bypass_csp=True, viewport=size) as context:
        page = context.new_page()
        page.goto(f"{dev_line.address}/try")
        phone = Phone(page)
        phone.say("comida 90057")
        phone.say("STOP")
        page.evaluate((node_folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
        found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 15
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]] == []


def test_a_picture_of_a_conversation(browser: Browser, dev_line: RunningLine, tmp_path: Path) -> None:
    picture = Path(os.environ.get("SHOT", tmp_path / "try.png"))
    with browser.new_context(viewport={"width": 960, "height": 900}, device_scale_factor=1.5) as context:
        page = context.new_page()
        page.goto(f"{dev_line.address}/try")
        phone = Phone(page)
        for text in ("bed 60559", "comida 90057"):
            phone.say(text)
        page.locator("main").screenshot(path=picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
