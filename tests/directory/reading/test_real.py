"""The real directories and the official examples that stand beside the checkout."""

import csv
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.directory.reading.opening import open_path
from bot.directory.reading.raw import UnreadableError
from tests.directory.reading.made import docs, said

#: the folder · its tables and their rows · the mappings beside it · what is said of it
DIRECTORIES = [
    (
        "florida",
        {"locations.csv": 378, "organizations.csv": 20, "services.csv": 135},
        ["florida_mapping.yaml"],
        "services.csv row 1: inferred: a column has no heading; it goes by its place (column 20)\n"
        "services.csv row 1: inferred: a column has no heading; it goes by its place (column 21)",
    ),
    ("ilao/input", {"locations.csv": 520, "organizations.csv": 33, "services.csv": 430}, ["../mapping.yaml"], ""),
    (
        "ilao/output",
        {
            "locations.csv": 520,
            "organizations.csv": 33,
            "phones.csv": 982,
            "postal_addresses.csv": 33,
            "regular_schedules.csv": 2492,
            "services.csv": 430,
        },
        ["../mapping.yaml"],
        "",
    ),
    (
        "ohana",
        {
            "addresses.csv": 21,
            "contacts.csv": 31,
            "holiday_schedules.csv": 4,
            "locations.csv": 22,
            "mail_addresses.csv": 21,
            "organizations.csv": 8,
            "phones.csv": 54,
            "programs.csv": 1,
            "regular_schedules.csv": 11,
            "services.csv": 23,
            "taxonomy.csv": 290,
        },
        [],
        "data/sample-csv: inferred: the data stand in this folder further down; it was read\n"
        "data: dropped: other data in another folder were not read (files: 1)",
    ),
]


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    ("name", "tables", "mappings", "notes"), DIRECTORIES, ids=[directory[0] for directory in DIRECTORIES]
)
def test_a_real_directory_is_read_row_for_row(
    name: str,
    tables: dict[str, int],
    mappings: list[str],
    notes: str,
    packed: bool,
    directories: Path,
    tmp_path: Path,
) -> None:
    folder = directories / name
    path = Path(shutil.make_archive(str(tmp_path / "given"), "zip", folder)) if packed else folder
    opened = open_path(path, tmp_path / "scratch")
    assert {table.file: table.count for table in opened.tables} == tables
    beside = [mapping for mapping in mappings if not (packed and mapping.startswith("../"))]
    assert (list(opened.mappings), said(opened)) == (beside, notes)
    inside = folder / "data" / "sample-csv" if name == "ohana" else folder
    for table in opened.tables:
        with open(inside / table.file, encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        assert [list(row.cells.values()) for row in table.rows()] == [row[: len(table.headings)] for row in rows]
        assert [heading for heading in table.headings if not heading.startswith("column ")] == list(
            filter(None, heading)
        )


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "ilao",
            "several folders hold data, each a directory by itself: input (locations.csv, organizations.csv,"
            " services.csv), output (locations.csv, organizations.csv, phones.csv and 3 more). Name the one to read"
            " (of a zip: unpack it first)",
        ),
        ("ohana/data/oe.json", "oe.json: holds nothing of a directory: no services, no organizations, no table"),
        ("README.md", "README.md: is text, but not JSON and not a table"),
        ("ilao/mapping.yaml", "mapping.yaml: is text, but not JSON and not a table"),
    ],
)
def test_what_is_no_directory_is_refused(name: str, problem: str, directories: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as raised:
        open_path(directories / name, tmp_path)
    assert raised.value.problems == (problem,)


KINDS = {
    "location.json": "location",
    "organization_full.json": "organization",
    "organization_list.json": "organization",
    "service_at_location_full.json": "service_at_location",
    "service_at_location_list.json": "service_at_location",
    "service_full.json": "service",
    "service_list.json": "service",
    "taxonomy.json": "taxonomy",
    "taxonomy_list.json": "taxonomy",
    "taxonomy_term.json": "taxonomy_term",
    "taxonomy_term_list.json": "taxonomy_term",
}


@pytest.mark.parametrize("renamed", [False, True], ids=["by its name", "by its content"])
@pytest.mark.parametrize("name", KINDS)
def test_an_official_example_is_read_as_what_it_is(name: str, renamed: bool, hsds: Path, tmp_path: Path) -> None:
    path = hsds / "examples" / "json" / name
    if renamed:
        path = Path(shutil.copy(path, tmp_path / "given.json"))
    opened = open_path(path, tmp_path / "scratch")
    given: dict[str, Any] = json.loads(path.read_bytes())
    (doc,) = opened.docs()
    assert (doc.kind, doc.doc) == (KINDS[name], given["contents"][0] if "contents" in given else given)
    assert ("is one page of several" in said(opened)) == name.endswith("_list.json")


def test_the_official_examples_all_together(hsds: Path, tmp_path: Path) -> None:
    opened = open_path(hsds / "examples" / "json", tmp_path)
    assert sorted(kind for kind, _ in docs(opened)) == sorted(KINDS.values())


def test_the_official_tables_are_read_with_their_description(hsds: Path, tmp_path: Path) -> None:
    opened = open_path(hsds / "examples" / "csv_repaired", tmp_path)
    assert (len(opened.tables), {table.count for table in opened.tables}, said(opened)) == (24, {1}, "")
    assert opened.descriptor is not None
    assert opened.descriptor["resources"]


def test_the_official_tabular_json_gives_the_same_tables(hsds: Path, tmp_path: Path) -> None:
    path = hsds / "examples" / "json" / "tabular.json"
    given = json.loads(path.read_bytes())
    opened = open_path(path, tmp_path)
    assert {table.file: table.count for table in opened.tables} == {file: len(rows) for file, rows in given.items()}
    for table in opened.tables:
        (row,) = table.rows()
        assert {key: value for key, value in row.cells.items() if value} == {
            key: value if isinstance(value, str) else json.dumps(value) for key, value in given[table.file][0].items()
        }


@pytest.mark.parametrize("name", ["compiled", "strict", "openapi.json", "examples/json/base.json"])
def test_schemas_are_no_services(name: str, hsds: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="holds nothing of a directory"):
        open_path(hsds / name, tmp_path)


def test_nothing_is_left_behind_beside_a_zip(directories: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "given.zip", "w") as archive:
        archive.write(directories / "florida" / "services.csv", "services.csv")
    list(open_path(tmp_path / "given.zip", tmp_path / "scratch").tables[0].rows())
    assert [path.name for path in tmp_path.iterdir()] == ["given.zip"]
