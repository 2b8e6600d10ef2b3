"""Spreadsheets (XLSX): each sheet that can be seen is a table. The library that reads them is kept at arm's length."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.directory.note import Level, Where
from bot.directory.reading import book_apart
from bot.directory.reading.archive import archive_sources
from bot.directory.reading.findings import BrokenError, Findings, naming, shown
from bot.directory.reading.grid import Records, table_of
from bot.directory.reading.limits import Limits
from bot.directory.reading.raw import RawTable
from bot.directory.reading.source import Source

#: What programs call a sheet that nobody named; the name of the file says more.
_UNNAMED = re.compile(r"(sheet|tabelle|hoja|feuil|blatt|worksheet)[ _]?\d*|export|data", re.IGNORECASE)
_FAULTS = {
    "password": "is locked with a password; save it without one",
    "broken": "is not a whole spreadsheet; save it anew as .xlsx, or as .csv",
}


def book_tables(source: Source, scratch: Path, findings: Findings) -> list[RawTable]:
    """Return the tables of a workbook. Raises BrokenError, and keeps problems, when it cannot be read."""
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="book-", dir=scratch))
    found = _read(source, folder, findings)
    seen = [sheet for sheet in found if not sheet["hidden"] and sheet["rows"]]
    for sheet in found:
        if sheet["hidden"]:
            findings.note(Level.DROPPED, Where(source.name), "a hidden sheet was not read", shown(sheet["name"]))
    tables = []
    for sheet in seen:
        name = f"{source.name}: {_plain(sheet['name'])}"
        if len(seen) == 1 and _UNNAMED.fullmatch(sheet["name"]):
            name = source.name
        if sheet["width"] > findings.limits.columns:
            raise BrokenError(f"{name}: has {sheet['width']} columns; delete what stands far from the table")
        if table := table_of(name, _records(folder / f"{sheet['number']}.jsonl", name, sheet["width"]), findings):
            tables.append(table)
    if not tables:
        findings.note(Level.DROPPED, Where(source.name), "holds nothing")
    return tables


def _read(source: Source, folder: Path, findings: Findings) -> list[dict[str, Any]]:
    path = source.path
    if path is None:
        path = folder / "book.xlsx"
        with naming(source.name), source.open() as stream, open(path, "wb") as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
    before = len(findings.problems)
    archive_sources(path, source.name, findings)
    if len(findings.problems) > before:
        return []
    return _read_apart(path, folder, source.name, findings.limits)


def _read_apart(path: Path, folder: Path, name: str, limits: Limits) -> list[dict[str, Any]]:
    """Read a workbook in a process of its own, where it can bring down only itself."""
    command = [sys.executable, "-I", str(Path(book_apart.__file__)), str(path), str(folder)]
    command += map(str, (limits.sheet_memory, limits.sheet_seconds, limits.total, limits.row))
    # None of our secrets goes along, only what an unusual Python needs to start.
    environment = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 # our own file; what comes from outside are two paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.sheet_seconds,
            env=environment,
            check=True,
        )
        found: list[dict[str, Any]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        fault = "could not be read in the memory and time it may take: delete cells far from the table, or save as .csv"
        raise BrokenError(f"{name}: {fault}") from error
    if found and "fault" in found[0]:
        raise BrokenError(f"{name}: {_FAULTS[found[0]['fault']]}")
    return found


def _records(path: Path, name: str, width: int) -> Records:
    """Give all rows of a sheet in one width, so that a cell to the right of the headings is kept like any other."""

    def records() -> Iterator[tuple[int, list[str]]]:
        with naming(name), open(path, encoding="ascii") as file:
            for line in file:
                number, cells = json.loads(line)
                yield number, cells + [""] * (width - len(cells))

    return records


def _plain(name: str) -> str:
    return shown(re.sub(r"[/\\:#!]", " ", name))
