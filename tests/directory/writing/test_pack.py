"""What HSDS has no place for is carried along, and comes back."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.service import canonical, text_of
from bot.directory.writing.flatten import TableRules
from bot.directory.writing.kept import aside, unpacked
from bot.directory.writing.pack import packed
from tests.directory.writing.made import EXAMPLES, odd_services

Doc = dict[str, Any]
Faults = Callable[[Doc], list[str]]


def labels(doc: Doc) -> set[str]:
    """List what the kept fields of a service itself are called."""
    return {row["label"] for row in doc["attributes"] if row["link_type"] == "quietline kept field"}


def test_the_official_example_needs_nothing(example: Doc) -> None:
    assert text_of(packed(example)) == text_of(example)


ODD = {
    "a field nobody knows": (("colour",), {"deep": [1, None, "x"]}, "colour"),
    "a key with a slash": (("a/b~c",), True, "a~1b~0c"),
    "an extension with a zero": (("phones", 0, "extension"), "007", ""),
    "an address without a scheme": (("url",), "www.example.com", "url"),
    "a day that is none": (("assured_date",), "last tuesday", "assured_date"),
    "services inside an organization": (("organization", "services"), [{"id": "1", "name": "x"}], ""),
    "inside a term": (("attributes", 0, "taxonomy_term", "q"), 1.5, "attributes/{attributes}/taxonomy_term/q"),
    "inside the log": (("metadata", 0, "why"), "x", "metadata/{metadata}/why"),
}


@pytest.mark.parametrize(("way", "value", "label"), ODD.values(), ids=ODD)
def test_what_the_schemas_forbid_is_kept(
    way: tuple[Any, ...], value: object, label: str, example: Doc, faults: Faults
) -> None:
    doc = deepcopy(example)
    here: Any = doc
    for part in way[:-1]:
        here = here[part]
    here[way[-1]] = value
    doc = canonical(doc)
    made = packed(doc)
    assert faults(made) == []
    assert text_of(unpacked(made)) == text_of(doc)
    if label:
        ids = {key: doc[key][0]["id"] for key in ("attributes", "metadata")}
        assert labels(made) == {label.format(**ids)}


EMPTY = {
    "an organization without a description": (("organization", "description"), "Example Organization Inc."),
    "a log entry without a former value": (("metadata", 0, "previous_value"), "(none)"),
}


@pytest.mark.parametrize(("way", "filled"), EMPTY.values(), ids=EMPTY)
def test_what_is_required_is_filled_and_emptied_again(
    way: tuple[Any, ...], filled: str, example: Doc, faults: Faults
) -> None:
    doc = deepcopy(example)
    here: Any = doc
    for part in way[:-1]:
        here = here[part]
    del here[way[-1]]
    made = packed(doc)
    assert faults(made) == []
    assert filled in text_of(made)
    assert text_of(unpacked(made)) == text_of(doc)


def test_an_object_that_cannot_stand_is_kept_whole(example: Doc, faults: Faults) -> None:
    doc = deepcopy(example)
    del doc["service_at_locations"][0]["location"]["addresses"][0]["city"]
    del doc["capacities"][0]["unit"]
    made = packed(doc)
    assert faults(made) == []
    assert "addresses" not in made["service_at_locations"][0]["location"]
    assert "capacities" not in made
    assert text_of(unpacked(made)) == text_of(doc)


@given(data=st.data())
@settings(max_examples=EXAMPLES // 2)
@pytest.mark.thorough
def test_packing_loses_and_changes_nothing(data: st.DataObject, example: Doc, faults: Faults) -> None:
    doc = data.draw(odd_services(example))
    once, tabled = packed(doc), packed(doc, rules=TableRules())
    for made in (once, tabled, packed(once, rules=TableRules())):
        assert text_of(unpacked(made)) == text_of(doc)
        assert text_of(canonical(made)) == text_of(made)
    assert faults(once) + faults(tabled) == []


LAST = "ffffffff-ffff-4fff-8fff-ffffffffffff"
TWICE: dict[str, Doc] = {
    "an organization without a name": {"organization": {"id": LAST, "email": "a@example.org"}},
    "no organization": {"organization": None},
    "a program with an odd field, and no organization": {
        "organization": None,
        "program": {"id": LAST, "name": "P", "description": "P", "colour": "red"},
    },
    "a field in an attribute without a term": {"attributes": [{"id": LAST, "value": "x", "junk": 1}]},
    "two programs of one id, neither of which can stand": {
        "organization": {
            "id": LAST,
            "name": "O",
            "description": "O",
            "programs": [
                {"id": "00000000-0000-4000-8000-000000000001", "name": "P", "description": "P"},
                {"id": LAST, "description": "without a name"},
                {"id": LAST, "name": "P", "description": "P"},
            ],
        },
        "program": None,
    },
    "two such attributes of one id": {
        "attributes": [{"id": LAST, "value": "x", "junk": 1}, {"id": LAST, "value": "y", "junk": 2}]
    },
}


@pytest.mark.parametrize("change", TWICE.values(), ids=TWICE)
def test_what_was_packed_for_json_can_be_packed_for_tables(change: Doc, example: Doc) -> None:
    doc = canonical(example | change)
    made = packed(packed(doc), rules=TableRules())
    for holder in (made, made["organization"]):
        ids = [row["id"] for row in holder.get("attributes", ())]
        assert len(set(ids)) == len(ids)
    assert text_of(unpacked(made)) == text_of(doc)


def test_what_is_kept_already_is_not_marked_as_empty(example: Doc) -> None:
    once = packed(canonical(example | TWICE["an organization without a name"]))
    again = labels(packed(once, rules=TableRules()))
    assert "organization" in again
    assert not [label for label in again if label.endswith("#")]


def test_packing_twice_is_packing_once(example: Doc) -> None:
    once = packed(canonical(example | {"colour": "red"}))
    assert text_of(packed(once)) == text_of(once)


BROKEN = {
    "no way there": {"label": "phones/nobody/x"},
    "no such key": {"label": "colour/red"},
    "not JSON": {"value": "{"},
    "no label": {"label": 7},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_put_back_stays(change: Doc, example: Doc) -> None:
    made = packed(canonical(example | {"colour": "red"}))
    kept = next(row for row in made["attributes"] if row.get("label") == "colour")
    kept |= change
    assert kept["id"] in {row["id"] for row in unpacked(made)["attributes"]}


def test_valid_fields_can_be_set_aside(example: Doc) -> None:
    made = aside(example, "service", ("assured_date", "nothing of that name"))
    assert "assured_date" not in made
    assert text_of(unpacked(made)) == text_of(example)
