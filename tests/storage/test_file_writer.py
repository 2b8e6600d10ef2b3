import json
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.document import to_text
from bot.storage.file_writer import UnwritableDocumentError, file_text, write_document
from bot.storage.files import read_document


def round_trip(document: dict[str, Any]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        write_document(Path(folder), document)
        return read_document(Path(folder))


def test_the_default_release_comes_back_as_it_was(data_dir: Path) -> None:
    document = read_document(data_dir)
    assert to_text(round_trip(document)) == to_text(document)


texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["2026-11-21", "2026-02-30", "0000-01-01", "9999-12-31", "08:30:00", "2026-11-21T08:00:00"]),
    st.sampled_from(["a\r\nb", "\n", "\r", 'a\n"""b', "a\\\nb", "\x00\x7f\u0085\u2028", "  a\n  b\n", "२०२६-११-२१"]),
)
numbers = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(texts, numbers, st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=15,
)
names = st.from_regex(r"([a-z0-9][a-z0-9-]{0,8}/){0,2}[a-zñ0-9_][a-zñ0-9_-]{0,8}\.toml", fullmatch=True)


@given(st.dictionaries(names, st.dictionaries(texts, values, max_size=5), min_size=1, max_size=3))
def test_any_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert to_text(round_trip(document)) == to_text(document)


def test_a_file_is_one_a_person_can_read() -> None:
    entry = {
        "name": "Cast",
        "id": "cast-la",
        "checks": [{"how": "stored page", "on": "2026-11-21"}],
        "examples": {"en": "one\ntwo\n"},
    }
    written = file_text("entries/westlake.toml", {"entry": [entry]})
    assert written.startswith('[[entry]]\nid = "cast-la"\nname = "Cast"\n')
    assert "on = 2026-11-21" in written
    assert 'en = """\none\ntwo\n"""' in written
    assert str(tomllib.loads(written)["entry"][0]["checks"][0]["on"]) == "2026-11-21"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        pytest.param({"../x.toml": {}}, "no name of a file", id="out of the folder"),
        pytest.param({"/x.toml": {}}, "no name of a file", id="the root"),
        pytest.param({"a/.x.toml": {}}, "no name of a file", id="hidden: it would not be read"),
        pytest.param({"a//x.toml": {}}, "no name of a file", id="another way to write a name"),
        pytest.param({"x.json": {}}, "no name of a file", id="another ending"),
        pytest.param({"x.toml": [1]}, "no tables", id="no tables"),
        pytest.param({"x.toml": {"a": None}}, "TOML", id="null"),
        pytest.param({"x.toml": {"a": "\ud83d"}}, "TOML", id="half a letter"),
    ],
)
def test_what_no_file_can_say_is_refused_before_anything_is_written(
    document: dict[str, Any], told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnwritableDocumentError, match=told):
        write_document(tmp_path, {"a.toml": {}, **document})
    assert list(tmp_path.iterdir()) == []


def test_documents_that_are_stored_are_written_the_same(tmp_path: Path) -> None:
    document = {"line.toml": {"name": "x", "b": {"z": 1, "a": [1, {"c": "d"}]}}}
    write_document(tmp_path, json.loads(to_text(document)))
    assert read_document(tmp_path) == document
