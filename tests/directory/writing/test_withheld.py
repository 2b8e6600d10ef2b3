"""Numbers that must not leave are found however they are written."""

from typing import Any

import pytest

from bot.directory.writing.withheld import without

NUMBER = "+13125550142"
SPELT = {
    "dashes": "312-555-0142",
    "brackets": "(312) 555-0142",
    "dots": "312.555.0142",
    "in one": "3125550142",
    "with the country": "+1 312 555 0142",
    "with a one": "1-312-555-0142",
}


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
def test_texts_lose_it(spelt: str) -> None:
    doc = {"id": "x", "description": f"Ring {spelt}, ask for Ann."}
    assert without(doc, [NUMBER])["description"] == "Ring (number not published), ask for Ann."


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
def test_phones_are_taken_out_wherever_they_stand(spelt: str) -> None:
    phone, other = {"id": "1", "number": spelt}, {"id": "2", "number": "312-555-0143"}
    doc: dict[str, Any] = {"phones": [phone, other], "organization": {"contacts": [{"phones": [phone]}]}}
    assert without(doc, [NUMBER]) == {"phones": [other], "organization": {"contacts": [{"phones": []}]}}


LEFT = {
    "a longer number": {"description": "case 93125550142"},
    "a number that goes on": {"description": "case 31255501427"},
    "an id": {"id": "31255501-4212-4000-8000-312555014200"},
    "another number": {"description": "312-555-0143"},
    "not a text": {"minimum_age": 3125550142},
}


@pytest.mark.parametrize("doc", LEFT.values(), ids=LEFT)
def test_other_things_stay(doc: dict[str, Any]) -> None:
    assert without(doc, [NUMBER]) == doc


def test_short_codes_are_taken_from_phones_and_left_in_words() -> None:
    doc = {"description": "Call 211.", "phones": [{"id": "1", "number": "211"}]}
    assert without(doc, ["211"]) == {"description": "Call 211.", "phones": []}
