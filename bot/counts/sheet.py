"""What was published, as a page lays it out: parts of rows, and two periods beside each other. Nothing is worked out.

Every figure here was published, or is a sum of such; a change is told only where both of its figures are shown whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell, Table
from bot.counts.period import quarter_of, week_after, weeks_in
from bot.counts.report import HIDDEN, Column, summed
from bot.referral.turn import Outcome

#: Shares of all conversations, by the outcome they are the share of.
SHARES = (Outcome.UNCLEAR, Outcome.NO_ENTRY, Outcome.ONLY_211, Outcome.CRISIS, Outcome.OPT_OUT)
_CELLS = {Table.CONVERSATIONS: CONVERSATIONS, Table.SEGMENTS: SEGMENTS}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it may be seen: `n` None = hidden; `least` = at least so many, for a part of it is hidden."""

    n: int | None
    least: bool = False

    def __str__(self) -> str:
        """Return it as people read it: 20, 20+ or hidden."""
        return HIDDEN if self.n is None else f"{self.n}+" if self.least else str(self.n)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure over some periods, one each."""

    cell: Cell
    figures: tuple[Figure, ...]

    @property
    def silent(self) -> bool:
        """Whether there is nothing in it but zeros."""
        return all(figure.n == 0 for figure in self.figures)

    @property
    def change(self) -> int | None:
        """How many more the second of two is; None where either is hidden, or known only in part."""
        before, after = self.figures
        if before.n is None or after.n is None or before.least or after.least:
            return None
        return after.n - before.n


def figure(column: Column, cell: Cell) -> Figure:
    """Return one figure of a period."""
    return Figure(column.shown.get(cell, 0), cell in column.partial)


def rows(table: Table, columns: Sequence[Column], *, of: str = "") -> list[Row]:
    """Return the rows of a table over some periods; `of` = only those of one topic. Rows of zeros are left out.

    All conversations, and the segments, stand there even when there were none.
    """
    if table in _CELLS:
        cells: Iterable[Cell] = [_CELLS[table]]
    else:
        found = {cell for column in columns for cell in column.shown if cell[0] == table}
        cells = sorted(cell for cell in found if not of or cell[1] == of)
    made = [Row(cell, tuple(figure(column, cell) for column in columns)) for cell in cells]
    return [row for row in made if table in _CELLS or not row.silent]


def shares(columns: Sequence[Column]) -> dict[Outcome, tuple[float | None, ...]]:
    """Return shares of all conversations, of each period; None where that is hidden, or nobody wrote."""
    return {outcome: tuple(column.rate(outcome) for column in columns) for outcome in SHARES}


def weeks_between(first: str, last: str) -> tuple[str, ...]:
    """Return the weeks from one to another. Raises ValueError for what is no week, or the wrong way round."""
    if first > last:
        raise ValueError("the first week comes after the last one")
    found = [first]
    while found[-1] < last:
        found.append(week_after(found[-1]))
    return tuple(found)


def quarters_of(weeks: Iterable[str]) -> tuple[str, ...]:
    """Return the quarters some weeks lie in, in order."""
    return tuple(sorted({quarter_of(week) for week in weeks}))


def quarter_column(quarter: str, held: Mapping[str, Column], *, newest: str) -> Column:
    """Return a whole quarter: what its weeks showed, and, once it is closed, what they hid, as far as that is shown.

    `held`: the closed periods by name. `newest`: the last week that is closed; until it is the quarter's last one, all
    its figures are "at least".
    """
    weeks = weeks_in(quarter)
    column = replace(summed([held[name] for name in (*weeks, quarter) if name in held]), name=quarter)
    if quarter in held or newest >= weeks[-1]:
        return column
    return replace(column, partial=frozenset(cell for cell, n in column.shown.items() if n is not None))


def total(weeks: Sequence[str], held: Mapping[str, Column]) -> Column:
    """Return the sum over some weeks, and what their quarters show of what was hidden, where all of one is in it."""
    there = set(weeks)
    whole = [name for name in quarters_of(weeks) if name in held and there.issuperset(weeks_in(name))]
    return summed([held[name] for name in (*weeks, *whole) if name in held])
