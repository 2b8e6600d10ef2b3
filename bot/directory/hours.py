"""Opening hours: HSDS keeps a row for each shift, we one line in OpenStreetMap's notation. Both ways.

Times are those on the wall clock of the place; offsets are left out, because they are wrong half of the year.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.referral.hours import HoursError, Schedule, parse
from bot.referral.notation import DAY, HOLIDAYS, WEEKDAYS, Span, written_spans

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: What the standard writes for midnight to midnight: it has no other sign for a whole day.
_WHOLE_DAY = ("00:00:00", "23:59:00")
#: Descriptions of rows that we write, because HSDS has no field for what they say.
_ALWAYS, _NEVER, _MINUTE_SHORT, _ROUND = "24/7", "off", "closes at 23:59", "24 hours"
_CLOCK = re.compile(r"(\d{1,2}):?(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?")
_ROUND_THE_CLOCK = re.compile(
    r"\s*(?:open |abierto )?(?:24/7(?:/365)?|24 (?:hours?|hrs?|horas)(?:,? (?:a|per|al|por) (?:day|d[ií]a))?"
    r"[,;/]? (?:and )?(?:7 (?:days?|d[ií]as)|seven days)(?:,? (?:a|per|a la|por) (?:week|semana))?)\.?\s*",
    re.IGNORECASE,
)
#: Fields that bind a row to days of the calendar, so that it says nothing of an ordinary week.
_ENDS = ("valid_to", "until", "count")
_DATED = ("bymonthday", "byweekno", "byyearday")
_READ = frozenset(
    ("freq", "interval", "byday", "opens_at", "closes_at", "description", "valid_from", "dtstart", *_ENDS, *_DATED)
)
_EMPTY = dict.fromkeys(_READ, "")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in our notation, "" where they could not be told, and why (fixed sentences), if so."""

    text: str = ""
    why: tuple[str, ...] = ()


_UNTIMED = "hours without an opening and a closing time were left out"
_ODD_DAYS = "hours of certain weeks or days of the month cannot be kept: left open"
_SEASONAL = "hours that hold for a season only cannot be kept: left open"
_EXCEPTIONS = "hours of single days were left out"
_DAYLESS = "hours without a weekday were left out"
_CLASH = "hours that contradict each other: left open"
_ALWAYS_SAID = "24 hours, 7 days a week was taken from the words of its hours"


def hours_of(rows: Sequence[Mapping[str, Any]]) -> Hours:
    """Read the schedule rows of one object. What is not an ordinary week leaves the hours open, never half told."""
    return _read_rows(tuple(tuple((k, str(v)) for k, v in row.items() if k in _READ) for row in rows))


@lru_cache(maxsize=4096)  # thousands of offices keep the same hours
def _read_rows(rows: tuple[tuple[tuple[str, str], ...], ...]) -> Hours:
    week: dict[str, set[Span]] = {}
    why: dict[str, None] = {}
    extra: list[str] = []
    for cells in rows:
        row = _EMPTY | dict(cells)
        said = row["description"].strip()
        if _says_more(said):
            extra.append(said)
            continue
        fault = "" if _is_always(row, said) else _fault(row)
        if fault in (_ODD_DAYS, _SEASONAL):
            return Hours("", (fault,))
        if fault:
            why[fault] = None
        elif _is_always(row, said):
            extra.append(_ALWAYS)
            why |= {} if said == _ALWAYS else {_ALWAYS_SAID: None}
        else:
            for day in _days(row):
                week.setdefault(day, set()).add(_span(row["opens_at"], row["closes_at"], said))
    if _ALWAYS in extra:
        whole = all(spans == {(0, DAY)} for spans in week.values())
        return Hours(_ALWAYS, tuple(why)) if whole else Hours("", (_CLASH,))
    return _written(week, extra, tuple(why))


def _says_more(said: str) -> bool:
    """Tell whether a description is one of ours that stands for itself: closed all week, or holidays."""
    return said == _NEVER or (said.startswith(f"{HOLIDAYS} ") and _is_read(said))


def _is_always(row: Mapping[str, str], said: str) -> bool:
    """Tell whether a row says day and night, and its own times, if any, do not say otherwise."""
    if not (said == _ALWAYS or _ROUND_THE_CLOCK.fullmatch(said)):
        return False
    timed = bool(row["opens_at"] or row["closes_at"])
    return not timed or (not _fault(row) and _span(row["opens_at"], row["closes_at"], "") == (0, DAY))


def _days(row: Mapping[str, str]) -> list[str]:
    return [day for day in row["byday"].upper().replace(" ", "").split(",") if day]


def _written(week: Mapping[str, set[Span]], extra: Sequence[str], why: tuple[str, ...]) -> Hours:
    rules = [f"{WEEKDAYS[BYDAY.index(day)]} {written_spans(sorted(spans))}" for day, spans in week.items()]
    if not rules and _NEVER not in extra:
        return Hours("", why)
    try:
        return Hours(str(parse("; ".join([*rules, *extra] if rules else [*dict.fromkeys([_NEVER, *extra])]))), why)
    except HoursError:
        return Hours("", (*why, _CLASH))


def _fault(row: Mapping[str, str]) -> str:
    """Return why a row says nothing of an ordinary week, "" when it does."""
    if row["freq"].upper() not in ("", "WEEKLY") or row["interval"] not in ("", "1", "1.0"):
        return _ODD_DAYS
    if any(row[name] for name in _DATED):
        return _ODD_DAYS
    days = _days(row)
    if any(row[name] for name in _ENDS):
        return _SEASONAL if days else _EXCEPTIONS
    if any(day not in BYDAY for day in days):
        return _ODD_DAYS
    if not days:
        return _EXCEPTIONS if row["dtstart"] or row["valid_from"] else _DAYLESS
    if _minute(row["opens_at"]) is None or _minute(row["closes_at"]) is None:
        return _UNTIMED
    if _span(row["opens_at"], row["closes_at"], row["description"])[1] == 0:
        return _UNTIMED
    return ""


def _span(opens: str, closes: str, said: str) -> Span:
    """Return a shift in minutes; one that closes before it opens ends the next day, (0, 0) is none."""
    start, end = _minute(opens) or 0, _minute(closes) or 0
    if (start, end) == (0, DAY - 1):
        return (0, DAY - 1) if said == _MINUTE_SHORT else (0, DAY)
    if start >= DAY:
        return 0, 0
    if start == end:
        # From nine to nine is a slip more often than a day and a night; from midnight to midnight is neither.
        return (start, start + DAY) if start == 0 or said == _ROUND else (0, 0)
    return start, end if end > start else end + DAY


def _minute(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    minute = int(found[1]) * 60 + int(found[2])
    return minute if minute <= DAY and int(found[2]) < 60 else None


def _is_read(text: str) -> bool:
    try:
        parse(text)
    except HoursError:
        return False
    return True


def schedules_of(hours: str) -> list[dict[str, str]]:
    """Return the HSDS schedule rows, without ids, that say opening hours; `hours_of` reads them back as the same.

    One row for each shift and the days that have it. What HSDS has no field for (holidays, 24/7) stands in the
    description of a row. Raises HoursError when the text is no opening hours; "" has no rows.
    """
    if not hours:
        return []
    schedule = parse(hours)
    if schedule.always:
        return [_row(BYDAY, (0, DAY)) | {"description": _ALWAYS}]
    rows = [_row(days, span) for span, days in _shifts(schedule)]
    if schedule.holidays is not None:
        rows.append({"description": f"{HOLIDAYS} {written_spans(schedule.holidays) or 'off'}"})
    return rows if any(schedule.week) else [{"description": _NEVER}, *rows]


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
        row["description"] = _MINUTE_SHORT
    if end == start + DAY:
        row["description"] = _ROUND
    return row


def _clock(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}:00"
