"""Complaints: counted with the week, destroyed with it, never published; staff hear that there were enough."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, insert, select

from bot import cli, reckoning
from bot.counts.cell import Table
from bot.counts.complaints import asked
from bot.counts.record import UNCOUNTED, Record, Seen, seen
from bot.counts.rules import Rules
from bot.counts.tally import Tally
from bot.counts.universe import cells_of
from bot.referral.answer import answer
from bot.referral.conversation import Conversation
from bot.referral.turn import Outcome
from bot.storage import bulletins
from bot.storage.closing import periods
from bot.storage.database import connect
from bot.storage.tables import HiddenSumRow, OpenCountRow, PublishedCountRow
from tests.promises.lean import fill
from tests.referral import small

TUESDAY = datetime(2026, 11, 17, 12, tzinfo=UTC)
WEEK, NEXT = "2026-W47", "2026-W48"
AFTER = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOURS = timedelta(hours=2)
FOOD = Seen(Outcome.LOCAL, "westlake", "en", "food", ("pantry",))
FAILED = replace(FOOD, complained="pantry")
Complain = Callable[..., None]


@pytest.fixture
def complain(engine: Engine) -> Complain:
    """Let so many conversations say that an entry did not work, and flush."""
    tally = Tally()
    flushing = reckoning.Flushing(engine, tally)

    def say(many: int, entry: str = "pantry", now: datetime = TUESDAY) -> None:
        for _ in range(many):
            tally.note(tally.note(UNCOUNTED, FOOD, now), replace(FAILED, complained=entry), now)
        flushing.flush((), now)

    return say


def close(engine: Engine, now: datetime = AFTER, threshold: int = 3) -> list[str]:
    """Close what is over, and return the entries that a check was asked for."""
    told: list[str] = []
    reckoning.close_due(engine, Rules(), now, HOURS, ask=told.append, threshold=threshold)
    return told


def open_figures(engine: Engine) -> dict[tuple[str, str], int]:
    row = OpenCountRow
    with engine.connect() as connection:
        found = connection.execute(select(row.period, row.first, row.n).where(row.kind == Table.COMPLAINT))
        return {(period, entry): n for period, entry, n in found}


def complaint_cells(tally: Tally) -> dict[str, int]:
    gains = tally.take().gains.get(WEEK, {})
    return {cell.first: n for cell, n in gains.items() if cell.table == Table.COMPLAINT and n}


class TestTally:
    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            pytest.param([FOOD], {}, id="no complaint"),
            pytest.param([FOOD, FAILED], {"pantry": 1}, id="one"),
            pytest.param([FOOD, *[FAILED] * 9], {"pantry": 1}, id="nine times about the same"),
            pytest.param([FOOD, FAILED, replace(FAILED, complained="shelf")], {"pantry": 1, "shelf": 1}, id="two"),
            pytest.param([FOOD, FAILED, replace(FOOD, area="westmont")], {"pantry": 1}, id="the place is told later"),
            pytest.param([FOOD, replace(FAILED, erased=True)], {}, id="with an erasure, which counts nothing"),
        ],
    )
    def test_a_conversation_adds_one_at_most_for_each_entry(
        self, texts: list[Seen], expected: Mapping[str, int]
    ) -> None:
        tally, record = Tally(), UNCOUNTED
        for what in texts:
            record = tally.note(record, what, TUESDAY)
        assert complaint_cells(tally) == expected

    def test_it_changes_no_other_figure(self) -> None:
        with_it, without = Tally(), Tally()
        for tally, texts in ((with_it, (FOOD, FAILED)), (without, (FOOD, FOOD))):
            record = UNCOUNTED
            for what in texts:
                record = tally.note(record, what, TUESDAY)
        gains = with_it.take().gains[WEEK]
        rest = {cell: n for cell, n in gains.items() if cell.table != Table.COMPLAINT}
        assert rest == without.take().gains[WEEK]

    def test_what_is_counted_of_an_answer_is_the_entry_alone(self) -> None:
        found = small.content()
        given = answer("bed 60559", Conversation(), found, small.NOON).conversation
        what = seen(answer("dupage pads no answer zebra", given, found, small.NOON))
        assert what.complained == "pads"
        assert "zebra" not in repr(what)

    def test_a_record_with_complaints_travels_as_json(self) -> None:
        record = UNCOUNTED.after(FAILED, WEEK)
        assert record.complaints == ("pantry",)
        assert Record.load(record.dump()) == record

    def test_a_record_of_another_version_counts_as_forgotten(self) -> None:
        with pytest.raises((TypeError, ValueError)):
            Record.load(UNCOUNTED.after(FAILED, WEEK).dump()[:-1])


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([{"a": 2}], [], id="too few"),
        pytest.param([{"a": 3, "b": 2}], ["a"], id="just enough"),
        pytest.param([{"a": 2}, {"a": 1}], ["a"], id="in two weeks together"),
        pytest.param([{"b": 9, "a": 9}], ["a", "b"], id="in order"),
        pytest.param([{"a": -5}, {"a": 3}], ["a"], id="below 0 is 0"),
        pytest.param([{"": 9}], [], id="no entry"),
    ],
)
def test_a_check_is_asked_for_from_the_threshold_on(weeks: list[Mapping[str, int]], expected: list[str]) -> None:
    assert asked(weeks, 3) == expected


class TestOpenWeeks:
    def test_every_entry_has_its_figure_at_every_flush(self, engine: Engine) -> None:
        found = small.content()
        reckoning.Flushing(engine, Tally()).flush(cells_of(found), TUESDAY)
        assert open_figures(engine) == {(WEEK, entry): 0 for entry in found.entries}

    def test_they_are_added_up_over_the_open_weeks(self, engine: Engine, complain: Complain) -> None:
        complain(2)
        assert reckoning.asked(engine, 3) == []
        complain(1, now=TUESDAY + timedelta(days=7))
        complain(3, "shelf")
        assert reckoning.asked(engine, 3) == ["pantry", "shelf"]
        assert reckoning.asked(engine, 4) == []

    def test_a_check_begins_them_anew_and_leaves_the_others(self, engine: Engine, complain: Complain) -> None:
        complain(3)
        complain(3, "shelf")
        reckoning.checked(engine, "pantry")
        assert reckoning.asked(engine) == ["shelf"]
        complain(3)
        assert reckoning.asked(engine) == ["pantry", "shelf"]

    def test_what_somebody_wrote_by_hand_stops_nothing(self, engine: Engine, complain: Complain) -> None:
        complain(3)
        with engine.begin() as connection:
            row = insert(OpenCountRow).values(period=WEEK, kind="complaint", first="", second="x", n=9)
            connection.execute(row)
        assert reckoning.asked(engine) == ["pantry"]
        assert close(engine) == ["pantry"]


class TestClosing:
    def test_the_entries_outlive_the_week_and_the_figures_do_not(self, engine: Engine, complain: Complain) -> None:
        complain(3)
        complain(2, "shelf")
        assert close(engine) == ["pantry"]
        assert open_figures(engine) == {}
        assert reckoning.asked(engine) == []
        assert close(engine) == []
        for table in (PublishedCountRow, HiddenSumRow):
            with engine.connect() as connection:
                query = select(func.count()).select_from(table).where(table.kind == Table.COMPLAINT)
                assert connection.scalar(query) == 0

    def test_a_week_looks_the_same_with_complaints_and_without(self, engine: Engine, complain: Complain) -> None:
        tally = Tally()
        for n in range(30):
            tally.note(UNCOUNTED, FOOD, TUESDAY + timedelta(days=7 * (n % 2)))
        reckoning.Flushing(engine, tally).flush((), TUESDAY)
        with engine.begin() as connection:
            values = {"period": WEEK, "kind": "complaint", "first": "pantry", "second": "", "n": 40}
            connection.execute(insert(OpenCountRow).values(**values))
        close(engine, AFTER + timedelta(days=7))
        first, second = periods(engine)
        assert (first.shown, first.mended) == (second.shown, False)

    def test_those_of_the_next_week_stay_and_count_once(self, engine: Engine, complain: Complain) -> None:
        complain(2)
        complain(1, now=TUESDAY + timedelta(days=7))
        complain(9, "shelf", now=TUESDAY + timedelta(days=7))
        # Of the entries with enough, only what would be forgotten now is said now.
        assert close(engine) == ["pantry"]
        assert open_figures(engine) == {(NEXT, "pantry"): 1, (NEXT, "shelf"): 9}
        assert close(engine, AFTER + timedelta(days=7)) == ["shelf"]

    def test_two_weeks_that_close_together_ask_once(self, engine: Engine, complain: Complain) -> None:
        complain(3)
        complain(3, now=TUESDAY + timedelta(days=7))
        assert close(engine, AFTER + timedelta(days=7)) == ["pantry"]

    def test_a_week_that_is_not_over_asks_for_nothing_to_be_kept(self, engine: Engine, complain: Complain) -> None:
        complain(9)
        assert close(engine, TUESDAY) == []
        assert reckoning.asked(engine) == ["pantry"]

    def test_when_it_cannot_be_written_down_the_week_stays_open(self, engine: Engine, complain: Complain) -> None:
        def fails(entry: str) -> None:
            raise OSError(entry)

        complain(3)
        with pytest.raises(OSError, match="pantry"):
            reckoning.close_due(engine, Rules(), AFTER, HOURS, ask=fails)
        assert close(engine) == ["pantry"]


def test_the_command_writes_down_for_which_entries_enough_was_said(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/line.db"
    fill(url)
    engine = connect(url)
    with engine.begin() as connection:
        for entry, n in (("rainn", 4), ("ndvh", 3)):
            values = {"period": "2026-W40", "kind": "complaint", "first": entry, "second": "", "n": n}
            connection.execute(insert(OpenCountRow).values(**values))
    environ = {"DATABASE_URL": url, "CACHE_DIR": str(tmp_path / "cache"), "COMPLAINTS_BEFORE_CHECK": "4"}
    ran = CliRunner().invoke(cli.main, ["counts", "close"], env=environ, prog_name="quietline")
    assert ran.exit_code == 0, ran.output
    assert "2026-W40" in ran.output
    rows = bulletins.rows(engine)
    assert set(bulletins.fold(rows).bulletins.asked) == {"rainn"}
    assert "4" not in f"{rows[0].body}{rows[0].by}", "a figure was written down"
    engine.dispose()
