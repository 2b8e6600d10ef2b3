"""The entries and the facts, read once for all tests of the content."""

from pathlib import Path

import pytest

from tests.content.directory import Entry, read_entries, read_facts


@pytest.fixture(scope="package")
def entries(data_dir: Path) -> dict[str, Entry]:
    """Give every entry by id."""
    return read_entries(data_dir)


@pytest.fixture(scope="package")
def facts(shared: Path) -> dict[str, Entry]:
    """Give every resource that was looked up, by id."""
    return read_facts(shared)
