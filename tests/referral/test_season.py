"""Services that are there for a part of the year."""

from datetime import date

import pytest

from bot.referral.season import in_season, season_fault


@pytest.mark.parametrize(
    ("season", "inside", "outside"),
    [
        pytest.param("", ["2027-01-01", "2027-07-01"], [], id="all year"),
        pytest.param("06-01/08-31", ["2027-06-01", "2027-08-31"], ["2027-05-31", "2027-09-01"], id="summer"),
        pytest.param(
            "11-15/03-31",
            ["2026-11-15", "2026-12-31", "2027-01-01", "2027-03-31"],
            ["2026-11-14", "2027-04-01", "2027-07-01"],
            id="over the new year",
        ),
        pytest.param("12-24/12-24", ["2026-12-24"], ["2026-12-23", "2026-12-25"], id="one day"),
        pytest.param("12-01/02-29", ["2027-02-28", "2028-02-29"], ["2027-03-01", "2028-03-01"], id="leap years"),
    ],
)
def test_in_season(season: str, inside: list[str], outside: list[str]) -> None:
    assert not season_fault(season)
    assert [day for day in inside if not in_season(season, date.fromisoformat(day))] == []
    assert [day for day in outside if in_season(season, date.fromisoformat(day))] == []


@pytest.mark.parametrize("season", ["winter", "11-15", "11-15/", "2026-11-15/2027-03-31", "13-01/01-01", "02-30/03-01"])
def test_a_season_written_wrongly(season: str) -> None:
    assert repr(season) in season_fault(season)
