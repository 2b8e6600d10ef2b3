"""A linear-programming attack on published counts: is any hidden cell pinned by all that was published?

It knows every published figure, that a hidden cell is a whole number of at least 1, and what
`tests.counts.knowledge` says. It shares no code with the part of the line that hides cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from tests.counts.knowledge import UNPUBLISHED, Cell, Knowledge, Published

#: The "week" of a place that is a quarter's rest.
REST = -1
#: No line has this many conversations in a week; it keeps cells that nothing bounds from running away.
CEILING = 100_000.0
#: The solver is right to about 1e-7.
NEAR = 1e-6
#: How far a probe tries to push each cell beyond what was seen: enough for two whole numbers to lie between.
PUSH = 2.0
#: So many probes in a row that settled nothing, and the cells that are left are asked one by one.
IDLE = 2

Floats = NDArray[np.float64]


class ContradictionError(Exception):
    """The published figures could not all be true, so they broke the contract."""


class Place(NamedTuple):
    """One figure: the number of its week in the quarter from 0 (or REST), and the cell."""

    week: int
    cell: Cell


class Range(NamedTuple):
    """The least and the most a hidden cell can be; about CEILING where nothing bounds it."""

    least: float
    most: float

    @property
    def width(self) -> float:
        """Return how far apart they are."""
        return self.most - self.least

    @property
    def pinned(self) -> bool:
        """Say whether at most one whole number lies between them."""
        return bool(_pinned(np.float64(self.least), np.float64(self.most)))


def _pinned(least: Floats | np.float64, most: Floats | np.float64) -> NDArray[np.bool_]:
    return np.asarray(np.floor(most + NEAR) - np.ceil(least - NEAR) < 1)


class _Rows:
    """Rows of one kind: what is known goes to the right-hand side, what is hidden becomes a variable."""

    def __init__(self, figures: Mapping[Place, int], index: dict[Place, int], *, equal: bool) -> None:
        self._figures, self._index, self._equal = figures, index, equal
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self.right: list[float] = []

    def add(self, less: Sequence[Place], more: Sequence[Place]) -> None:
        """Add one row unless all of it is known. ContradictionError: all of it is known, and untrue."""
        terms: dict[int, float] = {}
        right = 0.0
        for places, sign in ((less, 1.0), (more, -1.0)):
            for place in places:
                figure = self._figures.get(place)
                if figure is None:
                    column = self._index.setdefault(place, len(self._index))
                    terms[column] = terms.get(column, 0.0) + sign
                else:
                    right -= sign * figure
        if terms:
            self._rows += [len(self.right)] * len(terms)
            self._columns += terms
            self._values += terms.values()
            self.right.append(right)
        elif right < 0 or (self._equal and right > 0):
            raise ContradictionError(f"{less} against {more}: off by {-right:.0f}")

    def left(self) -> csr_array | None:
        """Return the left-hand sides, one column for each variable; None without rows."""
        shape = (len(self.right), len(self._index))
        return csr_array((self._values, (self._rows, self._columns)), shape=shape) if self.right else None


class Attack:
    """All that is known about the hidden cells of one week, or of a quarter's weeks and rests together.

    `rest` is what was published of a quarter; None while it is open. Raises ContradictionError, here or while
    solving, when the published figures cannot all be true; ValueError when a table has not all its cells.
    """

    def __init__(self, weeks: Sequence[Published], rest: Published | None, known: Knowledge) -> None:
        published = {Place(n, cell): value for n, week in enumerate(weeks) for cell, value in week.items()}
        published |= {Place(REST, cell): value for cell, value in (rest or {}).items()}
        figures = {place: value for place, value in published.items() if value is not None}
        self.hidden = tuple(place for place, value in published.items() if value is None)
        self._index = {place: n for n, place in enumerate(self.hidden)}
        self._most = _Rows(figures, self._index, equal=False)
        self._equal = _Rows(figures, self._index, equal=True)
        for n, week in enumerate(weeks):
            for row in known.rows(week):
                less, more = ([Place(n, cell) for cell in cells] for cells in (row.less, row.more))
                (self._equal if row.equal else self._most).add(less, more)
        if rest is not None:
            self._add_rests(weeks, rest)
        # One sweep of the solver needs plain arrays; the hidden cells are the first columns, then what nobody prints.
        self._low = np.array([0.0 if place.cell[0].startswith(UNPUBLISHED) else 1.0 for place in self._index])
        self._high = np.full(len(self._index), CEILING)
        if known.upper is not None:
            self._high[[n for n, place in enumerate(self.hidden) if place.week != REST]] = known.upper
        self._lefts = self._most.left(), self._equal.left()

    def _add_rests(self, weeks: Sequence[Published], rest: Published) -> None:
        for cell in {cell for week in weeks for cell in week} | set(rest):
            hidden = [Place(n, cell) for n, week in enumerate(weeks) if week.get(cell, 0) is None]
            if hidden and cell not in rest:
                raise ContradictionError(f"{cell} was hidden in a week and the quarter says nothing of it")
            if hidden or cell in rest:
                self._equal.add([Place(REST, cell)], hidden)

    def pinned(self, seed: int = 0) -> dict[Place, int]:
        """Return each hidden cell that can be but one whole number, with that number.

        Probes push many cells at once; one that was seen at two whole numbers is safe. What is left is asked in
        groups: when a sum with random weights cannot move at all, none of its cells can.
        """
        chance = np.random.default_rng(seed)
        least = most = self._solve(np.zeros(len(self._index)))
        idle = 0
        while idle < IDLE and (left := self._unsettled(least, most)).size:
            seen = self._probe(left, least, most, chance.random(left.size) < 0.5)
            least, most = np.minimum(least, seen), np.maximum(most, seen)
            idle = idle + 1 if self._unsettled(least, most).size == left.size else 0
        found: dict[Place, int] = {}
        groups = [self._unsettled(least, most)]
        while groups:
            if not (group := groups.pop()).size:
                continue
            weights = chance.uniform(1, 2, group.size) * chance.choice([-1, 1], group.size)
            one, other = self._ends(group, weights)
            low, high = np.minimum(one, other), np.maximum(one, other)
            if weights @ (other - one)[group] < NEAR * group.size or (group.size == 1 and _pinned(low, high)[group[0]]):
                found |= {self.hidden[column]: int(np.ceil(low[column] - NEAR)) for column in group}
                continue
            least, most = np.minimum(least, low), np.maximum(most, high)
            still = group[_pinned(least, most)[group]]
            groups += [still] if still.size < group.size else np.array_split(still, 2)
        return found

    def ranges(self, places: Iterable[Place] | None = None) -> dict[Place, Range]:
        """Return how little and how much each of these hidden cells can be (all of them unless told)."""
        columns = {place: self._index[place] for place in (self.hidden if places is None else places)}
        ends = {place: self._ends(np.array([column]), np.ones(1)) for place, column in columns.items()}
        return {place: Range(*(float(end[columns[place]]) for end in ends[place])) for place in columns}

    def _unsettled(self, least: Floats, most: Floats) -> NDArray[np.intp]:
        return np.flatnonzero(_pinned(least, most)[: len(self.hidden)])

    def _ends(self, columns: NDArray[np.intp], weights: Floats) -> tuple[Floats, Floats]:
        """Return a table with the least and one with the greatest weighted sum of these cells."""
        aim = np.zeros(len(self._index))
        aim[columns] = weights
        return self._solve(aim), self._solve(-aim)

    def _probe(self, left: NDArray[np.intp], least: Floats, most: Floats, up: NDArray[np.bool_]) -> Floats:
        """Return a possible table with many cells a little beyond what was seen: some up, the others down."""
        aim, low, high = np.zeros(len(self._index)), self._low.copy(), self._high.copy()
        rising, falling = left[up], left[~up]
        aim[rising], aim[falling] = -1.0, 1.0
        # Nobody gains by going further, so one cell cannot take all the room that many could share.
        high[rising] = np.minimum(high[rising], most[rising] + PUSH)
        low[falling] = np.maximum(low[falling], least[falling] - PUSH)
        return self._solve(aim, low, high)

    def _solve(self, aim: Floats, low: Floats | None = None, high: Floats | None = None) -> Floats:
        low, high = self._low if low is None else low, self._high if high is None else high
        if not aim.size:
            return aim
        (most, equal), bounds = self._lefts, np.column_stack([low, high])
        answer = linprog(aim, most, self._most.right or None, equal, self._equal.right or None, bounds, method="highs")
        if answer.status == 2:
            raise ContradictionError("no table of whole conversations fits the published figures")
        if answer.status != 0:
            raise RuntimeError(f"the solver gave up: {answer.message}")
        return np.asarray(answer.x, dtype=np.float64)
