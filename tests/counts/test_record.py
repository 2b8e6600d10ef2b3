"""What one conversation counts as, and how the tally adds it up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counts.cell import CONVERSATIONS, SEGMENTS, Cell
from bot.counts.record import UNCOUNTED, Record, Seen
from bot.counts.tally import Tally
from bot.referral.turn import Outcome

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = "2026-W47"
FOOD = Seen(Outcome.LOCAL, "westlake", "en", "food", ("e1", "e2"))

AREAS = st.sampled_from(["", "westlake", "westmont"])
LANGUAGES = st.sampled_from(["", "en", "es"])
NEED = st.builds(
    Seen,
    st.sampled_from([Outcome.LOCAL, Outcome.NATIONAL, Outcome.ONLY_211, Outcome.NO_ENTRY]),
    AREAS,
    LANGUAGES,
    st.sampled_from(["food", "shelter"]),
    st.lists(st.sampled_from(["e1", "e2", "e3"]), max_size=2).map(tuple),
)
SEEN = (
    NEED
    | st.builds(Seen, st.just(Outcome.CRISIS), AREAS, LANGUAGES, st.just("danger"))
    | st.builds(Seen, st.sampled_from([Outcome.UNCLEAR, Outcome.OPT_OUT, Outcome.COMMAND]), AREAS, LANGUAGES)
    | st.builds(Seen, st.just(Outcome.COMMAND), AREAS, LANGUAGES, erased=st.just(True))
)


def talk(tally: Tally, *texts: Seen, now: datetime = MONDAY) -> Record:
    record = UNCOUNTED
    for what in texts:
        record = tally.note(record, what, now)
    return record


def figures(tally: Tally, week: str = WEEK) -> dict[Cell, int]:
    return {cell: n for cell, n in tally.take().gains.get(week, {}).items() if n}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([FOOD], {"area westlake", "language en", "outcome local entry", "topic food"}, id="one need"),
        pytest.param([FOOD] * 500, {"topic food", "topic_area food westlake", "entry e1"}, id="500 times the same"),
        pytest.param(
            [replace(FOOD, area="", outcome=Outcome.ONLY_211), FOOD],
            {"area westlake", "outcome local entry", "topic_area food westlake"},
            id="the place told later, and then more was found",
        ),
        pytest.param(
            [FOOD, replace(FOOD, outcome=Outcome.NO_ENTRY)], {"outcome local entry"}, id="the best that was found"
        ),
        pytest.param(
            [FOOD, replace(FOOD, topic="shelter", outcome=Outcome.NATIONAL)],
            {"topic food", "topic shelter", "outcome local entry", "outcome national"},
            id="two needs",
        ),
        pytest.param([Seen(Outcome.COMMAND, "", "es")], {"area unknown", "language es"}, id="a menu"),
        pytest.param([Seen(Outcome.OPT_OUT)] * 9, {"language unknown", "outcome opt-out"}, id="nine times stop"),
    ],
)
def test_a_conversation_adds_one_to_each_of_its_cells(texts: list[Seen], expected: set[str]) -> None:
    tally = Tally()
    talk(tally, *texts)
    found = figures(tally)
    assert set(found.values()) == {1}
    assert {" ".join(filter(None, cell)) for cell in found} >= {"conversations", *expected}
    areas = [cell for cell in found if cell.table == "area"]
    assert len(areas) == 1


def test_after_x_a_new_conversation_begins_and_x_itself_is_none() -> None:
    tally = Tally()
    erased = Seen(Outcome.COMMAND, "westlake", "en", erased=True)
    assert talk(tally, erased, erased) == UNCOUNTED
    assert not tally.waiting
    talk(tally, FOOD, erased, FOOD)
    assert figures(tally)[CONVERSATIONS] == 2


def test_after_an_opt_out_nothing_is_remembered_but_that_it_is_no_news() -> None:
    tally = Tally()
    kept = talk(tally, FOOD, Seen(Outcome.OPT_OUT, "westlake", "en"))
    assert kept == Record(silenced=True)
    assert tally.note(kept, Seen(Outcome.OPT_OUT), MONDAY) == kept
    assert figures(tally)[Cell("outcome", "opt-out")] == 1


def test_a_conversation_over_midnight_stays_in_the_week_it_began_in() -> None:
    tally = Tally()
    before = MONDAY - timedelta(minutes=1)
    record = tally.note(UNCOUNTED, replace(FOOD, area=""), before)
    tally.note(record, FOOD, MONDAY)
    gains = tally.take().gains
    assert list(gains) == ["2026-W46"]
    assert gains["2026-W46"][Cell("area", "unknown")] == 0
    assert gains["2026-W46"][Cell("area", "westlake")] == 1


@given(st.lists(st.lists(SEEN, max_size=8), max_size=12))
def test_whatever_is_said_the_tables_add_up_and_nothing_is_below_0(conversations: list[list[Seen]]) -> None:
    tally = Tally()
    for texts in conversations:
        talk(tally, *texts)
    found = figures(tally)
    assert min(found.values(), default=0) >= 0
    total = found.get(CONVERSATIONS, 0)
    for table in ("area", "language"):
        assert sum(n for cell, n in found.items() if cell.table == table) == total
    for cell, n in found.items():
        assert n <= total
        if cell.table == "topic":
            for table in ("topic_area", "topic_language"):
                assert n == sum(m for c, m in found.items() if c.table == table and c.first == cell.first)
        if cell.table == "topic_area":
            assert n <= found[Cell("area", cell.second)]


@given(st.lists(SEEN, max_size=8))
def test_a_record_travels_as_json(texts: list[Seen]) -> None:
    record = talk(Tally(), *texts)
    assert Record.load(record.dump()) == record


class TestTake:
    def test_a_batch_of_unknown_fate_comes_again_before_anything_newer(self) -> None:
        tally = Tally()
        talk(tally, FOOD)
        first = tally.take()
        talk(tally, FOOD)
        assert tally.take() is first
        tally.settled(first)
        second = tally.take()
        assert (first.number, second.number) == (1, 2)
        assert second.gains[WEEK][CONVERSATIONS] == 1

    def test_segments_are_added_up(self) -> None:
        tally = Tally()
        tally.sent(2, MONDAY)
        tally.sent(3, MONDAY)
        assert figures(tally) == {SEGMENTS: 5}
