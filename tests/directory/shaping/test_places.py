from typing import Any

import pytest

from tests.directory.shaping.made import mended, one, remarks


@pytest.mark.parametrize(
    ("north", "east", "kept"),
    [
        ("41.8", "-87.9", (41.8, -87.9)),
        ("-87.9", "41.8", (41.8, -87.9)),
        ("-118.2", "34.05", (34.05, -118.2)),
        ("0", "0", (None, None)),
        ("100", "101", (100, 101)),
        ("-33.9", "151.2", (-33.9, 151.2)),
    ],
    ids=["right", "swapped", "swapped far west", "nowhere", "not on Earth, kept", "elsewhere"],
)
def test_coordinates(north: str, east: str, kept: tuple[Any, Any]) -> None:
    came = one("location", latitude=north, longitude=east)
    assert (came.get("latitude"), came.get("longitude")) == kept


def test_coordinates_in_words_are_read() -> None:
    assert one("location", geolocation="Geolocation is 42.108547, -87.974705")["longitude"] == -87.974705
    assert one("location", geolocation="near the church")["geolocation"] == "near the church"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [({"virtual": "true"}, "virtual"), ({"virtual": "false"}, "physical"), ({"location_type": "Postal"}, "postal")],
)
def test_the_kind_of_a_location(fields: dict[str, str], kind: str) -> None:
    assert one("location", **fields)["location_type"] == kind


@pytest.mark.parametrize(
    ("whole", "street", "city"),
    [
        ("9525 Sterling Drive, Cutler Bay, FL 33157", "9525 Sterling Drive", "Cutler Bay"),
        ("1 A St, Suite 2, St. Petersburg, FL 33701-1234", "1 A St, Suite 2", "St. Petersburg"),
    ],
)
def test_an_address_in_one_cell_is_taken_apart(whole: str, street: str, city: str) -> None:
    came = one("address", address_1=whole)
    assert (came["address_1"], came["city"], came["state_province"]) == (street, city, "FL")


@pytest.mark.parametrize(
    "whole",
    [
        "State: FL",
        "Homestead, FL",
        "67 East Madison StreetSuite 2000Chicago, IL 60603",
        "1 A St, FloorJoliet, IL 60432",
    ],
)
def test_an_address_that_is_not_wholly_understood_is_left_as_it_is(whole: str) -> None:
    (draft,) = mended("address", address_1=whole)
    assert draft.fields["address_1"] == whole
    assert draft.lacks() == ("city", "state_province", "postal_code")


def test_a_post_box_is_no_place_to_send_people_to() -> None:
    assert one("address", address_1="P.O. Box 726")["address_type"] == "postal"
    assert one("address", address_1="726 Main St")["address_type"] == "physical"


@pytest.mark.parametrize(("said", "kept"), [("US ", "US"), ("usa", "US"), ("United States", "US"), ("ca", "CA")])
def test_the_country(said: str, kept: str) -> None:
    assert one("address", address_1="1 A St", country=said)["country"] == kept


def test_no_remark_repeats_an_address_or_a_place() -> None:
    drafts = mended("address", address_1="9525 Secret Drive, Cutler Bay, FL 33157", address_type="shelter")
    drafts += mended("location", latitude="-87.123", longitude="41.8", url="secret place", timezone="secret")
    said = [value for draft in drafts for *_, value in draft.remarks]
    assert len(said) >= 6
    assert not any(said)


def test_what_is_said_of_a_location() -> None:
    assert remarks("location") == ["location_type: had no type: it was told from its addresses and coordinates"]


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("2139", "", "02139"),
        ("60602.0", "US", "60602"),
        ("501", "US", "00501"),
        ("90057-1234", "US", "90057-1234"),
        ("2139", "AU", "2139"),
        ("12", "US", "12"),
    ],
)
def test_a_zip_code_gets_back_what_a_spreadsheet_took(written: str, country: str, kept: str) -> None:
    row = {"address_1": "1 A St", "city": "B", "state_province": "MA", "postal_code": written, "country": country}
    assert one("address", **{name: text for name, text in row.items() if text})["postal_code"] == kept
