"""The shipped release, read once."""

from pathlib import Path

import pytest

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document


@pytest.fixture(scope="session")
def release(data_dir: Path) -> Content:
    """Give the whole default release with what was learnt from its examples."""
    return parse(read_document(data_dir))
