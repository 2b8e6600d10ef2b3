"""What the tests of the doors may ask for."""

from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document
from tests.line.standins import House, make_settings


@pytest.fixture
def house() -> House:
    """Give a line with stand-ins behind it."""
    return House(make_settings())


@pytest.fixture(scope="session")
def content(data_dir: Path) -> Content:
    """Give the default release."""
    return parse(read_document(data_dir))
