"""What the tests of attacks share: a line of their own with a release that is read in a second."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from bot.commands.console import TAKEN
from bot.line.serve import Server
from bot.storage.database import connect
from bot.storage.migrate import migrate
from tests.console.house import House
from tests.e2e.conftest import home_with
from tests.e2e.running import Home, RunningLine, running
from tests.promises.lean import fill


@pytest.fixture(scope="session")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite database with the lean release, to be copied."""
    path = tmp_path_factory.mktemp("lean") / "line.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_home(tmp_path: Path, lean: Path) -> Home:
    """Give one test a folder with that database."""
    return home_with(lean, tmp_path)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory, lean: Path) -> Iterator[RunningLine]:
    """Give a line that runs for all tests of a file, and see it leave in good order with nothing leaked."""
    with running(home_with(lean, tmp_path_factory.mktemp("line"))) as started:
        yield started


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a staff door at staff.example.org behind its server, as a proxy reaches it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('console') / 'staff.db'}"
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    house = House(url)
    server = Server(house.app, "127.0.0.1", 0, taken=TAKEN)
    thread = Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join(30)
    house.close()
    assert not thread.is_alive()
