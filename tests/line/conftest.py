"""What the tests of the doors may ask for."""

import pytest

from bot.referral.content import Content
from tests.line.standins import House, make_settings


@pytest.fixture
def house() -> House:
    """Give a line with stand-ins behind it."""
    return House(make_settings())


@pytest.fixture(scope="session")
def content(default_release: Content) -> Content:
    """Give the default release."""
    return default_release
