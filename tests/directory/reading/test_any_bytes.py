"""Whatever bytes a file holds: it is read, or refused in plain words; never anything else, never without end."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.directory.reading.limits import Limits
from bot.directory.reading.opening import open_path
from bot.directory.reading.raw import UnreadableError
from tests.directory.reading.made import workbook, zipped

LIMITS = Limits(total=1 << 22, sheet_memory=512 << 20, sheet_seconds=10)
DOC = {"id": "1", "name": "Niño", "status": "active", "phones": [{"number": "211", "n": 1.5e3, "x": [None, True]}]}
PAGE = json.dumps({"size": 2, "contents": [DOC, DOC]}).encode()
TABLE = 'id;name;"de\nscription"\n1;Ni\u00f1o;"a ""b"""\n2;;\n'.encode("cp1252")
ZIP = zipped({"x/services.csv": TABLE, "x/datapackage.json": b"{}", "x/mapping.yaml": b"a: 1", "README.md": b""})
BOOK = workbook(services=[["id", "name"], ["1", "a"]])


def read_or_refused(content: bytes, name: str) -> bool:
    """Tell whether a file could be read: all of it, every text in it fit to be stored."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        problems, stored = _tried(path, Path(folder) / "scratch")
    assert "\\u0000" not in stored
    assert stored.encode()
    assert all(problem.isprintable() for problem in problems)
    return not problems


def _tried(path: Path, scratch: Path) -> tuple[tuple[str, ...], str]:
    """Return what is wrong with a file, or all that it holds, as it would be stored."""
    try:
        opened = open_path(path, scratch, limits=LIMITS)
    except UnreadableError as error:
        return error.problems, "nothing"
    rows = [dict(row.cells) for table in opened.tables for row in table.rows()]
    docs = [doc.doc for doc in opened.docs()]
    assert len(rows) == sum(table.count for table in opened.tables)
    assert len(docs) == opened.count
    held = [rows, docs, [str(note) for note in opened.notes]]
    return (), json.dumps(held, ensure_ascii=False, allow_nan=False)


@st.composite
def bent(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw a file that was whole before some of its bytes were changed, left out, or put in."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 8))
        content[start : start + length] = draw(st.binary(max_size=8))
    return bytes(content[: draw(st.integers(len(content) // 2, len(content)))] if draw(st.booleans()) else content)


names = st.sampled_from(["services.csv", "a.tsv", "a.json", "a.jsonl", "a.zip", "a.txt", "a", "datapackage.json"])


@given(st.binary(max_size=300), names)
@example(b"", "a")
@example(b"\xff\xfe", "a.csv")
@example(b"\xff\xfe\x00\xd8", "a.csv")
@example(b"\x00\x00\x00\x00\x00", "a.csv")
@example(b'{"contents":[{"id":"\\ud800"}]}', "a.json")
def test_any_bytes(content: bytes, name: str) -> None:
    read_or_refused(content, name)


@given(st.text(st.sampled_from('[]{}",:;\n\r\t |1e-\\u0dnté=\0\ufeff'), max_size=60), names)
def test_any_text_of_the_letters_that_matter(content: str, name: str) -> None:
    read_or_refused(content.encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize(
    ("whole", "name"), [(PAGE, "a.json"), (TABLE, "a.csv"), (ZIP, "a.zip")], ids=["a page", "a table", "a zip"]
)
def test_any_bent_file(whole: bytes, name: str) -> None:
    assert read_or_refused(whole, name)

    @given(bent(whole))
    def try_one(content: bytes) -> None:
        read_or_refused(content, name)

    try_one()


@st.composite
def bent_inside(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw a zip one of whose files was bent, then packed as if nothing were wrong."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(files)))
    return zipped(files | {name: draw(bent(files[name]))})


# Each takes a process of its own: a quarter of a second.
@settings(max_examples=8)
@given(bent(BOOK) | bent_inside(BOOK))
def test_any_bent_workbook(content: bytes) -> None:
    read_or_refused(content, "a.xlsx")


def test_a_whole_workbook_is_read() -> None:
    assert read_or_refused(BOOK, "a.xlsx")


letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff") | st.sampled_from("\r\n\t")
#: A mark of byte order is taken out wherever it stands: spreadsheets leave them between words.
signs = st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")
objects = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(signs),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(signs, max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _lines(docs: list[dict[str, object]]) -> str:
    return "\n".join(map(json.dumps, docs))


def _indented(docs: list[dict[str, object]]) -> str:
    return json.dumps(docs, indent=1, ensure_ascii=False)


def _page(docs: list[dict[str, object]]) -> str:
    return json.dumps({"contents": docs})


@given(
    st.lists(st.dictionaries(st.text(signs, max_size=8), objects, max_size=4), min_size=1, max_size=4),
    st.sampled_from([json.dumps, _indented, _lines, _page]),
)
def test_any_objects_come_out_as_they_went_in(
    drawn: list[dict[str, object]], written: Callable[[list[dict[str, object]]], str]
) -> None:
    docs = [{"id": "1", "status": "active", "assured_date": "2026-01-01", **doc} for doc in drawn]
    assume("\\u0000" not in json.dumps(docs))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.json"
        path.write_text(written(docs), encoding="utf-8")
        opened = open_path(path, Path(folder))
        assert [doc.doc for doc in opened.docs()] == docs


@given(
    st.lists(
        st.lists(st.text(letters), min_size=3, max_size=3),
        max_size=5,
    )
)
def test_any_cells_come_out_as_they_went_in(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "services.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "name", "description"], *rows])
        (table,) = open_path(path, Path(folder)).tables
        assert [list(row.cells.values()) for row in table.rows()] == [row for row in rows if any(map(str.strip, row))]
