"""What every test may ask for, how many examples hypothesis tries, where tests write and in which order they run."""

import gc
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
THOROUGH = os.environ.get("THOROUGH") == "1"

# No deadlines: a busy machine must not turn a right answer red. Time is measured by `make bench`.
settings.register_profile("desk", deadline=None, max_examples=60)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("ci"), derandomize=False, max_examples=100_000)
settings.load_profile("thorough" if THOROUGH else "ci" if IN_CI else "desk")

#: Where files are kept in memory, if this much of it is free: thousands of small databases wait for no disk.
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - pytest makes folders there that are its own
#: The files that take longest, in the order of that: workers begin with them, so that none waits for another's in
#: the end. One that is missing here costs seconds and breaks nothing.
LONGEST = (
    "console/test_every_page.py",
    "console/test_stories.py",
    "faults/test_together.py",
    "faults/test_alone.py",
    "console/test_commands.py",
    "promises/test_sweep_shared.py",
    "e2e/test_directory.py",
    "e2e/test_counts.py",
    "console/test_browser.py",
    "replies/test_enumeration.py",
    "directory/writing/test_valid_export.py",
    "counts/test_suppression_attack.py",
    "e2e/test_serve.py",
    "faults/test_two_hosts.py",
    "promises/test_sweep.py",
    "promises/test_brute_force.py",
    "console/test_import_page.py",
    "e2e/test_commands.py",
    "console/test_attacks.py",
    "e2e/test_try_page.py",
    "counts/test_reckoning.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; the rest stays in its order."""
    place = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_configure() -> None:
    """Let temporary files of tests, and of what they start, be kept in memory; TMPDIR names another place."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    there = os.statvfs(MEMORY)
    if there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # so that it is looked up again


def pytest_collection_finish() -> None:
    """Let the collector of garbage not look again and again at half a million objects that stay: tests, modules."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Give the default release as files people review: the checkout's data/."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def default_document(data_dir: Path) -> Mapping[str, Any]:
    """Give the default release as a document, read once for this process; who changes it takes a copy."""
    return MappingProxyType(read_document(data_dir))


@pytest.fixture(scope="session")
def default_release(default_document: Mapping[str, Any]) -> Content:
    """Give the default release, read once for this process: nothing can change it. `make check` lints it."""
    release = parse(dict(default_document))
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
