"""Services that are there for a part of the year, written as "11-15/03-31": month and day, first and last."""

import re
from datetime import date

_WRITTEN = re.compile(r"(\d\d-\d\d)/(\d\d-\d\d)")
#: A leap year, so that 02-29 can be written.
_ANY_YEAR = "2028"


def in_season(season: str, day: date) -> bool:
    """Say whether a day lies in a season, which may run over the new year; "" is all year."""
    if not season:
        return True
    first, last = season.split("/")
    today = day.strftime("%m-%d")  # month and day in this order compare as text
    return first <= today <= last if first <= last else today >= first or today <= last


def season_fault(season: str) -> str:
    """Say what is wrong with how a season is written; "" = nothing."""
    found = _WRITTEN.fullmatch(season)
    if season and not found:
        return f"{season!r} is no season like 11-15/03-31 (month-day, first and last)"
    for written in found.groups() if found else ():
        try:
            date.fromisoformat(f"{_ANY_YEAR}-{written}")
        except ValueError:
            return f"{season!r} names {written}, which is no day of any year"
    return ""
