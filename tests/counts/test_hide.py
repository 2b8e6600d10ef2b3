"""Where one total and its parts are just blurred enough, and where one figure more has to be hidden."""

import pytest

from bot.counts.cell import Cell
from bot.counts.hide import Family, hidden_in
from bot.counts.rules import Rules

NAMES = "abcdef"


def hidden(figures: tuple[int, ...], *, forced: str = "") -> str:
    """Return the names of the parts that are hidden, of a total that was split once; "all" when the total is too."""
    parts = {Cell("area", name): n for name, n in zip(NAMES, figures, strict=False)}
    total = Cell("conversations")
    family = Family(total, (tuple(parts),), frozenset(Cell("area", name) for name in forced))
    found = hidden_in(family, {total: sum(figures), **parts}, Rules())
    return "all" if total in found else "".join(sorted(cell.first for cell in found))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param((40, 30, 20), "", id="nothing small"),
        pytest.param((6, 6, 40), "ab", id="ten to share out are enough"),
        pytest.param((6, 5, 40), "abc", id="nine are not"),
        pytest.param((10, 10, 40), "abc", id="all as large as a small one can be"),
        pytest.param((10, 9, 40), "abc", id="all but one of them"),
        pytest.param((9, 9, 40), "ab", id="two less than that"),
        pytest.param((10, 10, 10, 40), "abcd", id="three as large as can be"),
        pytest.param((10, 10, 8, 40), "abcd", id="three, two less"),
        pytest.param((9, 9, 9, 40), "abc", id="three, three less"),
        pytest.param((3, 40), "ab", id="one alone takes another with it"),
        pytest.param((3, 40, 20), "ac", id="the smallest of the others"),
        pytest.param((3, 20, 20), "ab", id="of two alike the first by name"),
        pytest.param((3, 0, 40), "ac", id="a nought hides nothing"),
        pytest.param((6, 5), "all", id="too little room"),
        pytest.param((2, 3), "all", id="a small total"),
        pytest.param((11, 40), "", id="eleven is not small"),
        pytest.param((10, 40), "ab", id="ten is"),
    ],
)
def test_just_enough_is_hidden(figures: tuple[int, ...], expected: str) -> None:
    assert hidden(figures) == expected


def test_what_is_hidden_for_another_reason_counts_as_hidden() -> None:
    assert hidden((40, 30, 20), forced="a") == "ac"
    assert hidden((40, 3, 20), forced="a") == "ab"


def test_a_table_that_leaves_no_room_takes_all_the_others_with_it() -> None:
    total, one, other = Cell("conversations"), (Cell("area", "a"), Cell("area", "b")), (Cell("language", "en"),)
    figures = {total: 40, one[0]: 20, one[1]: 20, other[0]: 40}
    assert hidden_in(Family(total, (one, other)), figures, Rules()) == frozenset()
    assert hidden_in(Family(total, (one, other), frozenset(other)), figures, Rules()) == {total, *one, *other}


@pytest.mark.parametrize(("figure", "small"), [(0, False), (1, True), (10, True), (11, False)])
def test_one_to_ten_are_small(figure: int, small: bool) -> None:
    assert Rules().small(figure) is small
