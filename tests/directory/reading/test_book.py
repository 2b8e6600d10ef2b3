"""Spreadsheets: what is read from them, and that a hostile one brings down nothing but its own reader."""

import datetime as dt
import io
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.directory.reading.limits import Limits
from tests.directory.reading.made import cells, grid, opened, problems, said, workbook, xlsxwriter, zipped

HEAD = ["id", "value"]

#: what the cell is · what was typed · the text it is read as
CELLS: list[tuple[str, Any, str]] = [
    ("text", "Food", "Food"),
    ("leading zeros as text", "007", "007"),
    ("a whole number", 60559, "60559"),
    ("a long number", 540866542533436, "540866542533436"),
    ("a number with a rest", 34.0522, "34.0522"),
    ("a sum that is not exact", 0.1 + 0.2, "0.3"),
    ("a negative number", -118.25, "-118.25"),
    ("true", True, "true"),
    ("a day", dt.date(2026, 1, 2), "2026-01-02"),
    ("a formula", "=1+1", "0"),
    ("blanks", " a ", " a "),
    ("two lines", "a\nb", "a\nb"),
    ("accents", "Niño", "Niño"),
]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the text that each of CELLS was read as."""
    content = workbook(services=[["value"], *([cell] for _, cell, _ in CELLS)])
    return [row[0] for row in cells(opened(tmp_path_factory.mktemp("cells"), {"a.xlsx": content}).tables[0])]


@pytest.mark.parametrize(
    ("number", "text"), list(enumerate(case[2] for case in CELLS)), ids=[case[0] for case in CELLS]
)
def test_a_cell_is_read_as_people_see_it(number: int, text: str, typed: list[str]) -> None:
    assert typed[number] == text


def test_times_moments_and_what_formulas_say(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("hours")
    sheet.write_row(0, 0, ["time", "moment", "length", "sum", "fault"])
    sheet.write_datetime(1, 0, dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_datetime(1, 1, dt.datetime(2026, 1, 2, 3, 4), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    sheet.write_number(1, 2, 26 / 24, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_formula(1, 3, "=1+1", None, 2)
    sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    book.close()
    found = opened(tmp_path, {"a.xlsx": out.getvalue()}, name="a.xlsx")
    assert cells(found.tables[0]) == [("09:30:00", "2026-01-02T03:04:00", "26:00:00", "2", "")]


def test_each_sheet_is_a_table_and_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    rows = [[], ["", ""], HEAD, [], ["1", "a"], ["2", "b"]]
    content = workbook(services=rows, phones=[["number"], ["211"]], empty=[])
    found = opened(tmp_path, {"a.xlsx": content}, name="a.xlsx")
    assert [(table.file, table.count) for table in found.tables] == [("a.xlsx: services", 2), ("a.xlsx: phones", 1)]
    assert [str(row.where) for row in found.tables[0].rows()] == ["a.xlsx: services row 5", "a.xlsx: services row 6"]


@pytest.mark.parametrize("sheet", ["Sheet1", "Hoja1", "Tabelle 2", "Export"])
def test_a_sheet_nobody_named_goes_by_the_name_of_its_file(sheet: str, tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.xlsx": workbook(**{sheet: [HEAD, ["1", "a"]]})}, name="services.xlsx")
    assert [table.file for table in found.tables] == ["services.xlsx"]


def test_a_hidden_sheet_is_not_read_and_said(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("services").write_row(0, 0, ["id"])
    hidden = book.add_worksheet("not yet")
    hidden.write_row(0, 0, ["id"])
    hidden.hide()
    book.add_chartsheet("chart")
    book.close()
    found = opened(tmp_path, {"a.xlsx": out.getvalue()}, name="a.xlsx")
    assert [table.file for table in found.tables] == ["a.xlsx: services"]
    assert "a.xlsx: dropped: a hidden sheet was not read (not yet)" in said(found)


def test_rows_are_judged_as_those_of_any_table(tmp_path: Path) -> None:
    content = workbook(services=[["id", "id", ""], ["1", "2", "3"], ["1", "2", "3", "call!"]])
    found = opened(tmp_path, {"a.xlsx": content}, name="a.xlsx")
    assert grid(found) == [
        ("id", "id (2)", "column 3", "column 4"),
        ("1", "2", "3", ""),
        ("1", "2", "3", "call!"),
    ]
    assert "a.xlsx: services row 1: mended: two columns have one heading" in said(found)


def test_a_cell_far_to_the_right_is_said(tmp_path: Path) -> None:
    found = problems(tmp_path, {"a.xlsx": workbook(services=[["id"] + [""] * 2500 + ["x"]])}, name="a.xlsx")
    assert found == "a.xlsx: services: has 2502 columns; delete what stands far from the table"


def test_a_workbook_in_a_zip_is_read(tmp_path: Path) -> None:
    content = zipped({"x/services.xlsx": workbook(Sheet1=[HEAD, ["1", "a"]])})
    found = opened(tmp_path, {"a.zip": content}, name="a.zip")
    assert grid(found) == [("id", "value"), ("1", "a")]


def _with(sheet: bytes = b"", texts: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook whose sheet or table of texts was exchanged."""
    out: dict[Any, bytes | str] = {}
    with zipfile.ZipFile(io.BytesIO(workbook(services=[HEAD, ["1", "a"]]))) as archive:
        for name in archive.namelist():
            out[name] = archive.read(name)
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    if sheet:
        out["xl/worksheets/sheet1.xml"] = sheet.replace(b"MAIN", main)
    if texts:
        out["xl/sharedStrings.xml"] = texts.replace(b"MAIN", main)
    return zipped(out | (extra or {}))


FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
TOLD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
SHARED = b'<row r="1">' + b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % n for n in range(1, 400)) + b"</row>"

#: Letters that do not pack well, so that the zip looks like any other.
LONG = b"".join(sha256(b"%d" % n).hexdigest().encode() for n in range(40_000))
#: what the workbook is · its bytes · words of the problem
HOSTILE = [
    (
        "two cells far apart",
        _with(b"<worksheet MAIN><sheetData>" + FAR + b"</sheetData></worksheet>"),
        "memory and time",
    ),
    (
        "billions of texts promised",
        _with(texts=b'<sst MAIN count="4294967295" uniqueCount="4294967295"></sst>'),
        "memory and time",
    ),
    (
        "a billion laughs",
        _with(LAUGHS + b"<worksheet MAIN><sheetData>" + TOLD + b"</sheetData></worksheet>"),
        "not a whole spreadsheet",
    ),
    ("a text that is not there", _with(texts=b"<sst MAIN></sst>"), "not a whole spreadsheet"),
    (
        "one long text, many times",
        _with(
            b"<worksheet MAIN><sheetData>" + SHARED + b"</sheetData></worksheet>",
            b"<sst MAIN><si><t>" + LONG + b"</t></si></sst>",
        ),
        "memory and time",
    ),
    ("xml cut off", _with(b"<worksheet MAIN><sheetData><row>"), "not a whole spreadsheet"),
    ("no xml", _with(b"hello"), "a.xlsx: "),
    ("a bomb inside", _with(extra={"xl/media/a.bin": bytes(4 << 20)}), "would unpack to more than 200 times its size"),
    ("a way out inside", _with(extra={"../a.xml": b""}), "its name leads out of the zip"),
    ("no workbook in it", zipped({"[Content_Types].xml": b"<a/>", "xl/x.xml": b"<a/>"}), "not a whole spreadsheet"),
    ("empty", workbook(Sheet1=[]), "holds nothing of a directory"),
]


@pytest.mark.parametrize(("content", "problem"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_workbook_is_refused(content: bytes, problem: str, tmp_path: Path) -> None:
    limits = Limits(sheet_memory=512 << 20)
    assert problem in problems(tmp_path, {"a.xlsx": content}, name="a.xlsx", limits=limits)


def test_the_library_never_sees_a_workbook_that_is_a_hostile_zip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "run", never)
    content = _with(extra={"xl/media/a.bin": bytes(4 << 20)})
    assert "200 times its size" in problems(tmp_path, {"a.xlsx": content}, name="a.xlsx")


def test_a_workbook_that_never_ends_is_given_up(tmp_path: Path) -> None:
    # The library takes a column of this name for one of billions and gives them all.
    place = b'<worksheet MAIN><sheetData><row><c r="ZZZZZZ99999999"><v>1</v></c></row></sheetData></worksheet>'
    limits = Limits(sheet_seconds=1)
    assert "memory and time" in problems(tmp_path, {"a.xlsx": _with(place)}, name="a.xlsx", limits=limits)


def test_the_reader_of_workbooks_gets_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []
    run = subprocess.run

    def looked_at(command: list[str], *, env: dict[str, str], **rest: Any) -> Any:
        given.append(env)
        return run(command, env=env, **rest)

    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "secret")
    monkeypatch.setattr(subprocess, "run", looked_at)
    opened(tmp_path, {"a.xlsx": workbook(services=[HEAD])}, name="a.xlsx")
    assert [set(env) - {"PATH", "LD_LIBRARY_PATH"} for env in given] == [set()]
