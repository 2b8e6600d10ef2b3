"""Tables that everybody's tools read: links that lead somewhere, ids that stand once, nothing lost."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.hsds import ENTITIES
from bot.directory.service import canonical, text_of
from bot.directory.writing.csv_package import write_csv
from bot.directory.writing.descriptor import descriptor
from bot.directory.writing.flatten import Flattening, TableRules
from bot.directory.writing.kept import unpacked
from bot.directory.writing.pack import packed
from tests.directory.writing import tables
from tests.directory.writing.made import EXAMPLES, odd_services

Doc = dict[str, Any]
IDS = "00000000-0000-4000-8000-{:012}"


def written(folder: Path, *docs: Doc) -> tables.Rows:
    """Write services and read the tables back."""
    write_csv(folder, docs)
    return tables.read(folder, json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def flat(*docs: Doc) -> tables.Rows:
    """Turn services into rows, as the files would hold them."""
    flattening = Flattening()
    rows: tables.Rows = {}
    for doc in docs:
        for entity, row in flattening.rows(doc):
            rows.setdefault(entity, []).append({f.name: row.get(f.name, "") for f in ENTITIES[entity].fields})
    return rows


def service(number: int, **more: Any) -> Doc:
    """Make a small service with an organization of its own."""
    organization = {"id": IDS.format(number + 100), "name": "O", "description": "O"}
    return canonical({"id": IDS.format(number), "name": "S", "status": "active", "organization": organization, **more})


def test_the_files_are_in_the_order_of_the_model(services: list[Doc], tmp_path: Path) -> None:
    rows = written(tmp_path, *services)
    assert len(rows["service"]) == len(services)
    for entity, found in rows.items():
        assert list(found[0]) == [field.name for field in ENTITIES[entity].fields]
    assert {path.name for path in tmp_path.iterdir()} == {ENTITIES[e].file for e in rows} | {"datapackage.json"}
    assert b"\r" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_the_official_descriptor_and_ours_find_no_fault(
    services: list[Doc], example: Doc, hsds: Path, tmp_path: Path
) -> None:
    rows = written(tmp_path, *services, example)
    ours = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert list(tables.faults(rows, ours)) == []
    assert list(tables.faults(rows, tables.official(hsds))) == []


def test_our_descriptor_says_what_the_official_one_says(hsds: Path) -> None:
    said = {r["name"]: r["schema"] for r in tables.official(hsds)["resources"] if r["name"] in ENTITIES}
    ours = {r["name"]: r["schema"] for r in descriptor(ENTITIES)["resources"]}
    assert said.keys() == ours.keys()
    for name, schema in said.items():
        for field, own in zip(schema["fields"], ours[name]["fields"], strict=True):
            assert (field["name"], field["type"], field.get("format")) == (own["name"], own["type"], own.get("format"))
            rules = own.get("constraints", {})
            assert field["constraints"]["required"] == rules.get("required", False)
            assert field["constraints"].get("enum", field.get("enum")) in (None, rules.get("enum"))
        links = {(k["fields"], k["reference"]["resource"]) for k in schema.get("foreignKeys", ())}
        assert links == {(k["fields"], k["reference"]["resource"]) for k in ours[name].get("foreignKeys", ())}


@pytest.mark.thorough
@given(data=st.data())
@settings(max_examples=EXAMPLES // 4, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_service_holds_the_links_lead_somewhere(data: st.DataObject, example: Doc, hsds: Path) -> None:
    first = data.draw(odd_services(example))
    second = data.draw(odd_services(example)) | {"id": IDS.format(1)}
    rows = flat(first, second)
    assert list(tables.faults(rows, tables.official(hsds))) == []
    assert len(rows["service"]) == 2


def test_times_are_written_with_seconds(tmp_path: Path) -> None:
    schedule = {"id": IDS.format(3), "opens_at": "09:00", "closes_at": "17:30:00-05:00"}
    row = written(tmp_path, service(1, schedules=[schedule]))["schedule"][0]
    assert (row["opens_at"], row["closes_at"]) == ("09:00:00", "17:30:00-05:00")


HARD = ['say "hi"', "a,b", "two\nlines", "carriage\rreturn", "é 🏠", "=1+1"]


@pytest.mark.parametrize("text", HARD)
def test_cells_come_back_as_they_were(text: str, tmp_path: Path) -> None:
    assert written(tmp_path, service(1, description=text))["service"][0]["description"] == text


def test_half_a_character_does_not_stop_the_export(tmp_path: Path) -> None:
    assert written(tmp_path, service(1, description="half \ud83c"))["service"][0]["description"] == "half ?"


def test_an_organization_two_services_share_stands_once() -> None:
    first, second = service(1), service(2)
    second["organization"] = deepcopy(first["organization"]) | {"phones": [{"id": IDS.format(9), "number": "211"}]}
    rows = flat(first, second)
    assert len(rows["organization"]) == 1
    assert [row["organization_id"] for row in rows["phone"]] == [first["organization"]["id"]]


def test_a_phone_two_services_share_is_lost_to_neither() -> None:
    phone = {"id": IDS.format(9), "number": "211", "languages": [{"id": IDS.format(10), "code": "es"}]}
    rows = flat(service(1, phones=[phone]), service(2, phones=[phone]))
    assert [row["service_id"] for row in rows["phone"]] == [IDS.format(1), IDS.format(2)]
    assert rows["phone"][0]["id"] == phone["id"] != rows["phone"][1]["id"]
    assert [row["phone_id"] for row in rows["language"]] == [row["id"] for row in rows["phone"]]


def test_a_phone_in_two_places_of_a_service_is_one_row_that_names_both() -> None:
    phone = {"id": IDS.format(9), "number": "211"}
    doc = service(1, phones=[phone])
    doc["organization"]["phones"] = [phone]
    (row,) = flat(doc)["phone"]
    assert (row["service_id"], row["organization_id"]) == (doc["id"], doc["organization"]["id"])


def test_an_attribute_with_one_id_on_two_objects_stands_on_both(services: list[Doc]) -> None:
    attribute = services[0]["attributes"][0]
    doc = service(1, attributes=[attribute])
    doc["organization"]["attributes"] = [attribute]
    assert {row["link_entity"] for row in flat(doc)["attribute"]} == {"service", "organization"}


def test_a_service_without_an_organization_gets_one_for_the_table() -> None:
    doc = service(1)
    del doc["organization"]
    rows = flat(doc)
    assert rows["service"][0]["organization_id"] == rows["organization"][0]["id"]


TERM = {"name": "T", "description": "T", "code": "BH"}
PHONE = {"id": IDS.format(51), "number": "1"}
DETAIL = {"id": IDS.format(60), "name": "X", "description": "X"}


def attribute(number: int, **term: Any) -> Doc:
    """Make an attribute with a term."""
    return {"id": IDS.format(number), "taxonomy_term": TERM | {"id": IDS.format(number + 10)} | term}


LOOSE = {
    "a place without a location": {"service_at_locations": [{"id": IDS.format(50), "phones": [PHONE]}]},
    "a program that is not there": {"program_id": IDS.format(52)},
    "a phone of a place that is not there": {"phones": [PHONE | {"location_id": IDS.format(54)}]},
    "a phone of another service": {"phones": [PHONE | {"service_id": IDS.format(55)}]},
    "an attribute without a term": {"attributes": [{"id": IDS.format(56), "taxonomy_term_id": IDS.format(57)}]},
    "a term without its taxonomy": {"attributes": [attribute(56, taxonomy_id=IDS.format(58))]},
    "two terms of one code": {"attributes": [attribute(n, taxonomy_detail=DETAIL) for n in (70, 71)]},
}


@pytest.mark.parametrize("more", LOOSE.values(), ids=LOOSE)
def test_what_leads_nowhere_is_kept_and_comes_back(more: Doc, hsds: Path) -> None:
    doc = service(1, **more)
    rows = flat(doc)
    assert list(tables.faults(rows, tables.official(hsds))) == []
    kept = [row for row in rows["attribute"] if row["link_type"] == "quietline kept field"]
    assert len(kept) == 1
    assert text_of(unpacked(packed(doc, rules=TableRules()))) == text_of(doc)


def test_a_program_two_of_one_organization_cannot_both_stand(hsds: Path) -> None:
    programs = [{"id": IDS.format(n), "name": "P", "description": "P"} for n in (7, 8)]
    doc = service(1)
    doc["organization"]["programs"] = programs
    rows = flat(doc)
    assert len(rows["program"]) == 1
    assert "programs/" in "".join(row["label"] for row in rows["attribute"])
    assert list(tables.faults(rows, tables.official(hsds))) == []


def test_nothing_to_export_is_an_empty_package(tmp_path: Path) -> None:
    assert written(tmp_path) == {}
