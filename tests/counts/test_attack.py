"""The attack itself: it breaks tables that can be broken, leaves the others alone, and says when figures cannot be."""

from collections.abc import Mapping

import pytest

from tests.counts.attack import CEILING, Attack, ContradictionError, Place, Range
from tests.counts.knowledge import ALL, Cell, Knowledge, Published
from tests.counts.tables import BROKEN, FOOD_IN_A, LINKED, PAIR, PLAIN, SAFE, WHO, Figures, week


def named(pinned: Mapping[Place, int]) -> dict[str, int]:
    """Write pinned cells as "topic_area food A"."""
    return {" ".join(part for part in place.cell if part): value for place, value in pinned.items()}


@pytest.mark.parametrize(("published", "known", "values"), BROKEN.values(), ids=BROKEN)
def test_breaks(published: Published, known: Knowledge, values: dict[str, int]) -> None:
    attack = Attack([published], None, known)
    assert named(attack.pinned()) == values
    pinned = {place for place, between in attack.ranges().items() if between.pinned}
    assert pinned == attack.pinned().keys()


@pytest.mark.parametrize(("published", "known"), SAFE.values(), ids=SAFE)
def test_leaves_alone(published: Published, known: Knowledge) -> None:
    attack = Attack([published], None, known)
    assert attack.pinned() == {}
    assert not any(between.pinned for between in attack.ranges().values())


A, B = ("area", "A", ""), ("area", "B", "")
FEW: Figures = {**PAIR, "": 11, "en": 0, "es": 11}
QUARTERS: dict[str, tuple[list[Published], Published, dict[str, int]]] = {
    "a rest of one week": (
        [week(PAIR), week(WHO)],
        {A: 14, B: None},
        {"0 area A": 14, "0 area B": 26, "-1 area B": 26},
    ),
    "a rest that leaves no choice": (
        [week(FEW), week(PAIR)],
        {A: 49, B: None},
        {"0 area A": 10, "0 area B": 1, "1 area A": 39, "1 area B": 1, "-1 area B": 2},
    ),
    "a rest told by the other": ([week(FEW), week(PAIR)], {A: None, B: 12}, {"-1 area A": 39}),
    "a rest told by the weeks": (
        [week({**WHO, "A": None}), week({**WHO, "A": None})],
        {A: None},
        {"0 area A": 20, "1 area A": 20, "-1 area A": 40},
    ),
    "two weeks with room": ([week(PAIR), week(PAIR)], {A: 40, B: 40}, {}),
    "nothing said": ([week(FEW), week(PAIR)], {A: None, B: None}, {}),
}


@pytest.mark.parametrize(("weeks", "rest", "values"), QUARTERS.values(), ids=QUARTERS)
def test_a_quarter(weeks: list[Published], rest: Published, values: dict[str, int]) -> None:
    pinned = Attack(weeks, rest, PLAIN).pinned()
    assert {f"{place.week} {' '.join(place.cell[:2])}": value for place, value in pinned.items()} == values


def test_weeks_tell_less_before_their_quarter_closes() -> None:
    weeks, rest, _ = QUARTERS["a rest that leaves no choice"]
    assert Attack(weeks, None, PLAIN).pinned() == {}


UNTRUE: dict[str, tuple[list[Published], Published | None]] = {
    "a total above the sum": ([week({**WHO, "": 41})], None),
    "a total below the sum": ([week({**WHO, "": 39})], None),
    "a part that is more than the whole": ([week(WHO, {"national": 21}, food=(21, 21, 0, 21, 0))], None),
    "a hidden cell that must be 0": ([week({**WHO, "A": None, "B": 40})], None),
    "hidden cells with no room": ([week({**PAIR, "": 11, "en": None, "es": 11})], None),
    "crises without their ending": ([week(WHO, danger=(15, 15, 0, 0, 15))], None),
    "an entry from nowhere": ([week(WHO, given={"pantry": 11})], None),
    "a rest of fewer than its weeks": ([week(PAIR), week(PAIR)], {A: 1, B: None}),
    "a rest of nothing hidden": ([week(WHO)], {A: 11}),
    "a hidden cell without a rest": ([week(PAIR)], {A: 20}),
}


@pytest.mark.parametrize(("weeks", "rest"), UNTRUE.values(), ids=UNTRUE)
def test_figures_that_cannot_be_are_not_taken_for_safe(weeks: list[Published], rest: Published | None) -> None:
    with pytest.raises(ContradictionError):
        Attack(weeks, rest, LINKED).pinned()


@pytest.mark.parametrize("cell", [ALL, FOOD_IN_A, ("area", "B", "")], ids=repr)
def test_a_missing_cell_is_said(cell: Cell) -> None:
    with pytest.raises(ValueError, match="cell|missing"):
        Attack([{other: value for other, value in week(WHO).items() if other != cell}], None, LINKED)


@pytest.mark.parametrize(
    ("least", "most", "pinned"),
    [(5, 5, True), (5, 6, False), (5.2, 6.7, True), (5.2, 7, False), (5 + 1e-8, 6 - 1e-8, False), (1, CEILING, False)],
)
def test_half_conversations_do_not_hide_anything(least: float, most: float, pinned: bool) -> None:
    assert Range(least, most).pinned is pinned


def test_how_far_a_hidden_cell_can_go() -> None:
    published = week({**PAIR, "": 31, "es": 11}, {"national": 20}, food=(20, 20, 0, 20, 0))
    ranges = Attack([published], None, PLAIN).ranges()
    assert {place.cell: (round(r.least), round(r.most), round(r.width)) for place, r in ranges.items()} == {
        A: (20, 30, 10),
        B: (1, 11, 10),
    }
    nothing = Attack([dict.fromkeys(published)], None, PLAIN).ranges([Place(0, A)])[Place(0, A)]
    assert nothing.least == 1
    assert nothing.width > CEILING / 2
