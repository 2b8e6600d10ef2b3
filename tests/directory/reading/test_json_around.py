"""What programs put around the objects of a JSON file, and around each of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.directory.reading.made import docs, opened, problems, said

FOOD: dict[str, Any] = {"id": "1", "name": "Food", "status": "active", "phones": [{"id": "9", "number": "211"}]}
LAW: dict[str, Any] = {"id": "2", "name": "Law", "status": "active"}
TWO = [("service", "1"), ("service", "2")]
NAMELESS = {key: LAW[key] for key in LAW if key != "id"}
API = [{"type": "x", "id": doc["id"], "attributes": {k: doc[k] for k in doc if k != "id"}} for doc in (FOOD, LAW)]
TABLE = [{"id": doc["id"], "createdTime": "x", "fields": doc} for doc in (FOOD, LAW)]
FILES = [{"name": "y", "size": 1, "at": 2}, 5]
#: what the file is · what it holds · words a note must say ("" = no note)
AROUND = [
    ("a list by name inside data", {"status": "ok", "data": {"services": [FOOD, LAW], "total": 2}}, ""),
    ("a list in a list's place", {"data": {"items": [FOOD, LAW]}}, 'taken from "items"'),
    ("two around it", {"response": {"data": {"results": [FOOD, LAW]}}}, 'taken from "results"'),
    ("each under its id", {"1": FOOD, "2": LAW}, "each under its id"),
    ("each under an id it does not repeat", {"1": FOOD, "2": NAMELESS}, "its id"),
    ("a list of another name", {"count": 2, "all_of_it": [FOOD, LAW], "links": [1]}, 'taken from "all_of_it"'),
    ("JSON:API", {"data": API}, 'taken from "data"'),
    ("Airtable", {"records": TABLE}, 'taken from "records"'),
]


@pytest.mark.parametrize(("content", "note"), [case[1:] for case in AROUND], ids=[case[0] for case in AROUND])
@pytest.mark.parametrize("indent", [None, 2], ids=["in one line", "indented"])
def test_services_are_found_in_whatever_stands_around_them(
    content: Any, note: str, indent: int | None, tmp_path: Path
) -> None:
    found = opened(tmp_path, {"a.json": json.dumps(content, indent=indent)}, name="a.json")
    assert docs(found) == TWO
    assert found.count == 2
    assert (note in said(found), bool(note)) == (True, bool(found.notes))


def test_places_on_a_map_are_rows_with_coordinates(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [-118.25, 34.05]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "Cooling center", "phone": "211"}}
    found = opened(tmp_path, {"a.geojson": json.dumps({"type": "FeatureCollection", "features": [feature]})})
    (table,) = found.tables
    (row,) = table.rows()
    assert dict(row.cells) == {"name": "Cooling center", "phone": "211", "latitude": "34.05", "longitude": "-118.25"}


def test_what_wordpress_renders_is_its_text(tmp_path: Path) -> None:
    post = {"id": 5, "title": {"rendered": "Pantry"}, "content": {"rendered": "<p>Food</p>", "protected": False}}
    found = opened(tmp_path, {"posts.json": json.dumps([post])})
    (row,) = found.tables[0].rows()
    assert dict(row.cells) == {"id": "5", "title": "Pantry", "content": "<p>Food</p>"}


@pytest.mark.parametrize(
    "content",
    [
        {"a": {"x": 1}, "b": {"x": 2}},
        {"1": FOOD, "2": "x"},
        {"scripts": [{"run": "x"}], "files": FILES, "more": FILES},
        {"data": {"data": {"data": {"services": [FOOD]}}}},
        {"features": {"name": "x"}},
    ],
    ids=["settings", "services and other things", "two lists alike", "deeper than anybody", "no list"],
)  # fmt: skip
def test_what_is_no_directory_is_not_made_one(content: Any, tmp_path: Path) -> None:
    assert "holds nothing of a directory" in problems(tmp_path, {"a.json": json.dumps(content)}, name="a.json")


@pytest.mark.parametrize(
    ("claims", "note"),
    [
        ({"totalElements": 9, "totalPages": 5, "number": 0, "size": 2, "last": False}, "(page 0 of 5)"),
        ({"count": 9, "next": "https://example.org/?page=2", "previous": None}, "(page ? of ?)"),
        ({"totalElements": 2, "totalPages": 1, "number": 0, "size": 50, "last": True}, ""),
        ({"count": 2, "next": None, "last": False}, ""),
    ],
    ids=["Spring", "Django", "the last page of Spring", "the last page of Django"],
)
def test_one_page_of_several_is_told_in_the_words_of_any_maker(
    claims: dict[str, Any], note: str, tmp_path: Path
) -> None:
    told = said(opened(tmp_path, {"a.json": json.dumps({**claims, "contents": [FOOD, LAW]})}))
    assert (note in told, "several" in told) == (True, bool(note))


def test_a_list_that_stands_twice_further_in_is_refused(tmp_path: Path) -> None:
    text = f'{{"data": {{"services": [{json.dumps(FOOD)}], "services": [{json.dumps(LAW)}]}}}}'
    assert "the list services stands in it twice" in problems(tmp_path, {"a.json": text}, name="a.json")
