"""What may never be listed enters by no route: numbers in any spelling, names in any dress."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.drawing.banned import names_of, without
from bot.directory.drawing.draw import BANNED_NAME, BANNED_NUMBER
from bot.directory.drawing.phones import DENIED, NO_EXTENSION
from bot.directory.service import text_of
from bot.referral.content import Content
from bot.referral.misprints import may_hold
from tests.directory.drawing.made import drawn, location, organization, phone, release, service, what

ICE = "8663472423"
SPELT = {
    "plain": "866-347-2423",
    "brackets": "(866) 347-2423",
    "dots": "866.347.2423",
    "blanks": "8 6 6 3 4 7 2 4 2 3",
    "with its country": "+1 866 347 2423",
    "letters": "1-866-DHS-2-ICE",
    "small letters": "866-dhs-2-ice",
    "wide digits": "８６６-３４７-２４２３",
    "over two lines": "866\n347-2423",
    "in a sentence": "Report them: 866-347-2423, day and night.",
    "long dashes": "866–347–2423",
    "no-break blanks": "866\u00a0347\u00a02423",
    "in a link": "tel:+18663472423",
    "Arabic digits": "٨٦٦٣٤٧٢٤٢٣",
    "Devanagari digits": "८६६-३४७-२४२३",
    "for a browser": "tel:866%2D347%2D2423",
    "every sign for a browser": "%38%36%36%33%34%37%32%34%32%33",
    "for a page": "866&#45;347&#45;2423",
    "from abroad": "001 866 347 2423",
    "among others": "213-748-1234 / 866-347-2423 / 211",
}
PLACES: dict[str, Any] = {
    "the description": lambda text: {"description": text},
    "a telephone": lambda text: {"phones": [phone(text)]},
    "a telephone's words": lambda text: {"phones": [phone("213-748-1234", description=text)]},
    "an unknown field": lambda text: {"x_note": text},
    "an unknown field deep inside": lambda text: {"x_note": {"a": [{"b": text}]}},
    "the organization": lambda text: {"organization": organization(description=text)},
    "a place": lambda text: {"at": location(description=text)},
    "the page": lambda text: {"url": f"https://example.org/{text}"},
    "the name": lambda text: {"name": f"Tips {text}"},
    "an extension": lambda text: {"phones": [phone("213-748-1234", extension=text)]},
    "a field's own name": lambda text: {text: "x"},
    "the fees": lambda text: {"fees_description": text},
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("text", SPELT.values(), ids=SPELT)
def test_a_denied_number_survives_nowhere(text: str, place: Any) -> None:
    found = drawn(service(**place(text)))
    for kept in (text_of(found.service.doc), text_of(found.entry)):
        assert not may_hold(kept, frozenset({ICE}))
    assert {DENIED, BANNED_NUMBER} & what(found)
    assert not [note for note in found.notes if may_hold(note.value, frozenset({ICE}))]


EXTENSIONS = {"12": "12", "x12": "12", "ext. 12": "12", "#5": "5", "347-2423": "", "1 or 2": "", "Ann": ""}


@pytest.mark.parametrize(("told", "expected"), EXTENSIONS.items())
def test_of_an_extension_only_a_few_digits_are_taken(told: str, expected: str) -> None:
    found = drawn(service(phones=[phone("213-748-1234", extension=told)]))
    assert found.entry["phone"][0].get("purpose", {}).get("en", "") == (f"ext. {expected}" if expected else "")
    assert (NO_EXTENSION in what(found)) is (expected == "")


def test_an_area_code_behind_its_number() -> None:
    found = drawn(service(phones=[phone("347-2423 (866)")]))
    assert "347" not in text_of(found.service.doc)


def test_a_number_and_a_field_for_its_area_code() -> None:
    found = drawn(service(phones=[phone("347-2423", phone_areacode="866")]))
    assert "347-2423" not in text_of(found.service.doc)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["", "-", ".", " ", " - ", ") ", "/"]))
def test_whatever_stands_around_a_number(before: str, after: str, sign: str) -> None:
    text = f"{before}{sign.join(ICE)}{after}"
    assert may_hold(text, frozenset({ICE}))
    assert not may_hold(without({"a": [text]}, frozenset({ICE}))["a"][0], frozenset({ICE}))


UNTOUCHED = ("8663472424", "213-748-1234", "1-800-799-SAFE", "In 866 there were 347 people.", "call 211", "", "DHS ICE")


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_numbers_stay(text: str) -> None:
    doc = {"description": text, "phones": [phone(text)]}
    assert without(doc, frozenset({ICE})) == doc


PAIRS = {
    "under that name": ({"name": "Trevor helpline"}, True),
    "under that organization": ({"name": "Youth line", "organization": organization("The Trevor Project")}, True),
    "under another name of it": ({"name": "Youth line", "alternate_name": "TREVOR"}, True),
    "under any other": ({"name": "Youth line"}, False),
}


@pytest.mark.parametrize(("made", "is_denied"), PAIRS.values(), ids=PAIRS)
def test_a_pair_is_refused_as_a_pair(made: dict[str, Any], is_denied: bool) -> None:
    found = drawn(service(**made, phones=[phone("866-488-7366")], description="Call 866 488 7366."))
    assert (DENIED in what(found)) == is_denied
    assert ("4887366" in text_of(found.service.doc).replace("-", "").replace(" ", "")) != is_denied


NEVER = {
    "the very name": ("Center for Health Justice", True),
    "with its corporation": ("The Center for Health Justice, Inc.", True),
    "with a branch": ("Center for Health Justice - Downtown", True),
    "two words within others": ("Dreamcatcher Foundation", True),
    "part of another name": ("Justice for health workers", False),
    "one word of it": ("Dreamcatcher Childcare", False),
}


@pytest.mark.parametrize(("name", "is_refused"), NEVER.values(), ids=NEVER)
@pytest.mark.parametrize("as_owner", [False, True], ids=["service", "organization"])
def test_a_name_that_may_never_be_listed_is_refused_whole(name: str, is_refused: bool, *, as_owner: bool) -> None:
    made = {"name": "Clinic", "organization": organization(name)} if as_owner else {"name": name}
    found = drawn(service(**made))
    assert bool(found.refused) == is_refused
    if is_refused:
        assert what(found) == {BANNED_NAME}
        assert found.entry == {}
        assert set(found.service.doc) == {"id", "name"}


def _denied(content: Content) -> list[tuple[str, str]]:
    return [(denied.number, denied.name) for denied in content.denied]


def test_what_lint_refuses_to_publish_is_not_even_drawn() -> None:
    content, _ = release()
    for number, name in _denied(content):
        found = drawn(service(f"{name or 'Any'} line", phones=[phone(number)]))
        assert "phone" not in found.entry
        assert DENIED in what(found)
    for never in content.never:
        for name in never.names:
            assert drawn(service(name)).refused, name


def test_names_are_those_of_the_service_its_organization_and_its_program() -> None:
    doc = service("A", alternate_name="B", organization=organization("C"), program={"id": "p", "name": "D"}).doc
    assert [*names_of(doc)] == ["A", "B", "C", "D"]
