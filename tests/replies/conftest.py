"""The shipped release, and every reply it can produce."""

from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document
from tests.conftest import THOROUGH
from tests.replies.enumeration import Enumeration


@pytest.fixture(scope="session")
def release(data_dir: Path) -> Content:
    """Give the default release. What lint says of it is `make check`'s to tell, once."""
    return parse(read_document(data_dir))


@pytest.fixture(scope="session")
def listed(release: Content) -> Enumeration:
    """Give every reply about a need; those asked for by name all under THOROUGH, else a fair share: done once."""
    listed = Enumeration.of(release)
    if THOROUGH:
        listed.all()
    else:
        listed.most()
    return listed
