"""Objects that are there twice, links that lead nowhere, and more of both than any honest file holds."""

from typing import Any

import pytest

from bot.directory.ids import minted
from bot.directory.shaping.linking import MOST, MOST_PLACES
from bot.directory.shaping.nesting import MOST_NOTES
from tests.directory.shaping.made import UUID, objects, table, tables

SERVICE = {"id": "1", "name": "A", "status": "active"}
ADDRESS = {"address_1": "1 A St", "city": "B", "state_province": "IL", "postal_code": "60559", "country": "US"}


def test_a_page_that_holds_128_copies_of_one_service_holds_one() -> None:
    came = objects("service", *[{"id": UUID, "name": "A", "status": "active"}] * 128)
    assert len(came.services) == 1
    assert came.said == ["made.json row 1, id: mended: stands there more than once, all alike: kept once (128 times)"]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        (("", ""), "A"),
        (("2024-01-01", ""), "A"),
        (("2024-01-01", "2024-02-01"), "B"),
        (("2024-03-01", "2024-02-01"), "A"),
    ],
    ids=["no dates: the first", "one date", "the second is newer", "the first is newer"],
)
def test_of_two_services_of_one_id_the_newer_stands_or_the_first(changed: tuple[str, str], kept: str) -> None:
    rows = [
        {**SERVICE, "name": name, "last_modified": day and f"{day}T00:00:00Z"}
        for name, day in zip("AB", changed, strict=True)
    ]
    came = tables(table("services.csv", *rows))
    assert came.doc["name"] == kept
    assert any("the newest was kept, or else the first (the other rows: " in said for said in came.said)


def test_phones_of_one_id_that_differ_are_both_kept() -> None:
    came = tables(
        table("services.csv", SERVICE),
        table("phones.csv", {"id": "1", "service_id": "1", "number": "312-555-0100"},
              {"id": "1", "service_id": "1", "number": "312-555-0101"},
              {"id": "1", "service_id": "1", "number": "312-555-0100"}),
    )  # fmt: skip
    assert sorted(phone["number"] for phone in came.doc["phones"]) == ["312-555-0100", "312-555-0101"]
    assert len({phone["id"] for phone in came.doc["phones"]}) == 2


def test_one_phone_told_of_two_services_belongs_to_both() -> None:
    came = tables(
        table("services.csv", SERVICE, {**SERVICE, "id": "2", "name": "B"}),
        table("phones.csv", {"id": "1", "service_id": "1", "number": "312-555-0100"},
              {"id": "1", "service_id": "2", "number": "312-555-0100"}),
    )  # fmt: skip
    first, second = came.docs
    assert first["phones"] == second["phones"]


def test_links_that_lead_nowhere_are_told() -> None:
    came = tables(
        table("services.csv", {**SERVICE, "organization_id": "9", "program_id": "8"}),
        table("service_at_location.csv", {"id": "3", "service_id": "1", "location_id": "77"}),
        table("phones.csv", {"id": "1", "service_id": "1", "location_id": "66", "number": "312-555-0100"},
              {"id": "2", "service_id": "55", "location_id": "66", "number": "312-555-0101"}),
        table("attributes.csv", {"id": "1", "link_id": "1", "link_entity": "service", "taxonomy_term_id": "44"}),
        table("service_capacity.csv", {"id": "1", "service_id": "1", "unit_id": "33", "available": "4",
                                       "updated": "2024-01-01T00:00:00Z"}),
    )  # fmt: skip
    doc = came.doc
    assert doc["organization_id"] == minted("made", "organization", "9")
    assert doc["service_at_locations"][0]["location_id"] == minted("made", "location", "77")
    assert doc["attributes"][0]["taxonomy_term_id"] == minted("made", "taxonomy_term", "44")
    assert len(doc["phones"]) == 1
    assert doc["unfinished_capacities"][0]["available"] == 4, "nobody knows what is counted"
    nowhere = [said.partition(":")[0] for said in came.said if "that is not in the files" in said]
    assert sorted(nowhere) == [
        "attributes.csv row 2, taxonomy_term_id", "phones.csv row 2, location_id",
        "service_at_location.csv row 2, location_id",
        "service_capacity.csv row 2, unit_id", "services.csv row 2, organization_id", "services.csv row 2, program_id",
    ]  # fmt: skip
    assert came.told[-1] == "phones.csv, phone: dropped: belong to nothing in the files and were left out (1 row: 3)"


def test_zero_is_no_organization_unless_one_is_called_so() -> None:
    rows = table("services.csv", {**SERVICE, "organization_id": "0"})
    none = tables(rows)
    assert "organization_id" not in none.doc
    assert none.said == []
    assert (
        tables(rows, table("organizations.csv", {"id": "0", "name": "O", "description": "d"})).doc["organization"][
            "name"
        ]
        == "O"
    )


def test_an_object_without_what_the_standard_requires_is_kept_aside_and_nothing_is_lost() -> None:
    address = {"id": "5", "location_id": "4", "address_1": "1 A St", "state_province": "IL"}
    came = tables(
        table("services.csv", SERVICE),
        table("service_at_location.csv", {"id": "3", "service_id": "1", "location_id": "4"}),
        table("locations.csv", {"id": "4", "name": "L"}),
        table("addresses.csv", address, {"id": "6", "location_id": "4"}),
        table("phones.csv", {"id": "1", "service_id": "1", "number": "", "description": "ask"}),
    )
    (place,) = (row["location"] for row in came.doc["service_at_locations"])
    assert "addresses" not in place
    assert {row.get("address_1") for row in place["unfinished_addresses"]} == {"1 A St", None}
    assert came.doc["unfinished_phones"][0]["description"] == "ask"
    assert "1 A St" not in " ".join(came.said)


def test_places_of_an_organization_stay_with_their_services_and_the_others_with_it() -> None:
    came = tables(
        table("services.csv", {**SERVICE, "organization_id": "9"}),
        table("organizations.csv", {"id": "9", "name": "O", "description": "d"}),
        table("service_at_location.csv", {"id": "3", "service_id": "1", "location_id": "4"}),
        table("locations.csv", *({"id": str(n), "organization_id": "9", "location_type": "physical"} for n in (4, 5))),
    )
    organization = minted("made", "organization", "9")
    assert came.doc["service_at_locations"][0]["location"]["organization_id"] == organization
    assert [row["id"] for row in came.doc["organization"]["locations"]] == [minted("made", "location", "5")]


@pytest.mark.parametrize(
    ("file", "row", "most", "path"),
    [
        (
            "locations.csv",
            {"organization_id": "9", "location_type": "virtual"},
            MOST_PLACES,
            ("organization", "locations"),
        ),
        ("phones.csv", {"service_id": "1", "number": "988"}, MOST, ("phones",)),
    ],
)
def test_no_object_holds_more_than_any_honest_one(
    file: str, row: dict[str, str], most: int, path: tuple[str, ...]
) -> None:
    came = tables(
        table("services.csv", {**SERVICE, "organization_id": "9"}),
        table("organizations.csv", {"id": "9", "name": "O", "description": "d"}),
        table(file, *({"id": str(n), **row} for n in range(most + 7))),
    )
    found: Any = came.doc
    for key in path:
        found = found[key]
    assert len(found) == most
    assert any(said.endswith(f"the rest were left out (7 of {most + 7})") for said in came.said)


def test_a_service_with_very_many_faults_keeps_a_bounded_number_of_notes() -> None:
    rows = [{"id": str(n), "service_id": "1", "number": "988", "type": f"kind {n}"} for n in range(MOST_NOTES + 50)]
    came = tables(table("services.csv", SERVICE), table("phones.csv", *rows))
    assert len(came.said) == MOST_NOTES + 1
    assert came.said[-1].endswith("(50 more notes)")


def test_half_a_character_from_broken_json_is_no_fault_of_ours() -> None:
    came = objects(
        "service", {"id": UUID, "name": "A\ud800", "status": "active"}, {"id": "2", "name": "B", "status": "active"}
    )
    assert {doc["name"] for doc in came.docs} == {"A\ufffd", "B"}
