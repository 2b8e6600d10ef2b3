"""What every test may ask for, and how many examples hypothesis tries."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
THOROUGH = os.environ.get("THOROUGH") == "1"

# No deadlines: a busy machine must not turn a right answer red. Time is measured by `make bench`.
settings.register_profile("desk", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("ci"), derandomize=False, max_examples=100_000)
settings.load_profile("thorough" if THOROUGH else "ci" if IN_CI else "desk")


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Give the default release as files people review: the checkout's data/."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def default_release(data_dir: Path) -> Content:
    """Give the default release, read once for this process: nothing can change it. `make check` lints it."""
    release = parse(read_document(data_dir))
    gc.freeze()  # half a million objects that stay: the collector need not look at them again and again
    return release


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of texts, facts and vectors beside the checkout; without it fail in CI, else skip."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    reason = "the folder shared/ is not beside this checkout: its texts and vectors were not tried"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Tell whether this run does the full counts (`make thorough`)."""
    return THOROUGH
