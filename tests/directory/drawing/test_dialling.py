"""Cells of telephone numbers as directories have them, and which of them an entry gets."""

from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.drawing.dialling import NO_AREA_CODE, NOT_A_NUMBER, numbers_in
from bot.directory.drawing.phones import DENIED, MOST, NO_KEYWORD, OF_OWNER, TOO_MANY, phones_of
from bot.directory.service import Doc
from tests.directory.drawing.made import location, organization, phone, service

CELLS = {
    "plain": ("650 780-7525", ["+16507807525"], ""),
    "brackets": ("(650) 780-7525", ["+16507807525"], ""),
    "dots": ("650.780.7525", ["+16507807525"], ""),
    "country code": ("+1 650-780-7525", ["+16507807525"], ""),
    "one before": ("1-650-780-7525", ["+16507807525"], ""),
    "ten digits": ("6507807525", ["+16507807525"], ""),
    "wide digits": ("６５０ 780 7525", ["+16507807525"], ""),
    "letters and digits": ("1-800-799-SAFE (7233)", ["+18007997233"], ""),
    "letters and bare digits": ("800-799-SAFE 7233", ["+18007997233"], ""),
    "a word of two": ("(650) FOR-HELP", ["+16503674357"], ""),
    "a word in small type alone": ("650 for-help", ["+16503674357"], ""),
    "longer than a number": ("800-GET-HELP-NOW", ["+18004384357"], ""),
    "two": ("650-780-7525 or 650-780-7526", ["+16507807525", "+16507807526"], ""),
    "two without area code": ("650-1234 or 650-5678", [], NO_AREA_CODE),
    "second without area code": ("(213) 748-1234/748-1235", ["+12137481234"], NO_AREA_CODE),
    "211": ("211", ["211"], ""),
    "211 with signs": ("2-1-1", ["211"], ""),
    "211 in a sentence": ("Dial 2-1-1", ["211"], ""),
    "988": ("988", ["988"], ""),
    "short code": ("741741", ["741741"], ""),
    "short code in a sentence": ("text HOME to 741741", ["741741"], ""),
    "no such area code": ("123-456-7890", [], NOT_A_NUMBER),
    "area code nobody has": ("222-555-1212", [], NOT_A_NUMBER),
    "paid extra": ("900-555-1234", [], NOT_A_NUMBER),
    "an island": ("876-555-1234", [], NOT_A_NUMBER),
    "abroad": ("+44 1234 234567", [], NOT_A_NUMBER),
    "no number": ("call us", [], NOT_A_NUMBER),
    "unknown": ("N/A", [], NOT_A_NUMBER),
    "begins with one": ("650-123-4567", [], NOT_A_NUMBER),
}


@pytest.mark.parametrize(("cell", "expected", "why"), CELLS.values(), ids=CELLS)
def test_a_cell_is_read(cell: str, expected: list[str], why: str) -> None:
    found, said = numbers_in(cell)
    assert [one.number for one in found] == expected
    assert said == why


BESIDE = {
    "x": ("650 780-7525 x123", "123", ""),
    "stuck": ("650 780-7525x12", "12", ""),
    "zeros first": ("(312) 938-2106 ext. 007", "007", ""),
    "comma": ("310-555-1234, ext 5", "5", ""),
    "extension in Spanish": ("310-555-1234 extensión 5", "5", ""),
    "fax behind": ("650-780-7525 Fax", "", "FAX"),
    "in brackets": ("650-780-7525 (TTY)", "", "TTY"),
    "before": ("TTY: 650-780-7525", "", "TTY"),
}


@pytest.mark.parametrize(("cell", "extension", "label"), BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_a_number_is_kept(cell: str, extension: str, label: str) -> None:
    one = numbers_in(cell)[0][0]
    assert (one.extension, one.label.strip().upper()) == (extension, label)


@given(st.from_regex(r"\(?[2-9][0-9]{2}\)?[-. ]?[2-9][0-9]{2}[-. ]?[0-9]{4}", fullmatch=True))
def test_a_number_is_one_exactly_when_the_library_says_so(cell: str) -> None:
    parsed = phonenumbers.parse(cell, "US")
    region = phonenumbers.region_code_for_number(parsed)
    dear = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.PREMIUM_RATE
    ours = region in {"US", "CA", "PR", "GU", "VI", "AS", "MP"} and not dear
    assert bool(numbers_in(cell)[0]) == (phonenumbers.is_valid_number(parsed) and ours)


@given(st.text("0123456789-()+x. extABCor/", max_size=40))
def test_whatever_a_cell_holds_what_is_read_is_a_number(cell: str) -> None:
    for one in numbers_in(cell)[0]:
        assert one.number.isdigit() and len(one.number) in (3, 5, 6) or len(one.number) == len("+16507807525")


ROWS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "voice": ({"type": "voice"}, ["call"]),
    "nothing said": ({}, ["call"]),
    "fax": ({"type": "fax"}, []),
    "pager": ({"type": "pager"}, []),
    "fax by its words": ({"description": "Fax line"}, []),
    "phone and fax": ({"type": "voice", "description": "Phone and fax"}, ["call"]),
    "tty": ({"type": "TTY"}, ["tty"]),
    "textphone": ({"type": "textphone"}, ["tty"]),
    "voice and tty": ({"type": "voice/TTY"}, ["call", "tty"]),
    "tty by its words": ({"description": "TTY for the deaf"}, ["tty"]),
    "sms": ({"type": "sms"}, ["text"]),
    "text": ({"type": "text"}, ["text"]),
    "call or text": ({"description": "Call or text us"}, ["call", "text"]),
    "video": ({"type": "video"}, ["video"]),
    "cell": ({"type": "cell"}, ["call"]),
}


@pytest.mark.parametrize(("row", "ways"), ROWS.values(), ids=ROWS)
def test_how_a_number_is_reached(row: dict[str, Any], ways: list[str]) -> None:
    found = _phones(service(phones=[phone("650 780-7525", **row)]).doc)
    assert [made["ways"] for made in found] == ([ways] if ways else [])


def _phones(doc: Doc, denied: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    return [made for made, _ in phones_of(doc, denied, quotes=True).rows]


def test_two_kinds_of_number_in_one_cell() -> None:
    found = _phones(service(phones=[phone("Voice: 213 385 2977; Fax: 213 385 3000; TTY 213 385 3001")]).doc)
    assert [(made["number"], made["ways"]) for made in found] == [("+12133852977", ["call"]), ("+12133853001", ["tty"])]


KEYWORDS = {
    "english": ('Text "HOME" to 741741, any hour', {"en": "HOME"}),
    "spanish": ("Envíe AYUDA al 741741", {"es": "AYUDA"}),
    "both": ("Text HELLO to 741741. Mande HOLA al 741741.", {"en": "HELLO", "es": "HOLA"}),
    "not said": ("Crisis text line", None),
    "of another number": ("Text HOME to 233733", None),
}


@pytest.mark.parametrize(("words", "keyword"), KEYWORDS.values(), ids=KEYWORDS)
def test_the_word_to_send_is_taken_only_where_it_is_stated(words: str, keyword: dict[str, str] | None) -> None:
    found = phones_of(service(phones=[phone("741741", type="text", description=words)]).doc, frozenset(), quotes=True)
    assert found.rows[0][0].get("keyword") == keyword
    assert ((NO_KEYWORD, "") in found.notes) == (keyword is None)


def test_five_digits_that_nobody_texts_are_no_number() -> None:
    found = phones_of(service(phones=[phone("90057")]).doc, frozenset(), quotes=True)
    assert (found.rows, found.notes) == ([], [(NOT_A_NUMBER, "90057")])


def _levels(*given: str) -> Doc:
    """Make a service with a number at each of the levels."""
    row = {level: [phone(number)] for level, number in zip(given[::2], given[1::2], strict=True)}
    at = {"id": "x", "location": location(phones=row.get("place", [])), "phones": row.get("at", [])}
    owner = organization(phones=row.get("owner", []))
    return service(phones=row.get("service", []), service_at_locations=[at], organization=owner).doc


NEAREST = {
    "at the place": (("at", "213-748-0001", "service", "213-748-0002", "owner", "213-748-0004"), "+12137480001"),
    "of the service": (("service", "213-748-0002", "place", "213-748-0003"), "+12137480002"),
    "of the place": (("place", "213-748-0003", "owner", "213-748-0004"), "+12137480003"),
    "of the organization": (("owner", "213-748-0004"), "+12137480004"),
    "past what is none": (("at", "N/A", "service", "213-748-0002"), "+12137480002"),
}


@pytest.mark.parametrize(("levels", "number"), NEAREST.values(), ids=NEAREST)
def test_the_nearest_level_with_a_number_counts(levels: tuple[str, ...], number: str) -> None:
    found = phones_of(_levels(*levels), frozenset(), quotes=True)
    assert [made["number"] for made, _ in found.rows] == [number]
    assert ((OF_OWNER, "") in found.notes) == (number == "+12137480004")


def test_a_denied_number_is_no_number_and_is_not_repeated() -> None:
    doc = service(phones=[phone("1-866-DHS-2-ICE"), phone("213-748-0002")]).doc
    found = phones_of(doc, frozenset({"8663472423"}), quotes=True)
    assert [made["number"] for made, _ in found.rows] == ["+12137480002"]
    assert found.notes == [(DENIED, "")]


def test_more_numbers_than_anybody_reads_are_cut() -> None:
    found = phones_of(service(phones=[phone(f"213-748-{n:04}") for n in range(20)]).doc, frozenset(), quotes=True)
    assert len(found.rows) == MOST
    assert (TOO_MANY, "") in found.notes


def test_the_line_of_the_day_comes_before_that_of_the_night() -> None:
    rows = [phone("213-748-0001", description="After hours"), phone("213-748-0002", description="Main")]
    found = phones_of(service(phones=rows).doc, frozenset(), quotes=True)
    assert [made["number"] for made, _ in found.rows] == ["+12137480002", "+12137480001"]


def test_the_line_to_call_comes_before_the_office() -> None:
    rows = [phone("213-748-0001", description="Administration"), phone("213-748-0002", description="Intake")]
    assert [made["number"] for made in _phones(service(phones=rows).doc)] == ["+12137480002", "+12137480001"]


def test_an_extension_is_told_with_its_zeros() -> None:
    rows = [phone("213-748-0001", extension="007"), phone("213-748-0002 x12")]
    assert {made["purpose"]["es"] for made in _phones(service(phones=rows).doc)} == {"ext. 007", "ext. 12"}
