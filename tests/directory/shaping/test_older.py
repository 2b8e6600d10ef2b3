from typing import Any

from tests.directory.shaping.made import mixed, objects, table, tables

SERVICE: dict[str, Any] = {"id": "1", "name": "Lending", "status": "active"}
PLACE: dict[str, Any] = {"id": "4", "name": "Library", "latitude": 37.5, "longitude": -122.25}


def test_services_that_stand_in_a_place_come_with_it() -> None:
    place = {**PLACE, "services": [SERVICE, {**SERVICE, "id": "2"}], "organization": {"id": "3", "name": "City"}}
    came = objects("location", place)
    assert came.told == []
    for doc in came.docs:
        (at,) = doc["service_at_locations"]
        assert (doc["organization"]["name"], at["location"]["name"]) == ("City", "Library")


def test_services_that_stand_in_a_place_of_an_organization_come_with_both() -> None:
    city = {
        "id": "3",
        "name": "City",
        "locations": [{**PLACE, "services": [SERVICE]}],
        "services": [{**SERVICE, "id": "2"}],
    }
    came = objects("organization", city)
    assert [doc["organization"]["name"] for doc in came.docs] == ["City", "City"]
    assert sorted(len(doc.get("service_at_locations", ())) for doc in came.docs) == [0, 1]


def test_a_place_that_is_inactive_closes_its_services() -> None:
    doc = objects("location", {**PLACE, "active": False, "services": [SERVICE]}).doc
    assert doc["status"] == "inactive"


def test_of_old_only_the_place_had_a_name() -> None:
    rails = {
        "id": "3", "name": "City",
        "locations": [{"name": "Library", "hours": "Mon 9am-5pm", "phones_attributes": [{"number": "650 555-0100"}],
                       "services_attributes": [{"audience": "all"}]}],
    }  # fmt: skip
    doc = objects("organization", rails).doc
    assert doc["name"] == "Library"
    assert doc["service_at_locations"][0]["location"]["phones"][0]["number"] == "650 555-0100"


def test_eligibility_and_taxonomies_of_open_referral_uk_are_read() -> None:
    club = {
        **SERVICE,
        "eligibilitys": [{"id": "e", "eligibility": "young person", "minimum_age": 11, "maximum_age": 18}],
        "service_taxonomys": [{"id": "t", "taxonomy": {"id": "y", "name": "Youth", "vocabulary": "demo"}}],
    }
    doc = objects("service", club).doc
    assert (doc["eligibility_description"], doc["minimum_age"], doc["maximum_age"]) == ("young person", 11, 18)
    (attribute,) = doc["attributes"]
    assert (attribute["link_id"], attribute["taxonomy_term"]["name"]) == (doc["id"], "Youth")
    assert attribute["taxonomy_term"]["taxonomy"] == "demo"
    assert not {"eligibilitys", "service_taxonomys", "unfinished_attributes"} & doc.keys()


def test_ages_of_several_conditions_stay_where_they_stood() -> None:
    rows = [{"eligibility": "men", "minimum_age": 18}, {"eligibility": "women", "minimum_age": 16}]
    doc = objects("service", {**SERVICE, "eligibility": rows}).doc
    assert doc["eligibility_description"] == "men; women"
    assert doc["eligibility"] == rows
    assert "minimum_age" not in doc


def test_what_is_no_list_of_terms_stays_as_it_is() -> None:
    doc = objects("service", {**SERVICE, "categories": [{"code": 5}], "taxonomy": ["Food"]}).doc
    assert (doc["categories"], doc["taxonomy"]) == ([{"code": 5}], ["Food"])


def test_a_mere_text_where_objects_stand_today_is_read() -> None:
    doc = objects(
        "service", {**SERVICE, "phone": "213-555-0100", "hours": "Mon 9am-5pm", "language": "English, Spanish"}
    ).doc
    assert doc["phones"][0]["number"] == "213-555-0100"
    assert doc["schedules"][0]["byday"] == "MO"
    assert sorted(row["name"] for row in doc["languages"]) == ["English", "Spanish"]


def test_links_by_names_find_what_is_called_so() -> None:
    services = table("services.csv", {"id": "recAAAAAAAAAAAAAA", "name": "Legal Line", "status": "active"})
    phones = [{"id": "recEEEEEEEEEEEEE1", "services": "Legal Line", "number": "211"}]
    came = tables(services, table("phones.csv", *phones))
    assert [row["number"] for row in came.doc["phones"]] == ["211"]
    assert any("by its name, not by its id" in said for said in came.said)
    twice = table("services.csv", *({"id": str(n), "name": "Legal Line", "status": "active"} for n in (1, 2)))
    assert not any(doc.get("phones") for doc in tables(twice, table("phones.csv", *phones)).docs)


def test_a_service_by_itself_is_left_as_it_is() -> None:
    assert mixed([("service", SERVICE)]).told == []
