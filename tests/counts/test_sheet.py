"""What was published, laid out: rows, changes, sums, and what is known only in part."""

import pytest

from bot.counts.cell import Table
from bot.counts.report import Column
from bot.counts.sheet import (
    Figure,
    Row,
    figure,
    quarter_column,
    quarters_of,
    rows,
    shares,
    total,
    weeks_between,
)
from bot.referral.turn import Outcome
from tests.counts.written import cell, names, shown

FOOD = cell("topic food")
FIRST = Column("2026-W46", shown("conversations 40, segments 50, topic food 20, topic jobs 0, topic_area food a 12"))
SECOND = Column(
    "2026-W47",
    shown(
        "conversations 60, topic food ?, topic art 30, topic_area food a 0, topic_area food b 15, topic_area art a 11"
    ),
    partial=frozenset({cell("topic art")}),
)


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        (Figure(20), "20"),
        (Figure(20, least=True), "20+"),
        (Figure(None), "hidden"),
        (Figure(None, least=True), "hidden"),
    ],
    ids=lambda value: str(value),
)
def test_how_a_figure_is_read(seen: Figure, read: str) -> None:
    assert str(seen) == read


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Figure(20), Figure(35), 15),
        (Figure(20), Figure(0), -20),
        (Figure(None), Figure(20), None),
        (Figure(20), Figure(None), None),
        (Figure(20, least=True), Figure(35), None),
        (Figure(20), Figure(35, least=True), None),
    ],
    ids=["more", "less", "first hidden", "second hidden", "first in part", "second in part"],
)
def test_a_change_is_told_of_two_whole_figures(before: Figure, after: Figure, change: int | None) -> None:
    assert Row(FOOD, (before, after)).change == change


def test_a_row_of_noughts_is_silent_and_a_hidden_one_is_not() -> None:
    assert Row(FOOD, (Figure(0), Figure(0))).silent
    assert not Row(FOOD, (Figure(0), Figure(None))).silent
    assert not Row(FOOD, (Figure(20), Figure(0))).silent


def test_a_figure_of_a_period() -> None:
    assert figure(SECOND, cell("topic art")) == Figure(30, least=True)
    assert figure(SECOND, FOOD) == Figure(None)
    assert figure(SECOND, cell("topic gone")) == Figure(0)
    assert Figure(3) == Figure(3, least=False)


@pytest.mark.parametrize(
    ("table", "of", "expected"),
    [
        pytest.param(Table.CONVERSATIONS, "", {"conversations": "40 60"}, id="all"),
        pytest.param(Table.SEGMENTS, "", {"segments": "50 0"}, id="segments, though one period has none"),
        pytest.param(Table.TOPIC, "", {"topic art": "0 30+", "topic food": "20 hidden"}, id="by name, without noughts"),
        pytest.param(Table.TOPIC, "food", {"topic food": "20 hidden"}, id="one topic"),
        pytest.param(
            Table.TOPIC_AREA, "food", {"topic_area food a": "12 0", "topic_area food b": "0 15"}, id="its places"
        ),
        pytest.param(Table.LANGUAGE, "", {}, id="nothing"),
    ],
)
def test_the_rows_of_a_table(table: Table, of: str, expected: dict[str, str]) -> None:
    made = rows(table, [FIRST, SECOND], of=of) if of else rows(table, [FIRST, SECOND])
    found = [(names({row.cell}).pop(), " ".join(map(str, row.figures))) for row in made]
    assert found == list(expected.items())


def test_nobody_at_all_is_said() -> None:
    none = Column("2026-W48", {})
    assert [row.figures for row in rows(Table.CONVERSATIONS, [none])] == [(Figure(0),)]
    assert [row.figures for row in rows(Table.SEGMENTS, [none])] == [(Figure(0),)]


def test_shares_of_all_conversations() -> None:
    seen = Column("2026-W47", shown("conversations 40, outcome unclear 10, outcome crisis ?, outcome opt-out 20"))
    assert shares([seen, Column("2026-W48", {})]) == {
        Outcome.UNCLEAR: (0.25, None),
        Outcome.NO_ENTRY: (0.0, None),
        Outcome.ONLY_211: (0.0, None),
        Outcome.CRISIS: (None, None),
        Outcome.OPT_OUT: (0.5, None),
    }


def test_the_weeks_from_one_to_another() -> None:
    assert weeks_between("2026-W52", "2027-W01") == ("2026-W52", "2026-W53", "2027-W01")
    assert weeks_between("2026-W47", "2026-W47") == ("2026-W47",)
    with pytest.raises(ValueError, match="^the first week comes after the last one$"):
        weeks_between("2026-W48", "2026-W47")


def test_the_quarters_of_some_weeks() -> None:
    assert quarters_of(["2027-W01", "2026-W40", "2026-W39", "2026-W41"]) == ("2026-Q3", "2026-Q4", "2027-Q1")


CLOSED = Column("2026-Q4", shown("topic food 13, topic jobs ?"))
HELD = {column.name: column for column in (FIRST, SECOND, CLOSED)}
WEEKS = {name: column for name, column in HELD.items() if name != "2026-Q4"}
OUTSIDE = {
    "2026-W20": Column("2026-W20", shown("conversations 500")),
    "2026-Q2": Column("2026-Q2", shown("topic food 90")),
}


def read(column: Column) -> dict[str, str]:
    """Return the figures of a period as people read them."""
    return {names({one}).pop(): str(figure(column, one)) for one in column.shown}


@pytest.mark.parametrize(
    ("held", "newest", "expected"),
    [
        pytest.param(HELD, "2026-W53", {"conversations": "100", "topic food": "33", "topic art": "30"}, id="closed"),
        pytest.param(WEEKS, "2026-W53", {"conversations": "100", "topic food": "20+"}, id="its last week is"),
        pytest.param(WEEKS, "2027-W02", {"conversations": "100", "topic food": "20+"}, id="and later ones"),
        pytest.param(
            WEEKS, "2026-W52", {"conversations": "100+", "topic food": "20+", "topic art": "30+"}, id="not yet"
        ),
    ],
)
def test_a_quarter_is_known_as_far_as_its_weeks_are(
    held: dict[str, Column], newest: str, expected: dict[str, str]
) -> None:
    column = quarter_column("2026-Q4", {**held, **OUTSIDE}, newest=newest)
    assert column.name == "2026-Q4"
    assert read(column).items() >= expected.items()


def test_what_stays_hidden_of_a_quarter_is_not_at_least() -> None:
    hidden = {"2026-W47": Column("2026-W47", shown("conversations ?"))}
    column = quarter_column("2026-Q4", hidden, newest="2026-W47")
    assert read(column) == {"conversations": "hidden"}
    assert column.partial == frozenset()


def test_a_sum_takes_in_the_quarters_that_lie_in_it() -> None:
    whole = [f"2026-W{number}" for number in range(40, 54)]
    assert read(total(whole, {**HELD, **OUTSIDE}))["topic food"] == "33"
    assert read(total(whole[:-1], HELD))["topic food"] == "20+"
    assert read(total(["2026-W46"], HELD))["conversations"] == "40"
    assert total(whole, HELD).name == "sum"
