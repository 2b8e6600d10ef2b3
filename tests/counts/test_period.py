"""ISO weeks and quarters."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counts.period import (
    end_of_week,
    is_period,
    monday_of,
    open_week,
    quarter_of,
    week_after,
    week_of,
    weeks_in,
    weeks_of,
)


@pytest.mark.parametrize(
    ("now", "week", "quarter"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "2026-W47", "2026-Q4"),
        (datetime(2026, 12, 31, tzinfo=UTC), "2026-W53", "2026-Q4"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2026-W53", "2026-Q4"),
        (datetime(2027, 1, 4, tzinfo=UTC), "2027-W01", "2027-Q1"),
        (datetime(2025, 12, 30, tzinfo=UTC), "2026-W01", "2026-Q1"),
    ],
    ids=lambda value: str(value)[:10],
)
def test_a_moment_has_one_week_and_a_week_one_quarter(now: datetime, week: str, quarter: str) -> None:
    assert week_of(now) == week
    assert quarter_of(week) == quarter


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine keep another time than UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("tokyo")
def test_a_week_is_the_same_wherever_the_machine_stands() -> None:
    assert time.timezone == -9 * 3600
    assert week_of(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == "2026-W47"


def test_a_week_begins_on_monday_at_midnight_utc() -> None:
    east = timezone(timedelta(hours=2))
    assert week_of(datetime(2026, 11, 23, 1, 59, tzinfo=east)) == "2026-W47"
    assert week_of(datetime(2026, 11, 23, 2, tzinfo=east)) == "2026-W48"
    assert monday_of("2026-W47") == date(2026, 11, 16)
    assert end_of_week("2026-W47") == datetime(2026, 11, 23, tzinfo=UTC)
    assert week_after("2026-W53") == "2027-W01"


@pytest.mark.parametrize(
    ("period", "weeks"),
    [
        ("2026-W47", ("2026-W47",)),
        ("2026-Q1", tuple(f"2026-W{number:02d}" for number in range(1, 14))),
        ("2026-Q2", tuple(f"2026-W{number:02d}" for number in range(14, 27))),
        ("2026-Q3", tuple(f"2026-W{number:02d}" for number in range(27, 40))),
        ("2026-Q4", tuple(f"2026-W{number:02d}" for number in range(40, 54))),
    ],
)
def test_a_period_has_these_weeks(period: str, weeks: tuple[str, ...]) -> None:
    assert weeks_of(period) == weeks
    assert is_period(period)


@pytest.mark.parametrize("name", ["", "2026", "2026-W54", "2026-Q5", "withheld", "26-Q1", "2x26-Q1", "20x6-Q1"])
def test_what_is_no_period_is_known_as_such(name: str) -> None:
    assert not is_period(name)


@given(st.integers(2020, 2060), st.integers(1, 4))
def test_quarters_are_made_of_whole_weeks_and_leave_none_out(year: int, number: int) -> None:
    weeks = weeks_in(f"{year}-Q{number}")
    following = weeks_in(f"{year + number // 4}-Q{number % 4 + 1}")
    assert len(weeks) in (12, 13, 14)
    assert week_after(weeks[-1]) == following[0]
    assert end_of_week(weeks[-1]).date() == monday_of(following[0])


@pytest.mark.parametrize("name", ["", "2026", "2026-47", "2026-W54", "2026-W1", "2026-W4x", "26-W01", "2026-Q1"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^a week is written like 2026-W47$|^Invalid"):
        monday_of(name)


@pytest.mark.parametrize("name", ["", "2026-Q0", "2026-Q5", "2026-W01", "Q1", "26-Q1", "20x6-Q1"])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^a quarter is written like 2026-Q4$"):
        weeks_in(name)


@pytest.mark.parametrize(
    ("week", "closed", "into"),
    [
        pytest.param("2026-W47", (), "2026-W47", id="nothing is closed"),
        pytest.param("2026-W47", ("2026-W45", "2026-W46"), "2026-W47", id="open"),
        pytest.param("2026-W47", ("2026-W47",), "2026-W48", id="closed already"),
        pytest.param("2026-W20", ("2026-W47", "2026-Q1"), "2026-W48", id="a clock jumped back"),
        pytest.param("2026-W52", ("2026-W49", "2026-Q4"), "2027-W01", id="its quarter is closed"),
        pytest.param("2026-W47", ("2025-W53", "zz-W", "2026-Q9"), "2026-W47", id="names made by hand"),
    ],
)
def test_a_late_figure_goes_into_the_first_open_week(week: str, closed: tuple[str, ...], into: str) -> None:
    assert open_week(week, closed) == into
