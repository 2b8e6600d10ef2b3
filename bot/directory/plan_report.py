"""A plan written down whole, service by service with every reason, for people who want to look each one up."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from bot.directory.note import Note
from bot.directory.plan_rows import Row
from bot.directory.rows_met import RowsMet

KINDS = (".csv", ".json")
#: The number of them stands beside it.
_TOLD_ABOVE = "more is said of rows it shares with a service above"
_HEADINGS = ("verdict", "service", "entry", "area", "name", "file", "row", "what", "about", "detail")
#: A spreadsheet takes a cell that begins with one of these for a formula and carries it out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Report(Protocol):
    """Takes the rows of a plan one by one."""

    def add(self, row: Row) -> None:
        """Write a row down."""


@contextmanager
def report(path: Path) -> Iterator[Report]:
    """Write a report as its name asks, .csv or .json; it is there, or replaced, when all of it is written.

    Raises ValueError for another ending, OSError when it cannot be written.
    """
    if path.suffix.lower() not in KINDS:
        raise ValueError(f"a report is a file that ends in {' or '.join(KINDS)}")
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            beside.chmod(0o600)
            made: Report = _Csv(file) if path.suffix.lower() == ".csv" else _Json(file)
            yield made
            if isinstance(made, _Json):
                made.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class _Csv:
    """A line for each reason; a service without any has one line too.

    What is said of a row that many services share, a place of their organization say, stands with the first of them.
    """

    def __init__(self, file: TextIO) -> None:
        self._rows = csv.writer(file)
        self._rows.writerow(_HEADINGS)
        self._met = RowsMet()

    def add(self, row: Row) -> None:
        new = [note for note in row.notes if not self._is_told(note)]
        for note in new:
            self._met.add(note.where.row or 0, note.where.file, note.where.field, note.what)
        said = reasons(row, new)
        if more := len(row.notes) - len(new):
            said.append({"what": _TOLD_ABOVE, "detail": str(more)})
        where = row.where
        start = [_harmless(cell) for cell in (str(row.verdict), row.service, row.entry, row.area, row.name)]
        place = {"file": where.file if where else "", "row": where.row if where else None}
        for line in said or [{}]:
            line = place | line
            stands = [_harmless(line["file"]), "" if line["row"] is None else line["row"]]
            told = [_harmless(line.get(name, "")) for name in ("what", "about", "detail")]
            self._rows.writerow([*start, *stands, *told])

    def _is_told(self, note: Note) -> bool:
        where = note.where
        return where.row is not None and self._met.knows(where.row, where.file, where.field, note.what)


class _Json:
    """A list with an object for each service."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._any = False

    def add(self, row: Row) -> None:
        self._file.write(",\n" if self._any else "[\n")
        self._any = True
        about = {"verdict": row.verdict, "service": row.service, "entry": row.entry, "area": row.area, "name": row.name}
        if row.where:
            about |= {"file": row.where.file, "row": row.where.row}  # type: ignore[dict-item]
        self._file.write(json.dumps({**about, "said": reasons(row, row.notes)}, ensure_ascii=False))

    def close(self) -> None:
        self._file.write("\n]\n" if self._any else "[]\n")


def reasons(row: Row, notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Return everything there is to say of a service: `what`, `about` which field, `detail`, `file` and `row`."""
    told: list[dict[str, Any]] = [{"what": why} for why in row.why]
    for note in notes:
        place = {"file": note.where.file, "row": note.where.row}
        about = {"what": f"{note.level}: {note.what}", "about": note.where.field, "detail": note.value}
        told.append(place | {key: value for key, value in about.items() if value})
    told += [{"what": "changed in the source", "about": each.path, "detail": each.said} for each in row.changes]
    told += [{"what": "edited here", "about": each.path, "detail": each.said} for each in row.here]
    return told


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
