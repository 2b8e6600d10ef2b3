"""JSON files in every shape that directories come in."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.directory.reading import json_text
from bot.directory.reading.limits import Limits
from bot.directory.reading.raw import UnreadableError
from tests.directory.reading.made import cells, docs, opened, problems, said

FOOD: dict[str, Any] = {"id": "1", "name": "Food", "status": "active", "phones": [{"id": "9", "number": "211"}]}
LAW: dict[str, Any] = {"id": "2", "name": "Law", "status": "active"}
TWO = [("service", "1"), ("service", "2")]
ORGANIZATION = {"id": "7", "name": "Pantry", "description": "d", "website": "w", "services": [FOOD]}
AT = {"id": "8", "service_id": "1", "location_id": "3", "location": {"id": "3", "location_type": "physical"}}


def _page(**more: Any) -> dict[str, Any]:
    return {"total_items": 2, "size": 2, "empty": False, "contents": [FOOD, LAW], **more}


#: what the file is · its name · what it holds · kinds and ids · words a note must say ("" = no note)
READ = [
    ("a list", "a.json", [FOOD, LAW], TWO, ""),
    ("one service", "a.json", FOOD, [("service", "1")], ""),
    ("one organization with services", "a.json", ORGANIZATION, [("organization", "7")], ""),
    ("one service at a location", "a.json", AT, [("service_at_location", "8")], ""),
    ("a page", "a.json", _page(), TWO, ""),
    ("a page that miscounts", "a.json", _page(size=31), TWO, "not believed (says 31, holds 2)"),
    ("a page of many", "a.json", _page(page_number=1, total_pages=9), TWO, "one page of several; what stands on the"),
    ("not the last page", "a.json", _page(last_page=False), TWO, "one page of several"),
    ("a page of items", "a.json", {"items": [FOOD, LAW]}, TWO, 'do not stand under "contents" (taken from "items")'),
    ("a page of data", "a.json", {"data": [FOOD, LAW], "links": {}}, TWO, 'taken from "data"'),
    ("a page of results", "a.json", {"count": 2, "results": [FOOD, LAW]}, TWO, 'taken from "results"'),
    ("lists by name", "a.json", {"services": [FOOD, LAW], "organizations": []}, TWO, "holds no object (organizations)"),
    (
        "lists by name, nested",
        "a.json",
        {"services": [FOOD], "organizations": [ORGANIZATION]},
        [("service", "1"), ("organization", "7")],
        "",
    ),
    ("an empty list", "services.json", [], [], "holds no object"),
    ("numbers as ids", "a.json", [LAW | {"id": 540866542533436}], [("service", 540866542533436)], ""),
    ("bare rows, named by their file", "services.json", [{"id": "1", "name": "a"}], [("service", "1")], ""),
    ("no id, named by their file", "services.json", [{"name": "a", "status": "active"}], [("service", None)], ""),
    ("other things in a list", "a.json", [FOOD, None, "x", LAW, [1]], TWO, "row 2: refused: stands where an object"),
    ("nulls stay", "a.json", [FOOD | {"url": None}], [("service", "1")], ""),
]


@pytest.mark.parametrize(
    ("name", "content", "expected", "note"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
@pytest.mark.parametrize("indent", [None, 2], ids=["in one line", "indented"])
def test_json_is_read(
    name: str, content: Any, expected: list[tuple[str, Any]], note: str, indent: int | None, tmp_path: Path
) -> None:
    found = opened(tmp_path, {name: json.dumps(content, indent=indent)}, name=name)
    assert docs(found) == expected
    assert found.count == len(expected)
    assert (note in said(found), bool(note)) == (True, bool(found.notes))


FOOD_TEXT, LAW_TEXT = json.dumps(FOOD), json.dumps(LAW)
#: what the text is · the text · kinds and ids · words a note must say ("" = no note)
TEXTS = [
    ("a line each", f"{FOOD_TEXT}\n{LAW_TEXT}\n".encode(), TWO, ""),
    ("objects one after the other", f"{FOOD_TEXT}{LAW_TEXT}".encode(), TWO, ""),
    ("utf-8 mark", b"\xef\xbb\xbf" + FOOD_TEXT.encode(), TWO[:1], ""),
    ("utf-16", FOOD_TEXT.encode("utf-16"), TWO[:1], ""),
    ("windows letters", b'{"id": "1", "name": "Ni\xf1o", "status": "active"}', TWO[:1], "(cp1252) letters (1 letters)"),
    ("blanks before and after", f" \n{FOOD_TEXT}\n\n ".encode(), TWO[:1], ""),
    ("a bare line break in a text", b'{"id": "1", "name": "a\nb", "status": "active"}', TWO[:1], ""),
    (
        "a key twice",
        b'[{"id": "0", "id": "1", "name": "a", "status": "active"}]',
        TWO[:1],
        "row 1: mended: a key stands",
    ),
    (
        "a key twice in one object",
        b'{"id": "0", "id": "1", "name": "a", "status": "active"}',
        TWO[:1],
        "twice in an ob",
    ),
    (
        "a list twice in one service",
        b'{"id": "1", "status": "a", "phones": [], "phones": []}',
        TWO[:1],
        "twice in an object",
    ),
    ("half a letter", b'[{"id": "1", "name": "\\ud83d", "status": "active"}]', TWO[:1], "cannot be stored"),
    ("a zero, escaped", b'[{"id": "1", "name": "a\\u0000", "status": "active"}]', TWO[:1], "cannot be stored"),
    ("a whole letter, escaped", b'[{"id": "1", "name": "\\ud83d\\ude00", "status": "active"}]', TWO[:1], ""),
]


@pytest.mark.parametrize(("content", "expected", "note"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_odd_json_is_read(content: bytes, expected: list[tuple[str, Any]], note: str, tmp_path: Path) -> None:
    found = opened(tmp_path, {"a.json": content})
    assert docs(found) == expected
    assert (note in said(found), bool(note)) == (True, bool(found.notes))
    for doc in found.docs():
        assert "\0" not in str(doc.doc)
        str(doc.doc).encode()  # half a letter could not be


#: what the text is · the text · words of the problem
UNREADABLE = [
    ("cut in a list", b'[{"id": "1"}', "a.json: breaks off in the middle"),
    ("cut in an object", b'[{"id": "1", ', "a.json: breaks off in the middle"),
    ("cut in a text", b'[{"id": "1", "name": "Fo', "a.json: breaks off in the middle"),
    ("cut after a key", b'{"id"', "a.json: breaks off in the middle"),
    ("only a bracket", b"[", "a.json: breaks off in the middle"),
    ("no comma", b'[{"id": "1"} {"id": "2"}]', "a.json: is not right JSON in line 1: { stands where , should"),
    ("a fault in the third line", b'[\n{"id": "1"},\n{"id": x}]', "a.json: is not right JSON in line 3"),
    ("not a number", b'[{"id": NaN}]', "NaN is no number"),
    ("endless", b'[{"id": -Infinity}]', "-Infinity is no number"),
    ("too large a number", b'[{"id": 1e999}]', "the number 1e999 is too large"),
    ("a number of 5000 digits", b'[{"id": ' + b"9" * 5000 + b"}]", "a.json: is not right JSON in line 1"),
    ("a letter nobody sees", b'{"size"\x01: 2}', "in line 1: ? stands where : should"),
    ("something after the end", b"[] x", "a.json: something stands after the end"),
    ("two lists", b"[] []", "a.json: something stands after the end"),
    (
        "one organization, too large",
        b'{"id": "7", "name": "a", "services": [' + b'{"id": "1"},' * 90_000 + b"{}]}",
        "larger",
    ),
    ("a list twice", b'{"contents": [], "contents": []}', "the list contents stands in it twice"),
    ("very deep", b'[{"id": ' + b"[" * 100 + b"]" * 100 + b"}]", "more than 60 deep"),
    ("a million deep", b"[" * 1_000_000, "more than 60 deep"),
    ("a million objects deep", b'{"a":' * 1_000_000, "more than 60 deep"),
    ("one huge object", b'[{"id": "' + b"x" * 3_000_000 + b'"}]', "one object is larger than 1024 kB"),
    ("keys without end", json.dumps([{f"key {n}": 1} for n in range(3000)]).encode(), "more keys than any directory"),
    ("a number", b"1", "a.json: is not JSON"),
    ("words", b"hello", "a.json: is not JSON"),
    ("a schema", b'{"name": "service", "type": "object", "properties": {"id": {}}}', "holds nothing of a directory"),
    ("settings", b'{"version": "3.0", "profile": "x"}', "holds nothing of a directory"),
    ("an empty object", b"{}", "holds nothing of a directory"),
]


@pytest.mark.parametrize(
    ("content", "problem"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_is_no_directory_is_refused_in_plain_words(content: bytes, problem: str, tmp_path: Path) -> None:
    assert problem in problems(tmp_path, {"a.json": content}, limits=Limits(record=1 << 20, columns=200))


def test_objects_are_the_same_wherever_the_file_is_cut_to_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_text, "_PIECE", 1)
    given = [FOOD | {"x": [1, -2.5, 1e3, True, False, None, "a\\u00e9\n", {"é": {}}, []], "n": 123456}, LAW]
    found = opened(tmp_path, {"a.json": json.dumps({"size": 2, "x": 10, "contents": given}, indent=1)})
    assert [doc.doc for doc in found.docs()] == given


def test_places_are_counted_from_one_and_one_object_alone_has_none(tmp_path: Path) -> None:
    found = opened(tmp_path, {"a.json": json.dumps([FOOD, LAW]), "b.json": json.dumps(FOOD)})
    assert [str(doc.where) for doc in found.docs()] == ["a.json row 1", "a.json row 2", "b.json"]


def test_what_fits_several_kinds_is_what_the_first_of_its_list_was(tmp_path: Path) -> None:
    found = opened(tmp_path, {"a.json": json.dumps([FOOD, {"id": "2", "name": "b", "email": "c", "description": "d"}])})
    assert docs(found) == TWO


TABULAR = {
    "services.csv": [{"id": "1", "name": "Food", "open": True}, {"id": 2, "url": None, "ages": [1, 2]}],
    "phones.csv": [{"id": "9", "service_id": "1", "number": "211"}],
}


def test_tables_in_json_become_tables(tmp_path: Path) -> None:
    found = opened(tmp_path, {"tabular.json": json.dumps(TABULAR)})
    assert [(table.file, table.count) for table in found.tables] == [("services.csv", 2), ("phones.csv", 1)]
    assert found.tables[0].headings == ("id", "name", "open", "url", "ages")
    assert cells(found.tables[0]) == [("1", "Food", "true", "", ""), ("2", "", "", "", "[1, 2]")]
    assert [str(row.where) for row in found.tables[0].rows()] == ["services.csv row 1", "services.csv row 2"]
    assert not docs(found)


def test_flat_rows_that_name_each_other_become_tables(tmp_path: Path) -> None:
    files = {
        "services.json": json.dumps([LAW | {"organization_id": "7"}]),
        "organizations.json": json.dumps([{"id": "7", "name": "a", "description": "b"}]),
        "phones.json": json.dumps([{"id": "9", "service_id": "2", "number": "211"}]),
    }
    found = opened(tmp_path, files)
    assert [table.file for table in found.tables] == ["organizations.json", "phones.json", "services.json"]


def test_rows_in_words_of_their_own_become_a_table_for_a_mapping(tmp_path: Path) -> None:
    found = opened(tmp_path, {"list.json": json.dumps([{"Agency": "a", "Telephone": "211"}, {"Agency": "b"}])})
    assert [(table.file, cells(table)) for table in found.tables] == [("list.json", [("a", "211"), ("b", "")])]


def test_an_object_that_changed_after_it_was_looked_at_is_unreadable_not_wrong(tmp_path: Path) -> None:
    found = opened(tmp_path, {"a.json": json.dumps([FOOD])})
    (tmp_path / "given" / "a.json").write_text('[{"id": ')
    with pytest.raises(UnreadableError, match="breaks off"):
        list(found.docs())
