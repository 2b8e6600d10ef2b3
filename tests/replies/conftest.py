"""The shipped release, and every reply it can produce."""

import pytest

from bot.referral.content import Content
from tests.conftest import THOROUGH
from tests.replies.enumeration import Enumeration


@pytest.fixture(scope="session")
def release(default_release: Content) -> Content:
    """Give the default release. What lint says of it is `make check`'s to tell, once."""
    return default_release


@pytest.fixture(scope="session")
def listed(release: Content) -> Enumeration:
    """Give every reply about a need; those asked for by name all under THOROUGH, else a fair share: done once."""
    listed = Enumeration.of(release)
    if THOROUGH:
        listed.all()
    else:
        listed.most()
    return listed
