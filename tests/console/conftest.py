"""What the tests of the staff door may ask for: a door with a database of its own, and people who sign in."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from bot.commands.console import TAKEN
from bot.line.serve import Server
from bot.storage.database import connect
from bot.storage.files import read_document
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from tests.console.house import BASE, House
from tests.console.releases import Releases
from tests.e2e.conftest import CHROMIUM, chromium
from tests.line.memory.redis_server import free_port


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("console") / "empty.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated: Path, data_dir: Path) -> Path:
    """Give a database whose release 1 is the default one, to be copied."""
    path = tmp_path_factory.mktemp("console") / "filled.db"
    shutil.copy(migrated, path)
    engine = connect(f"sqlite:///{path}")
    publish(engine, read_document(data_dir), note="the first", now=datetime.now(UTC))
    engine.dispose()
    return path


@pytest.fixture
def house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door of its own, as it stands behind https; there is no release yet."""
    path = tmp_path / "staff.db"
    shutil.copy(migrated, path)
    made = House(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture
def stocked(stock: Callable[[str], House]) -> House:
    """Give a staff door whose line answers from the default release."""
    return stock(BASE)


@pytest.fixture
def stock(tmp_path: Path, filled: Path) -> Iterator[Callable[[str], House]]:
    """Give what opens a staff door at an address, with the default release in its database."""
    opened: list[House] = []

    def stock(base: str) -> House:
        path = tmp_path / f"stocked{len(opened)}.db"
        shutil.copy(filled, path)
        house = House(f"sqlite:///{path}", base=base, source=Releases)
        opened.append(house)
        return house

    yield stock
    for house in opened:
        house.close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give Debian's Chromium, which can reach this machine alone; without it fail in CI, else skip."""
    rules = "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = [one for one in CHROMIUM if not one.startswith("--host-resolver-rules")]
    started = playwright.chromium.launch(executable_path=chromium(), args=[*arguments, rules])
    yield started
    started.close()


@contextmanager
def served(house: House) -> Iterator[House]:
    """Let browsers reach a staff door until the end of the block."""
    server = Server(house.app, "127.0.0.1", int(house.base.rpartition(":")[2]), taken=TAKEN)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield house
    finally:
        server.stop()
        thread.join(30)
    assert not thread.is_alive()


@pytest.fixture
def open_house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door that browsers can reach; there is no release yet."""
    path = tmp_path / "staff.db"
    shutil.copy(migrated, path)
    house = House(f"sqlite:///{path}", base=f"http://localhost:{free_port()}")
    with served(house):
        yield house
    house.close()


@pytest.fixture
def open_stocked(stock: Callable[[str], House]) -> Iterator[House]:
    """Give a staff door that browsers can reach, whose line answers from the default release."""
    with served(stock(f"http://localhost:{free_port()}")) as house:
        yield house
