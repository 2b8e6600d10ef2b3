"""Folders: what in them is the data, what is passed over, and where they lead."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.directory.reading.limits import Limits
from bot.directory.reading.opening import open_path
from bot.directory.reading.raw import UnreadableError
from bot.directory.reading.source import open_regular
from tests.directory.reading.made import docs, opened, problems, said, workbook

CSV = "id,name\n1,Food\n"
SERVICE = '[{"id": "1", "name": "Food", "status": "active", "phones": [{"id": "2"}]}]'

#: what the folder holds · its files · tables · objects · words the notes must say, in order
READ = [
    ("tables", {"services.csv": CSV, "phones.csv": CSV}, 2, 0, []),
    (
        "our export",
        {"services.json": SERVICE, "csv/services.csv": CSV, "csv/datapackage.json": "{}"},
        0,
        1,
        ["csv: dropp"],
    ),
    ("json and tables side by side", {"services.json": SERVICE, "services.csv": CSV}, 0, 1, ["beside JSON that holds"]),
    (
        "tables and json of something else",
        {"services.csv": CSV, "oe.json": '[{"a": 1}]'},
        1,
        0,
        ["oe.json: dropped: other"],
    ),
    (
        "tables and settings",
        {"services.csv": CSV, "base.json": '{"version": "3"}'},
        1,
        0,
        ["base.json: dropped: holds nothing"],
    ),
    (
        "services and tabular json",
        {"a.json": SERVICE, "b.json": '{"services.csv": [{"id": "1"}]}'},
        0,
        1,
        ["b.json: dropped"],
    ),
    ("pages", {"services-1.json": SERVICE, "services-2.json": SERVICE}, 0, 2, []),
    ("a spreadsheet among tables", {"services.csv": CSV, "phones.xlsx": workbook(Sheet1=[["id"], ["1"]])}, 2, 0, []),
    ("a table called a spreadsheet", {"services.xlsx": CSV}, 1, 0, []),
    ("json called a table", {"services.csv": SERVICE}, 0, 1, []),
    ("a spreadsheet called a table", {"services.csv": workbook(Sheet1=[["id"], ["1"]])}, 1, 0, []),
    ("an empty table among others", {"services.csv": CSV, "phones.csv": ""}, 1, 0, ["phones.csv: dropped: is empty"]),
    ("the data further down", {"README.md": "x", "sample-csv/services.csv": CSV}, 1, 0, ["sample-csv: inferred"]),
    (
        "services win over other data",
        {"data/oe.json": "{}", "data/csv/services.csv": CSV},
        1,
        0,
        ["data/csv: inf", "data: dr"],
    ),
    ("the nearer wins", {"a/services.csv": CSV, "b/old/services.csv": CSV}, 1, 0, ["a: inferred", "b: dropped"]),
    ("hidden things", {"services.csv": CSV, ".git/x.csv": CSV, "~$services.xlsx": "x", "Thumbs.db": "x"}, 1, 0, []),
    (
        "strange things",
        {"services.csv": CSV, "a.pdf": "%PDF-", "b.bin": b"\0\1\2"},
        1,
        0,
        ["is a PDF", "b.bin: dropped"],
    ),
]


@pytest.mark.parametrize(
    ("files", "tables", "objects", "notes"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
def test_a_folder_is_read(
    files: dict[str, str | bytes], tables: int, objects: int, notes: list[str], tmp_path: Path
) -> None:
    found = opened(tmp_path, files)
    assert (len(found.tables), len(docs(found)), found.count) == (tables, objects, objects)
    assert len(found.notes) == len(notes)
    assert all(note in line for note, line in zip(notes, said(found).splitlines(), strict=True))
    assert all(list(table.rows()) for table in found.tables)


def test_where_nothing_is_data_it_is_said_of_each_file_why(tmp_path: Path) -> None:
    found = problems(tmp_path, {"list.xls": b"\xd0\xcf\x11\xe0", "scan.pdf": b"%PDF-", "a.zip": b"PK\x05\x06"})
    assert found.splitlines() == [
        "no data that can be read: JSON, CSV or a spreadsheet (.xlsx) is needed",
        "a.zip: is a zip inside; such are not opened, unpack it if its data are wanted",
        "list.xls: was not read: is an old or a locked Office file; open it and save it as .xlsx without a password",
        "scan.pdf: was not read: is a PDF; nothing can be read from it, ask for the data it was made from",
    ]


def test_what_stands_beside_the_data_and_above_it_is_given_along(tmp_path: Path) -> None:
    files = {
        "datapackage.json": '{"name": "outer"}',
        "mapping.yaml": "a: 1",
        "data/services.csv": CSV,
        "data/own.toml": "b = 1",
        "data/other.yaml": "c: 1",
        "elsewhere/mapping.yml": "d: 1",
    }
    found = opened(tmp_path, files)
    assert found.descriptor == {"name": "outer"}
    assert dict(found.mappings) == {"mapping.yaml": b"a: 1", "own.toml": b"b = 1"}
    assert found.name == "given"


def test_a_mapping_one_folder_above_is_given_along_where_none_lies_beside(tmp_path: Path) -> None:
    files = {"mapping.yaml": "a: 1", "notes.yaml": "b: 1", "own.toml": "c = 1", "in/services.csv": CSV}
    assert dict(opened(tmp_path, files, name="in").mappings) == {"../mapping.yaml": b"a: 1"}
    files["in/own.toml"] = "d = 1"
    assert dict(opened(tmp_path, files, name="in").mappings) == {"own.toml": b"d = 1"}


@pytest.mark.parametrize(
    "content", ["{", "[]", "[" * 100_000, b"\xff\xfe\xff"], ids=["cut", "a list", "deep", "no text"]
)
def test_a_broken_description_is_passed_over(content: str | bytes, tmp_path: Path) -> None:
    found = opened(tmp_path, {"services.csv": CSV, "datapackage.json": content})
    assert found.descriptor is None
    assert "datapackage.json: dropped: is not the description of a data package" in said(found)


def test_the_description_alone_is_not_the_data(tmp_path: Path) -> None:
    files = {"services.csv": CSV, "datapackage.json": "{}"}
    assert "name the folder it stands in" in problems(tmp_path, files, name="datapackage.json")


def test_links_lead_nowhere_and_devices_are_left_alone(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (tmp_path / "secret.csv").write_text(CSV)
    (given / "services.csv").symlink_to(tmp_path / "secret.csv")
    (given / "round").symlink_to(given)
    os.mkfifo(given / "phones.csv")
    found = opened(tmp_path, {"organizations.csv": CSV})
    assert [table.file for table in found.tables] == ["organizations.csv"]
    assert said(found).splitlines() == [
        "phones.csv: dropped: is not a file but a device or a pipe; was not read",
        "round: dropped: is a link to somewhere else; links are not followed",
        "services.csv: dropped: is a link to somewhere else; links are not followed",
    ]


def _a_link(path: Path) -> None:
    (path.parent / "other").write_text(CSV)
    path.symlink_to(path.parent / "other")


@pytest.mark.parametrize("make", [_a_link, os.mkfifo, Path.mkdir], ids=["a link", "a pipe", "a folder"])
def test_what_took_the_place_of_a_file_meanwhile_is_not_opened(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "services.csv")
    with pytest.raises(OSError, match=r"regular|symbolic|directory"):
        open_regular(tmp_path / "services.csv")


def test_what_is_named_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(CSV)
    (tmp_path / "link").symlink_to(tmp_path / "services.csv")
    assert open_path(tmp_path / "link", tmp_path / "scratch").tables[0].count == 1


def _link_to_itself(folder: Path) -> Path:
    (folder / "round").symlink_to(folder / "round")
    return folder / "round"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda folder: folder / "nothing.csv", "nothing.csv: there is no such file or folder"),
        (_link_to_itself, "round: could not be found"),
        (_pipe, "pipe: is neither a file nor a folder"),
        (lambda folder: Path("/dev/zero"), "zero: is neither a file nor a folder"),
        (lambda folder: Path("a\0b"), "a?b: could not be found"),
        (lambda folder: Path(os.fsdecode(b"/n\xffthing")), "n\ufffdthing: there is no such file or folder"),
        (lambda folder: folder / ("x" * 300), "could not be found"),
        (lambda folder: folder, "no data that can be read"),
    ],
    ids=["missing", "a link to itself", "a pipe", "a device", "a zero", "no utf-8", "too long a name", "empty folder"],
)
def test_what_cannot_be_read_is_said(make: object, problem: str, tmp_path: Path) -> None:
    path: Path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(UnreadableError) as raised:
        open_path(path, tmp_path / "scratch")
    assert problem in "\n".join(raised.value.problems)


def test_a_name_that_is_not_utf8_is_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / os.fsdecode(b"servi\xffces.csv")).write_text(CSV)
    (table,) = opened(tmp_path, {}).tables
    assert table.file == "servi\ufffdces.csv"
    assert len(list(table.rows())) == 1


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(files=2), "holds more than 2 files"),
        (Limits(total=30), "holds 0 MB of data, more than the 0 MB"),
        (Limits(levels=2), "no data that can be read"),
    ],
    ids=["files", "size", "levels"],
)
def test_a_folder_has_bounds(limits: Limits, problem: str, tmp_path: Path) -> None:
    files = {f"a/b/{name}.csv": CSV for name in ("services", "phones", "organizations")}
    assert problem in problems(tmp_path, files, limits=limits)


def test_a_folder_nobody_may_look_into_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(path: Path) -> list[os.DirEntry[str]]:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", scandir)
    assert "the folder: may not be read with the rights" in problems(tmp_path, {"services.csv": CSV})


def test_a_file_nobody_may_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", open_)
    assert problems(tmp_path, {"services.csv": CSV}) == "services.csv: may not be read with the rights this program has"
