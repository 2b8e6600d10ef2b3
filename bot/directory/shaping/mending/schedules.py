"""Opening hours of any version, in the form of today: understood wholly, or kept as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.directory.note import Level
from bot.directory.shaping.mending.clock import is_time, opening, read_time, spelled_out
from bot.directory.shaping.mending.draft import Draft, Remark
from bot.directory.shaping.mending.lexer import WEEK
from bot.directory.shaping.mending.spoken import days_in, hours_in
from bot.directory.shaping.mending.typed import AS_TEXT

_CLEAN_DAYS = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))*")
_NUMBERS = re.compile(r"[1-7](?:\s*,\s*[1-7])*")
_FREQUENCIES = ("WEEKLY", "MONTHLY")
_YES = frozenset({"true", "t", "yes", "y", "1", "closed"})
_EVERY_YEAR = "0001-"
#: What tells days and hours; kept as words together when one of them is not understood.
_TOLD = ("weekday", "byday", "opens_at", "closes_at")
_NEXT_DAY = "closes before it opens, which is read as the next day"
_NOT_UNDERSTOOD = "the days or hours can mean more than one thing, or nothing that is known: kept as words"


def prepare_schedule(draft: Draft) -> None:
    """Give a row of holiday_schedules the names of today, before its dates are read."""
    if "start_date" in draft.fields or "end_date" in draft.fields or "closed" in draft.fields:
        _holiday(draft)


def finish_schedule(draft: Draft) -> Iterator[Draft]:
    """Give the schedules an object of any version means: several when its hours are told in one text."""
    _times_among_dates(draft)
    words = draft.take("hours")
    structured = any(name in draft.fields for name in (*_TOLD, "freq")) or "freq" + AS_TEXT in draft.extra
    if structured:
        _structured(draft)
        if words:
            draft.set_aside("hours", words)
    if structured or not words:
        yield draft
    else:
        yield from _spoken(draft, words)


def _structured(draft: Draft) -> None:
    told = tuple(str(draft.fields.pop(name, "")) for name in _TOLD)
    freq = draft.fields.get("freq") or draft.extra.get("freq" + AS_TEXT, "")
    every = draft.fields.get("interval", 1)
    read = _read(told, str(freq).strip().upper(), is_every=every == 1)
    draft.remarks += read.remarks
    if read.words:
        for name in ("freq", "interval"):
            draft.fields.pop(name, None)
        _describe(draft, read.words)
    draft.fields |= read.fields


@dataclass(frozen=True, slots=True)
class _Read:
    fields: dict[str, str]
    remarks: tuple[Remark, ...] = ()
    words: str = ""


@lru_cache(maxsize=8192)  # thousands of offices keep the same hours
def _read(told: tuple[str, ...], freq: str, *, is_every: bool) -> _Read:
    """Return what weekday, byday, opening and closing mean together; `words`, when that is not clear.

    `is_every`: it is every week or month, not every second one.
    """
    weekday, byday, opens, closes = told
    days = _days(weekday.strip(), byday.strip(), freq, is_every=is_every)
    hours = _hours(opens.strip(), closes.strip())
    if days is None or hours is None:
        words = "; ".join(f"{name}: {text}" for name, text in zip(_TOLD, told, strict=True) if text)
        return _Read(
            {}, ((Level.DROPPED.value, "opens_at" if days else "weekday", _NOT_UNDERSTOOD, words[:120]),), words
        )
    fields = {name: text for name, text in (("byday", days), *zip(_TOLD[2:], hours, strict=True)) if text}
    if days and freq not in _FREQUENCIES:
        fields["freq"] = "MONTHLY" if re.search(r"\d", days) else "WEEKLY"
    remarks = []
    if byday and byday != days:
        remarks.append((Level.MENDED.value, "byday", "were days in another form", byday[:120]))
    if any(text and not is_time(text) for text in (opens, closes)):
        remarks.append((Level.MENDED.value, "opens_at", "were times in another form", f"{opens} - {closes}"[:120]))
    # By two clocks (one has an offset, or another one) nobody knows which is first.
    if hours[1] and hours[1] < hours[0] and hours[0][8:] == hours[1][8:]:
        remarks.append((Level.INFERRED.value, "closes_at", _NEXT_DAY, " - ".join(hours)))
    return _Read(fields, tuple(remarks))


def _days(weekday: str, byday: str, freq: str, *, is_every: bool) -> str | None:
    """Return the days as the standard writes them, "" when none are told, None when they are not understood."""
    if freq and freq not in _FREQUENCIES:
        # Daily on some days is weekly; of what comes once a year nobody may say every month.
        if freq != "DAILY" or not is_every:
            return None
        byday = byday or ("" if weekday else ",".join(WEEK))
    if byday and _CLEAN_DAYS.fullmatch(byday):
        return byday
    said = byday or weekday
    if not said:
        return ""
    if _NUMBERS.fullmatch(said):
        found = tuple(WEEK[int(number) - 1] for number in re.findall(r"\d", said))
    else:
        found = days_in(said)
    if not found or any(len(day) > 2 for day in found) and freq == "WEEKLY":
        return None
    return ",".join(dict.fromkeys(found))


def _hours(opens: str, closes: str) -> tuple[str, str] | None:
    if opens.casefold() == closes.casefold() == "closed":
        return "", ""
    if _is_whole_day(opens) and (not closes or _is_whole_day(closes)):
        return "00:00:00", "23:59:00"
    if all(not text or is_time(text) for text in (opens, closes)):
        return opens and spelled_out(opens), closes and spelled_out(closes)
    if opens and closes:
        return opening(opens, closes)
    one = read_time(opens or closes)
    if one is None or not (one.marked or one.clock24) or one.minute >= 24 * 60:
        return None
    return (str(one), "") if opens else ("", str(one))


def _is_whole_day(text: str) -> bool:
    return re.fullmatch(r"(?:open )?24[ -]?(?:hours?|hrs?|h)|24/7|all day", text.casefold()) is not None


def _spoken(draft: Draft, words: str) -> Iterator[Draft]:
    shifts = hours_in(words)
    _describe(draft, words)
    if not shifts:
        draft.say(Level.DROPPED, "hours", _NOT_UNDERSTOOD, words)
        yield draft
    for place, shift in enumerate(shifts):
        fields = {**draft.fields, "freq": shift.freq, "byday": shift.byday}
        fields |= {"opens_at": shift.opens_at, "closes_at": shift.closes_at}
        if place and "id" in fields:
            fields["id"] = f"{fields['id']}:{place + 1}"
        each = Draft("schedule", fields, dict(draft.extra), list(draft.remarks))
        if not place:
            each.say(Level.MENDED, "hours", "the hours were read from words, which are kept as its description", words)
        yield each


def _times_among_dates(draft: Draft) -> None:
    """Take times of day that stand in the dates of a schedule as its opening and closing."""
    pair = [draft.extra.get(name + AS_TEXT) for name in ("dtstart", "until")]
    opens, closes = (
        text if isinstance(text, str) and (read_time(text) or _is_whole_day(text)) else "" for text in pair
    )
    if not opens or any(name in draft.fields for name in ("opens_at", "closes_at")):
        return
    draft.fields["opens_at"] = opens
    if closes:
        draft.fields["closes_at"] = closes
    for name in ("dtstart", "until"):
        draft.extra.pop(name + AS_TEXT, None)
        draft.remarks[:] = [remark for remark in draft.remarks if remark[1] != name]
    draft.say(
        Level.INFERRED, "dtstart", "times stood where dates belong and were taken as the hours", f"{opens} {closes}"
    )


def _holiday(draft: Draft) -> None:
    """Turn a row of holiday_schedules into a dated one; what has no place in it is told in its description."""
    dates = [draft.take(name) for name in ("start_date", "end_date")]
    closed = draft.take("closed")
    is_closed = closed.strip().casefold() in _YES
    told = "Closed" if is_closed else "Open" if closed else "Hours"
    if any(text.startswith(_EVERY_YEAR) or text.rstrip().endswith(" 0001") for text in dates):
        days = " to ".join(dict.fromkeys(re.sub(r",? 0001$|^0001-", "", text.strip()) for text in dates if text))
        _describe(draft, f"{told} every year: {days}")
        draft.say(Level.INFERRED, "start_date", "the year 0001 was read as every year", days)
        # Hours of a day the standard has no sign for must not look like those of every day.
        for name in ("opens_at", "closes_at"):
            if text := draft.take(name):
                _describe(draft, f"{name}: {text}")
        return
    from_to = ("valid_from", "valid_to")
    draft.fields |= {name: text for name, text in zip(from_to, dates, strict=True) if text and name not in draft.fields}
    _describe(draft, "Closed" if is_closed else "Holiday hours")


def _describe(draft: Draft, words: str) -> None:
    before = str(draft.fields.get("description", ""))
    if words not in before:
        draft.fields["description"] = f"{before}; {words}" if before else words
