"""Times as people write them: which shifts two of them may mean when am and pm are left out."""

import re
from dataclasses import dataclass

from bot.referral.notation import DAY, Span

_HOUR, _NOON = 60, DAY // 2
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?![0-9])|([0-9]{1,2})([0-9]{2})(?![0-9])")
_NAMED = re.compile(r"(?:12\s?(?:del?\s+(?:la\s+)?)?)?(noon|midnight|mediodia|medianoche)")
#: Of an ordinary service, when neither half of the day is said: first and last opening, last closing, all in hours.
#: Evenings are there to find that "6-9" may mean two things; late ones have to be written out.
_LIKELY = ((5, 16.98, 22), (17, 18.98, 26), (19, 19.98, 24), (20, 20, 23))
_LONGEST_LIKELY = 10 * _HOUR


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as it was written: `half` is "am", "pm", "24" for a clock of 24 hours, or "" when nothing tells.

    `word` marks noon and midnight, which lend their half of the day to no other time.
    """

    hour: int
    minute: int
    half: str
    word: bool = False

    @property
    def options(self) -> tuple[int, ...]:
        """Return the minutes of the day it may mean."""
        if self.half == "24":
            return (self.hour * _HOUR + self.minute,)
        first = self.hour % 12 * _HOUR + self.minute
        return {"am": (first,), "pm": (first + _NOON,)}.get(self.half, (first, first + _NOON))


def clock(text: str) -> Clock | None:
    """Read a time in small letters without accents, such as "9", "9:30 pm", "0930", "noon"; None when it is none."""
    if named := _NAMED.fullmatch(text):
        return Clock(12, 0, "pm" if named[1] in ("noon", "mediodia") else "am", word=True)
    found = _TIME.match(text)
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    # Without a colon only quarters are times: other figures are parts of a phone number or a year.
    if minute > 59 or hour * _HOUR + minute > DAY or (found[3] and minute % 15):
        return None
    half = _half(text[found.end() :].strip(), hour)
    if half is None or (half and hour > 12 and not (half == "pm" and hour < 24)):
        return None
    on_24 = hour > 12 or hour == 0 or (text[0] == "0" and not half)
    return Clock(hour, minute, "24" if on_24 else half)


def _half(said: str, hour: int) -> str | None:
    """Return the half of the day that is said, "" for none, None for one that does not fit the hour."""
    if said.endswith(("night", "noche")):
        return "am" if hour == 12 else "pm" if hour > 4 else None
    if said.endswith(("manana", "morning")) and hour == 12:
        return None
    if said.startswith("a") or said.endswith(("morning", "manana", "madrugada")):
        return "am"
    return "pm" if said.startswith("p") or said.endswith(("afternoon", "evening", "tarde")) else ""


def shifts(start: Clock, end: Clock, *, next_day: bool = False) -> tuple[Span, ...]:
    """Return every shift that two times may well mean: one when it is clear, none when all are unlikely."""
    noons = start.hour == end.hour == 12 and start.minute == end.minute
    if start.hour == 24 or (noons and not (start.half and end.half)):
        return ()
    if "24" in (start.half, end.half) and {start.half, end.half} <= {"24", ""}:
        return _on_24(start, end, next_day)
    if start.half and end.half:
        return _explicit(start.options[0], end.options[0], next_day)
    pairs = [_later(one, other) for one in start.options for other in end.options]
    if next_day:
        return tuple(pair for pair in pairs if pair[1] > DAY and pair[1] - pair[0] <= _NOON)
    if end.half:
        shared = [pair for pair in pairs if pair[1] <= DAY and (pair[0] < _NOON) == (end.options[0] < _NOON)]
        if shared and not end.word and end.options[0] > 0:
            return tuple(shared)
        return tuple(pair for pair in pairs if _fits(pair, DAY))
    return tuple(pair for pair in pairs if (_fits(pair, 23 * _HOUR) if start.half else _is_likely(pair)))


def _later(start: int, end: int) -> Span:
    return start, end if end > start else end + DAY


def _on_24(start: Clock, end: Clock, next_day: bool) -> tuple[Span, ...]:
    one, other = start.hour * _HOUR + start.minute, end.hour * _HOUR + end.minute
    backwards = other <= one and not next_day
    # "09:00-05:00" is five in the afternoon to many who write it; "1-17" has one time on each clock.
    if (backwards and start.hour <= 12 and 0 < end.hour <= 12) or (not start.half and start.hour < 5):
        return ()
    return _explicit(one, other, next_day)


def _explicit(start: int, end: int, next_day: bool) -> tuple[Span, ...]:
    """Return the shift of two times that are clear; one that ends late on the next day has to say so."""
    if next_day:
        return ((start, end + DAY),) if end <= start else ()
    start, end = _later(start, end)
    over = end - DAY
    if over > 3 * _HOUR and end - start > 16 * _HOUR:
        return ()
    return () if 0 < over == start else ((start, end),)


def _fits(span: Span, latest: int) -> bool:
    length = span[1] - span[0]
    return length <= _NOON or (span[1] <= latest and length <= 16 * _HOUR)


def _is_likely(span: Span) -> bool:
    start, end = span[0] / _HOUR, span[1] / _HOUR
    short = span[1] - span[0] <= _LONGEST_LIKELY
    return short and any(first <= start <= last and end <= latest for first, last, latest in _LIKELY)
