"""What the tests of the staff door may ask for: a door with a database of its own, and people who sign in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.overlay import with_bulletins
from bot.referral.release import load_stored
from bot.storage.database import connect
from bot.storage.document import Document, from_text, to_text
from bot.storage.files import read_document
from bot.storage.migrate import migrate
from bot.storage.releases import publish
from bot.storage.source import ReleaseSource
from tests.console.house import BASE, House


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
        opened.append(House(f"sqlite:///{path}", base=base, source=source(f"sqlite:///{path}", tmp_path)))
        return opened[-1]

    yield stock
    for house in opened:
        house.close()


def source(url: str, folder: Path) -> ReleaseSource[Content]:
    """Give the releases of a database, started; it looks for newer ones when it is told to."""
    made = ReleaseSource(
        url,
        cache_dir=folder,
        packaged=dict,
        parse=lambda document: read_once(to_text(document)),
        overlay=with_bulletins,
        clock=lambda: datetime.now(UTC),
        every=3600,
        patience=30,
    )
    made.start()
    return made


@cache
def read_once(written: str) -> Content:
    """Read a release once for all tests: nothing can change it."""
    return load_stored(from_text(written), _NO_DOCUMENT)


_NO_DOCUMENT: Document = {}
