"""Dates and moments as people write them, read as the standard writes them."""

import re
from datetime import date, datetime
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]\d\d:.*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?:[ T]+\d{1,2}:.*)?")
_WORDED = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4})")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_LOOSE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)? ?(z|Z|UTC|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)


@lru_cache(maxsize=4096)
def read_day(text: str) -> str:
    """Return the day a text means as "2015-12-24", "" when it is none. 12/24/2015 is read month first, as here."""
    word = " ".join(text.lower().split())
    if found := _ISO.fullmatch(word.upper()):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(word):
        month, day, year = (int(part) for part in found.groups())
        if month > 12:
            month, day = day, month
        return _day(year + 2000 if len(found[3]) == 2 else year, month, day)
    if found := _WORDED.fullmatch(word):
        name, number, ending = found.group(1, 2, 3) if found[1] else found.group(5, 4, 6)
        known = name[:3] in _MONTHS
        return _day(int(ending), _MONTHS.index(name[:3]) + 1, int(number)) if known else ""
    return ""


def is_day(text: str) -> bool:
    """Tell whether a text is a day as the standard writes it."""
    return len(text) == 10 and text[4] == text[7] == "-" and read_day(text) == text


@lru_cache(maxsize=4096)
def read_moment(text: str) -> str:
    """Return the moment a text means as the standard writes it, "" when it is none; without a zone it is UTC."""
    found = _LOOSE.fullmatch(text.strip())
    if not found:
        day = read_day(text)
        return f"{day}T00:00:00Z" if day else ""
    zone = (found[4] or "Z").upper().replace("UTC", "Z")
    if zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    moment = f"{found[1]}T{found[2] or '00:00'}{found[3] or ':00'}{zone}"
    return moment if is_moment(moment) else ""


@lru_cache(maxsize=4096)
def is_moment(text: str) -> bool:
    """Tell whether a text is a moment as the standard writes it, with its zone."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", text))
    except ValueError:
        return False
    return True


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
