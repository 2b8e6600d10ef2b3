"""Rows of cells become a table: the heading found, every row looked at once before anybody is given any."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, repeat
from itertools import count as count_from
from typing import TypeAlias

from bot.directory.note import Level, Where
from bot.directory.reading.findings import BrokenError, Findings
from bot.directory.reading.raw import RawRow, RawTable, UnreadableError

#: The rows of a file with their numbers, from 1, blank ones too. Called anew for each reading. Raises BrokenError.
Records: TypeAlias = Callable[[], Iterator[tuple[int, Sequence[str]]]]

#: Above the headings of a spreadsheet there may be so many rows of a title, each with so few cells.
_MOST_TITLES, _TITLE_CELLS = 12, 2
_LONGEST_HEADING = 40
#: Words that stand in the headings of lists of services.
_HEADING = re.compile(
    r"\b(?:id|name|agency|organi[sz]ation|program|service|resource|provider|phone|telephone|fax|address|street|city"
    r"|state|zip|postal|county|hours|e-?mail|web ?site|url|description|contact|eligibility|languages?|category|notes"
    r"|status|nombre|tel[eé]fono|direcci[oó]n|ciudad|horario|correo|descripci[oó]n)s?\b",
    re.IGNORECASE,
)
#: A line break or a tab inside a heading, with the blanks around it.
_BREAK = re.compile(r"[^\S\r\n\t]*[\r\n\t]\s*")


def table_of(file: str, records: Records, findings: Findings) -> RawTable | None:
    """Return the table whose first row that is not blank, or no title above one, is its heading; None without any.

    Each row is looked at: one with more cells than headings is refused by its number. Raises BrokenError.
    """
    above, start, cells = _heading(records())
    if not start:
        findings.note(Level.DROPPED, Where(file), "holds nothing")
        return None
    for number, title in above:
        findings.note(Level.INFERRED, Where(file, number), "stands above the headings and was taken as a title", title)
    rows = ((number, cells) for number, cells in records() if number > start)
    if len(cells) > findings.limits.columns:
        raise BrokenError(f"{file}: has {len(cells)} columns, more than the {findings.limits.columns} a table may have")
    names = _names(Where(file, start), cells, findings)
    count, used = _look_at(file, rows, names, findings)
    for column in sorted(used):
        names[column] = _free(f"column {column + 1}", set(names))
        what = "a column has no heading; it goes by its place"
        findings.note(Level.INFERRED, Where(file, start), what, names[column])
    if not count:
        findings.note(Level.DROPPED, Where(file), "holds headings and no rows")
    return RawTable(file, tuple(filter(None, names)), lambda: _rows(file, names, records, start), count)


def _says_something(cells: Sequence[str]) -> bool:
    return any(map(str.strip, cells))


def _heading(rows: Iterator[tuple[int, Sequence[str]]]) -> tuple[list[tuple[int, str]], int, Sequence[str]]:
    """Return the title rows with their numbers, then the number of the heading row and its cells; 0 without any."""
    seen = list(islice(((number, cells) for number, cells in rows if _says_something(cells)), _MOST_TITLES + 1))
    if not seen:
        return [], 0, ()
    place = 0
    while place + 1 < len(seen) and _may_be_title(seen[place][1]):
        place += 1
    if not _are_headings(seen[place][1]):
        place = 0
    titles = [(number, " ".join(filter(None, map(str.strip, cells)))[:80]) for number, cells in seen[:place]]
    return titles, *seen[place]


def _may_be_title(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 1 or len(filled) <= _TITLE_CELLS and not all(map(_HEADING.fullmatch, filled))


def _are_headings(cells: Sequence[str]) -> bool:
    """Tell whether cells are the headings of a list of services, beyond doubt: it is asked only below a title."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    said = sum(1 for cell in filled if len(cell) <= _LONGEST_HEADING and _HEADING.search(cell))
    return len(filled) > _TITLE_CELLS and said * 2 >= len(filled)


def _names(where: Where, cells: Sequence[str], findings: Findings) -> list[str]:
    names: list[str] = []
    for cell in cells:
        name = _BREAK.sub(" ", cell.strip())
        free = _free(name, set(names)) if name else ""
        if free != name:
            findings.note(Level.MENDED, where, "two columns have one heading; the later was renamed", free)
        names.append(free)
    return names


def _free(name: str, taken: set[str]) -> str:
    return next(free for free in chain([name], (f"{name} ({n})" for n in count_from(2))) if free not in taken)


def _look_at(
    file: str, rows: Iterator[tuple[int, Sequence[str]]], names: Sequence[str], findings: Findings
) -> tuple[int, set[int]]:
    """Refuse rows that are too long; count the others, and find which columns without a heading hold something."""
    width = len(names)
    empty = [column for column, name in enumerate(names) if not name]
    used: set[int] = set()
    count = 0
    for number, cells in rows:
        if len(cells) > width and _says_something(cells[width:]):
            what = "the row has more cells than there are headings; was left out"
            findings.note(Level.REFUSED, Where(file, number), what, f"{len(cells)} cells, {width} headings")
        elif _says_something(cells):
            count += 1
            if empty:
                used.update(column for column in empty if column < len(cells) and cells[column].strip())
    return count, used


def _rows(file: str, names: Sequence[str], records: Records, start: int) -> Iterator[RawRow]:
    width, unnamed = len(names), "" in names
    try:
        for number, cells in records():
            if number <= start or not _says_something(cells):
                continue
            if len(cells) > width and _says_something(cells[width:]):
                continue
            filled = cells if len(cells) >= width else chain(cells, repeat(""))
            found = dict(zip(names, filled, strict=False))
            if unnamed:
                found.pop("", None)
            yield RawRow(Where(file, number), found)
    except BrokenError as error:  # it was whole when it was looked at
        raise UnreadableError((str(error),)) from error
