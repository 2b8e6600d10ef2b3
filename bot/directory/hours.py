"""Opening hours: HSDS keeps a row for each shift, we one line in OpenStreetMap's notation. Both ways.

Times are those on the wall clock of the place; offsets are left out, because they are wrong half of the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.directory.shifts import ALWAYS, BYDAY, MINUTE_SHORT, NEVER, ODD_DAYS, ROUND, SEASONAL, shift_of
from bot.referral.hours import HoursError, Schedule, parse
from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS, Span, written_spans

#: What the standard writes for midnight to midnight: it has no other sign for a whole day.
_WHOLE_DAY = ("00:00:00", "23:59:00")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in our notation, "" where they could not be told, and why (fixed sentences), if so."""

    text: str = ""
    why: tuple[str, ...] = ()


_CLASH = "hours that contradict each other: left open"


def hours_of(rows: Sequence[Mapping[str, Any]]) -> Hours:
    """Read the schedule rows of one object. What is not an ordinary week leaves the hours open, never half told."""
    week: dict[str, set[Span]] = {}
    why: dict[str, None] = {}
    extra: list[str] = []
    for row in rows:
        told = shift_of(row)
        if told.fault in (ODD_DAYS, SEASONAL):
            return Hours("", (told.fault,))
        if told.fault:
            why[told.fault] = None
        if told.extra:
            extra.append(told.extra)
        for day in told.days:
            week.setdefault(day, set()).add(told.span)
    return _week_of(tuple((day, tuple(sorted(week[day]))) for day in BYDAY if day in week), tuple(extra), tuple(why))


@lru_cache(maxsize=8192)
def _week_of(week: tuple[tuple[str, tuple[Span, ...]], ...], extra: tuple[str, ...], why: tuple[str, ...]) -> Hours:
    if ALWAYS in extra:
        whole = all(spans == ((0, DAY),) for _, spans in week)
        return Hours(ALWAYS, why) if whole else Hours("", (_CLASH,))
    return _written(week, extra, why)


def _written(week: Iterable[tuple[str, Sequence[Span]]], extra: Sequence[str], why: tuple[str, ...]) -> Hours:
    rules = [f"{WEEKDAYS[BYDAY.index(day)]} {written_spans(spans)}" for day, spans in week]
    if not rules and NEVER not in extra:
        return Hours("", why)
    try:
        return Hours(str(parse("; ".join([*rules, *extra] if rules else [*dict.fromkeys([NEVER, *extra])]))), why)
    except HoursError:
        return Hours("", (*why, _CLASH))


def schedules_of(hours: str) -> list[dict[str, str]]:
    """Return the HSDS schedule rows, without ids, that say opening hours; `hours_of` reads them back as the same.

    One row for each shift and the days that have it. What HSDS has no field for (holidays, 24/7) stands in the
    description of a row. Raises HoursError when the text is no opening hours; "" has no rows.
    """
    if not hours:
        return []
    schedule = parse(hours)
    if schedule.always:
        return [_row(BYDAY, (0, DAY)) | {"description": ALWAYS}]
    rows = [_row(days, span) for span, days in _shifts(schedule)]
    if schedule.holidays is not None:
        rows.append({"description": f"{HOLIDAYS} {written_spans(schedule.holidays) or 'off'}"})
    return rows if any(schedule.week) else [{"description": NEVER}, *rows]


def _shifts(schedule: Schedule) -> Iterable[tuple[Span, list[str]]]:
    found: dict[Span, list[str]] = {}
    for day, spans in zip(BYDAY, schedule.week, strict=True):
        for span in spans:
            found.setdefault(span, []).append(day)
    return found.items()


def _row(days: Iterable[str], span: Span) -> dict[str, str]:
    start, end = span
    row = {"freq": "WEEKLY", "byday": ",".join(days)}
    if span == (0, DAY):
        return row | {"opens_at": _WHOLE_DAY[0], "closes_at": _WHOLE_DAY[1]}
    row |= {"opens_at": _clock(start), "closes_at": _clock(end)}
    if span == (0, DAY - 1):
        row["description"] = MINUTE_SHORT
    if end == start + DAY:
        row["description"] = ROUND
    return row


def _clock(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}:00"
