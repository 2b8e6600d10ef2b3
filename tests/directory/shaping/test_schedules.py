from typing import Any

import pytest

from tests.directory.shaping.made import mended, one, remarks

OFFICE = {"opens_at": "09:00:00", "closes_at": "17:00:00"}
TEN_TO_FOUR = {"opens_at": "10:00:00", "closes_at": "16:00:00"}
NOT_UNDERSTOOD = "the days or hours can mean more than one thing, or nothing that is known: kept as words"


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"weekday": "Monday", **OFFICE}, {"freq": "WEEKLY", "byday": "MO", **OFFICE}),
        ({"weekday": "1", "opens_at": "09:00", "closes_at": "17:00"}, {"freq": "WEEKLY", "byday": "MO", **OFFICE}),
        ({"weekday": "7", "opens_at": "9am", "closes_at": "5pm"}, {"freq": "WEEKLY", "byday": "SU", **OFFICE}),
        ({"byday": "MO,TU", "freq": "weekly", **OFFICE}, {"freq": "WEEKLY", "byday": "MO,TU", **OFFICE}),
        ({"byday": "2MO,-1FR", "freq": "MONTHLY", **OFFICE}, {"freq": "MONTHLY", "byday": "2MO,-1FR", **OFFICE}),
        ({"byday": "monday", **OFFICE}, {"freq": "WEEKLY", "byday": "MO", **OFFICE}),
        ({"weekday": "Third Thursday", **OFFICE}, {"freq": "MONTHLY", "byday": "3TH", **OFFICE}),
        ({"weekday": "Monday-Friday", "dtstart": "9:00AM", "until": "5:00PM"},
         {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", **OFFICE}),
        ({"weekday": "Monday - Sunday", "dtstart": "24 hours"},
         {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00:00", "closes_at": "23:59:00"}),
        ({"weekday": "Sunday"}, {"freq": "WEEKLY", "byday": "SU"}),
        ({"weekday": "Sunday", "opens_at": "closed", "closes_at": "Closed"}, {"freq": "WEEKLY", "byday": "SU"}),
        ({"freq": "DAILY", **OFFICE},
         {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", **OFFICE, "freq_text": "DAILY"}),
    ],
)  # fmt: skip
def test_days_and_hours_of_any_version_are_read(row: dict[str, str], kept: dict[str, Any]) -> None:
    assert one("schedule", **row) == kept


@pytest.mark.parametrize(
    "row",
    [
        {"weekday": "Monday", "opens_at": "9", "closes_at": "5"},
        {"weekday": "0", **OFFICE},
        {"weekday": "Every other Tuesday", **OFFICE},
        {"weekday": "Monday", "opens_at": "By appointment"},
        {"byday": "1MO", "freq": "YEARLY", **OFFICE},
        {"byday": "2MO", "freq": "WEEKLY ", "weekday": "x", "opens_at": "750", "closes_at": "855"},
    ],
)
def test_a_schedule_is_understood_wholly_or_kept_as_words(row: dict[str, str]) -> None:
    came = one("schedule", **row)
    assert not {"freq", "byday", "opens_at", "closes_at"} & came.keys()
    assert all(text in came["description"] for name, text in row.items() if name not in ("freq",))
    assert any(said.endswith(NOT_UNDERSTOOD) for said in remarks("schedule", **row))


def test_hours_in_words_become_schedules_that_keep_the_words() -> None:
    words = "Mon-Thu 9am-8pm; Fri 9am-5pm"
    first, second = mended("schedule", id="4", hours=words)
    assert first.fields["byday"] == "MO,TU,WE,TH"
    assert (second.fields["id"], second.fields["byday"], second.fields["closes_at"]) == ("4:2", "FR", "17:00:00")
    assert first.fields["description"] == second.fields["description"] == words


def test_hours_in_words_that_are_not_understood_stay_words() -> None:
    assert one("schedule", hours="call us") == {"description": "call us"}
    assert one("schedule", hours="call us", weekday="Monday", **OFFICE)["hours"] == "call us"


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (
            {"start_date": "12/24/2015", "end_date": "12/24/15", "closed": "false", **TEN_TO_FOUR},
            {"valid_from": "2015-12-24", "valid_to": "2015-12-24", "description": "Holiday hours", **TEN_TO_FOUR},
        ),
        (
            {"start_date": "2015-12-25", "end_date": "2015-12-25", "closed": "true"},
            {"valid_from": "2015-12-25", "valid_to": "2015-12-25", "description": "Closed"},
        ),
        (
            {"start_date": "January 01, 0001", "end_date": "January 01, 0001", "closed": "true"},
            {"description": "Closed every year: January 01"},
        ),
        (
            {"start_date": "June 01, 0001", "end_date": "September 01, 0001", **TEN_TO_FOUR},
            {"description": "Hours every year: June 01 to September 01; opens_at: 10:00:00; closes_at: 16:00:00"},
        ),
    ],
    ids=["one day", "closed one day", "closed every year", "a season of every year"],
)  # fmt: skip
def test_a_holiday_never_looks_like_an_ordinary_week(row: dict[str, str], kept: dict[str, Any]) -> None:
    assert one("schedule", **row) == kept


def test_closing_after_midnight_is_said() -> None:
    said = remarks("schedule", byday="SA", opens_at="20:00", closes_at="02:00")
    assert said == ["closes_at: closes before it opens, which is read as the next day"]


def test_of_two_clocks_nobody_says_which_is_first() -> None:
    assert remarks("schedule", byday="SA", freq="WEEKLY", opens_at="17:00-05:00", closes_at="09:00") == []


def test_times_the_standard_accepts_are_spelled_out_and_nothing_is_said() -> None:
    row = {"byday": "MO", "freq": "WEEKLY", "opens_at": "09:00-05:00", "closes_at": "17:00:00Z"}
    assert one("schedule", **row)["opens_at"] == "09:00:00-05:00"
    assert remarks("schedule", **row) == []
