"""An importer that works in the tests' own process, on the release that was read already; files to upload."""

import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.test import TestResponse

from bot.commands.planning import Planner, sheet
from bot.commands.released import Live
from bot.console.importing.import_desk import kept
from bot.console.importing.plan_keeper import Keeper
from bot.console.importing.plans import Progress, Sheet, Stop, Wanted
from bot.storage.releases import Mark, latest
from tests.console.house import Browser, House

HEADINGS = ("Name", "Agency", "Telephone", "Address", "City", "State", "Zip", "Description")
PANTRY = ("Hillside Pantry", "Hillside Church", "213-555-0142", "12 Hill St", "Los Angeles", "CA", "90057", "Food bags")
CLINIC = ("Harbor Clinic", "Harbor Health", "213-555-0143", "9 Bay St", "Los Angeles", "CA", "90057", "Free clinic")


class Beside(Planner):
    """Draws in a thread of this process; `hold` keeps it from going on."""

    def __init__(self, house: House) -> None:
        super().__init__(house.settings, house.engine)
        self._house = house
        self.go = threading.Event()
        self.go.set()

    def draw(self, wanted: Wanted, progress: Progress, stop: Stop) -> Sheet:
        def telling(what: str, done: int, whole: int) -> None:
            progress(what, done, whole)
            assert self.go.wait(20)
            progress(what, done, whole)

        release, source = latest(self._house.engine), self._house.source
        assert release is not None
        assert source is not None
        source.look()
        live = Live.holding(release.document, source.held.content, Mark(release.number, release.digest))
        telling("Reading", 0, 1)
        return sheet(wanted, live, self._house.settings, self._house.engine, progress=telling)


class Importing:
    """A staff door that imports, and what is sent to it."""

    def __init__(self, house: House, keeper: Keeper, importer: Beside) -> None:
        self.house, self.keeper, self.importer = house, keeper, importer

    def send(self, browser: Browser, data: bytes, name: str = "may.csv", **more: Any) -> TestResponse:
        """Choose a file and press the button."""
        browser.get("/import")
        return browser.post("/import", {"file": (io.BytesIO(data), name), **more})

    def planned(self, browser: Browser, data: bytes, name: str = "may.csv", **more: Any) -> str:
        """Send a file, wait until its plan is there, and give the address of the plan."""
        answered = self.send(browser, data, name, **more)
        assert answered.status_code == 303, answered.text
        where = str(answered.headers["Location"])
        self.settle()
        browser.get(where)
        return where

    def settle(self) -> None:
        """Wait until nothing is worked on."""
        for thread in threading.enumerate():
            if thread.name == "plan":
                thread.join(30)
                assert not thread.is_alive()

    def confirm(self, browser: Browser, where: str) -> TestResponse:
        """Say yes to the plan that is shown."""
        browser.get(where)
        answered = browser.post(f"{where}/confirm", {"version": browser.hidden("version")})
        self.settle()
        browser.get(where)
        return answered

    @property
    def folders(self) -> list[str]:
        """What lies in the cache of plans and files."""
        return sorted(path.name for path in self.house.settings.cache_dir.glob("import-*"))


@contextmanager
def importing(house: House) -> Iterator[Importing]:
    """Let a staff door import."""
    importer = Beside(house)
    with kept(house.app, importer, lambda: house.now) as keeper:
        yield Importing(house, keeper, importer)
        importer.go.set()


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """Give a spreadsheet as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()
