"""What one schedule row of HSDS says of an ordinary week: a shift of some days, or why nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.referral.hours import HoursError, parse
from bot.referral.notation import DAY, HOLIDAYS, Span

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Descriptions of rows that we write, because HSDS has no field for what they say.
ALWAYS, NEVER, MINUTE_SHORT, ROUND = "24/7", "off", "closes at 23:59", "24 hours"
_CLOCK = re.compile(r"(\d{1,2}):?(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?")
_ROUND_THE_CLOCK = re.compile(
    r"\s*(?:open |abierto )?(?:24/7(?:/365)?|24 (?:hours?|hrs?|horas)(?:,? (?:a|per|al|por) (?:day|d[ií]a))?"
    r"[,;/]? (?:and )?(?:7 (?:days?|d[ií]as)|seven days)(?:,? (?:a|per|a la|por) (?:week|semana))?)\.?\s*",
    re.IGNORECASE,
)
#: Fields that bind a row to days of the calendar, so that it says nothing of an ordinary week.
_ENDS = ("valid_to", "until", "count")
_DATED = ("bymonthday", "byweekno", "byyearday")
_READ = ("freq", "interval", "byday", "opens_at", "closes_at", "description", "valid_from", "dtstart", *_ENDS, *_DATED)

_UNTIMED = "hours without an opening and a closing time were left out"
ODD_DAYS = "hours of certain weeks or days of the month cannot be kept: left open"
SEASONAL = "hours that hold for a season only cannot be kept: left open"
_EXCEPTIONS = "hours of single days were left out"
_DAYLESS = "hours without a weekday were left out"
ALWAYS_SAID = "24 hours, 7 days a week was taken from the words of its hours"


@dataclass(frozen=True, slots=True)
class Shift:
    """What one row says: a shift of some days, words that stand for themselves, and what is to be told of it."""

    days: tuple[str, ...] = ()
    span: Span = (0, 0)
    extra: str = ""
    fault: str = ""


def shift_of(row: Mapping[str, Any]) -> Shift:
    """Read a row, whose values may be of any type."""
    return _told(tuple([str(row.get(name, "")) for name in _READ]))


@lru_cache(maxsize=8192)  # thousands of offices keep the same hours
def _told(cells: tuple[str, ...]) -> Shift:
    row = dict(zip(_READ, cells, strict=True))
    said = row["description"].strip()
    if _says_more(said):
        return Shift(extra=said)
    if _is_always(row, said):
        return Shift(extra=ALWAYS, fault="" if said == ALWAYS else ALWAYS_SAID)
    if fault := _fault(row):
        return Shift(fault=fault)
    return Shift(tuple(_days(row)), _span(row["opens_at"], row["closes_at"], said))


def _says_more(said: str) -> bool:
    """Tell whether a description is one of ours that stands for itself: closed all week, or holidays."""
    return said == NEVER or (said.startswith(f"{HOLIDAYS} ") and _is_read(said))


def _is_always(row: Mapping[str, str], said: str) -> bool:
    """Tell whether a row says day and night, and its own times, if any, do not say otherwise."""
    if not (said == ALWAYS or _ROUND_THE_CLOCK.fullmatch(said)):
        return False
    timed = bool(row["opens_at"] or row["closes_at"])
    return not timed or (not _fault(row) and _span(row["opens_at"], row["closes_at"], "") == (0, DAY))


def _days(row: Mapping[str, str]) -> list[str]:
    return [day for day in row["byday"].upper().replace(" ", "").split(",") if day]


def _fault(row: Mapping[str, str]) -> str:
    """Return why a row says nothing of an ordinary week, "" when it does."""
    if row["freq"].upper() not in ("", "WEEKLY") or row["interval"] not in ("", "1", "1.0"):
        return ODD_DAYS
    if any(row[name] for name in _DATED):
        return ODD_DAYS
    days = _days(row)
    if any(row[name] for name in _ENDS):
        return SEASONAL if days else _EXCEPTIONS
    if any(day not in BYDAY for day in days):
        return ODD_DAYS
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
        return (0, DAY - 1) if said == MINUTE_SHORT else (0, DAY)
    if start >= DAY:
        return 0, 0
    if start == end:
        # From nine to nine is a slip more often than a day and a night; from midnight to midnight is neither.
        return (start, start + DAY) if start == 0 or said == ROUND else (0, 0)
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
