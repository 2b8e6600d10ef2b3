"""What staff mean by a day or "tonight", by the clock of the place."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.referral.moments import day_said, moment, said, zone_for
from tests.referral import small

LA, CHICAGO = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/Chicago")


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "now", "zone", "expected"),
    [
        pytest.param("2026-12-01", "2026-11-23T20:00", LA, "2026-12-01T08:00", id="a day begins at midnight there"),
        pytest.param("2026-12-01", "2026-11-23T20:00", CHICAGO, "2026-12-01T06:00", id="which is another moment here"),
        pytest.param("2026-12-01T08:00", "2026-11-23T20:00", LA, "2026-12-01T16:00", id="a moment"),
        pytest.param("2026-12-01 08:00", "2026-11-23T20:00", LA, "2026-12-01T16:00", id="a moment with a blank"),
        pytest.param("2026-07-01T08:00", "2026-06-23T20:00", LA, "2026-07-01T15:00", id="in summer"),
        pytest.param("tonight", "2026-11-23T20:00", LA, "2026-11-24T16:00", id="said at noon"),
        pytest.param("tonight", "2026-11-24T07:59", LA, "2026-11-24T16:00", id="said a minute before midnight"),
        pytest.param("tonight", "2026-11-24T08:01", LA, "2026-11-24T16:00", id="said a minute after midnight"),
        pytest.param("tonight", "2026-11-24T12:59", LA, "2026-11-24T16:00", id="said before five"),
        pytest.param("tonight", "2026-11-24T13:00", LA, "2026-11-25T16:00", id="said at five: the night to come"),
        pytest.param("tonight", "2026-11-24T04:00", CHICAGO, "2026-11-24T14:00", id="it is later in Chicago"),
        pytest.param("tonight", "2027-03-14T02:00", CHICAGO, "2027-03-14T13:00", id="the clocks go forward"),
        pytest.param("tonight", "2026-11-01T02:00", CHICAGO, "2026-11-01T14:00", id="the clocks go back"),
    ],
)
def test_when_a_pause_ends(words: str, now: str, zone: ZoneInfo, expected: str) -> None:
    assert moment(words, utc(now), zone) == utc(expected)


@pytest.mark.parametrize(
    "words", ["", "tomorrow", "1.12.2026", "2026-13-01", "20261201", "2026-12-01T25:00", "0001-01-01", "2026-W48-1"]
)
def test_what_is_no_moment_is_refused_with_what_to_write(words: str) -> None:
    with pytest.raises(ValueError, match=r"write 2026-12-01, 2026-12-01T08:00|is over"):
        moment(words, small.NOON, LA)


def test_what_is_over_is_refused_with_the_time_it_is_there() -> None:
    with pytest.raises(ValueError, match="is over: there it is Mon 23 Nov 2026 12:00, Los Angeles time"):
        moment("2026-11-23T11:59", small.NOON, LA)


def test_days_and_moments_are_written_for_people() -> None:
    assert day_said(small.NOON.date()) == "Mon 23 Nov 2026"
    assert said(small.NOON, CHICAGO) == "Mon 23 Nov 2026 14:00, Chicago time"


def test_whose_clock_counts() -> None:
    content = small.content(
        entries__westlake={
            "entry": [
                small.entry("day-la", "+12135550101", ("shelter", 20), phone={"timezone": "America/Denver"}),
                small.entry("211-la", "211", ("shelter", 10), keep=True),
            ]
        }
    )
    far, pads = content.entries["day-la"], content.entries["pads"]
    keys = [
        zone_for(content).key,
        zone_for(content, content.entries["hope"]).key,
        zone_for(content, pads, pads.phone[0]).key,
        zone_for(content, far).key,
        zone_for(content, far, far.phone[0]).key,
    ]
    assert [key.partition("/")[2] for key in keys] == ["Los_Angeles", "Los_Angeles", "Chicago", "Los_Angeles", "Denver"]
