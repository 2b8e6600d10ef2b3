"""Flushing and closing against real databases, and everything that can go wrong on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot import reckoning
from bot.counts.cell import CONVERSATIONS, Cell
from bot.counts.record import UNCOUNTED, Seen
from bot.counts.rules import Rules
from bot.counts.tally import Tally
from bot.referral.turn import Outcome
from bot.storage.closing import Period, open_weeks, periods
from bot.storage.database import connect, truncate_log, watch
from bot.storage.migrate import migrate
from bot.storage.tables import ClosedPeriodRow, CountWriterRow, HiddenSumRow, OpenCountRow, PublishedCountRow
from tests.databases import Database

TUESDAY = datetime(2026, 11, 17, 12, tzinfo=UTC)
WEEK = "2026-W47"
AFTER = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOURS = timedelta(hours=2)
CELLS = (CONVERSATIONS, Cell("area", "westlake"), Cell("topic", "food"))
RULES = Rules()


def text_of(area: str = "westlake", topic: str = "food") -> Seen:
    return Seen(Outcome.LOCAL, area, "en", topic)


def say(tally: Tally, many: int, now: datetime = TUESDAY, area: str = "westlake") -> None:
    for _ in range(many):
        tally.note(UNCOUNTED, text_of(area), now)


def raw(engine: Engine) -> dict[tuple[str, str], int]:
    row = OpenCountRow
    with engine.connect() as connection:
        found = connection.execute(select(row.period, row.kind, row.first, row.second, row.n))
        return {(period, " ".join(filter(None, cell))): n for period, *cell, n in found}


def closed(engine: Engine, now: datetime = AFTER, rules: Rules = RULES) -> list[str]:
    return reckoning.close_due(engine, rules, now, HOURS)


def only(engine: Engine) -> Period:
    (period,) = periods(engine)
    return period


def rows(engine: Engine, table: type[OpenCountRow] | type[HiddenSumRow] | type[CountWriterRow]) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def flush(engine: Engine, tally: Tally) -> Callable[..., None]:
    flushing = reckoning.Flushing(engine, tally)
    return lambda now=TUESDAY: flushing.flush(CELLS, now)


class TestFlush:
    def test_every_figure_of_the_week_is_there_from_the_first_flush_on(
        self, engine: Engine, flush: Callable[..., None]
    ) -> None:
        flush()
        assert raw(engine) == {
            (WEEK, "conversations"): 0,
            (WEEK, "area westlake"): 0,
            (WEEK, "topic food"): 0,
        }

    def test_flushes_add_up(self, engine: Engine, tally: Tally, flush: Callable[..., None]) -> None:
        for many in (3, 0, 2):
            say(tally, many)
            flush()
        assert raw(engine)[WEEK, "conversations"] == 5
        assert raw(engine)[WEEK, "topic_area food westlake"] == 5

    def test_two_processes_add_to_the_same_figures(self, engine: Engine) -> None:
        tallies = [Tally() for _ in range(4)]
        flushings = [reckoning.Flushing(engine, tally) for tally in tallies]

        def work(number: int) -> None:
            for _ in range(5):
                say(tallies[number], 2)
                flushings[number].flush(CELLS, TUESDAY)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))
        assert raw(engine)[WEEK, "conversations"] == 40

    def test_what_could_not_be_stored_waits_and_is_added_once(
        self, database: Database, bare_engine: Engine, tally: Tally
    ) -> None:
        flushing = reckoning.Flushing(bare_engine, tally)
        say(tally, 3)
        with pytest.raises(SQLAlchemyError):
            flushing.flush(CELLS, TUESDAY)
        say(tally, 2)
        migrate(bare_engine)
        flushing.flush(CELLS, TUESDAY)
        flushing.flush(CELLS, TUESDAY)
        assert raw(bare_engine)[WEEK, "conversations"] == 5

    def test_a_batch_whose_fate_was_not_known_is_not_added_twice(self, engine: Engine, tally: Tally) -> None:
        class Forgetful(Tally):
            def settled(self, batch: object) -> None:
                """The answer of the database was lost on its way."""

        forgetful = Forgetful()
        flushing = reckoning.Flushing(engine, forgetful)
        say(forgetful, 3)
        for _ in range(3):
            flushing.flush(CELLS, TUESDAY)
        assert raw(engine)[WEEK, "conversations"] == 3

    def test_a_conversation_that_hops_between_processes_counts_once(self, engine: Engine) -> None:
        one, other = Tally(), Tally()
        record = one.note(UNCOUNTED, text_of(area=""), TUESDAY)
        other.note(record, text_of(area="westlake"), TUESDAY)
        # The second one flushes first: a figure is below 0 until the first one does.
        reckoning.Flushing(engine, other).flush((), TUESDAY)
        assert raw(engine)[WEEK, "area unknown"] == -1
        reckoning.Flushing(engine, one).flush((), TUESDAY)
        assert raw(engine)[WEEK, "area unknown"] == 0
        assert raw(engine)[WEEK, "conversations"] == 1


class TestClose:
    def test_a_week_is_closed_once_it_is_over_and_late_flushes_are_in(
        self, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        say(tally, 30)
        flush()
        assert closed(engine, AFTER - timedelta(seconds=1)) == []
        assert closed(engine) == [WEEK]
        assert closed(engine) == []
        assert only(engine).shown[CONVERSATIONS] == 30

    def test_what_was_small_is_nowhere_but_in_the_sum_of_its_quarter(
        self, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        say(tally, 5)
        flush()
        closed(engine)
        assert set(only(engine).shown.values()) == {None}
        assert rows(engine, OpenCountRow) == 0
        with engine.connect() as connection:
            assert connection.scalar(select(HiddenSumRow.n).where(HiddenSumRow.kind == "conversations")) == 5

    def test_a_week_with_no_messages_is_zeros_and_one_without_a_line_is_not_there(
        self, engine: Engine, flush: Callable[..., None]
    ) -> None:
        flush()
        assert closed(engine, AFTER + timedelta(days=14)) == [WEEK]
        assert set(only(engine).shown.values()) == {0}
        assert rows(engine, HiddenSumRow) == 0

    def test_of_two_that_close_at_once_one_does(
        self, database: Database, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        say(tally, 30)
        flush()
        engines = [connect(database.url) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(closed, engines))
        assert sorted(done) == [[], [], [], [WEEK]]
        assert only(engine).shown[CONVERSATIONS] == 30
        for one in engines:
            one.dispose()

    def test_what_comes_too_late_goes_into_the_next_open_week(
        self, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        say(tally, 30)
        flush()
        closed(engine)
        before = periods(engine)
        say(tally, 20)
        flush(AFTER)
        flush(TUESDAY)  # a clock that jumps back
        assert {period for period, _ in raw(engine)} == {"2026-W48"}
        assert raw(engine)["2026-W48", "conversations"] == 20
        assert periods(engine) == before

    def test_a_batch_of_unknown_fate_is_not_added_again_after_its_week_was_closed(
        self, engine: Engine, tally: Tally
    ) -> None:
        flushing = reckoning.Flushing(engine, tally)
        say(tally, 30)
        batch = tally.take()
        flushing.flush(CELLS, TUESDAY)  # takes the same batch: its answer is lost on the way
        assert closed(engine) == [WEEK]
        tally._unsure = batch
        flushing.flush(CELLS, AFTER)
        assert raw(engine)["2026-W48", "conversations"] == 0

    def test_a_clock_that_runs_behind_moves_nothing_into_a_closed_week(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        for weeks in (0, 1, 2, 3):
            now = TUESDAY + timedelta(weeks=weeks)
            say(tally, 30, now=now)
            flushing.flush((), now)
            closed(engine, AFTER + timedelta(weeks=weeks - 1))
        assert closed(engine, TUESDAY) == []
        assert open_weeks(engine) == ["2026-W50"]
        assert closed(engine, AFTER + timedelta(weeks=3)) == ["2026-W50"]

    def test_rows_under_names_that_are_no_period_stop_nothing(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        say(tally, 30)
        with engine.begin() as connection:
            for table in (OpenCountRow, HiddenSumRow):
                for period in ("2026-W00", "zz-W", "2026-Q9", "x"):
                    connection.execute(insert(table).values(period=period, kind="a", first="", second="", n=3))
            connection.execute(insert(ClosedPeriodRow).values(period="zz-W", digest="", mended=False))
        flushing.flush(CELLS, TUESDAY)
        assert closed(engine) == [WEEK]
        assert rows(engine, OpenCountRow) == 0
        assert {period.name: period.intact for period in periods(engine)} == {WEEK: True, "zz-W": False}

    def test_weeks_of_a_clock_that_ran_ahead_come_back_into_the_present(
        self, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        ahead = TUESDAY + timedelta(days=3650)
        say(tally, 30, now=ahead)
        flush(ahead)
        closed(engine, TUESDAY)
        assert open_weeks(engine) == [WEEK]
        assert closed(engine) == [WEEK]
        assert only(engine).shown[CONVERSATIONS] == 30

    @pytest.mark.thorough
    def test_a_closed_week_never_changes(
        self, engine: Engine, tally: Tally, flush: Callable[..., None], thorough: bool
    ) -> None:
        say(tally, 30)
        say(tally, 3, area="westmont")
        flush()
        closed(engine)
        first = periods(engine)
        assert all(periods(engine) == first for _ in range(1_000 if thorough else 50))

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(update(PublishedCountRow).values(n=12), id="a figure"),
            pytest.param(delete(PublishedCountRow).where(PublishedCountRow.kind == "topic"), id="a figure taken away"),
        ],
    )
    def test_a_closed_week_that_somebody_changed_is_told(
        self, engine: Engine, tally: Tally, flush: Callable[..., None], change: object
    ) -> None:
        say(tally, 30)
        flush()
        closed(engine)
        assert only(engine).intact
        with engine.begin() as connection:
            connection.execute(change)  # type: ignore[call-overload]
        assert not only(engine).intact

    def test_an_open_row_that_somebody_changed_is_mended_and_told(
        self, engine: Engine, tally: Tally, flush: Callable[..., None]
    ) -> None:
        say(tally, 30)
        flush()
        with engine.begin() as connection:
            connection.execute(update(OpenCountRow).where(OpenCountRow.kind == "area").values(n=-5))
            connection.execute(insert(OpenCountRow).values(period=WEEK, kind="phones", first="x", second="", n=3))
        assert closed(engine) == [WEEK]
        assert only(engine).mended
        assert "phones" not in {kind for kind, _, _ in only(engine).shown}

    def test_a_killed_process_leaves_figures_that_add_up(self, engine: Engine) -> None:
        killed, other = Tally(), Tally()
        record = killed.note(UNCOUNTED, text_of(area=""), TUESDAY)
        other.note(record, text_of(area="westlake"), TUESDAY)
        say(other, 30)
        reckoning.Flushing(engine, other).flush((), TUESDAY)  # the killed one never does
        assert closed(engine) == [WEEK]
        assert (only(engine).mended, only(engine).shown[CONVERSATIONS]) == (True, 31)


class TestQuarter:
    def test_what_weeks_hid_is_shown_for_the_quarter_where_it_can_be(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        for number in range(3):
            now = TUESDAY + timedelta(weeks=number)
            say(tally, 6, now=now)
            flushing.flush((), now)
        january = datetime(2027, 1, 10, tzinfo=UTC)
        assert closed(engine, january) == ["2026-W47", "2026-W48", "2026-W49", "2026-Q4"]
        shown = {period.name: period.shown[CONVERSATIONS] for period in periods(engine)}
        assert shown == {"2026-W47": None, "2026-W48": None, "2026-W49": None, "2026-Q4": 18}
        assert rows(engine, HiddenSumRow) == 0
        assert closed(engine, january) == []

    def test_a_topic_that_a_whole_hidden_area_asked_for_stays_out_of_it(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        for number in range(3):
            now = TUESDAY + timedelta(weeks=number)
            say(tally, 20, now=now)
            say(tally, 3, now=now, area="westmont")
            tally.note(UNCOUNTED, Seen(Outcome.UNCLEAR, "westmont", "en"), now)
            flushing.flush((), now)
        closed(engine, datetime(2027, 1, 10, tzinfo=UTC))
        quarter = next(period.shown for period in periods(engine) if period.name == "2026-Q4")
        assert {n for cell, n in quarter.items() if "food" in cell} == {None}
        assert not [cell for period in periods(engine) for cell in period.shown if cell[0] == "withheld"]
        assert rows(engine, HiddenSumRow) == 0

    def test_nothing_goes_into_a_closed_quarter(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        say(tally, 6)
        flushing.flush((), TUESDAY)
        assert closed(engine, datetime(2027, 1, 10, tzinfo=UTC)) == [WEEK, "2026-Q4"]
        late = datetime(2026, 12, 29, tzinfo=UTC)
        say(tally, 6, now=late)
        flushing.flush((), late)
        assert open_weeks(engine) == ["2027-W01"]

    def test_a_quarter_waits_for_its_weeks(self, engine: Engine, tally: Tally) -> None:
        flushing = reckoning.Flushing(engine, tally)
        say(tally, 6)
        flushing.flush((), TUESDAY)
        closed(engine)
        last = datetime(2026, 12, 31, tzinfo=UTC)
        say(tally, 6, now=last)
        flushing.flush((), last)
        assert closed(engine, datetime(2027, 1, 4, 1, tzinfo=UTC)) == []
        assert closed(engine, datetime(2027, 1, 4, 2, tzinfo=UTC)) == ["2026-W53", "2026-Q4"]


class TestReading:
    @pytest.fixture
    def read(self, engine: Engine, tally: Tally) -> Callable[..., list[str]]:
        flushing = reckoning.Flushing(engine, tally)
        for number in range(3):
            now = TUESDAY + timedelta(weeks=number)
            say(tally, 6, now=now)
            flushing.flush((), now)
        closed(engine, datetime(2027, 1, 10, tzinfo=UTC))
        return lambda *names: [period.name for period in reckoning.published(engine, *names)]

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            ((), ["2026-Q4", "2026-W47", "2026-W48", "2026-W49"]),
            (("2026-W48",), ["2026-W48", "2026-W49"]),
            (("2026-W48", "2026-W48"), ["2026-W48"]),
            (("2026-Q4", "2026-Q4"), ["2026-Q4", "2026-W47", "2026-W48", "2026-W49"]),
            (("2027-Q1",), []),
        ],
        ids=str,
    )
    def test_a_range_holds_the_periods_that_lie_in_it(
        self, read: Callable[..., list[str]], names: tuple[str, ...], expected: list[str]
    ) -> None:
        assert read(*names) == expected

    @pytest.mark.parametrize("name", ["last week", "2026-W99", "2026-Q7"])
    def test_what_is_no_period_is_refused(self, read: Callable[..., list[str]], name: str) -> None:
        with pytest.raises(ValueError, match=r"week|quarter|Invalid"):
            read(name)


class TestSqliteFiles:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "counts.db"
        engine = connect(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        return path

    def bytes_of(self, path: Path) -> bytes:
        return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))

    def test_a_flush_leaves_no_log_and_the_same_size_whether_anything_came_in(self, file: Path) -> None:
        tally, engine = Tally(), watch(f"sqlite:///{file}")
        flushing = reckoning.Flushing(engine, tally)
        cells = tuple(Cell("topic", f"topic {number}") for number in range(200))
        flushing.flush((*CELLS, *cells), TUESDAY)
        sizes = set()
        for many in (0, 1, 300):
            say(tally, many)
            flushing.flush((*CELLS, *cells), TUESDAY)
            logs = [one.stat().st_size for one in file.parent.glob("*-wal")]
            assert not any(logs)
            sizes.add(file.stat().st_size)
        assert len(sizes) == 1
        engine.dispose()

    def test_what_a_flush_writes_is_the_same_whether_anything_came_in(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written: list[int] = []

        def measured(engine: Engine) -> None:
            written.append(file.with_name(f"{file.name}-wal").stat().st_size)
            truncate_log(engine)

        # The log is looked at just before it is emptied.
        monkeypatch.setattr("bot.storage.counts.truncate_log", measured)
        tally, engine = Tally(), connect(f"sqlite:///{file}")
        flushing = reckoning.Flushing(engine, tally)
        cells = tuple(Cell("topic", f"topic {number}") for number in range(300))
        for many in (1, 0, 1, 0, 5, 0):
            say(tally, many)
            flushing.flush((*CELLS, *cells), TUESDAY)
        assert len(set(written[1:])) == 1
        assert written[1]
        engine.dispose()

    def test_a_closed_week_leaves_nothing_of_its_raw_figures_in_the_files(self, file: Path) -> None:
        tally, engine = Tally(), connect(f"sqlite:///{file}")
        reckoning.Flushing(engine, tally).flush((Cell("topic", "canarytopic"),), TUESDAY)
        assert b"canarytopic" in self.bytes_of(file)
        closed(engine)
        with engine.begin() as connection:
            connection.execute(delete(PublishedCountRow))
        engine.dispose()
        assert b"canarytopic" not in self.bytes_of(file)


def test_ten_thousand_topics_and_places_are_closed_in_time_for_the_next_flush(engine: Engine) -> None:
    tally = Tally()
    for topic in range(100):
        for area in range(100):
            tally.note(UNCOUNTED, Seen(Outcome.LOCAL, f"area {area}", "en", f"topic {topic}"), TUESDAY)
    reckoning.Flushing(engine, tally).flush((), TUESDAY)
    assert closed(engine) == [WEEK]
    assert only(engine).shown[CONVERSATIONS] == 10_000
    assert only(engine).shown[Cell("topic_area", "topic 3", "area 3")] is None


@pytest.mark.parametrize(("seconds", "hours"), [(0, 1), (60, 1), (1800, 1), (3600, 2)])
def test_a_week_waits_for_two_flushes_and_an_hour_at_least(seconds: float, hours: float) -> None:
    assert reckoning.grace(seconds) == timedelta(hours=hours)
