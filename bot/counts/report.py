"""What was published, as people read it: a table for the eye, CSV for a spreadsheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, Shown, Table
from bot.counts.period import quarter_of
from bot.referral.turn import Outcome

#: What stands where a figure is not shown: the same for small ones and for those that would give them away.
HIDDEN = "hidden"
#: Weeks side by side on a page.
WIDTH = 8

_RATES = (
    ("not understood", Outcome.UNCLEAR),
    ("nothing found", Outcome.NO_ENTRY),
    ("only 211 found", Outcome.ONLY_211),
    ("crisis", Outcome.CRISIS),
    ("opt-out", Outcome.OPT_OUT),
)
_TITLES = {
    Table.CONVERSATIONS: "All conversations",
    Table.AREA: "Where",
    Table.LANGUAGE: "Language",
    Table.OUTCOME: "What became of it",
    Table.TOPIC: "What for",
    Table.TOPIC_AREA: "What for, and where",
    Table.TOPIC_LANGUAGE: "What for, and in which language",
    Table.ENTRY: "Referred to",
    Table.SEGMENTS: "Parts of messages sent (what the provider charges for), in steps of 50",
}
_NOTE = """\
Conversations, not people: somebody who writes twice on one day may count twice, and one phone may be many people's.
"hidden" is 1 to 10, or more where the figure would give such a one away. Weeks begin on Monday, midnight UTC.
A quarter (2026-Q4) holds what its weeks hid, summed up. "20+" in a sum: at least 20, for a part of it is hidden.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A closed week or quarter, with what is known against it."""

    name: str
    shown: Shown
    mended: bool = False
    intact: bool = True
    #: Figures of a sum of which a part is hidden: they are at least what is shown.
    partial: frozenset[Cell] = frozenset()

    def rate(self, outcome: Outcome) -> float | None:
        """Return the share of conversations with an outcome; None where that is hidden, or nobody wrote."""
        cell = Cell(Table.OUTCOME, outcome.value)
        of, all_of = self.shown.get(cell, 0), self.shown.get(CONVERSATIONS)
        if of is None or not all_of or self.partial & {cell, CONVERSATIONS}:
            return None
        return of / all_of


def summed(columns: Sequence[Column]) -> Column:
    """Return the sum of what was published of some weeks and quarters: for years, and any longer time.

    Hidden figures are in it as far as their quarter shows them; where it does not, the sum is "at least".
    """
    by_name = {column.name: column for column in columns}
    total: Counter[Cell] = Counter()
    partial = set()
    for column in columns:
        quarter = by_name.get(quarter_of(column.name)) if "-W" in column.name else None
        known = quarter.shown if quarter is not None else {}
        for cell, n in column.shown.items():
            if n:
                total[cell] += n
            else:
                total.setdefault(cell, 0)
                if n is None and known.get(cell) is None:
                    partial.add(cell)
    return Column(
        "sum",
        {cell: None if cell in partial and not n else n for cell, n in total.items()},
        any(column.mended for column in columns),
        all(column.intact for column in columns),
        frozenset(partial),
    )


def as_csv(columns: Sequence[Column]) -> str:
    """Return every figure of every period, one a line, in a fixed order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("period", "table", "first", "second", "n", "note"))
    for column in columns:
        for cell in sorted(column.shown, key=_place):
            n = column.shown[cell]
            writer.writerow((column.name, *cell, HIDDEN if n is None else n, _note(column, cell)))
    return out.getvalue()


def as_text(columns: Sequence[Column]) -> str:
    """Return the figures as tables, at most WIDTH periods side by side. Lines of zeros are left out."""
    if not columns:
        return "No week has been closed yet: quietline counts close, once a week is over.\n"
    pages = [columns[start : start + WIDTH] for start in range(0, len(columns), WIDTH)]
    return "\n".join([*(_page(page) for page in pages), _NOTE])


def _page(columns: Sequence[Column]) -> str:
    cells = sorted({cell for column in columns for cell, n in column.shown.items() if n != 0}, key=_place)
    width = max([len(_name(cell)) for cell in cells] + [16])
    lines = ["".join([" " * width, *(f"{column.name:>10}" for column in columns)])]
    table = ""
    for cell in cells:
        if cell.table != table:
            table = cell.table
            lines += ["", _TITLES[Table(table)] if table in _TITLES else table]
        lines.append(_line(_name(cell), width, [_figure(column, cell) for column in columns]))
    lines += ["", "Share of all conversations", *_rates(columns, width)]
    lines += [f"{column.name}: {_note(column)}" for column in columns if _note(column)]
    return "\n".join(lines) + "\n"


def _rates(columns: Sequence[Column], width: int) -> Iterator[str]:
    for name, outcome in _RATES:
        rates = [column.rate(outcome) for column in columns]
        yield _line(name, width, ["" if rate is None else f"{rate:.0%}" for rate in rates])


def _line(name: str, width: int, figures: Sequence[str]) -> str:
    return f"{name:<{width}}" + "".join(f"{figure:>10}" for figure in figures)


def _figure(column: Column, cell: Cell) -> str:
    n = column.shown.get(cell, 0)
    return HIDDEN if n is None else f"{n}+" if cell in column.partial else str(n)


def _name(cell: Cell) -> str:
    return "  " + (", ".join(filter(None, cell[1:])) or ("segments" if cell == SEGMENTS else "conversations"))


def _note(column: Column, cell: Cell | None = None) -> str:
    if cell in column.partial:
        return "at least"
    if not column.intact:
        return "CHANGED after it was closed: do not use"
    return "did not add up (a process was killed, or a row was changed) and was made to" if column.mended else ""


def _place(cell: Cell) -> tuple[int, str, str, str]:
    # A table that is not ours was put there by hand; its period says so.
    tables = [str(table) for table in _TITLES]
    return tables.index(cell[0]) if cell[0] in tables else len(tables), *cell
