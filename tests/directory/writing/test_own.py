"""The facts of an entry travel as attributes, and come back as the table they were."""

from copy import deepcopy
from dataclasses import fields
from typing import Any

import pytest

from bot.directory.writing.catalogue import FACTS, PHONE_FACTS
from bot.directory.writing.from_entry import leaving
from bot.directory.writing.own import numbered, own_area, own_facts, without_own
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from tests.directory.writing.made import exported

Doc = dict[str, Any]

#: Said in fields of the standard, or not at all: checks do not come back as ours.
_ELSEWHERE = {"phone", "checks"}


def test_every_field_of_an_entry_is_a_fact() -> None:
    assert {f.name for f in fields(Entry)} - _ELSEWHERE <= FACTS.keys()
    assert {f.name for f in fields(Phone)} - _ELSEWHERE - {"publish"} <= PHONE_FACTS.keys()


def test_the_default_entries_come_back(content: Content, services: list[Doc]) -> None:
    entries = list(leaving(content))
    assert len(entries) == len(services) > 50
    for entry, doc in zip(entries, services, strict=True):
        assert own_facts(doc) == exported(entry)
        assert own_area(doc) == entry.area


def test_the_official_example_is_not_ours(example: Doc) -> None:
    assert own_facts(example) is None
    assert own_area(example) == ""


def _ours(doc: Doc, name: str) -> Doc:
    found: Doc = next(row for row in doc["attributes"] if row["taxonomy_term"]["name"] == name)
    return found


@pytest.mark.parametrize(
    ("fact", "value"), [("id", None), ("area", None), ("serves", "{"), ("aliases", None), ("keep", "maybe")]
)
def test_a_broken_fact_makes_it_anybodys_service(fact: str, value: str | None, services: list[Doc]) -> None:
    doc = deepcopy(next(d for d in services if own_facts(d) and {"serves", "aliases", "keep"} <= own_facts(d).keys()))  # type: ignore[union-attr]
    row = _ours(doc, fact)
    del row["value"]
    if value is not None:
        row["value"] = value
    assert own_facts(doc) is None


def test_a_fact_of_a_later_version_is_left_alone(services: list[Doc]) -> None:
    doc = deepcopy(services[0])
    before = own_facts(doc)
    later = deepcopy(_ours(doc, "source"))
    later["taxonomy_term"]["name"] = "mood"
    doc["attributes"].append(later)
    assert own_facts(doc) == before


def test_names_alone_make_nothing_ours(services: list[Doc]) -> None:
    doc = deepcopy(services[0])
    for row in doc["attributes"]:
        row["taxonomy_term"]["taxonomy_id"] = row["taxonomy_term"]["taxonomy_detail"]["id"] = doc["id"]
    assert own_facts(doc) is None


def test_a_number_corrected_in_the_standards_field_is_what_counts(services: list[Doc]) -> None:
    doc = deepcopy(next(d for d in services if d["phones"][0]["number"].startswith("+1 ")))
    doc["phones"][0]["number"] = "(312) 555-0142"
    facts = own_facts(doc)
    assert facts is not None
    assert "+13125550142" in {phone["number"] for phone in facts["phone"]}


def test_without_our_facts_nothing_of_ours_is_left(services: list[Doc], example: Doc) -> None:
    bare = without_own(services[0])
    assert "attributes" not in bare
    assert not [row for row in bare["phones"] if "attributes" in row]
    assert without_own(example) == example


NUMBERS = {
    "ours": ("+1 800-799-7233", "+18007997233"),
    "brackets": ("(800) 799-7233", "+18007997233"),
    "with the country": ("1-800-799-7233", "+18007997233"),
    "a short code": ("88788", "88788"),
    "another country": ("+52 55 1234 5678", "+525512345678"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("printed", "number"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read_as_the_line_keeps_them(printed: str, number: str) -> None:
    assert numbered(printed) == number
