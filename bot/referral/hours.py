"""When somebody answers a phone.

Hours are written in the part of OpenStreetMap's opening_hours notation that a directory of hotlines needs:
weekdays, shifts, holidays, "off" and "24/7". Times are those on the wall clock where the service is, so a
shift ends when that clock shows 02:00, also in the nights in which the clocks change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from bot.referral.holidays import federal_holidays
from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS, HoursError, Span, read, written_days, written_spans

__all__ = ["HoursError", "Opening", "Schedule", "changes", "describe", "is_night", "local_time", "parse", "state"]

#: From eight in the evening to eight in the morning. All office hours our directory knows of lie outside, so
#: then a line whose hours nobody told us is more likely to ring unheard than to be answered.
NIGHT_FROM, NIGHT_TO = 20, 8


class Opening(StrEnum):
    """Whether somebody answers now, as far as the hours tell; on a holiday, call first."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The shifts of a week, Monday first, and those of a holiday: None when nothing was said about holidays.

    Equal when they hold the same shifts, however written: `str` gives them back in one form that `parse` reads.
    """

    week: tuple[tuple[Span, ...], ...]
    holidays: tuple[Span, ...] | None = None

    @property
    def always(self) -> bool:
        """Tell whether it is "24/7", holidays and all."""
        return all(spans == ((0, DAY),) for spans in (*self.week, self.holidays))

    def at(self, local: datetime) -> Opening:
        """Tell whether the phone is answered at this time on the clock of its place.

        A shift belongs to the day on which it begins, past midnight and into a holiday too. `HOLIDAY` means
        the usual hours on a federal holiday about which the schedule is silent; never `UNKNOWN`.
        """
        minute = local.hour * 60 + local.minute
        today = self._on(local.date(), minute)
        if today is Opening.OPEN:
            return today
        yesterday = self._on(local.date() - timedelta(days=1), minute + DAY)
        return today if yesterday is Opening.CLOSED else yesterday

    def _on(self, day: date, minute: int) -> Opening:
        holiday = day in federal_holidays(day.year)
        spans = self.holidays if holiday and self.holidays is not None else self.week[day.weekday()]
        if not any(start <= minute < end for start, end in spans):
            return Opening.CLOSED
        return Opening.HOLIDAY if holiday and self.holidays is None else Opening.OPEN

    def __str__(self) -> str:
        if self.always:
            return "24/7"
        week = _alike(self.week)
        rules = [f"{written_days(days, WEEKDAYS)} {written_spans(spans)}" for days, spans in week]
        if self.holidays is not None:
            rules.append(f"{HOLIDAYS} {written_spans(self.holidays) or 'off'}")
        return "; ".join(rules if any(self.week) else ["off", *rules])


def parse(text: str) -> Schedule:
    """Read opening hours such as "Mo-Fr 08:00-12:00,13:30-16:00; Sa 20:00-02:00; PH off".

    A later rule replaces what earlier ones said of the same day; a day nobody mentions is closed, and days
    may be left out for the whole week. A shift past midnight is not cut by a rule for the day on which it
    ends. Only "24/7" speaks of holidays unasked. Raises `HoursError` naming the place.
    """
    table = read(text)
    return Schedule(tuple(table.get(day, ()) for day in WEEKDAYS), table.get(HOLIDAYS))


def state(schedule: Schedule | None, now: datetime, zone: str) -> Opening:
    """Tell whether a phone is answered now, `UNKNOWN` without a schedule.

    `now` is aware, in any zone; `zone` is where the phone stands, such as "America/Chicago".
    """
    return Opening.UNKNOWN if schedule is None else schedule.at(local_time(now, zone))


def is_night(now: datetime, zone: str) -> bool:
    """Tell whether unknown hours should rank after hours known to be open: 20:00 to 08:00 at the place."""
    return not NIGHT_TO <= local_time(now, zone).hour < NIGHT_FROM


def describe(schedule: Schedule, day_names: Sequence[str], *, closed: str = "", holidays: str = "") -> str:
    """Say the hours as a text message would: "24/7", "Mon-Fri 8am-4:30pm, Sat-Sun 10am-2pm".

    `day_names` are seven, Monday first. The words for "closed" and "holidays" are used where they are given;
    without them a schedule with no hours is "", and nothing is said of holidays.
    """
    if len(day_names) != len(WEEKDAYS):
        raise ValueError(f"expected 7 day names, Monday first, got {len(day_names)}")
    return _said(schedule, tuple(day_names), closed, holidays)


@lru_cache(maxsize=1024)  # a release has a few dozen schedules, and every reply says some of them
def _said(schedule: Schedule, names: tuple[str, ...], closed: str, holidays: str) -> str:
    if schedule.always:
        return "24/7"
    said = [f"{written_days(days, names)} {_spoken(spans)}" for days, spans in _alike(schedule.week)]
    if not said:
        said = [closed]
    if holidays and schedule.holidays is not None and (hours := _spoken(schedule.holidays) or closed):
        said.append(f"{holidays} {hours}")
    return ", ".join(filter(None, said))


def changes(schedule: Schedule | None, start: datetime, days: int, zone: str) -> list[datetime]:
    """List `start` and each later moment within so many days at which `state` or `is_night` turns, in UTC.

    Between two of them nothing changes, so one reply for each covers the whole time. Moments of several
    schedules and zones may be thrown together: sorted, they part the week into all its patterns.
    """
    first, end = local_time(start, zone), start + timedelta(days=days)
    # When the clocks change the hour jumps, and with it perhaps the answer: so every full hour is tried too.
    hour = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    moments = {hour + timedelta(hours=hours) for hours in range(days * 24 + 1)}
    for day, edge, fold in product(range(-1, days + 2), _edges(schedule), (0, 1)):
        wall = datetime.combine(first.date() + timedelta(days=day), time()) + timedelta(minutes=edge)
        moments.add(wall.replace(tzinfo=first.tzinfo, fold=fold).astimezone(UTC))
    found, before = [start.astimezone(UTC)], None
    for moment in sorted({found[0], *(moment for moment in moments if start < moment < end)}):
        now = (state(schedule, moment, zone), is_night(moment, zone))
        if before not in (None, now):
            found.append(moment)
        before = now
    return found


def _edges(schedule: Schedule | None) -> set[int]:
    """Return every minute of the day at which the answer may turn, on the clock of the place."""
    week = () if schedule is None else (*schedule.week, schedule.holidays or ())
    shifts = {edge % DAY for spans in week for span in spans for edge in span}
    return shifts | {NIGHT_TO * 60, NIGHT_FROM * 60}


def local_time(now: datetime, zone: str) -> datetime:
    """Return a moment on the clock of a place. Raises ValueError for one without a zone."""
    if now.tzinfo is None:
        raise ValueError("now must be aware: a naive time would be read as the server's own")
    return now.astimezone(ZoneInfo(zone))


def _alike(week: Sequence[tuple[Span, ...]]) -> Iterator[tuple[list[int], tuple[Span, ...]]]:
    """Yield the days that share their shifts, with the shifts; closed days are left out."""
    for spans in dict.fromkeys(filter(None, week)):
        yield [day for day, other in enumerate(week) if other == spans], spans


def _spoken(spans: Sequence[Span]) -> str:
    return " & ".join("24h" if span == (0, DAY) else "-".join(map(_twelve, span)) for span in spans)


def _twelve(minute: int) -> str:
    """Write a minute of the day on a twelve-hour clock: 8am, 4:30pm, 12am."""
    hour, rest = divmod(minute % DAY, 60)
    return f"{hour % 12 or 12}{f':{rest:02}' if rest else ''}{'am' if hour < 12 else 'pm'}"
