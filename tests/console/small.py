"""A staff door over the small release of the tests: what has to be linted whole is linted in a moment."""

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.console.work import Work
from bot.storage import audit, releases
from bot.storage.database import connect
from tests.console.house import BASE, Browser, House
from tests.console.releases import Releases
from tests.console.test_pages import Reading
from tests.storage.publishable import publishable


@contextmanager
def opened(tmp_path: Path, migrated: Path, base: str = BASE) -> Iterator[House]:
    """Give a door whose release 1 is the small one; what it does beside its pages is over when it is left."""
    path = tmp_path / "small.db"
    path.write_bytes(filled_small(migrated))
    house = House(f"sqlite:///{path}", base=base, source=Releases)
    yield house
    assert work(house).stop()
    house.close()


@functools.cache
def filled_small(migrated: Path) -> bytes:
    """Publish the small release once for this process; give the database it is in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.db"
        shutil.copy(migrated, path)
        engine = connect(f"sqlite:///{path}")
        releases.publish(engine, publishable(), note="the first", now=datetime.now(UTC))
        engine.dispose()
        return path.read_bytes()


def work(house: House) -> Work:
    """Give what is done beside the pages."""
    found: Work = house.app.extensions.setdefault("quietline-work", Work())
    return found


def worked_out(house: House, browser: Browser, path: str) -> str:
    """Give a page when what it waits for is worked out."""
    answered = browser.get(path)
    while "Refresh" in answered.headers:
        assert work(house).stop()
        answered = browser.get(path)
    assert answered.status_code == 200
    return answered.text


def live(house: House) -> dict[str, Any]:
    """Give the document that is live."""
    there = releases.latest(house.engine)
    assert there is not None
    return there.document


def acts(house: House) -> list[str]:
    """Give what the audit says was done, the newest last."""
    return [line.act for line in audit.entries(house.engine)][::-1]


def kept_rules(page: str) -> None:
    """Say that a page has a name for every control, nothing inline, and one heading."""
    held = Reading(page)
    assert [a for _, a in held.tags if any(key == "style" or key.startswith("on") for key in a)] == []
    labelled = {a.get("for") for a in held.of("label")}
    controls = [a for a in held.of("input", "select", "textarea") if a.get("type") != "hidden"]
    assert [a for a in controls if a.get("id") not in labelled] == []
    ids = [a["id"] for _, a in held.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert len(held.of("h1")) == 1
    described = {one for a in controls for one in (a.get("aria-describedby") or "").split()}
    assert described <= set(ids)
