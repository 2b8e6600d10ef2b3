"""How sure we are of a number on a day, and which must be checked first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.referral.bulletin import Bulletins
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Source, Status, Way
from bot.referral.overlay import with_bulletins
from bot.referral.standing import State, due_list, failures, late_list, overdue, state_of, state_of_entry
from tests.referral.small import content

TERM = timedelta(days=90)
FIRST = date(2026, 11, 21)
MAIN, DESK = "+18005550100", "+18005550101"

SEEN = Check(FIRST, How.STORED_PAGE)


def day(number: int) -> date:
    """Return a day counted from the first check."""
    return FIRST + timedelta(days=number)


def called(on: int, result: Result = Result.OK, how: How = How.CALLED) -> Check:
    """Make a check of some day."""
    return Check(day(on), how, "ab", result)


def made(*checks: Check, own: tuple[Check, ...] = (), desk: bool = True, keep: bool = False) -> Entry:
    """Make an entry with these checks, whose main number has its own; `desk`: it has a second number too."""
    phones = (
        Phone(MAIN, (Way.CALL,), publish=True, checks=own),
        Phone(DESK, (Way.CALL,), publish=desk),
    )
    return Entry(
        "hope", "Hope", {}, "national", Status.PUBLISH, Source.OFFICIAL, phone=phones, checks=checks, keep=keep
    )


def main(entry: Entry, on: int) -> State:
    """Tell how sure we are of the main number on a day."""
    return state_of(entry, entry.phone[0], day(on), TERM)


@pytest.mark.parametrize(
    ("checks", "on", "state"),
    [
        pytest.param((), 0, State.UNVERIFIED, id="never checked"),
        pytest.param((SEEN,), 0, State.EVIDENCED, id="a page was seen"),
        pytest.param((SEEN,), 90, State.EVIDENCED, id="on the last day of its term"),
        pytest.param((SEEN,), 91, State.DUE, id="the day after"),
        pytest.param((SEEN,), 180, State.DUE, id="on the last day of twice its term"),
        pytest.param((SEEN,), 181, State.STEPPED_BACK, id="the day after that"),
        pytest.param((SEEN, called(5)), 6, State.VERIFIED, id="called"),
        *(
            pytest.param((called(0, how=how),), 1, State.VERIFIED, id=how)
            for how in (How.TEXTED, How.VISITED, How.OFFICIAL_PAGE)
        ),
        pytest.param((called(0), Check(day(80), How.STORED_PAGE)), 85, State.VERIFIED, id="called, then seen"),
        pytest.param((called(0), Check(day(80), How.STORED_PAGE)), 91, State.EVIDENCED, id="the call is old by now"),
        pytest.param((called(0), Check(day(80), How.STORED_PAGE)), 171, State.DUE, id="the page is old too"),
        pytest.param((called(40), SEEN), 100, State.VERIFIED, id="in whatever order they are written"),
        pytest.param((called(0), called(9, Result.WRONG_NUMBER)), 9, State.UNVERIFIED, id="wrong number"),
        pytest.param((called(0), called(9, Result.CLOSED)), 9, State.UNVERIFIED, id="closed"),
        pytest.param((called(9, Result.CLOSED), called(10)), 10, State.VERIFIED, id="open again"),
        pytest.param((called(9, Result.CLOSED), called(9)), 10, State.VERIFIED, id="put right on the same day"),
        pytest.param((called(9), called(9, Result.CLOSED)), 10, State.UNVERIFIED, id="found wrong on the same day"),
        pytest.param(
            (called(0), called(9, Result.WRONG_NUMBER), Check(day(20), How.STORED_PAGE)),
            21,
            State.UNVERIFIED,
            id="a page does not put right what somebody tried",
        ),
        pytest.param(
            (SEEN, called(9, Result.CLOSED, How.STORED_PAGE), Check(day(20), How.STORED_PAGE)),
            21,
            State.EVIDENCED,
            id="a page puts right what a page said",
        ),
        pytest.param((called(0), called(9, Result.NO_ANSWER)), 9, State.DUE, id="no answer"),
        pytest.param(
            (called(0), called(9, Result.NO_ANSWER), called(9, Result.NO_ANSWER)), 9, State.DUE, id="twice on one day"
        ),
        pytest.param(
            (called(0), called(8, Result.NO_ANSWER), called(9, Result.NO_ANSWER)),
            9,
            State.STEPPED_BACK,
            id="no answer on two days",
        ),
        pytest.param(
            (called(0), called(8, Result.NO_ANSWER), called(9), called(10, Result.NO_ANSWER)),
            10,
            State.DUE,
            id="somebody answered in between",
        ),
        pytest.param(
            (called(8, Result.NO_ANSWER), called(9, Result.NO_ANSWER), called(10)), 10, State.VERIFIED, id="answered"
        ),
        pytest.param((called(0), called(5, Result.NO_ANSWER)), 181, State.STEPPED_BACK, id="old and no answer"),
        pytest.param((called(9, Result.NO_ANSWER),), 9, State.UNVERIFIED, id="no answer proves nothing"),
    ],
)
def test_the_state_of_a_number(checks: tuple[Check, ...], on: int, state: State) -> None:
    assert main(made(*checks), on) is state
    # With one number alone it is the same whether the entry was checked or its number.
    assert main(made(own=checks, desk=False), on) is state


@pytest.mark.parametrize("ahead", [1, 30, 365, 4000])
def test_a_pass_dated_ahead_makes_nothing_younger(ahead: int) -> None:
    for on in (0, 91, 181):
        slip = made(SEEN, Check(day(on + ahead), How.CALLED))
        assert main(slip, on) is main(made(SEEN), on)
    assert main(made(Check(day(ahead), How.CALLED)), ahead - 1) is State.UNVERIFIED


def test_a_failure_dated_ahead_counts_at_once() -> None:
    assert main(made(SEEN, called(300, Result.CLOSED)), 1) is State.UNVERIFIED


@pytest.mark.parametrize(
    ("checks", "own", "state", "desk"),
    [
        pytest.param((), (called(1),), State.VERIFIED, State.UNVERIFIED, id="only the number was checked"),
        pytest.param((SEEN,), (called(1),), State.VERIFIED, State.EVIDENCED, id="the number more surely"),
        pytest.param((called(1),), (), State.VERIFIED, State.VERIFIED, id="the entry: all its numbers"),
        pytest.param(
            (called(0),), (called(1, Result.WRONG_NUMBER),), State.UNVERIFIED, State.VERIFIED, id="one is wrong"
        ),
        pytest.param(
            (called(2),),
            (called(1, Result.WRONG_NUMBER),),
            State.UNVERIFIED,
            State.VERIFIED,
            id="one is wrong, and the entry was checked later by another",
        ),
        pytest.param(
            (called(0),),
            (called(1, Result.WRONG_NUMBER), called(2)),
            State.VERIFIED,
            State.VERIFIED,
            id="that very number was tried again",
        ),
        pytest.param(
            (called(0), called(1, Result.CLOSED)), (), State.UNVERIFIED, State.UNVERIFIED, id="the place closed"
        ),
        pytest.param(
            (called(0), called(1, Result.CLOSED)),
            (called(1),),
            State.UNVERIFIED,
            State.UNVERIFIED,
            id="on one day a failure outweighs a pass",
        ),
        pytest.param(
            (called(0), called(1, Result.CLOSED)),
            (called(2),),
            State.VERIFIED,
            State.UNVERIFIED,
            id="it closed, and the number was answered later",
        ),
        pytest.param((called(0),), (called(1, Result.NO_ANSWER),), State.DUE, State.VERIFIED, id="no answer at one"),
        pytest.param(
            (called(0), called(2)),
            (called(1, Result.NO_ANSWER),),
            State.VERIFIED,
            State.VERIFIED,
            id="no answer at one, all is well later",
        ),
        pytest.param(
            (called(0), called(1, Result.NO_ANSWER)),
            (called(2, Result.NO_ANSWER),),
            State.STEPPED_BACK,
            State.DUE,
            id="no answer on two days, one of them at this number",
        ),
    ],
)
def test_checks_of_an_entry_and_of_one_number(
    checks: tuple[Check, ...], own: tuple[Check, ...], state: State, desk: State
) -> None:
    entry = made(*checks, own=own)
    assert main(entry, 5) is state
    assert state_of(entry, entry.phone[1], day(5), TERM) is desk
    assert state_of_entry(entry, day(5), TERM) is min(state, desk, key=list(State).index)


def test_what_is_not_published_is_never_sure() -> None:
    entry = made(called(0))
    assert main(replace(entry, status=Status.CHECK_FIRST), 0) is State.UNVERIFIED
    assert main(replace(entry, phone=(replace(entry.phone[0], publish=False),)), 0) is State.UNVERIFIED


def test_an_entry_with_a_site_alone_stands_by_its_own_checks() -> None:
    assert state_of_entry(replace(made(SEEN), phone=(), link="x.org"), day(91), TERM) is State.DUE


def test_an_edit_is_no_check() -> None:
    before = made(SEEN)
    edited = replace(before, name="New Hope", evidence=("another page",), note={"en": "ring twice"})
    assert [main(edited, on) for on in range(0, 200, 7)] == [main(before, on) for on in range(0, 200, 7)]


def test_which_failures_stand() -> None:
    wrong, unanswered = called(3, Result.WRONG_NUMBER), called(4, Result.NO_ANSWER)
    entry = made(called(0, Result.CLOSED), called(1), unanswered, own=(wrong,))
    assert failures(entry, entry.phone[0]) == (wrong, unanswered)
    assert failures(entry, None) == (unanswered,)


SMALL = content()


def listed(release: Content, on: int) -> list[tuple[str, str, State]]:
    """List what stands in the due list that somebody must check."""
    late = [s for s in due_list(release, day(on)) if s.late]
    assert late_list(release, day(on)) == late
    return [(s.entry.id, s.phone.number if s.phone else "", s.state) for s in late]


def test_the_due_list_holds_every_number_once_and_the_last_resorts_first() -> None:
    every = due_list(SMALL, day(0))
    numbers = {(e.id, p.number) for e in SMALL.entries.values() for p in e.phone if p.publish}
    assert {(s.entry.id, s.phone.number) for s in every if s.phone} == numbers
    assert len(every) == len(numbers)
    assert [s.entry.keep for s in every] == sorted((s.entry.keep for s in every), reverse=True)
    assert not any(s.late for s in every)
    assert {s.due for s in every if s.entry.id != "911"} == {day(91)}
    assert {s.due for s in every if s.entry.id == "911"} == {day(31)}


def test_the_worst_stands_first() -> None:
    told = {
        ("pads", ""): (called(5, Result.CLOSED),),
        ("day-la", ""): (called(5, Result.NO_ANSWER),),
        ("hope", "88788"): (called(5, Result.NO_ANSWER), called(6, Result.NO_ANSWER)),
    }
    release = with_bulletins(SMALL, Bulletins(1, told, asked={"unsaid-la": day(6)}))
    assert listed(release, 31) == [
        ("911", "911", State.DUE),
        ("pads", "+16305550104", State.UNVERIFIED),
        ("hope", "88788", State.STEPPED_BACK),
        ("day-la", "+12135550101", State.DUE),
        ("unsaid-la", "+12135550102", State.EVIDENCED),
    ]
    assert [state for _, _, state in listed(release, 400)][:4] == [State.STEPPED_BACK] * 4  # 911, the 211s


def test_an_entry_with_a_site_alone_is_in_the_due_list() -> None:
    site = replace(SMALL.entries["pads"], id="site", phone=(), link="x.org")
    release = replace(SMALL, entries={"site": site})
    assert [(s.entry.id, s.phone, s.due) for s in due_list(release, day(0))] == [("site", None, day(91))]


def test_complaints_ask_for_a_check_until_somebody_made_one() -> None:
    told = Bulletins(1, {("unsaid-la", ""): (called(5),)}, asked={"unsaid-la": day(4), "pads": day(4)})
    assert [(s.entry.id, s.asked) for s in due_list(with_bulletins(SMALL, told), day(9)) if s.late] == [
        ("pads", day(4))
    ]
    assert [s.entry.id for s in late_list(with_bulletins(SMALL, told), day(9))] == ["pads"]


@pytest.mark.parametrize(
    ("told", "on", "alarm"),
    [
        pytest.param({}, 30, [], id="all in time"),
        pytest.param({}, 31, ["911"], id="a crisis line is due"),
        pytest.param({}, 91, ["211", "211-dupage", "211-la", "911"], id="all are"),
        pytest.param({("211", "211"): (called(5, Result.WRONG_NUMBER),)}, 9, ["211"], id="one was found wrong"),
        pytest.param({("211", ""): (called(5, Result.NO_ANSWER),)}, 9, ["211"], id="nobody answered"),
        pytest.param({("pads", ""): (called(5, Result.CLOSED),)}, 9, [], id="another is no alarm"),
    ],
)
def test_the_alarm_is_for_what_is_always_given(
    told: dict[tuple[str, str], tuple[Check, ...]], on: int, alarm: list[str]
) -> None:
    assert overdue(with_bulletins(SMALL, Bulletins(1, told)), day(on)) == alarm
