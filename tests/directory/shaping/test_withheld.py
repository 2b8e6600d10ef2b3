"""Numbers that nobody may be given, and several numbers in one cell with a word for each."""

import pytest

from tests.directory.shaping.made import mended, objects, one, table, tables

NUMBER = "213-555-0100"


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER} (do not publish)",
        f"{NUMBER} (admin only)",
        f"{NUMBER} - unlisted",
        f"{NUMBER} not for public",
        f"{NUMBER} (private)",
        f"Internal number: {NUMBER}",
    ],
)
def test_a_number_that_is_private_is_not_kept_at_all(text: str) -> None:
    for row in ({"number": text}, {"number": NUMBER, "description": text.replace(NUMBER, "")}):
        (phone,) = mended("phone", **row)
        assert "0100" not in str((phone.fields, phone.extra, phone.remarks))
        assert ("number", "is marked as private: the number was left out") in [r[1:3] for r in phone.remarks]


@pytest.mark.parametrize(("flag", "said"), [("is_private", "true"), ("Unlisted", "Yes"), ("is_public", "false")])
def test_a_flag_beside_a_number_says_it_too(flag: str, said: str) -> None:
    service = {"id": "1", "name": "A", "status": "active"}
    phone = {"id": "2", "number": NUMBER, flag: said}
    in_json = objects("service", {**service, "phones": [phone]})
    in_tables = tables(table("services.csv", service), table("phones.csv", {**phone, "service_id": "1"}))
    for came in (in_json, in_tables):
        assert "phones" not in came.doc
        assert "0100" not in str(came)


@pytest.mark.parametrize(
    "flag", [{"is_private": "false"}, {"is_public": "yes"}, {"description": "Confidential hotline"}]
)
def test_a_number_that_is_not_private_stays(flag: dict[str, str]) -> None:
    service = table("services.csv", {"id": "1", "name": "A", "status": "active"})
    phone = {"id": "2", "service_id": "1", "number": NUMBER, **flag}
    assert tables(service, table("phones.csv", phone)).doc["phones"][0]["number"] == NUMBER


@pytest.mark.parametrize(
    "row",
    [
        {"number": f"{NUMBER} (disconnected)"},
        {"number": f"{NUMBER} *no longer in service*"},
        {"number": NUMBER, "description": "Old number"},
        {"number": "213-555-O100"},
        {"number": "213-555-01OO"},
        {"number": "2l3-555-0100"},
    ],
)
def test_a_number_that_reaches_nobody_or_somebody_else_stays_words(row: dict[str, str]) -> None:
    phone = one("phone", **row)
    assert ("number" in phone, phone["number_text"]) == (False, row["number"])


def test_the_short_way_sees_what_is_said_of_a_number() -> None:
    services = table("services.csv", {"id": "1", "name": "A", "status": "active"})
    row = {"id": "2", "service_id": "1", "number": NUMBER, "type": "voice", "description": "disconnected"}
    assert "phones" not in tables(services, table("phones.csv", row)).doc


@pytest.mark.parametrize("number", ["1-800-273-TALK", "1-866-4U-TREVOR", "800-555-HELP", "1-800-4-CANCER"])
def test_words_on_the_keys_of_a_telephone_stay_numbers(number: str) -> None:
    assert one("phone", number=number)["number"] == number


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("T: 213-555-0100 F: 213-555-0101", ["voice", "fax"]),
        ("P 213.555.0100 | F 213.555.0101", ["voice", "fax"]),
        ("Phone: (213) 555-0100 Fax: (213) 555-0101", ["voice", "fax"]),
        ("(213) 555-0100; TTY (213) 555-0101", ["", "textphone"]),
        ("213-555-0100; 213-555-0101 (fax); 213-555-0102 (TTY)", ["", "fax", "textphone"]),
        ("213-555-0100(f)", ["fax"]),
    ],
)
def test_a_word_or_a_letter_beside_a_number_says_what_it_is(text: str, kinds: list[str]) -> None:
    phones = mended("phone", number=text)
    assert [phone.fields.get("type", "") for phone in phones] == kinds


def test_an_extension_behind_a_semicolon_is_no_second_number() -> None:
    assert one("phone", number="tel:+1-213-555-0100;ext=12")["number"] == "tel:+1-213-555-0100 ext. 12"


def test_what_is_told_of_several_numbers_never_shows_a_private_one() -> None:
    phones = mended("phone", number="Main: 213-555-0199; Admin only: 213-555-0100")
    assert [phone.fields.get("number") for phone in phones] == ["213-555-0199", None]
    assert "0100" not in str([(phone.fields, phone.extra, phone.remarks) for phone in phones])
