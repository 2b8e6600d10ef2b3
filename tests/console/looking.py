"""Looking at a page as everybody may meet it: by what axe finds, in the dark, enlarged, by finger; and its picture."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Route, ViewportSize

from tests.conftest import THOROUGH
from tests.console.contrast import too_much_alike
from tests.console.person import Person

#: As wide as a picture of the guide, and as small as 1280 by 1024 at 400 %.
USUAL = ViewportSize(width=800, height=700)
ENLARGED = ViewportSize(width=320, height=256)
PICTURES = Path(__file__).parents[2] / "build" / "staff-guide"
#: A picture is no higher than this, in CSS pixels: what matters stands at the top.
HIGH = 440
#: Several files at once are `make test`; `make guide` runs the walk alone, and it alone asks for pictures.
PICTURED = "PYTEST_XDIST_WORKER" not in os.environ
_SMALL = """() => [...document.querySelectorAll(
  "button, input:not([type=hidden]), select, textarea, summary, nav a, li > a:only-child, td > a:only-child")]
  .filter(e => !e.closest("[aria-hidden=true]") && e.checkVisibility())
  .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 23.9 || box.width < 23.9)
  .map(([html, box]) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${html}`)"""
#: What is wider than the screen and not inside something that scrolls by itself.
_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide, pre"))
  .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat([`${document.documentElement.scrollWidth} wide`])"""


class Looking:
    """Somebody who looks at one page after the other, and notes what is wrong with each."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.seen: list[str] = []
        self.dark = THOROUGH
        self.faults: list[str] = []
        self.page = person.page

    def at(
        self, what: str, path: str = "", *, picture: str = "", of: str = "main", high: int = HIGH, answer: int = 200
    ) -> None:
        """Look at the page as it stands, or at `path`; keep a picture of its first `of`, `high` pixels at most."""
        if path:
            response = self.page.goto(path)
            assert response is None or response.status == answer, (what, response.status)
        self.page.wait_for_load_state()
        told = self.person.faults()
        if picture:
            self._keep(picture, of, high)
        if picture or self.dark:
            # Only the colours are others, and they are the same on all states of a page.
            self.page.emulate_media(color_scheme="dark")
            told += [f"in the dark, {fault}" for fault in too_much_alike(self.page)]
            self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(ENLARGED)
        told += [f"sideways, {one}" for one in self.page.evaluate(_WIDE)]
        told += [f"small, {one}" for one in self.page.evaluate(_SMALL)]
        self.page.set_viewport_size(USUAL)
        told += self._complaints(answer)
        self.seen.append(what)
        self.faults += [f"{what}: {one}" for one in told]

    def stay(self) -> None:
        """Let no page look again by itself, so that it can be looked at in peace."""

        def without_refresh(route: Route) -> None:
            fetched = route.fetch(max_redirects=0)
            headers = {name: value for name, value in fetched.headers.items() if name != "refresh"}
            with suppress(Error):  # whoever asked has gone on meanwhile; a page that waits for it would say so
                route.fulfill(response=fetched, headers=headers)

        self.page.route(lambda url: "/static/" not in url, without_refresh)

    def _complaints(self, answer: int) -> list[str]:
        """Give what the browser complained about, beyond an answer that is no 200, and whom else it asked."""
        told = [one for one in self.person.complaints if answer == 200 or f" {answer} " not in one]
        self.person.complaints.clear()
        hosts = {urlsplit(url).netloc for url in self.person.asked if not url.startswith("data:")}
        return told + sorted(hosts - {urlsplit(self.person.house.base).netloc})

    def _keep(self, name: str, of: str, high: int) -> None:
        self.page.evaluate("scrollTo(0, 0)")
        box = self.page.locator(of).first.bounding_box()
        assert box is not None
        if not PICTURED:
            return
        clip = {**box, "height": min(box["height"], high)}
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", clip=clip, full_page=True, scale="css")  # type: ignore[arg-type]
