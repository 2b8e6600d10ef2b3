"""CSV files as people really send them."""

from pathlib import Path

import pytest

from bot.directory.reading.limits import Limits
from bot.directory.reading.raw import UnreadableError
from tests.directory.reading.made import grid, opened, problems, said

ROWS = [("id", "name"), ("1", "Food"), ("2", "Law")]

#: what the file is · its bytes · its headings and rows · words a note must say ("" = no note at all)
READ = [
    ("plain", b"id,name\n1,Food\n2,Law\n", ROWS, ""),
    ("no last line break", b"id,name\n1,Food\n2,Law", ROWS, ""),
    ("windows line breaks", b"id,name\r\n1,Food\r\n2,Law\r\n", ROWS, ""),
    ("old mac line breaks", b"id,name\r1,Food\r2,Law\r", ROWS, ""),
    ("utf-8 mark", b"\xef\xbb\xbfid,name\n1,Food\n2,Law\n", ROWS, ""),
    ("utf-8 mark twice, then quotes", b'\xef\xbb\xbf\xef\xbb\xbf"id",name\n1,Food\n2,Law\n', ROWS, ""),
    ("utf-16 little", "id,name\n1,Food\n2,Law\n".encode("utf-16"), ROWS, ""),
    ("utf-16 big", b"\xfe\xff" + "id,name\n1,Food\n2,Law\n".encode("utf-16-be"), ROWS, ""),
    ("utf-32", "id,name\n1,Food\n2,Law\n".encode("utf-32"), ROWS, ""),
    ("utf-16 without a mark", "id,name\n1,Food\n2,Law\n".encode("utf-16-le"), ROWS, "taken as UTF-16"),
    ("utf-16 big without a mark", "id,name\n1,Food\n2,Law\n".encode("utf-16-be"), ROWS, "taken as UTF-16"),
    ("utf-16 cut in a letter", "id,name\n1,Food\n2,Law\n".encode("utf-16") + b"a", None, "no encoding explains"),
    ("windows letters", b"id,name\n1,Ni\xf1o\n", [("id", "name"), ("1", "Niño")], "(cp1252) letters (1 letters)"),
    (
        "windows quotes among utf-8",
        b"id,name\n1,Ni\xc3\xb1o \x93a\x94\n",
        [("id", "name"), ("1", "Niño “a”")],
        "(2 letters)",
    ),
    ("a byte that windows does not know", b"id,name\n1,a\x81b\n", [("id", "name"), ("1", "a\ufffdb")], "(1 letters)"),
    ("zero bytes", b"id,name\n1,Fo\0od\n2,Law\0\n", ROWS, "held zero bytes; they were left out (2 bytes)"),
    ("semicolons", b"id;name\n1;Food\n2;Law\n", ROWS, "not parted by commas (semicolons)"),
    ("semicolons, commas in words", b"id;name\n1;Food, rent\n", [("id", "name"), ("1", "Food, rent")], "semicolons"),
    ("tabs in a csv", b"id\tname\n1\tFood\n2\tLaw\n", ROWS, "(tabs)"),
    ("bars", b"id|name\n1|Food\n2|Law\n", ROWS, "(bars)"),
    (
        "commas, semicolon lists inside",
        b"id,name\n1,a;b;c\n2,d;e\n",
        [("id", "name"), ("1", "a;b;c"), ("2", "d;e")],
        "",
    ),
    ("excel says what parts", b"sep=;\nid;name\n1;Food\n2;Law\n", ROWS, "(semicolons)"),
    ("blanks after commas, then quotes", b'id, name\n1, "Food, rent"\n', [("id", "name"), ("1", "Food, rent")], ""),
    ("blanks stay in cells", b"id,name\n1, Food \n", [("id", "name"), ("1", " Food ")], ""),
    ("line breaks in a cell", b'id,name\n1,"a\nb\r\nc"\n', [("id", "name"), ("1", "a\nb\r\nc")], ""),
    (
        "a unicode line end in a cell",
        "id,name\n1,a\u2028b\x0bc\n".encode(),
        [("id", "name"), ("1", "a\u2028b\x0bc")],
        "",
    ),
    ("quotes in quotes", b'id,name\n1,"say ""hi"""\n', [("id", "name"), ("1", 'say "hi"')], ""),
    ("a quote in the middle of a word", b'id,name\n1,5" pipe\n', [("id", "name"), ("1", '5" pipe')], ""),
    ("a quote closed too soon", b'id,name\n1,"a"b\n', [("id", "name"), ("1", "ab")], ""),
    ("blank lines", b"\n\nid,name\n\n1,Food\n , \n2,Law\n\n\n", ROWS, ""),
    ("rows of commas", b"id,name\n,\n1,Food\n,,,,\n2,Law\n", ROWS, ""),
    ("shorter rows are filled", b"id,name,url\n1,Food\n", [("id", "name", "url"), ("1", "Food", "")], ""),
    ("longer by nothing", b"id,name\n1,Food,,\n2,Law,\n", ROWS, ""),
    ("longer by a blank", b"id,name\n1,Food, \n2,Law\n", ROWS, ""),
    ("longer by something", b"id,name\n1,Food\n3,a,b\n2,Law\n", ROWS, "row 3: refused: the row has more cells than"),
    ("a heading nobody uses", b"id,name,\n1,Food,\n2,Law,\n", ROWS, ""),
    (
        "a cell without a heading",
        b"id,\n1,x\n",
        [("id", "column 2"), ("1", "x")],
        "has no heading; it goes by its place",
    ),
    (
        "an empty heading in the middle",
        b"id,,name\n1,,Food\n2,x,Law\n",
        [("id", "column 2", "name"), ("1", "", "Food"), ("2", "x", "Law")],
        "(column 2)",
    ),
    (
        "a heading called as the unnamed one would be",
        b"column 2,\n1,x\n",
        [("column 2", "column 2 (2)"), ("1", "x")],
        "(column 2 (2))",
    ),
    (
        "two alike headings",
        b"phone,phone,phone\n1,2,3\n",
        [("phone", "phone (2)", "phone (3)"), ("1", "2", "3")],
        "two columns have one heading; the later was renamed (phone (3))",
    ),
    ("blanks around headings", b" id ,na\tme \n1,Food\n", [("id", "na me"), ("1", "Food")], ""),
    ("a line break in a heading", b'id,"Is this\nopen?"\n1,y\n', [("id", "Is this open?"), ("1", "y")], ""),
    ("one column", b"name\nFood\nLaw\n", [("name",), ("Food",), ("Law",)], ""),
    ("headings only", b"id,name\n", [("id", "name")], "holds headings and no rows"),
    ("leading zeros", b"id,ext\n1,007\n", [("id", "ext"), ("1", "007")], ""),
    ("a formula stays text", b'id,name\n1,"=1+1"\n', [("id", "name"), ("1", "=1+1")], ""),
    ("a heading in brackets", b"[id],name\n1,Food\n", [("[id]", "name"), ("1", "Food")], ""),
]


@pytest.mark.parametrize(("content", "expected", "note"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_a_csv_is_read(content: bytes, expected: list[tuple[str, ...]] | None, note: str, tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.csv": content})
    if expected is not None:
        assert grid(found) == expected
        assert found.tables[0].count == len(expected) - 1
    assert note in said(found)
    assert bool(note) == bool(found.notes)


def test_rows_say_where_they_stand_counting_blank_ones_and_breaks_in_cells_as_a_spreadsheet_does(
    tmp_path: Path,
) -> None:
    found = opened(tmp_path, {"services.csv": b'\nid,name\n\n1,"a\nb"\n2,b\n'})
    assert [str(row.where) for row in found.tables[0].rows()] == ["services.csv row 4", "services.csv row 5"]


def test_rows_can_be_read_again_and_by_two_at_once(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, {"services.csv": b"id\n1\n2\n"}).tables
    assert [(a.cells["id"], b.cells["id"]) for a, b in zip(table.rows(), table.rows(), strict=True)] == [
        ("1", "1"),
        ("2", "2"),
    ]


def test_a_line_is_whole_wherever_the_file_is_cut_to_be_read(tmp_path: Path) -> None:
    # The reader takes a million letters at a time; here one such piece ends between "\r" and "\n".
    first = b"id,name\r\n"
    filler = b"1," + b"x" * ((1 << 20) - len(first) - 3) + b"\r"
    found = opened(tmp_path, {"services.csv": first + filler + b"\n2,Law\r\n"}, limits=Limits(cell=2 << 20))
    assert [row.where.row for row in found.tables[0].rows()] == [2, 3]


def test_only_a_row_has_a_bound_not_the_file(tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.csv": b"id\n" + (b"x" * 999 + b"\n") * 3000}, limits=Limits(row=2000))
    assert found.tables[0].count == 3000


#: what the file is · its bytes · words of the problem
UNREADABLE = [
    ("nothing", b"", "holds nothing of a directory"),
    ("blanks", b" \n\t\n", "holds nothing of a directory"),
    ("a mark and nothing", b"\xef\xbb\xbf", "holds nothing of a directory"),
    (
        "an open quote",
        b'id,name\n1,"Food\n2,Law\n3,x\n',
        "services.csv row 2: a quotation mark is opened here and never",
    ),
    ("a huge cell", b"id,name\n1,Food\n2," + b"x" * 5000, "services.csv row 3: a cell holds more than 4 kB"),
    ("a huge row", b"id,name\n1," + b"x,y" * 1_200_000, "one row is longer than 16 kB"),
    ("too many columns", b"a," * 300 + b"\n", "has 301 columns, more than the 200"),
    ("a web page", b"<!DOCTYPE html><html>404</html>", "services.csv: is a web page, not data"),
    ("xml", b"<?xml version='1.0'?><a/>", "services.csv: is XML"),
    ("a pdf", b"%PDF-1.7 ...", "services.csv: is a PDF"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "services.csv: is a picture"),
    ("gzip", b"\x1f\x8b\x08\x00", "services.csv: is packed with gzip"),
    ("an old excel file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "services.csv: is an old or a locked Office file"),
    ("bytes that are no text", bytes(range(1, 30)) * 20, "services.csv: is not text"),
]


@pytest.mark.parametrize(
    ("content", "problem"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, problem: str, tmp_path: Path) -> None:
    limits = Limits(cell=4096, row=16 * 1024, columns=200)
    assert problem in problems(tmp_path, {"services.csv": content}, limits=limits)


def test_every_problem_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    files = {"services.csv": b'id\n"1', "phones.csv": b"%PDF", "organizations.csv": b"id\n1\n"}
    assert problems(tmp_path, files).splitlines() == [
        "phones.csv: is a PDF; nothing can be read from it, ask for the data it was made from",
        "services.csv row 2: a quotation mark is opened here and never closed",
    ]


def test_of_very_many_alike_notes_the_rest_is_counted(tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.csv": b"id\n" + b"1,2\n" * 12 + b"3\n"}, limits=Limits(alike=5))
    assert [note.value for note in found.notes] == ["2 cells, 1 headings"] * 5 + ["and 7 more"]


def test_a_table_that_changed_after_it_was_looked_at_is_unreadable_not_wrong(tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.csv": b"id,name\n1,Food\n"})
    (tmp_path / "given" / "services.csv").write_bytes(b'id,name\n1,"Food\n')
    with pytest.raises(UnreadableError, match="never closed"):
        list(found.tables[0].rows())


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("list.txt", b"id;name\n1;Food\n", ""),
        ("list", b"id,name\n1,Food\n", ""),
        ("list.csv.bak", b"id\tname\n1\tFood\n", ""),
        ("letter.txt", b"Dear all,\nthe list follows.\n", "letter.txt: is text, but not JSON and not a table"),
        ("notes.txt", b"Food\nLaw\n", "notes.txt: is text, but not JSON and not a table"),
        ("one.csv", b"name\nFood\n", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_single_file_is_a_table_by_its_content(name: str, content: bytes, problem: str, tmp_path: Path) -> None:
    assert problem in problems(tmp_path, {name: content}, name=name)
    assert bool(problem) == bool(problems(tmp_path, {name: content}, name=name))
