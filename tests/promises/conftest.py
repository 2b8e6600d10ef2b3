"""What the tests of our promises share: one filled database, and a folder of each sweep's own."""

from pathlib import Path

import pytest

from tests.e2e.conftest import small
from tests.promises.lean import fill

__all__ = ["small"]


@pytest.fixture(scope="session")
def lean_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite database with the lean release, to be copied."""
    path = tmp_path_factory.mktemp("lean") / "line.db"
    fill(f"sqlite:///{path}")
    return path
