"""Tables of HSDS 1.0 to 3.x, of Ohana and of vendors, row by row into services."""

from bot.directory.ids import id_of, minted
from bot.directory.service import Doc
from tests.directory.shaping.made import UUID, Came, table, tables

NINE_TO_FIVE = {"opens_at": "09:00", "closes_at": "17:00"}
SERVICE = {"id": "1", "name": "A", "status": "active"}


def made(entity: str, given: str) -> str:
    return minted("made", entity, given)


def test_the_same_source_gives_the_same_ids_and_another_one_others() -> None:
    first, again, other = (
        tables(table("services.csv", SERVICE), source=source).doc["id"] for source in ("made", "made", "else")
    )
    assert first == again == id_of("made", "service", "1")
    assert other != first
    assert tables(table("services.csv", {**SERVICE, "id": UUID.upper()})).doc["id"] == UUID


def test_the_id_of_a_source_is_told_unless_it_is_a_uuid() -> None:
    long = "540866542533436"
    came = tables(table("services.csv", {**SERVICE, "id": long}, {**SERVICE, "id": UUID}))
    assert sorted(service.source_id for service in came.services) == ["", long]
    assert {str(service.where) for service in came.services} == {"services.csv row 2", "services.csv row 3"}


def test_hsds_1_in_its_own_tables() -> None:
    came = tables(
        table("Services.csv", {**SERVICE, "organization_id": "9"}),
        table("organizations.csv", {"id": "9", "name": "O", "url": "http://o.org", "description": "d"}),
        table("services_at_location.csv", {"id": "3", "service_id": "1", "location_id": "4"}),
        table("locations.csv", {"id": "4", "name": "L"}),
        table("physical_addresses.csv", {"id": "5", "location_id": "4", "address_1": "1 A St", "city": "B",
                                         "state_province": "IL", "postal_code": "60559", "country": "US"}),
        table("postal_addresses.csv", {"id": "5", "location_id": "4", "address_1": "Box 1", "city": "B",
                                       "state_province": "IL", "postal_code": "60559", "country": "US"}),
        table("regular_schedules.csv", {"id": "6", "service_id": "1", "weekday": "2", **NINE_TO_FIVE}),
        table("holiday_schedules.csv", {"id": "6", "service_id": "1", "closed": "true", "start_date": "2025-12-25",
                                        "end_date": "2025-12-25"}),
        table("languages.csv", {"id": "7", "service_id": "1", "language": "es"}),
        table("service_areas.csv", {"id": "8", "service_id": "1", "service_area": "DuPage County"}),
        table("eligibility.csv", {"id": "", "service_id": "1", "eligibility": "Adults"},
              {"id": "", "service_id": "1", "eligibility": "Veterans"},
              {"id": "", "service_id": "", "eligibility": "lost"}),
        table("payments_accepted.csv", {"id": "1", "service_id": "1", "payment": "Cash"}),
        table("accessibility_for_disabilities.csv", {"id": "1", "location_id": "4", "accessibility": "ramp"}),
        table("taxonomy.csv", {"id": "F", "name": "Food", "parent_id": "", "parent_name": "", "vocabulary": "OE"}),
        table("services_taxonomy.csv", {"id": "1", "service_id": "1", "taxonomy_id": "F", "taxonomy_detail": ""}),
    )  # fmt: skip
    doc = came.doc
    assert doc["organization"]["website"] == "http://o.org"
    (place,) = (row["location"] for row in doc["service_at_locations"])
    assert sorted(row["address_type"] for row in place["addresses"]) == ["physical", "postal"]
    assert place["location_type"] == "physical"
    assert place["accessibility"][0]["description"] == "ramp"
    assert [row.get("byday", row.get("valid_from")) for row in sorted(doc["schedules"], key=len)] == [
        "2025-12-25",
        "TU",
    ]
    assert doc["languages"] == [{"id": made("language", "7"), "code": "es"}]
    assert doc["service_areas"][0]["name"] == "DuPage County"
    assert doc["eligibility_description"] == "Adults; Veterans"
    terms = {(row["taxonomy_term"]["taxonomy"], row["taxonomy_term"]["name"]) for row in doc["attributes"]}
    assert terms == {("payments accepted", "Cash"), ("OE", "Food")}
    assert [row["link_id"] for row in doc["attributes"]] == [doc["id"]] * 2
    assert (
        came.told[-1]
        == "eligibility.csv, eligibility: dropped: belong to nothing in the files and were left out (1 row: 4)"
    )


def test_hsds_2_in_its_own_tables() -> None:
    came = tables(
        table("services.csv", SERVICE),
        table("taxonomies.csv", {"id": "T", "name": "OE", "description": "open"}),
        table("taxonomy_terms.csv", {"id": "F", "term": "Food", "description": "d", "taxonomy_id": "T"}),
        table("service_attributes.csv", {"id": "1", "service_id": "1", "taxonomy_term_id": "F"}),
        table("other_attributes.csv", {"id": "1", "link_id": "1", "link_type": "service", "taxonomy_term_id": "F"}),
        table("schedules.csv", {"id": "6", "service_id": "1", "byday": "monday", "freq": "", "opens_at": "9:00am",
                                "closes_at": "5:00pm"}),
    )  # fmt: skip
    assert [row["taxonomy_term"]["taxonomy_detail"]["name"] for row in came.doc["attributes"]] == ["OE", "OE"]
    assert came.doc["schedules"][0]["byday"] == "MO"


def ohana() -> Came:
    return tables(
        table("organizations.csv", {"id": "7", "name": "O", "funding_sources": "City, Donations",
                                    "date_incorporated": "January 01, 1970"}),
        table("locations.csv", {"id": "4", "organization_id": "7", "name": "L", "accessibility": "ramp, elevator",
                                "languages": "Spanish, Tagalog", "virtual": "false", "short_desc": "s", "website": "http://l.org"}),
        table("services.csv", {"id": "1", "location_id": "4", "name": "A", "status": "active", "eligibility": "None",
                               "keywords": "food, Housing", "taxonomy_ids": "101, 101-01",
                               "accepted_payments": "Cash, Check",
                               "service_areas": "Colma, Daly City", "audience": "anyone", "fees": "None."}),
        table("taxonomy.csv", {"taxonomy_id": "101", "name": "Emergency", "parent_id": "", "parent_name": ""},
              {"taxonomy_id": "101-01", "name": "Disaster", "parent_id": "101", "parent_name": "Emergency"}),
        table("addresses.csv", {"id": "1", "location_id": "4", "address_1": "1 A St", "city": "B",
                                "state_province": "CA", "postal_code": "94063", "country": "US"}),
        table("mail_addresses.csv", {"id": "1", "location_id": "4", "attention": "L", "address_1": "Box 1", "city": "B",
                                     "state_province": "CA", "postal_code": "94063", "country": "US"}),
        table("phones.csv", {"id": "1", "location_id": "4", "number": "7035551212", "vanity_number": "703-555-ABCD",
                             "number_type": "sms", "department": "CalFresh", "extension": "0123"}),
    )  # fmt: skip


def test_ohana_lists_in_cells() -> None:
    doc = ohana().doc
    (place,) = (row["location"] for row in doc["service_at_locations"])
    assert doc["organization"]["name"] == "O"
    assert doc["organization"]["year_incorporated"] == 1970
    assert sorted(row["source"] for row in doc["organization"]["funding"]) == ["City", "Donations"]
    assert sorted(row["description"] for row in place["accessibility"]) == ["elevator", "ramp"]
    assert sorted(row["name"] for row in place["languages"]) == ["Spanish", "Tagalog"]
    assert sorted(row["name"] for row in doc["service_areas"]) == ["Colma", "Daly City"]
    assert (doc["eligibility_description"], doc["fees"]) == ("None", "None.")
    assert (place["short_desc"], doc["audience"]) == ("s", "anyone")
    terms = sorted(row["taxonomy_term"]["name"] for row in doc["attributes"])
    assert terms == ["Cash", "Check", "Disaster", "Emergency", "Housing", "food"]


def test_ohana_phones_and_addresses_of_two_files_that_both_count_from_one() -> None:
    came = ohana()
    (place,) = (row["location"] for row in came.doc["service_at_locations"])
    assert {row["address_type"]: row["address_1"] for row in place["addresses"]} == {
        "physical": "1 A St",
        "postal": "Box 1",
    }
    (phone,) = place["phones"]
    assert {key: phone[key] for key in ("type", "description", "extension", "extension_text", "vanity_number")} == {
        "type": "text", "description": "CalFresh", "extension": 123, "extension_text": "0123",
        "vanity_number": "703-555-ABCD",
    }  # fmt: skip
    assert (
        "services.csv row 2, organization_id: inferred: names no organization: that of its places was taken"
        in came.said
    )


def test_a_vendors_headings_and_lists_of_ids() -> None:
    service, phones, place, organization = "540866542533436", ("111111111111111", "222222222222222"), "5" * 15, "3" * 15
    came = tables(
        table("services.csv", {"service_recordid": service, "service_name": "A", "service_status": "active",
                               "service_phones": ",".join(phones), "service_organization": organization,
                               "service_locations": place, "service_schedule": "4" * 15}),
        table("phones.csv", *({"phone_recordid": phone, "phone_number": "988"} for phone in phones)),
        table("organization.csv", {"organization_recordid": organization, "organization_name": "O"}),
        table("locations.csv", {"id": "1", "location_recordid": place, "location_name": "L",
                                "location_address": "6" * 15}),
        table("address.csv", {"address_recordid": "6" * 15, "address_1": "1 A St", "address_city": "B",
                              "address_state_province": "DC", "address_postal_code": "20001"}),
        table("schedules.csv", {"schedule_recordid": "4" * 15, "weekday": "Monday-Friday", "dtstart": "8:30AM",
                                "until": "5:30PM"}),
        table("contacts.csv", {"id": "1", "service_id": f"{service},77", "organization_id": "0", "name": "Jo"}),
    )  # fmt: skip
    doc = came.doc
    assert (doc["name"], came.services[0].source_id, doc["organization"]["name"]) == ("A", service, "O")
    assert len(doc["phones"]) == 2
    assert doc["schedules"][0]["opens_at"] == "08:30:00"
    assert doc["service_at_locations"][0]["location"]["addresses"][0]["city"] == "B"
    assert doc["contacts"][0]["name"] == "Jo"


def test_organizations_named_where_their_ids_belong() -> None:
    came = tables(
        table(
            "services.csv",
            {**SERVICE, "organization_id": "Good  people"},
            {**SERVICE, "id": "2", "organization_id": "Twins"},
        ),
        table(
            "organizations.csv",
            {"id": "9", "name": "good people"},
            {"id": "8", "name": "Twins"},
            {"id": "7", "name": "Twins"},
        ),
    )
    found = {service.source_id: service.doc for service in came.services}
    assert found["1"]["organization"]["name"] == "good people"
    assert "organization" not in found["2"], "two are called so: nobody can tell which"


def test_organizations_known_only_by_their_name_beside_the_service() -> None:
    rows = [
        {**SERVICE, "id": str(n), "organization_name": name}
        for n, name in enumerate(("Helping Hands", "helping hands", "Other"))
    ]
    docs = tables(table("services.csv", *rows)).docs
    assert len({doc["organization"]["id"] for doc in docs}) == 2
    full = tables(
        table("services.csv", *rows),
        table("organizations.csv", {"id": "9", "name": "Helping Hands", "email": "a@b.org"}),
    )
    assert sorted(doc["organization"].get("email", "") for doc in full.docs) == ["", "a@b.org", "a@b.org"]


def test_addresses_of_an_organization_stand_at_a_place_of_its_own() -> None:
    came = tables(
        table("services.csv", {**SERVICE, "organization_id": "9"}),
        table("organizations.csv", {"id": "9", "name": "O"}),
        table("postal_addresses.csv", {"id": "", "organization_id": "9", "address_1": "Box 1", "city": "B",
                                       "state_province": "IL", "postal_code": "60559"}),
    )  # fmt: skip
    (place,) = came.doc["organization"]["locations"]
    assert (place["location_type"], place["addresses"][0]["address_1"]) == ("postal", "Box 1")


def test_unknown_tables_are_told_and_unknown_columns_are_kept_verbatim() -> None:
    came = tables(
        table(
            "services.csv", {**SERVICE, "Ask for": " Jo ", "metadata": "old", "x": "N/A", "y": "", "1 Main St 22": "z"}
        ),
        table("notes.csv", {"a": "b"}),
        table("meta_table_descriptions.csv", {"id": "1"}),
    )
    assert came.doc["Ask for"] == " Jo "
    assert came.doc["metadata_text"] == "old"
    assert "x" not in came.doc
    kept = "is a column nobody knows: kept as it stands, told to no texter; a mapping can say what it means"
    told = [said for said in came.told if "a word for nothing" not in said]
    assert told == [
        f"services.csv, Ask for: dropped: {kept}",
        f"services.csv, metadata_text: dropped: {kept}",
        "notes.csv: dropped: is no table that is known: its rows were not used (a)",
        "meta_table_descriptions.csv: dropped: is a table about tables: its rows were not used",
    ]


def test_words_for_nothing_are_nothing_and_are_counted() -> None:
    rows = [
        {**SERVICE, "id": str(n), "email": "N/A", "description": "null", "url": " - ", "fees": "None"} for n in range(5)
    ]
    came = tables(table("services.csv", *rows))
    assert not {"email", "description"} & came.docs[0].keys()
    assert came.docs[0]["fees"] == "None", "whether it costs something was asked, and this answers"
    counted = "services.csv, email: mended: said only a word for nothing, and was taken as empty (5 rows: 2, 3, 4, ...)"
    assert counted in came.told


def test_rows_without_ids_get_the_same_ones_next_time_wherever_they_stand() -> None:
    rows = [
        {"id": "", "service_id": "1", "weekday": day, "opens_at": "09:00", "closes_at": "17:00"}
        for day in ("Monday", "Friday")
    ]

    def schedules(*given: dict[str, str]) -> list[Doc]:
        schedules: list[Doc] = tables(table("services.csv", SERVICE), table("regular_schedules.csv", *given)).doc[
            "schedules"
        ]
        return schedules

    assert schedules(*rows) == schedules(*rows[::-1], rows[0])
    assert len(schedules(*rows)) == 2
