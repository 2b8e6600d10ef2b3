"""Times of day as people write them, and two of them as opening and closing.

A time is read only when it can mean one thing. "5:00" can be the morning or the afternoon: it is read as the
24-hour clock only beside a time that shows that clock ("17:00", "09:00").
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

#: Minutes of a day.
DAY = 24 * 60
NOON = DAY // 2
_WORDS = {"noon": NOON, "12 noon": NOON, "12noon": NOON, "midday": NOON, "midnight": 0, "12 midnight": 0}
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\d[t ])?(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m?\.?)?(?P<offset>\s?z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?:\s?h(?:rs?|ours)?\.?)?", re.IGNORECASE)
_CLEAN = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Time:
    """A time that was read. `marked`: morning or afternoon is said; `clock24`: it shows the 24-hour clock."""

    minute: int
    second: int = 0
    offset: str = ""
    marked: bool = False
    clock24: bool = False

    def __str__(self) -> str:
        """Write it as HSDS tables want it: "09:00:00", with the offset it came with."""
        return f"{self.minute // 60:02}:{self.minute % 60:02}:{self.second:02}{self.offset}"


@lru_cache(maxsize=8192)
def read_time(text: str) -> Time | None:
    """Return the time a text means, perhaps without knowing which half of the day; None when it is no time."""
    word = " ".join(text.lower().split())
    if word in _WORDS:
        return Time(_WORDS[word], marked=True)
    if found := _MILITARY.fullmatch(word):
        return _checked(int(found[1]), int(found[2]), clock24=True)
    found = _TIME.fullmatch(word)
    if not found or (found["minute"] is None and not found["half"] and found["offset"]):
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12 or found["offset"]:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
        return _checked(hour, minute, second, marked=True)
    padded = len(found["hour"]) == 2 and hour < 10 or found["second"] is not None or found["offset"] is not None
    return _checked(hour, minute, second, clock24=padded or hour > 12 or hour == 0, offset=found["offset"] or "")


def _checked(
    hour: int, minute: int, second: int = 0, *, marked: bool = False, clock24: bool = False, offset: str = ""
) -> Time | None:
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    offset = offset.strip().upper()
    if offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return Time(hour * 60 + minute, second, offset, marked, clock24)


def is_time(text: str) -> bool:
    """Tell whether a text is a time as the standard writes it, with or without seconds."""
    return _CLEAN.fullmatch(text) is not None


def spelled_out(text: str) -> str:
    """Return a time the standard accepts with its seconds: "09:00" and "09:00:00" are one."""
    return f"{text[:5]}:00{text[5:]}" if len(text) < 6 or text[5] != ":" else text


@lru_cache(maxsize=8192)
def opening(opens: str, closes: str) -> tuple[str, str] | None:
    """Return when something opens and closes, None unless both can mean one thing only.

    What closes at noon or before it opens closes the next day. From midnight to midnight is 00:00 to 23:59, as the
    standard says it.
    """
    start, end = read_time(opens), read_time(closes)
    return None if start is None or end is None else span(start, end, clock24=shows_24([start, end]))


def shows_24(times: list[Time]) -> bool:
    """Tell whether times that stand together are those of the 24-hour clock: one shows it, none says am or pm."""
    return any(t.clock24 for t in times) and not any(t.marked and t.minute not in (0, NOON) for t in times)


def span(start: Time, end: Time, *, clock24: bool) -> tuple[str, str] | None:
    """Return two times as opening and closing, None when they make no plausible shift or more than one.

    `clock24`: both are known to be of the 24-hour clock.
    """
    likely = {
        made
        for opens in _meanings(start, clock24=clock24)
        for closes in _meanings(end, clock24=clock24)
        if (made := _span(opens, closes)) is not None
    }
    found = likely.pop() if len(likely) == 1 else None
    one_way = clock24 or start.marked == end.marked
    # "9am" to "03:00" is a slip more often than a night.
    return found if found is None or one_way or found[0] < found[1] or end.minute % NOON == 0 else None


def _meanings(time: Time, *, clock24: bool) -> list[Time]:
    if clock24 or time.marked or time.clock24:
        return [time]
    return [time, replace(time, minute=(time.minute + NOON) % DAY)]


def _span(start: Time, end: Time) -> tuple[str, str] | None:
    opens, closes = start.minute % DAY, end.minute % DAY
    if closes == 0:
        return ("00:00:00", "23:59:00") if opens == 0 else (_at(start, opens), _at(end, 0))
    if opens == closes or (closes < opens and closes > NOON):
        return None
    return _at(start, opens), _at(end, closes)


def _at(time: Time, minute: int) -> str:
    return str(replace(time, minute=minute))
