"""What we write is read back by our own reader as it was: from JSON and from tables."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.reading.opening import open_path
from bot.directory.service import text_of
from bot.directory.shaping.shape import shape
from bot.directory.writing.export import export
from bot.directory.writing.kept import unpacked
from bot.directory.writing.own import own_facts
from bot.referral.entry import Entry
from tests.directory.writing.made import EXAMPLES, entries, exported

Doc = dict[str, Any]
#: What is named is read: the list of all services, or the tables.
FORMS = ("services.json", "csv")


def read(path: Path, scratch: Path) -> dict[str, Doc]:
    """Read a directory as an import does; return its services by id."""
    scratch.mkdir()
    opened = open_path(path, scratch)
    shaped = shape(opened, source="another", mapping=None, scratch=scratch, progress=lambda done, total: None)
    found = {service.id: service.doc for service in shaped.services}
    shutil.rmtree(scratch)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_the_default_release_is_read_back(form: str, services: list[Doc], tmp_path: Path) -> None:
    export(tmp_path / "out", services)
    found = read(tmp_path / "out" / form, tmp_path / "scratch")
    assert {key: text_of(doc) for key, doc in found.items()} == {d["id"]: text_of(unpacked(d)) for d in services}


@pytest.mark.thorough
@given(made=st.lists(entries(), min_size=3, max_size=6, unique_by=lambda entry: entry.id))
@settings(max_examples=EXAMPLES // 20, suppress_health_check=list(HealthCheck))
def test_any_entry_is_read_back(made: list[Entry], leave: Callable[..., Doc], tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("made")
    docs = {doc["id"]: (entry, doc) for entry in made for doc in (leave(entry),)}
    export(folder / "out", [doc for _, doc in docs.values()])
    for form in FORMS:
        found = read(folder / "out" / form, folder / "scratch")
        assert found.keys() == docs.keys()
        for key, (entry, doc) in docs.items():
            assert own_facts(found[key]) == exported(entry)
            # And what left once leaves the same again.
            assert text_of(leave(entry, found[key], drawn=exported(entry))) == text_of(doc)
    shutil.rmtree(folder)
