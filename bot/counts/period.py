"""ISO weeks and their quarters, by their names: 2026-W47, 2026-Q4. All in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta


def week_of(now: datetime) -> str:
    """Return the ISO week a moment lies in, as 2026-W47; nothing finer is ever kept."""
    year, week, _ = now.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """Return the first day of a week. Raises ValueError for what is no ISO week."""
    year, _, number = week.partition("-W")
    if len(year) != 4 or len(number) != 2 or not (year + number).isdecimal():
        raise ValueError("a week is written like 2026-W47")
    return date.fromisocalendar(int(year), int(number), 1)


def week_after(week: str) -> str:
    """Return the week that follows."""
    return week_of(_midnight(monday_of(week) + timedelta(days=7)))


def is_period(name: str) -> bool:
    """Say whether a name is that of a week or a quarter."""
    try:
        return bool(weeks_of(name))
    except ValueError:
        return False


def weeks_of(period: str) -> tuple[str, ...]:
    """Return the weeks of a week or quarter. Raises ValueError for what is neither."""
    return weeks_in(period) if "-Q" in period else (week_of(_midnight(monday_of(period))),)


def open_week(week: str, closed: Iterable[str]) -> str:
    """Return the week a figure goes into: its own, or the first open one when its own was closed already.

    That happens when the database was away for long, and when a clock jumps back. What is closed never changes.
    `closed`: the weeks and quarters that were; names that are neither were put there by hand and do not count.
    """
    last = max((weeks_of(period)[-1] for period in closed if is_period(period)), default="")
    return week_after(last) if week <= last else week


def end_of_week(week: str) -> datetime:
    """Return the moment a week is over: Monday, midnight UTC."""
    return _midnight(monday_of(week) + timedelta(days=7))


def quarter_of(week: str) -> str:
    """Return the quarter a week belongs to: the one its Thursday lies in, so 12 to 14 weeks make a quarter."""
    thursday = monday_of(week) + timedelta(days=3)
    return f"{thursday.year}-Q{(thursday.month + 2) // 3}"


def weeks_in(quarter: str) -> tuple[str, ...]:
    """Return the weeks of a quarter, in order. Raises ValueError for what is no quarter."""
    year, _, number = quarter.partition("-Q")
    if len(year) != 4 or not year.isdecimal() or number not in ("1", "2", "3", "4"):
        raise ValueError("a quarter is written like 2026-Q4")
    week = week_of(_midnight(date(int(year), 3 * int(number) - 2, 1)))
    if quarter_of(week) != quarter:
        week = week_after(week)
    found = []
    while quarter_of(week) == quarter:
        found.append(week)
        week = week_after(week)
    return tuple(found)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
