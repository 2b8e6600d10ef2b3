"""At which moments the answer of a phone turns, to the second, and how a schedule is written back."""

from datetime import UTC, datetime

import pytest

from bot.referral.hours import changes, describe, local_time, parse

LA, DUPAGE, KOLKATA = "America/Los_Angeles", "America/Chicago", "Asia/Kolkata"
EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@pytest.mark.parametrize(
    ("text", "start", "days", "zone", "turns"),
    [
        pytest.param(
            "Mo-Su 09:30-17:15",
            "2026-03-16T12:10:20.000005+00:00",
            3,
            DUPAGE,
            # Eight, half past nine, a quarter past five, eight: on each of three days.
            [
                *("16T13:00:00", "16T14:30:00", "16T22:15:00", "17T01:00:00"),
                *("17T13:00:00", "17T14:30:00", "17T22:15:00", "18T01:00:00"),
                *("18T13:00:00", "18T14:30:00", "18T22:15:00", "19T01:00:00"),
            ],
            id="every day of several, whatever the second it began in",
        ),
        # The clock shows 01:15 twice that night, and goes back between them, at 07:00 in UTC.
        pytest.param(
            "Mo-Su 20:00-01:15",
            "2026-10-31T07:10:20.000005+00:00",
            1,
            DUPAGE,
            ["31T13:00:00", "01T01:00:00", "01T06:15:00", "01T07:00:00"],
            id="the clocks go back in the last minutes",
        ),
        pytest.param("off", "2026-03-16T13:00:00+00:00", 1, DUPAGE, ["17T01:00:00"], id="not at the very end"),
        pytest.param(
            "off", "2026-03-16T12:59:59+00:00", 1, DUPAGE, ["16T13:00:00", "17T01:00:00"], id="from a second on"
        ),
        pytest.param(
            "off",
            "2026-03-16T00:00:00+00:00",
            1,
            KOLKATA,
            ["16T02:30:00", "16T14:30:00"],
            id="night at half past in UTC",
        ),
    ],
)
def test_when_the_answer_turns(text: str, start: str, days: int, zone: str, turns: list[str]) -> None:
    began = datetime.fromisoformat(start)
    found = changes(parse(text), began, days, zone)
    assert found[0] == began
    assert [moment.isoformat()[8:] for moment in found[1:]] == [f"{turn}+00:00" for turn in turns]
    assert all(moment.tzinfo is UTC for moment in found)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Mo-Su 00:00-24:00; PH 00:00-24:00", "24/7", id="always"),
        pytest.param("Fr,Mo-We 08:00-12:00,13:30-16:00", "Mo-We,Fr 08:00-12:00,13:30-16:00", id="two shifts"),
        pytest.param("Mo 08:00-12:00; Tu 09:00-12:00", "Mo 08:00-12:00; Tu 09:00-12:00", id="two rules"),
        pytest.param("Mo 08:00-12:00; PH off", "Mo 08:00-12:00; PH off", id="closed on holidays"),
        pytest.param("Mo 08:00-12:00; PH 10:00-11:00", "Mo 08:00-12:00; PH 10:00-11:00", id="open on holidays"),
        pytest.param("off", "off", id="never"),
        pytest.param("PH 10:00-11:00", "off; PH 10:00-11:00", id="on holidays alone"),
    ],
)
def test_a_schedule_is_written_in_one_form(text: str, written: str) -> None:
    assert str(parse(text)) == written
    assert parse(written) == parse(text)


def test_without_a_word_for_holidays_their_hours_are_not_said() -> None:
    open_then = parse("Mo 08:00-17:00; PH 10:00-14:00")
    assert describe(open_then, EN) == "Mon 8am-5pm"
    assert describe(open_then, EN, closed="closed") == "Mon 8am-5pm"


def test_what_is_said_of_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match=r"^now must be aware: .*own$"):
        local_time(datetime(2026, 3, 16, 12), LA)
