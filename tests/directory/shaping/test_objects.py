"""JSON objects of every kind, alone and inside others."""

from typing import Any

from tests.directory.shaping.made import UUID, mixed, objects

OTHER = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE: dict[str, Any] = {"id": UUID, "name": "A", "status": "active"}


def test_nulls_and_empties_are_nothing() -> None:
    came = objects(
        "service", {**SERVICE, "description": None, "email": "", "phones": [], "program": {}, "alert": "N/A"}
    )
    assert came.doc == SERVICE
    assert came.said == []


def test_an_organization_gives_each_of_its_services_itself() -> None:
    came = objects(
        "organization",
        {"id": OTHER, "name": "O", "description": "d", "services": [SERVICE, {**SERVICE, "id": "2", "name": "B"}]},
    )
    assert [doc["organization"] for doc in came.docs] == [{"id": OTHER, "name": "O", "description": "d"}] * 2


def test_places_of_one_service_that_come_one_by_one_are_put_together() -> None:
    place = {"location": {"id": OTHER, "location_type": "virtual"}, "service": SERVICE}
    came = objects("service_at_location", {"id": "1", **place}, {"id": "2", **place, "description": "nights"})
    assert sorted(row.get("description", "") for row in came.doc["service_at_locations"]) == ["", "nights"]
    assert "service" not in came.doc["service_at_locations"][0]


def test_objects_that_name_each_other_are_put_together() -> None:
    came = mixed(
        [
            ("service", {**SERVICE, "organization_id": OTHER}),
            ("organization", {"id": OTHER, "name": "O", "description": "d"}),
            ("location", {"id": "4", "location_type": "virtual", "organization_id": OTHER}),
            ("service_at_location", {"id": "3", "service_id": UUID, "location_id": "4"}),
            ("phone", {"id": "5", "service_id": UUID, "number": "988"}),
            ("taxonomy_term", {"id": "6", "name": "Food", "description": "d"}),
            ("unheard of", {"id": "7"}),
        ]
    )
    doc = came.doc
    assert (doc["organization"]["name"], doc["phones"][0]["number"]) == ("O", "988")
    assert "organization_id" not in doc
    assert doc["service_at_locations"][0]["location"]["location_type"] == "virtual"
    assert came.told == ["made.json: dropped: is an object of a kind that is not read, and was left out (row 7)"]


def test_names_of_older_versions_are_read_in_json_too() -> None:
    came = objects(
        "service",
        {
            **SERVICE,
            "eligibility": "Adults",
            "languages": ["es", {"id": "1", "language": "Polish"}],
            "regular_schedule": [{"weekday": "Monday", "opens_at": "9:00am", "closes_at": "5:00pm"}],
            "service_at_locations": [
                {"id": "3", "location": {"id": "4", "physical_addresses": [{"id": "5", "address_1": "1 A St"}]}}
            ],
        },
    )
    doc = came.doc
    assert doc["eligibility_description"] == "Adults"
    assert sorted(row.get("code", row.get("name")) for row in doc["languages"]) == ["Polish", "es"]
    assert doc["schedules"][0]["byday"] == "MO"
    place = doc["service_at_locations"][0]["location"]
    assert place["unfinished_addresses"][0]["address_type"] == "physical"
    assert place["location_type"] == "physical"


def test_what_no_json_may_hold_is_kept_as_text() -> None:
    nested: Any = "x"
    for _ in range(5000):
        nested = [nested]
    came = objects(
        "service", {**SERVICE, "odd": float("nan"), "deep": nested, "minimum_age": float("inf"), "flags": {"a": None}}
    )
    assert (came.doc["odd"], came.doc["minimum_age_text"], came.doc["flags"]) == ("nan", "inf", {"a": None})
    assert came.doc["deep"].startswith("[[[")


def test_what_stands_where_an_object_should_is_kept_as_words() -> None:
    came = objects(
        "service", {**SERVICE, "organization": "O", "phones": ["312-555-0100", 7], "attributes": "none", "name": 5}
    )
    doc = came.doc
    assert doc["organization_text"] == ["O"]
    assert doc["phones"][0]["number"] == "312-555-0100"
    assert doc["phones_text"] == [7]
    assert doc["name"] == "5"


def test_a_service_that_is_refused_takes_nobody_with_it() -> None:
    came = objects(
        "organization",
        {"id": OTHER, "name": "O", "services": [SERVICE, {"id": "2"}, {**SERVICE, "id": "3", "status": "x"}]},
    )
    assert len(came.services) == 1
    assert [str(note)[:22] for note in came.refused] == ["made.json row 1, name:", "made.json row 1, statu"]
