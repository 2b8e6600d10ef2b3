"""The days on which federal offices are closed."""

from datetime import date

import pytest

from bot.referral.holidays import federal_holidays


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        pytest.param(
            2026,
            "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
            id="2026: 4 July is a Saturday",
        ),
        pytest.param(
            2021,
            "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31",
            id="2021: Saturdays, a Sunday, and the next New Year kept in this one",
        ),
        pytest.param(
            2022,
            "01-01 01-17 02-21 05-30 06-19 06-20 07-04 09-05 10-10 11-11 11-24 12-25 12-26",
            id="2022: 1 January was kept the year before",
        ),
        pytest.param(
            2020,
            "01-01 01-20 02-17 05-25 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
            id="2020: before Juneteenth",
        ),
    ],
)
def test_federal_holidays_are_those_of_the_calendar(year: int, expected: str) -> None:
    assert sorted(federal_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in expected.split()]
