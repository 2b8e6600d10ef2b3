"""What the end-to-end tests may ask for: a line of their own, Node, Chromium, and the 420 texts."""

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from bot.commands.content import DEFAULT
from bot.storage.database import connect
from bot.storage.migrate import migrate
from bot.storage.releases import publish_first
from tests.conftest import IN_CI
from tests.e2e.running import Home, RunningLine, running
from tests.storage.publishable import publishable

#: Quiet: nothing looked up or fetched for itself, and no host but this one can be found.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def needed(missing: str) -> None:
    """Say why a test cannot run here: a failure in CI, where everything must be there, else a skip."""
    if IN_CI:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, default_document: Mapping[str, Any]) -> Path:
    """Give a database whose release 1 is the default one, as after `quietline init`, to be copied."""
    return database_with(default_document, tmp_path_factory.mktemp("filled") / "line.db")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with the small release, to be copied: a line reads it in no time, where words do not matter."""
    return database_with(publishable(), tmp_path_factory.mktemp("small") / "line.db")


def database_with(document: Mapping[str, Any], path: Path) -> Path:
    """Make a database whose release 1 is a document; return its path."""
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    publish_first(engine, dict(document), note=DEFAULT, now=datetime.now(UTC))
    engine.dispose()
    return path


@pytest.fixture
def new_home(tmp_path: Path, filled: Path) -> Home:
    """Give one test a folder with a database whose release 1 is the default one."""
    return home_with(filled, tmp_path)


@pytest.fixture
def small_home(tmp_path: Path, small: Path) -> Home:
    """Give one test a folder with a database whose release 1 is the small one."""
    return home_with(small, tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Home:
    """Give all tests of a file a folder with a database and release 1."""
    return home_with(filled, tmp_path_factory.mktemp("line"))


def home_with(database: Path, folder: Path) -> Home:
    made = Home(folder)
    shutil.copy(database, made.database)
    return made


@pytest.fixture(scope="module")
def line(home: Home) -> Iterator[RunningLine]:
    """Give a line that runs for all tests of a file, and see it leave in good order."""
    with running(home) as started:
        yield started


@pytest.fixture(scope="session")
def texts(shared: Path) -> list[dict[str, Any]]:
    """Give the 420 labelled texts."""
    lines = (shared / "eval" / "texts.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) == 420
    return found


@pytest.fixture(scope="session")
def node_folder(root: Path) -> Path:
    """Give tests/node with its packages installed; without them, or without Node, fail in CI, else skip."""
    if shutil.which("node") is None:
        needed("Node is not installed: nothing was sent by the provider's own Node library")
    if not (root / "tests" / "node" / "node_modules").is_dir():
        needed("no packages for Node: npm ci --prefix tests/node --ignore-scripts")
    return root / "tests" / "node"


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give Debian's Chromium, which can reach this machine alone; without it fail in CI, else skip."""
    started = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
    yield started
    started.close()


def chromium() -> str:
    """Find Debian's Chromium; the one that has no windows opens a page for a third of the work."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        needed("Chromium is not installed: nobody looked at the pages")
    return str(found)
