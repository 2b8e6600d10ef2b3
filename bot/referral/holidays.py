"""The days on which a federal office in the United States is closed, by rule."""

from datetime import date, timedelta
from functools import lru_cache

_WEEK = timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6


@lru_cache(maxsize=16)
def federal_holidays(year: int) -> frozenset[date]:
    """Name every federal holiday of a year, with the weekday kept instead when one falls on a weekend.

    Both days count: on the Saturday itself hardly anybody answers either. 1 January on a Saturday is kept on
    31 December of the year before. Inauguration day is left out: it closes offices around Washington only.
    """
    fixed = {date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)}
    if year >= 2021:
        fixed.add(date(year, 6, 19))
    moving = {
        _nth_weekday(date(year, 1, 1), 0, 3),  # Martin Luther King
        _nth_weekday(date(year, 2, 1), 0, 3),  # Washington's birthday
        _nth_weekday(date(year, 6, 1), 0, 1) - _WEEK,  # Memorial day: the last Monday of May
        _nth_weekday(date(year, 9, 1), 0, 1),  # Labor day
        _nth_weekday(date(year, 10, 1), 0, 2),  # Columbus day
        _nth_weekday(date(year, 11, 1), 3, 4),  # Thanksgiving
    }
    kept = {_kept(day) for day in (*fixed, date(year + 1, 1, 1))}
    return frozenset(day for day in fixed | moving | kept if day.year == year)


def _nth_weekday(first: date, weekday: int, nth: int) -> date:
    """Return the nth given weekday (Monday is 0) of the month that begins on `first`."""
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * _WEEK


def _kept(day: date) -> date:
    """Return the weekday on which offices close for a holiday: Friday for a Saturday, Monday for a Sunday."""
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))
