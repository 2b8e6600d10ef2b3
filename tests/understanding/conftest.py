"""The shipped release, read once."""

import pytest

from bot.referral.content import Content


@pytest.fixture(scope="session")
def release(default_release: Content) -> Content:
    """Give the whole default release with what was learnt from its examples."""
    return default_release
