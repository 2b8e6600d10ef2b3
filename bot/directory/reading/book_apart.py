"""Read a workbook in a process of its own: `python book_apart.py BOOK FOLDER MEMORY SECONDS BYTES LETTERS`.

A spreadsheet can bring the library that reads it down, and the process with it: two cells far apart, or a count that
promises billions of texts, make it ask for more memory than there is, and it ends the process instead of raising
(tried with python-calamine 0.9.1). So this file is run by itself, within limits, and imports nothing of ours.
Each sheet becomes a file of JSON lines in FOLDER, [row, [cells]], no row longer than LETTERS; what sheets there are
is printed.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_SHEETS = 200


def main() -> None:
    """Read the workbook that the arguments name."""
    book, folder = sys.argv[1:3]
    memory, seconds, most, letters = map(int, sys.argv[3:])
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, most),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    json.dump(sheets(book, folder, letters), sys.stdout)


def sheets(book: str, folder: str, letters: int) -> list[dict[str, Any]]:
    """Write down each sheet of a workbook that can be seen; return what there is, or why it cannot be read."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    found: list[dict[str, Any]] = []
    try:
        workbook = load_workbook(book)
        for number, about in enumerate(workbook.sheets_metadata[:MOST_SHEETS]):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            hidden = about.visible != SheetVisibleEnum.Visible
            rows = width = 0
            if not hidden:
                sheet = workbook.get_sheet_by_index(number)
                with open(f"{folder}/{number}.jsonl", "w", encoding="ascii") as file:
                    for place, cells in _rows(sheet.iter_rows(), letters):
                        file.write(f"{json.dumps([place, cells])}\n")
                        rows, width = rows + 1, max(width, len(cells))
            found.append({"name": about.name, "number": number, "hidden": hidden, "rows": rows, "width": width})
    except PasswordError:
        return [{"fault": "password"}]
    except (CalamineError, OSError, ValueError):
        return [{"fault": "broken"}]
    return found


def _rows(rows: Iterator[list[Any]], letters: int) -> Iterator[tuple[int, list[str]]]:
    for place, row in enumerate(rows, 1):
        cells = [text(cell) for cell in row]
        if sum(map(len, cells)) > letters:
            raise ValueError("a row longer than any")
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield place, cells


def text(cell: Any) -> str:
    """Return a cell as text: days and times as ISO writes them, whole numbers without ".0"."""
    if isinstance(cell, str):
        return cell.replace("\0", "").replace("\ufeff", "")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        # A sheet keeps 15 digits; the rest of a float is noise.
        return f"{cell:.0f}" if cell == int(cell) else f"{cell:.15g}"
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)


if __name__ == "__main__":
    main()
