"""What the tests of the staff door may ask for: a door with a database of its own, and people who sign in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import connect
from bot.storage.migrate import migrate
from tests.console.house import House


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("console") / "empty.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door of its own, as it stands behind https."""
    path = tmp_path / "staff.db"
    shutil.copy(migrated, path)
    made = House(f"sqlite:///{path}")
    yield made
    made.close()
