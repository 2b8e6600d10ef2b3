"""Opening hours to HSDS rows and back, and the rows that real directories have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hours import hours_of, schedules_of
from bot.directory.shifts import BYDAY
from bot.referral.hours import HoursError, Schedule, parse
from bot.referral.notation import DAY

WEEK = ",".join(BYDAY)


def row(byday: str = "MO,TU,WE,TH,FR", opens: str = "09:00", closes: str = "17:00", **more: str) -> dict[str, Any]:
    """Make a schedule row as a directory would."""
    return {"freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes, **more}


READ = {
    "nine to five": ([row()], "Mo-Fr 09:00-17:00"),
    "a row a day": ([row("MO"), row("TU"), row("SA", "10:00", "12:30")], "Mo-Tu 09:00-17:00; Sa 10:00-12:30"),
    "shut for lunch": ([row("MO", closes="12:00"), row("MO", "13:00")], "Mo 09:00-12:00,13:00-17:00"),
    "seconds and an offset": ([row("MO", "09:00:00-05:00", "17:00:00Z")], "Mo 09:00-17:00"),
    "past midnight": ([row("FR", "20:00", "02:00")], "Fr 20:00-02:00"),
    "until midnight": ([row("FR", "20:00", "00:00")], "Fr 20:00-24:00"),
    "the standard's whole day": ([row(WEEK, "00:00", "23:59")], "Mo-Su 00:00-24:00"),
    "midnight to midnight": ([row("MO", "00:00", "00:00")], "Mo 00:00-24:00"),
    "said in words": ([{"description": "24 hours a day, 7 days a week"}], "24/7"),
    "said in Spanish": ([{"description": "24 horas al día, 7 días a la semana"}], "24/7"),
    "words and rows that agree": ([row(WEEK, "00:00", "23:59", description="24/7")], "24/7"),
    "words and rows that differ": ([row(), {"description": "24/7"}], ""),
    "24 hours on some days": ([{"description": "24 hours"}], ""),
    "begun one day": ([row("MO", dtstart="2019-01-01", valid_from="2019-01-01")], "Mo 09:00-17:00"),
    "twice the same": ([row("MO"), row("MO")], "Mo 09:00-17:00"),
    "overlapping": ([row("MO"), row("MO", "10:00", "18:00")], ""),
    "first Monday": ([row("1MO")], ""),
    "monthly": ([row("MO") | {"freq": "MONTHLY"}], ""),
    "every other week": ([row("MO", interval="2")], ""),
    "in winter": ([row("MO", valid_from="2026-11-01", valid_to="2027-03-31")], ""),
    "closed at Christmas": ([row("MO"), {"valid_from": "2026-12-25", "valid_to": "2026-12-25"}], "Mo 09:00-17:00"),
    "no closing time": ([row("MO", closes="")], ""),
    "nine to nine": ([row("MO", "09:00", "09:00")], ""),
    "words for a time": ([row("MO", "nine")], ""),
    "half past nothing": ([row("MO", "09:77")], ""),
    "25 o'clock": ([row("MO", "25:00")], ""),
    "no weekday": ([row("")], ""),
    "nothing": ([], ""),
}


@pytest.mark.parametrize(("rows", "expected"), READ.values(), ids=READ)
def test_rows_are_read(rows: list[dict[str, Any]], expected: str) -> None:
    assert hours_of(rows).text == expected


@pytest.mark.parametrize(
    "name", [name for name, (rows, text) in READ.items() if rows and not text or name.startswith(("said", "closed"))]
)
def test_what_was_left_open_or_inferred_says_why(name: str) -> None:
    assert hours_of(READ[name][0]).why


TIMES = st.integers(0, 2 * 24 * 4 - 1).map(lambda quarter: quarter * 15)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw the shifts of a day, none overlapping another."""
    edges = sorted(draw(st.lists(st.integers(0, DAY + 600), unique=True, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return tuple((start, end) for start, end in pairs if start < DAY and end <= start + DAY)


schedules = st.builds(Schedule, st.tuples(*[spans()] * 7), st.one_of(st.none(), spans()))


@given(schedules)
def test_hours_become_rows_and_the_same_hours_again(schedule: Schedule) -> None:
    rows = schedules_of(str(schedule))
    assert parse(hours_of(rows).text) == schedule


WRITTEN = {
    "always": ("24/7", 1),
    "a whole week without holidays": ("Mo-Su 00:00-24:00", 1),
    "never": ("off", 1),
    "holidays only": ("off; PH 10:00-12:00", 2),
    "holidays shut": ("Mo-Fr 09:00-17:00; PH off", 2),
    "a minute short of a day": ("Mo-Su 00:00-23:59", 1),
    "a day and a night from eight": ("Mo 08:00-32:00", 1),
    "two shifts": ("Mo-Fr 08:00-12:00,20:00-02:00", 2),
    "unknown": ("", 0),
}


@pytest.mark.parametrize(("text", "count"), WRITTEN.values(), ids=WRITTEN)
def test_hours_written_by_hand_come_back(text: str, count: int) -> None:
    rows = schedules_of(text)
    assert len(rows) == count
    assert hours_of(rows).text == (str(parse(text)) if text else "")


def test_times_are_as_the_strict_validators_want_them() -> None:
    rows = schedules_of("Mo-Fr 09:00-17:00; Sa 20:00-02:00")
    assert [(r["byday"], r["opens_at"], r["closes_at"]) for r in rows] == [
        ("MO,TU,WE,TH,FR", "09:00:00", "17:00:00"),
        ("SA", "20:00:00", "02:00:00"),
    ]


def test_what_is_no_opening_hours_is_refused() -> None:
    with pytest.raises(HoursError):
        schedules_of("whenever")
