"""Small files made up to be read, and what came of it, shortened to what a test compares."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.directory.reading.limits import USUAL, Limits
from bot.directory.reading.opening import open_path
from bot.directory.reading.raw import Opened, RawTable, UnreadableError

#: The library that writes spreadsheets ships no types.
xlsxwriter: Any = import_module("xlsxwriter")


def opened(folder: Path, files: Mapping[str, bytes | str], *, name: str = "", limits: Limits = USUAL) -> Opened:
    """Put files into a folder below `folder` and open it, or open the one file called `name` only."""
    place = folder / "given"
    for file, content in files.items():
        path = place / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_path(place / name if name else place, folder / "scratch", limits=limits)


def problems(folder: Path, files: Mapping[str, bytes | str], *, name: str = "", limits: Limits = USUAL) -> str:
    """Return why files cannot be opened, a line for each problem; "" when they can be."""
    try:
        opened(folder, files, name=name, limits=limits)
    except UnreadableError as error:
        return "\n".join(error.problems)
    return ""


def cells(table: RawTable) -> list[tuple[str, ...]]:
    """Return the rows of a table, the cells of each in the order of the headings."""
    return [tuple(row.cells[heading] for heading in table.headings) for row in table.rows()]


def grid(opened: Opened) -> list[tuple[str, ...]]:
    """Return the headings and the rows of the only table."""
    (table,) = opened.tables
    return [table.headings, *cells(table)]


def said(opened: Opened) -> str:
    """Return every note, a line each."""
    return "\n".join(map(str, opened.notes))


def docs(opened: Opened) -> list[tuple[str, Any]]:
    """Return the kind of every object and its id."""
    return [(doc.kind, doc.doc.get("id")) for doc in opened.docs()]


def zipped(files: Mapping[Any, bytes | str] | Iterable[tuple[Any, bytes | str]]) -> bytes:
    """Return a zip of files, by name or in the order given."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(**sheets: Iterable[Iterable[Any]]) -> bytes:
    """Return a spreadsheet with these sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.close()
    return out.getvalue()
