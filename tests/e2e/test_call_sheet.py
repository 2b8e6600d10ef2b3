"""The call sheet of the default release on paper, and a pause that reaches a running line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.console.checking.call_sheet_page import as_page
from bot.referral.bulletin import Pause
from bot.referral.call_sheet import sheet
from bot.referral.content import Content
from bot.referral.standing import due_list
from bot.storage.bulletins import add
from bot.storage.database import connect
from bot.storage.said import Lifted
from tests.e2e.running import Home, eventually, running
from tests.referral.small import NOON

#: What is left between the margins, in CSS pixels: 96 to the inch.
PAPER = {"A4": (703, 1028), "Letter": (725, 961)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, default_release: Content) -> Path:
    """Give the sheet of every number of the default release, as a file."""
    content = default_release
    path = tmp_path_factory.mktemp("sheet") / "sheet.html"
    path.write_text(as_page(sheet(content, due_list(content, NOON.date()), NOON.date())), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, printed: Path) -> Iterator[Page]:
    """Give the sheet as a printer sees it; whatever it asks for besides itself fails the test."""
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(message.text))
        page.emulate_media(media="print")
        page.goto(printed.as_uri())
        yield page
    assert asked == [printed.as_uri()]


@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPER)
def test_it_fits_the_paper_and_no_number_is_cut(page: Page, paper: str) -> None:
    width, height = PAPER[paper]
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tall = page.evaluate("[...document.querySelectorAll('.number')].map(one => one.getBoundingClientRect().height)")
    assert len(tall) > 70
    assert max(tall) < height / 3
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))
    # An afternoon's work is not a book: four numbers and more to a sheet of paper.
    assert len(tall) / 6 < sheets < len(tall) / 3.5


def test_a_pause_reaches_a_running_line_and_a_lift_too(small_home: Home) -> None:
    engine = connect(small_home.database_url)

    def given() -> bool:
        return "630-555-0104" in (line.text("bed 60559").message or "")

    with running(small_home) as line:
        assert given()
        add(engine, Pause("pads", None), day=NOON.date(), by="AB")
        eventually(lambda: not given(), "the pause")
        add(engine, Lifted("pads"), day=NOON.date(), by="AB")
        eventually(given, "the lift")
        assert "refused" not in line.log
    engine.dispose()
