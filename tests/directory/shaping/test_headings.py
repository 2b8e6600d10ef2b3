import pytest

from bot.directory.shaping.mapping_text import load_mapping, mapping_text
from tests.directory.shaping.made import Came, table, tables

SHEET = {"Agency": "Helping Hands", "Program": "Pantry", "Phone": "213-555-0100"}


def _sheet(*rows: dict[str, str], file: str = "sheet.csv") -> Came:
    return tables(table(file, *[SHEET | row for row in rows]))


def _phones(came: Came) -> list[tuple[str, str, str]]:
    rows = came.doc.get("phones", [])
    return sorted((row["number"], row.get("type", ""), row.get("description", "")) for row in rows)


def test_the_type_of_a_number_stands_in_a_column_beside_it() -> None:
    row = {
        "Phone": "", "Phone 1": "213-555-0101", "Phone 1 Type": "Main", "Phone 2": "213-555-0102",
        "Phone 2 Type": "Fax", "Phone 3": "213-555-0103", "Phone 3 Type": "TTY", "Phone 4": "", "Phone 4 Type": "Fax",
        "Phone 4 Ext": "",
    }  # fmt: skip
    came = _sheet(row)
    assert _phones(came) == [
        ("213-555-0101", "voice", "Main"),
        ("213-555-0102", "fax", ""),
        ("213-555-0103", "textphone", ""),
    ]
    assert "unfinished_phones" not in came.doc
    assert came.guessed is not None
    saved = load_mapping(mapping_text(came.guessed).encode(), "saved.toml")
    assert tables(table("sheet.csv", SHEET | row), mapping=saved).docs == came.docs


def test_an_extension_stays_with_its_number() -> None:
    row = {"Phone Type": "Main", "Ext": "12", "Phone 2": "213-555-0102", "Phone 2 Extension": "34"}
    rows = _sheet(row).doc["phones"]
    assert {row["number"]: row.get("extension") for row in rows} == {"213-555-0100": 12, "213-555-0102": 34}


@pytest.mark.parametrize("heading", ["Phone1IsPrivate", "Phone 1 Confidential", "phone_1_number_hidden"])
@pytest.mark.parametrize("said", ["Yes", "TRUE", "1"])
def test_a_number_marked_as_private_is_left_out_and_told(heading: str, said: str) -> None:
    came = _sheet({"Phone1Number": "213-555-0199", heading: said})
    assert "0199" not in str(came.docs)
    assert "sheet.csv, Phone1Number: dropped: is marked as private: the number was left out (row 2)" in came.told
    kept = _sheet({"Phone1Number": "213-555-0199", heading: "No"})
    assert ("213-555-0199", "", "") in _phones(kept)
    assert kept.doc[heading] == "No"


def test_words_before_a_heading_say_whose_it_is() -> None:
    row = {
        "AgencyName": "A", "PublicName": "Pantry", "PhysicalAddress1": "1 Main St", "PhysicalCity": "Los Angeles",
        "PhysicalCounty": "Los Angeles", "PhysicalStateProvince": "CA", "PhysicalPostalCode": "90057",
        "MailingAddress1": "PO Box 7", "MailingCity": "Pasadena", "ProgramPhone": "213-555-0100",
        "PhoneFax": "213-555-0101",
    }  # fmt: skip
    doc = tables(table("export.csv", row)).doc
    (address,) = doc["service_at_locations"][0]["location"]["addresses"]
    said = {key: address[key] for key in ("address_1", "city", "region", "state_province", "postal_code")}
    assert list(said.values()) == ["1 Main St", "Los Angeles", "Los Angeles", "CA", "90057"]
    assert (doc["name"], doc["MailingCity"]) == ("Pantry", "Pasadena")
    assert sorted(row.get("type", "") for row in doc["phones"]) == ["", "fax"]


def test_the_city_of_one_is_never_put_to_the_street_of_another() -> None:
    doc = _sheet({"Agency Address": "9 Office Rd", "Agency City": "Pasadena", "Site Address": "1 Main St"}).doc
    place = doc["service_at_locations"][0]["location"]
    assert [row["address_1"] for row in place["unfinished_addresses"]] == ["1 Main St"]
    assert "Pasadena" not in str(place)
    assert (doc["Agency Address"], doc["Agency City"]) == ("9 Office Rd", "Pasadena")


def test_spanish_headings_are_understood() -> None:
    row = {
        "Nombre": "Despensa", "Teléfono": "213-555-0100", "Dirección": "1 Calle", "Ciudad": "Los Angeles",
        "Estado": "CA", "Código postal": "90057", "Horario": "Mon 9am-5pm", "Correo electrónico": "a@example.org",
    }  # fmt: skip
    doc = tables(table("recursos.csv", row)).doc
    (address,) = doc["service_at_locations"][0]["location"]["addresses"]
    assert (doc["name"], doc["email"], address["state_province"]) == ("Despensa", "a@example.org", "CA")
    assert doc["schedules"][0]["byday"] == "MO"


def test_estado_without_a_city_is_what_a_service_is_in() -> None:
    came = tables(table("recursos.csv", {"Nombre": "Despensa", "Teléfono": "988", "Estado": "Cerrado"}))
    assert came.services == ()
    assert [note.value for note in came.refused] == ["Cerrado"]


def test_a_sheet_called_programs_that_has_phones_is_a_list_of_services() -> None:
    assert tables(table("programs.csv", {"Program": "Pantry", "Phone": "211", "Hours": "24/7"})).doc["name"] == "Pantry"


def test_a_pair_of_coordinates_is_no_list_of_ids() -> None:
    came = _sheet(
        {"Address": "1 Main St", "City": "Chicago", "State": "IL", "Zip": "60601", "Location": "(41.88, -87.63)"}
    )
    (at,) = came.doc["service_at_locations"]
    assert (at["location"]["latitude"], at["location"]["longitude"]) == (41.88, -87.63)


def test_objects_in_a_cell_stay_as_they_stand() -> None:
    cell = '{"latitude": 37.78, "longitude": -122.41}'
    doc = _sheet({"Location": cell}).doc
    assert (doc["Location"], doc.get("service_at_locations")) == (cell, None)


@pytest.mark.parametrize("file", ["organizations.csv", "Locations.xlsx#Sheet1: Locations"])
def test_a_list_of_organizations_or_places_by_itself_is_a_list_of_services(file: str) -> None:
    row = {"id": "1", "name": "Helping Hands", "phone": "211", "address": "1 Main St"}
    doc = tables(table(file, row)).doc
    assert (doc["name"], doc["phones"][0]["number"]) == ("Helping Hands", "211")
    services = table("services.csv", {"id": "2", "name": "Pantry", "status": "active", "organization_id": "1"})
    assert [doc["name"] for doc in tables(table(file, row), services).docs] == ["Pantry"]


def test_organizations_that_leave_their_numbers_to_another_table_are_none() -> None:
    came = tables(
        table("organizations.csv", {"id": "1", "name": "Helping Hands", "description": "d"}),
        table("phones.csv", {"id": "2", "organization_id": "1", "number": "211"}),
    )
    assert came.services == ()
    assert any("belong to nothing" in said for said in came.told)
