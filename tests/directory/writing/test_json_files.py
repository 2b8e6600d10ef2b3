"""Lists that are the same bytes for the same content."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.writing.json_files import indented, write_json

Doc = dict[str, Any]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("taxonomy_term", "b")) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(value=_VALUES)
def test_indenting_is_what_the_library_does(value: object) -> None:
    assert indented(value) == json.dumps(value, indent=2, ensure_ascii=False)


def test_the_list_is_sorted_and_ends_with_a_line(services: list[Doc], tmp_path: Path) -> None:
    write_json(tmp_path, reversed(services))
    expected = json.dumps(sorted(services, key=lambda doc: str(doc["id"])), indent=2, ensure_ascii=False)
    assert (tmp_path / "services.json").read_text(encoding="utf-8") == f"{expected}\n"


def test_each_organization_stands_once(services: list[Doc], tmp_path: Path) -> None:
    twin = services[0] | {"id": "00000000-0000-4000-8000-000000000001"}
    write_json(tmp_path, [*services, twin])
    found = json.loads((tmp_path / "organizations.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in found] == sorted(doc["organization"]["id"] for doc in services)


def test_of_two_with_one_id_the_first_is_kept(services: list[Doc], tmp_path: Path) -> None:
    write_json(tmp_path, [services[0], services[0] | {"name": "another"}])
    assert json.loads((tmp_path / "services.json").read_bytes()) == [services[0]]


def test_nothing_to_export_is_an_empty_list(tmp_path: Path) -> None:
    write_json(tmp_path, [])
    assert (tmp_path / "services.json").read_text(encoding="utf-8") == "[]\n"


def test_half_a_character_is_written_as_its_escape(services: list[Doc], tmp_path: Path) -> None:
    doc = services[0] | {"name": "half \ud83c", "description": "ñ"}
    write_json(tmp_path, [doc])
    assert json.loads((tmp_path / "services.json").read_bytes()) == [doc]


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path, [{"id": "x", "minimum_age": float("nan")}])
