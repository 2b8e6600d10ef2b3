"""Days and moments as staff write and read them: by the clock of the place where a service is."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.given import zone_of

TONIGHT = "tonight"
#: When a night is over, and until when staff who say "tonight" mean the night that is ending.
_MORNING, _STILL_NIGHT = time(8), time(5)
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")


def zone_for(content: Content, entry: Entry | None = None, phone: Phone | None = None) -> ZoneInfo:
    """Return the clock of a number, else of its entry's area, else of the line's first area."""
    own = phone.timezone if phone else ""
    return ZoneInfo(own or zone_of(content, entry.area if entry else ""))


def moment(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read "2026-12-01" (the first minute of that day), "2026-12-01T08:00" or "tonight" (8 in the morning), in UTC.

    `now` is aware. Before 5 in the morning "tonight" is the night that is ending. Raises ValueError saying why, also
    for what is over.
    """
    here = now.astimezone(zone)
    try:
        if words == TONIGHT:
            day = here.date() if here.time() < _STILL_NIGHT else here.date() + timedelta(days=1)
            found = datetime.combine(day, _MORNING)
        elif _DAY.fullmatch(words):
            found = datetime.combine(date.fromisoformat(words), time())
        elif _MOMENT.fullmatch(words):
            found = datetime.fromisoformat(words)
        else:
            raise ValueError
        meant = found.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f'{words!r} is no moment: write 2026-12-01, 2026-12-01T08:00 or "tonight"') from None
    if meant <= now:
        raise ValueError(f"{words} is over: there it is {said(now, zone)}")
    return meant


def said(when: datetime, zone: ZoneInfo) -> str:
    """Write a moment for staff, with the place whose clock it is: "Tue 1 Dec 2026 08:00, Chicago time"."""
    there = when.astimezone(zone)
    return f"{day_said(there.date())} {there:%H:%M}, {place_of(zone)} time"


def day_said(day: date) -> str:
    """Write a day for staff: "Tue 1 Dec 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def place_of(zone: ZoneInfo) -> str:
    """Return the city a zone is named after: "Los Angeles"."""
    return zone.key.rpartition("/")[2].replace("_", " ")
