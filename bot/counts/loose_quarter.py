"""Hide sums over a quarter in the tables that add up to nothing."""

from collections.abc import Collection, Mapping, Sequence

from bot.counts.cell import Cell, Shown, Table
from bot.counts.cramped import cramped
from bot.counts.loose import OF_A_NEED, linked
from bot.counts.rules import Rules


def loose_sums(
    weeks: Sequence[Shown], rest: Mapping[Cell, int], topics: Mapping[Cell, int | None], rules: Rules
) -> dict[Cell, int | None]:
    """Return what is published of the sums of outcomes and entries.

    `rest`: the true sums over the weeks in which each cell was hidden; `topics`: those of topics as they are
    published. Shown are sums over two weeks and more that leave room for each, and say nothing of hidden topics.
    """
    seen = _Seen(weeks, topics, rules)
    loose = {cell: amount for cell, amount in rest.items() if cell[0] in (Table.OUTCOME, Table.ENTRY)}
    shown = {
        cell: amount
        for cell, amount in loose.items()
        if _may_be_shown(cell, amount, seen) and not cramped(cell, weeks, rest, rules)
    }
    found = sorted((cell for cell in OF_A_NEED if cell in loose), key=lambda cell: (loose[cell], cell))
    if all(cell in shown for cell in found) and sum(loose[c] for c in found) - _needed(seen) < rules.threshold - 1:
        # Every need found something: with all four sums shown, the needs would say how many lie in which week.
        for cell in found[:1]:
            if _twin(seen.linked(cell) or (), seen.hidden_in(cell), seen) is None:
                del shown[cell]
    return {cell: shown.get(cell) for cell in loose}


def _needed(seen: "_Seen") -> int:
    """Return how many there must be in the hidden outcomes of needs, over all weeks together.

    In each week as many as the largest shown topic leaves over, and for one topic as many as its sum says.
    """
    topics = {cell for week in seen.weeks for cell in week if cell[0] == Table.TOPIC} - {
        Cell(Table.TOPIC, topic) for topic in seen.rules.crises
    }
    least = [_needed_in(week, topics) for week in seen.weeks]
    more = [(seen.topics.get(topic) or 0) - sum(least[number] for number in seen.hidden_in(topic)) for topic in topics]
    return sum(least) + max(0, *more, 0)


def _needed_in(week: Shown, topics: Collection[Cell]) -> int:
    hidden = sum(1 for cell in OF_A_NEED if week.get(cell, 0) is None)
    told = sum(week.get(cell) or 0 for cell in OF_A_NEED)
    return max(hidden, max((week.get(topic) or 0 for topic in topics), default=0) - told) if hidden else 0


class _Seen:
    """What is published of the weeks of a quarter, and of the topics summed over it."""

    def __init__(self, weeks: Sequence[Shown], topics: Mapping[Cell, int | None], rules: Rules) -> None:
        self.weeks = weeks
        self.topics = topics
        self.rules = rules

    def hidden_in(self, cell: Cell) -> frozenset[int]:
        """Return the numbers of the weeks that hide a cell."""
        return frozenset(number for number, week in enumerate(self.weeks) if week.get(cell, 0) is None)

    def linked(self, cell: Cell) -> tuple[Cell, ...] | None:
        """Return the cells of those who can be in an outcome or entry; None when that is anybody."""
        return linked(cell, dict.fromkeys(c for week in self.weeks for c in week), self.rules)


def _may_be_shown(cell: Cell, amount: int, seen: _Seen) -> bool:
    hidden, of = seen.hidden_in(cell), seen.linked(cell)
    twin = _twin(of or (), hidden, seen)
    if twin is not None and seen.topics.get(twin, 0) == amount:
        return True  # one and the same people, told already
    room = seen.rules.threshold - 1
    if len(hidden) < 2 or amount < seen.rules.threshold or amount - len(hidden) < room:
        return False
    # Were each week's figure known to be small, a sum near the most they can be would give them all away.
    if 0 <= len(hidden) * room - amount < room:
        return False
    # More than the shown topics account for would tell of hidden ones; as many as they are, of each week.
    return of is None or amount + room <= sum(_accounted(c, hidden, seen) for c in of)


def _accounted(cell: Cell, weeks: frozenset[int], seen: _Seen) -> int:
    """Return how many of a topic are known to lie in some weeks: shown there, or in a sum over none but these."""
    shown = sum(seen.weeks[number].get(cell) or 0 for number in weeks)
    return shown + ((seen.topics.get(cell) or 0) if seen.hidden_in(cell) <= weeks else 0)


def _twin(of: Sequence[Cell], weeks: frozenset[int], seen: _Seen) -> Cell | None:
    """Return the only cell that can have made a figure in these weeks, hidden in just these; None for several."""
    there = [cell for cell in of if any(seen.weeks[number].get(cell, 0) != 0 for number in weeks)]
    return there[0] if len(there) == 1 and seen.hidden_in(there[0]) == weeks else None
