"""What was published, as people read it."""

import csv
import io

import pytest

from bot.counts.cell import Cell
from bot.counts.report import Column, as_csv, as_text, summed
from bot.referral.turn import Outcome

WEEK = Column(
    "2026-W47",
    {
        Cell("conversations"): 40,
        Cell("segments"): 150,
        Cell("area", "westlake"): 40,
        Cell("area", "westmont"): 0,
        Cell("outcome", "unclear"): 12,
        Cell("outcome", "crisis"): None,
        Cell("topic_area", "food", "westlake"): 21,
    },
)


def test_a_table_shows_figures_side_by_side_and_leaves_zeros_out() -> None:
    shown = as_text([WEEK, Column("2026-W48", {Cell("conversations"): None, Cell("area", "westlake"): None})])
    lines = {" ".join(line.split()) for line in shown.splitlines()}
    assert lines >= {
        "2026-W47 2026-W48",
        "conversations 40 hidden",
        "westlake 40 hidden",
        "crisis hidden 0",
        "food, westlake 21 0",
        "segments 150 0",
        "not understood 30%",
        "nothing found 0%",
    }
    assert "westmont" not in shown
    assert "Conversations, not people" in shown


def test_more_periods_than_fit_go_below_each_other() -> None:
    shown = as_text([Column(f"2026-W{number}", WEEK.shown) for number in range(10, 27)])
    assert max(map(len, shown.splitlines())) < 130
    assert shown.count("All conversations\n") == 3


def test_before_the_first_week_is_closed_it_says_what_to_do() -> None:
    assert "quietline counts close" in as_text([])
    assert as_csv([]) == "period,table,first,second,n,note\n"


@pytest.mark.parametrize(
    ("column", "note"),
    [
        (WEEK, ""),
        (Column("2026-W47", WEEK.shown, mended=True), "did not add up"),
        (Column("2026-W47", WEEK.shown, intact=False), "CHANGED"),
    ],
    ids=["good", "mended", "changed"],
)
def test_what_is_known_against_a_period_is_said(column: Column, note: str) -> None:
    assert note in as_text([column])
    rows = list(csv.DictReader(io.StringIO(as_csv([column]))))
    assert all(note in row["note"] for row in rows)
    assert {(row["first"], row["n"]) for row in rows} >= {("westmont", "0"), ("crisis", "hidden")}


@pytest.mark.parametrize(
    ("shown", "rate"),
    [
        ({Cell("conversations"): 40, Cell("outcome", "unclear"): 12}, 0.3),
        ({Cell("conversations"): 40}, 0.0),
        ({Cell("conversations"): 40, Cell("outcome", "unclear"): None}, None),
        ({Cell("conversations"): None, Cell("outcome", "unclear"): 12}, None),
        ({Cell("conversations"): 0, Cell("outcome", "unclear"): 0}, None),
    ],
    ids=["both shown", "none unclear", "hidden", "of hidden", "nobody wrote"],
)
def test_a_share_is_told_only_where_both_figures_are_shown(shown: dict[Cell, int | None], rate: float | None) -> None:
    assert Column("2026-W47", shown).rate(Outcome.UNCLEAR) == rate


class TestSum:
    WEEKS = (
        Column("2026-W46", {Cell("conversations"): 30, Cell("topic", "food"): None, Cell("topic", "jobs"): None}),
        Column("2026-W47", {Cell("conversations"): 40, Cell("topic", "food"): 20, Cell("topic", "jobs"): None}),
    )
    QUARTER = Column("2026-Q4", {Cell("topic", "food"): 12, Cell("topic", "jobs"): None})

    def test_what_a_quarter_shows_makes_the_sum_whole(self) -> None:
        total = summed([*self.WEEKS, self.QUARTER])
        assert total.shown == {Cell("conversations"): 70, Cell("topic", "food"): 32, Cell("topic", "jobs"): None}
        assert total.partial == {Cell("topic", "jobs")}

    def test_without_its_quarter_a_sum_is_at_least(self) -> None:
        shown = {" ".join(line.split()) for line in as_text([summed(self.WEEKS)]).splitlines()}
        assert shown >= {"conversations 70", "food 20+", "jobs hidden"}
        assert "sum,topic,food,,20,at least" in as_csv([summed(self.WEEKS)])

    def test_no_share_is_told_of_a_figure_that_is_at_least(self) -> None:
        hidden = Column("2026-W48", {Cell("conversations"): None, Cell("outcome", "unclear"): None})
        assert summed([WEEK, hidden]).rate(Outcome.UNCLEAR) is None
        assert summed([WEEK, WEEK]).rate(Outcome.UNCLEAR) == 0.3
