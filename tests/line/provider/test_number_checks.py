"""What the doctor says of the numbers themselves."""

from datetime import datetime, timedelta

import pytest

from bot.line.provider.finding import State
from bot.line.provider.number_checks import numbers, unread
from bot.referral.bulletin import NO_BULLETINS, Bulletins, Pause
from bot.referral.check import Check, How, Result
from bot.referral.overlay import with_bulletins
from tests.referral import small

NOON, TODAY = small.NOON, small.NOON.date()
CALLED = Check(TODAY, How.CALLED, "AB")
#: Every number of the small release was called but 911, whose page was read.
ALL_TRIED = {
    **{(name, ""): (CALLED,) for name in "211 hope 211-la day-la unsaid-la youth-la 211-dupage pads".split()},
    ("911", ""): (Check(TODAY, How.OFFICIAL_PAGE, "AB"),),
}


def found(told: Bulletins = NO_BULLETINS, now: datetime = NOON) -> list[tuple[State, str]]:
    content = with_bulletins(small.content(), told)
    return [(finding.state, finding.what) for finding in numbers(content, now)]


def test_before_the_launch_every_number_is_still_to_be_tried() -> None:
    states = [state for state, _ in found()]
    assert states == [State.OK, State.LOOK, State.OK, State.OK, State.OK]
    assert found()[1][1] == "nobody has tried 10 of the 10 numbers yet"
    (_, tried, *_) = numbers(small.content(), NOON)
    assert "before the line is launched a person calls or texts every number" in tried.do
    assert "quietline checks sheet" in tried.do


def test_when_all_was_tried_all_is_well() -> None:
    told = found(Bulletins(1, ALL_TRIED))
    assert [state for state, _ in told] == [State.OK] * 5
    assert told[1][1] == "a person has tried each of the 10 numbers"


@pytest.mark.parametrize(
    ("days", "always", "stale"),
    [
        (30, State.OK, "ok"),
        (31, State.WRONG, "numbers due: 1; not given any more: 0 that stepped back, 0"),
        (91, State.WRONG, "numbers due: 9; not given any more: 1 that stepped back, 0"),
        (181, State.WRONG, "numbers due: 0; not given any more: 10 that stepped back, 0"),
    ],
)
def test_it_grows_worse_with_the_days(days: int, always: State, stale: str) -> None:
    told = found(Bulletins(1, ALL_TRIED), NOON + timedelta(days=days))
    assert told[0][0] is always
    assert ("911" in told[0][1]) is (always is State.WRONG)
    assert told[2][1].startswith(stale) or (stale == "ok" and told[2][0] is State.OK)


def test_wrong_numbers_complaints_and_pauses_are_named_and_no_alarm() -> None:
    wrong = Check(TODAY, How.CALLED, "AB", Result.WRONG_NUMBER)
    told = Bulletins(
        1,
        {**ALL_TRIED, ("pads", "+16305550104"): (wrong,)},
        (Pause("hope", NOON + timedelta(hours=1)), Pause("hope", None, phone="88788"), Pause("day-la", NOON)),
        asked={"youth-la": TODAY},
    )
    always, _, stale, complained, paused = found(told)
    assert always[0] is State.OK
    assert stale == (
        State.LOOK,
        "numbers due: 0; not given any more: 0 that stepped back, 1 found wrong",
    )
    assert complained == (State.LOOK, "texters say that these do not work: youth-la")
    assert paused == (State.LOOK, "paused: hope")


def test_what_staff_told_and_nobody_can_read_is_wrong() -> None:
    assert unread(()).state is State.OK
    told = unread((12, 14))
    assert (told.state, "bulletins 12, 14" in told.what, told.do != "") == (State.WRONG, True, True)
