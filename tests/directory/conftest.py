"""Other people's directories and the official examples, which stand beside the checkout."""

import os
from pathlib import Path

import pytest

from tests.conftest import IN_CI


def _there(folder: Path) -> Path:
    if folder.is_dir():
        return folder
    reason = f"{folder.name}/ is not where it was looked for: what others made was not tried"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def directories(shared: Path) -> Path:
    """Give the folder of real directories made by others; without it fail in CI, else skip."""
    return _there(shared / "data" / "directories")


@pytest.fixture(scope="session")
def hsds(request: pytest.FixtureRequest) -> Path:
    """Give the folder of HSDS schemas and examples, or the one HSDS_SCHEMAS names; without it fail in CI, else skip."""
    if named := os.environ.get("HSDS_SCHEMAS"):
        return _there(Path(named))
    shared: Path = request.getfixturevalue("shared")
    return _there(shared / "data" / "hsds")
