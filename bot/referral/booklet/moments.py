"""The moments at which a week of replies is looked at: by day, when offices are shut, at night, on a holiday."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.referral.content import NATIONAL, Content
from bot.referral.given import zone_of
from bot.referral.holidays import federal_holidays
from bot.referral.hours import Opening, Schedule, changes, is_night, state

_DAY = timedelta(days=1)
_WEEK = 7
_SUNDAY = 6
#: Tuesday to Thursday: what is open at all is open then.
_MIDWEEK = (1, 2, 3)


class When(StrEnum):
    """What kind of moment it is."""

    OPEN = "by day"
    CLOSED = "on a Sunday"
    NIGHT = "at night"
    HOLIDAY = "on a holiday"
    TURN = "when hours change"
    NOW = "now"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A moment (aware, UTC) and what it stands for."""

    at: datetime
    when: When


def moments(content: Content, area: str, day: date) -> tuple[Moment, ...]:
    """Return the four moments that matter, from a day on, where the texter is.

    The first workday in the middle of a week at eleven and, after it, at three at night; the first Sunday at one;
    the next federal holiday at eleven.
    """
    zone = ZoneInfo(zone_of(content, area))
    workday = _next(day, lambda one: one.weekday() in _MIDWEEK and not _is_holiday(one) and not _is_holiday(one + _DAY))
    sunday = _next(day, lambda one: one.weekday() == _SUNDAY and not _is_holiday(one))
    told = (
        (When.OPEN, workday, 11),
        (When.CLOSED, sunday, 13),
        (When.NIGHT, workday + _DAY, 3),
        (When.HOLIDAY, _next(day, _is_holiday), 11),
    )
    return tuple(Moment(datetime.combine(on, time(hour), zone).astimezone(UTC), when) for when, on, hour in told)


def turning(content: Content, topic: str, area: str, day: date) -> tuple[Moment, ...]:
    """Return the four, and a moment for every other way in which the hours of a topic's entries stand that week."""
    here = zone_of(content, area)
    schedules = set(_schedules(content, topic, area, here))
    start = datetime.combine(day, time(), ZoneInfo(here)).astimezone(UTC)
    turns = {at for hours, zone in schedules for at in _turns(content.schedules.get(hours), start, zone)}
    fixed = moments(content, area, day)
    seen: dict[object, Moment] = {}
    for moment in (*fixed, *(Moment(at, When.TURN) for at in sorted(turns))):
        seen.setdefault(_standing(content, schedules, moment.at), moment)
    return tuple(dict.fromkeys((*fixed, *seen.values())))


def _schedules(content: Content, topic: str, area: str, here: str) -> Iterator[tuple[str, str]]:
    yield "", here
    for where in (NATIONAL, area):
        own = here if where == NATIONAL else zone_of(content, where)
        for entry in content.serving.get((topic, where), ()):
            yield from ((phone.hours, phone.timezone or own) for phone in entry.phone if phone.publish)


def _standing(content: Content, schedules: set[tuple[str, str]], now: datetime) -> object:
    ways: tuple[tuple[Opening, bool], ...] = tuple(
        (state(content.schedules.get(hours), now, zone), is_night(now, zone)) for hours, zone in sorted(schedules)
    )
    return ways


@lru_cache(maxsize=4096)  # the same few schedules again for each topic and area
def _turns(schedule: Schedule | None, start: datetime, zone: str) -> tuple[datetime, ...]:
    return tuple(changes(schedule, start, _WEEK, zone))


def _next(day: date, fits: Callable[[date], bool]) -> date:
    while not fits(day):
        day += _DAY
    return day


def _is_holiday(day: date) -> bool:
    return day in federal_holidays(day.year)
