"""Hide small figures in the tables that add up to nothing: what became of needs, and who was referred to."""

from collections.abc import Collection, Iterable, Mapping

from bot.counts.cell import Cell, Table
from bot.counts.rules import Rules
from bot.referral.turn import Outcome

#: What can become of a need outside a crisis.
OF_A_NEED = tuple(
    Cell(Table.OUTCOME, outcome.value)
    for outcome in (Outcome.LOCAL, Outcome.NATIONAL, Outcome.ONLY_211, Outcome.NO_ENTRY)
)
#: Which outcome which entries lead to: those linked to topics in an area, and those linked to topics alone.
_OF_ENTRIES = ((Outcome.LOCAL, Table.TOPIC_AREA), (Outcome.NATIONAL, Table.TOPIC))
IN_A_CRISIS = Cell(Table.OUTCOME, Outcome.CRISIS.value)


def hidden_outcomes(figures: Mapping[Cell, int], hidden: Collection[Cell], rules: Rules) -> frozenset[Cell]:
    """Return which outcomes have to be hidden, given what is hidden of the topics."""
    outcomes = [cell for cell in figures if cell[0] == Table.OUTCOME]
    chosen = {
        cell
        for cell in outcomes
        if cell in hidden or rules.small(figures[cell]) or _tells(cell, figures, hidden, rules)
    }
    for outcome, table in _OF_ENTRIES:
        ending = Cell(Table.OUTCOME, outcome.value)
        # A local entry is found in its own area only: who found one asked there, for what the entry is for.
        asked = {link for entry in _entries_of(table, figures, rules) for link in rules.links[entry[1]]}
        if asked and figures.get(ending, 0) > sum(figures.get(cell, 0) for cell in asked if cell not in hidden):
            chosen.add(ending)
    others = [cell for cell in figures if cell[0] == Table.TOPIC and cell[1] not in rules.crises]
    most = max((figures[cell] for cell in others if cell not in hidden), default=0)
    return frozenset(chosen | _covering(most, [c for c in OF_A_NEED if figures.get(c)], chosen, figures))


def hidden_entries(figures: Mapping[Cell, int], hidden: Collection[Cell], rules: Rules) -> frozenset[Cell]:
    """Return which entries have to be hidden, given what is hidden of the topics and their places.

    And which outcomes, where all their entries are: those say how many were referred to them together.

    Replies are the same for everybody, so whoever texts the line knows which need always leads to which entry: an
    entry is hidden as well where one of its needs is, unless that one is small.
    """
    entries = [cell for cell in figures if cell[0] == Table.ENTRY and figures[cell]]
    large = {cell for cell in hidden if not rules.small(figures[cell])}
    chosen = {
        cell
        for cell in entries
        if rules.small(figures[cell])
        or _tells(cell, figures, hidden, rules)
        or not large.isdisjoint(rules.links.get(cell[1], ()))
    }
    for outcome, table in _OF_ENTRIES:
        ending = Cell(Table.OUTCOME, outcome.value)
        of = _entries_of(table, figures, rules)
        # Who was referred here was referred to one of these entries: a single hidden one would be what is missing.
        most = 0 if ending in hidden else figures.get(ending, 0)
        chosen |= _covering(most, of, chosen, figures)
        if of and most > len(of) and chosen.issuperset(of):
            chosen.add(ending)
    return frozenset(chosen)


def _entries_of(table: Table, figures: Mapping[Cell, int], rules: Rules) -> list[Cell]:
    """Return the entries somebody was referred to that are local ones, or national ones, by what links to them."""
    return [
        cell
        for cell in figures
        if cell[0] == Table.ENTRY
        and figures[cell]
        and cell[1] not in rules.general
        and any(link[0] == table for link in rules.links.get(cell[1], ()))
    ]


def linked(cell: Cell, cells: Iterable[Cell], rules: Rules) -> tuple[Cell, ...] | None:
    """Return the cells of those who can be in an outcome or entry; None when that is anybody."""
    if cell[0] == Table.ENTRY:
        return rules.links.get(cell[1], ())
    if cell != IN_A_CRISIS and cell not in OF_A_NEED:
        return None
    crisis = cell == IN_A_CRISIS
    return tuple(c for c in cells if c[0] == Table.TOPIC and (c[1] in rules.crises) == crisis)


def _tells(cell: Cell, figures: Mapping[Cell, int], hidden: Collection[Cell], rules: Rules) -> bool:
    """Say whether a figure gives away how large the hidden topics must be.

    Whoever was referred here asked for one of the linked topics. What is more than the shown ones of these
    together must lie in the hidden ones.
    """
    of = linked(cell, figures, rules)
    return of is not None and figures[cell] > sum(figures.get(c, 0) for c in of if c not in hidden)


def _covering(
    most: int, outcomes: list[Cell], hidden: Collection[Cell], figures: Mapping[Cell, int]
) -> frozenset[Cell]:
    """Hide shown outcomes until the largest topic no longer says how large the hidden ones must be."""
    chosen = {cell for cell in outcomes if cell in hidden}
    shown = sorted((cell for cell in outcomes if cell not in chosen), key=lambda cell: (figures[cell], cell))
    while chosen and shown and most > sum(figures[cell] for cell in shown) + len(chosen):
        chosen.add(shown.pop(0))
    return frozenset(chosen)
