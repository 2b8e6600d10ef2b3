import pytest

from bot.directory.shaping.mapping_text import load_mapping, mapping_text
from tests.directory.shaping.made import table, tables

ROW = {
    "Agency": "Helping Hands",
    "Program": "Food pantry",
    "Phone": "(630) 555-0100",
    "Toll-free": "800-555-0100",
    "Address": "1 Main St",
    "City": "Westmont",
    "State": "IL",
    "Zip": "60559",
    "County": "DuPage",
    "Hours of Operaton": "Mon-Fri 9am-5pm",
    "Web site": "www.hh.org",
    "Languages spoken": "English, Spanish",
    "Notes": "ask for Jo",
}


def test_a_spreadsheet_nobody_explained_is_read_by_its_headings() -> None:
    came = tables(table("book.xlsx#Sheet1", ROW))
    doc = came.doc
    assert (doc["name"], doc["organization"]["name"], doc["url"]) == (
        "Food pantry",
        "Helping Hands",
        "https://www.hh.org",
    )
    assert sorted(phone["number"] for phone in doc["phones"]) == ["(630) 555-0100", "800-555-0100"]
    address = doc["service_at_locations"][0]["location"]["addresses"][0]
    assert (address["region"], address["postal_code"]) == ("DuPage", "60559")
    assert doc["schedules"][0]["closes_at"] == "17:00:00"
    assert doc["Notes"] == "ask for Jo"


def test_every_guess_is_told_and_can_be_saved_edited_and_used() -> None:
    came = tables(table("book.xlsx#Sheet1", ROW))
    guessed = [said for said in came.told if "was guessed to mean" in said]
    assert len(guessed) == len(ROW) - 1
    assert "book.xlsx#Sheet1, Hours of Operaton: inferred: was guessed to mean (schedules.hours)" in guessed
    assert came.guessed is not None
    saved = load_mapping(mapping_text(came.guessed).encode(), "saved.toml")
    again = tables(table("book.xlsx#Sheet1", ROW), mapping=saved)
    assert again.docs == came.docs
    assert not [said for said in again.told if "was guessed" in said]


def test_two_services_of_one_name_at_two_places_are_two_and_a_new_phone_makes_no_third() -> None:
    rows = [ROW, {**ROW, "Address": "2 Oak St"}]
    ids = [doc["id"] for doc in tables(table("sheet.csv", *rows)).docs]
    assert len(set(ids)) == 2
    rows[0] = {**ROW, "Phone": "(630) 555-0199"}
    assert [doc["id"] for doc in tables(table("sheet.csv", *rows)).docs] == ids


def test_two_rows_that_agree_in_name_and_place_but_not_in_the_rest_are_two() -> None:
    came = tables(table("sheet.csv", ROW, {**ROW, "Phone": "(630) 555-0199"}, ROW))
    assert len(came.services) == 2
    assert sorted(len(doc["phones"]) for doc in came.docs) == [2, 2]


def test_no_id_tells_where_something_is() -> None:
    came = tables(table("sheet.csv", {**ROW, "Address": "77 Secret St"}))
    assert came.services[0].source_id == ""
    assert "Secret" not in " ".join(came.said + came.told)


@pytest.mark.parametrize(
    ("file", "headings"),
    [
        ("lookups.csv", ("Code", "Meaning")),
        ("people.csv", ("Name", "Birthday")),
        ("codes.csv", ("Name", "Code")),
    ],
)
def test_a_table_that_is_no_list_of_services_is_not_made_one(file: str, headings: tuple[str, ...]) -> None:
    came = tables(table(file, dict.fromkeys(headings, "x")))
    assert came.services == ()
    told = f"{file}: dropped: is no table that is known: its rows were not used ({', '.join(headings)})"
    assert came.told == [told]


def test_a_list_of_agencies_offers_each_under_its_own_name() -> None:
    doc = tables(table("agencies.csv", {"Agency": "Helping Hands", "Phone": "988"})).doc
    assert doc["name"] == doc["organization"]["name"] == "Helping Hands"


def test_a_plural_is_no_slip_of_the_pen() -> None:
    came = tables(
        table(
            "services.csv",
            {"Title": "A", "Phone number": "988", "Services": "5", "Zip codes": "60559", "Body": "b", "Q": "x"},
        )
    )
    assert (came.doc["name"], came.doc["Zip codes"]) == ("A", "60559")
    assert "service_at_locations" not in came.doc


def test_counties_without_an_address_say_whom_it_serves() -> None:
    doc = tables(table("sheet.csv", {"Name": "A", "Phone": "988", "County": "DuPage, Cook"})).doc
    assert sorted(row["name"] for row in doc["service_areas"]) == ["Cook", "DuPage"]
