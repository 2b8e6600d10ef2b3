"""OpenStreetMap's opening_hours notation, as far as a directory of hotlines needs it: read and written.

Weekdays, shifts, "PH" for holidays, "off" (or "closed") and "24/7". Months, dates, weeks, "sunset", "+" and
comments are refused: what is not understood must not be guessed.
"""

import re
from collections.abc import Iterable, Sequence

#: A shift in minutes since the midnight of the day it belongs to; past midnight its end is over 1440.
Span = tuple[int, int]

DAY = 24 * 60
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = "PH"

_BLANK = re.compile(r"\s*")
_TOKEN = re.compile(r"24/7|off\b|closed\b|PH\b|(?:Mo|Tu|We|Th|Fr|Sa|Su)\b|\d\d:[0-5]\d(?!\d)|[-,;]")


class HoursError(ValueError):
    """Opening hours were written in a way this line does not read.

    `at` is the place in the text, counted from 0; the message counts from 1, as people do.
    """

    def __init__(self, text: str, at: int, wanted: str) -> None:
        rest = text[at:].split()
        found = f'at "{rest[0][:20]}"' if rest else "at the end"
        super().__init__(f"character {at + 1}, {found}: expected {wanted}")
        self.at = at


def read(text: str) -> dict[str, tuple[Span, ...]]:
    """Read opening hours into the shifts of each day that is mentioned, under its notation ("Mo", "PH").

    A later rule replaces what earlier ones said of the same day. Only "24/7" speaks of holidays unasked.
    Raises `HoursError` naming the place.
    """
    reader = _Reader(text)
    table: dict[str, tuple[Span, ...]] = {}
    while True:
        table |= reader.rule()
        if reader.token is None:
            return table
        reader.take(";", wanted='";" before the next rule, "," before the next shift, or the end')


def written_days(days: Iterable[int], names: Sequence[str]) -> str:
    """Write days, counted from Monday, as "Mo-We,Fr" in the given names."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join("-".join(names[day] for day in dict.fromkeys((run[0], run[-1]))) for run in runs)


def written_spans(spans: Iterable[Span]) -> str:
    """Write shifts as "08:00-12:00,20:00-02:00"."""
    return ",".join(f"{_clock(start)}-{_clock(_end(start, end))}" for start, end in spans)


def _end(start: int, end: int) -> int:
    """Return the end as people write it: 02:00 for 26:00, unless that would make the shift a day shorter."""
    return end - DAY if DAY < end < start + DAY else end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


class _Reader:
    """A finger on the text: `token` is what it points at, None past the end, and `at` its place."""

    def __init__(self, text: str) -> None:
        self.text, self._next = text, 0
        self._advance()

    def rule(self) -> dict[str, tuple[Span, ...]]:
        """Read one rule: days, and their shifts or "off"; or "24/7"."""
        if self._took("24/7"):
            return dict.fromkeys((*WEEKDAYS, HOLIDAYS), ((0, DAY),))
        days = self._days() if self.token in (*WEEKDAYS, HOLIDAYS) else WEEKDAYS
        if self._took("off") or self._took("closed"):
            return dict.fromkeys(days, ())
        spans = [self._span()]
        while self._took(","):
            at, (start, end) = self.at, self._span()
            if any(start < other_end and other < end for other, other_end in spans):
                raise HoursError(self.text, at, "a shift that overlaps no other of the day")
            spans.append((start, end))
        return dict.fromkeys(days, tuple(sorted(spans)))

    def take(self, *tokens: str, wanted: str) -> str:
        """Move past one of these tokens and return it, or raise naming what was wanted here."""
        token = self.token
        if token is None or token not in tokens:
            raise HoursError(self.text, self.at, wanted)
        self._advance()
        return token

    def _advance(self) -> None:
        blank = _BLANK.match(self.text, self._next)
        self.at = blank.end() if blank else self._next
        found = _TOKEN.match(self.text, self.at)
        if found is None and self.at < len(self.text):
            raise HoursError(self.text, self.at, 'days such as Mo-Fr or PH, times such as 08:00-18:00, "off" or "24/7"')
        self.token = found.group() if found else None
        self._next = found.end() if found else self.at

    def _took(self, token: str) -> bool:
        if self.token != token:
            return False
        self._advance()
        return True

    def _days(self) -> list[str]:
        days: list[str] = []
        while True:
            first = self.take(*WEEKDAYS, HOLIDAYS, wanted="a day such as Mo or PH")
            if first != HOLIDAYS and self._took("-"):
                last = self.take(*WEEKDAYS, wanted="a weekday such as Fr")
                length = (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
                days += (WEEKDAYS * 2)[WEEKDAYS.index(first) :][: length + 1]
            else:
                days.append(first)
            if not self._took(","):
                return days

    def _span(self) -> Span:
        start = self._time('an opening time from 00:00 to 23:59, or "off"', DAY - 1)
        self.take("-", wanted='"-" and a closing time')
        at = self.at
        end = self._time("a closing time", 2 * DAY)
        if end < start:
            end += DAY
        if not start < end <= start + DAY:
            raise HoursError(self.text, at, "a closing time within a day of opening; a whole day is 00:00-24:00")
        return start, end

    def _time(self, wanted: str, last: int) -> int:
        hours, colon, minutes = (self.token or "").partition(":")
        minute = int(hours) * 60 + int(minutes) if colon else last + 1
        if minute > last:
            raise HoursError(self.text, self.at, wanted)
        self._advance()
        return minute
