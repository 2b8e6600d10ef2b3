"""What stands in the due list, in which order; and which failures stand, in whatever order they were written down."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.referral.bulletin import Bulletins
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Source, Status, Way
from bot.referral.overlay import with_bulletins
from bot.referral.standing import Standing, State, due_list, failures, overdue, state_of
from tests.referral.small import content

TERM = timedelta(days=90)
FIRST = date(2026, 11, 21)
MAIN, DESK = "+18005550100", "+18005550101"
SMALL = content()


def day(number: int) -> date:
    """Return a day counted from the first check."""
    return FIRST + timedelta(days=number)


def called(on: int, result: Result = Result.OK) -> Check:
    """Make a call of some day."""
    return Check(day(on), How.CALLED, "ab", result)


def seen(on: int, result: Result = Result.OK) -> Check:
    """Make a look at a stored page on some day."""
    return Check(day(on), How.STORED_PAGE, "ab", result)


def made(*checks: Check, own: tuple[Check, ...] = (), desk: bool = True) -> Entry:
    """Make an entry whose main number has checks of its own; `desk`: its second number is published too."""
    phones = (Phone(MAIN, (Way.CALL,), publish=True, checks=own), Phone(DESK, (Way.CALL,), publish=desk))
    return Entry("hope", "Hope", {}, "national", Status.PUBLISH, Source.OFFICIAL, phone=phones, checks=checks)


#: A number that was found wrong and is no longer published.
GONE = Phone("+18005550102", (Way.CALL,), checks=(called(1, Result.CLOSED),))


def release(*entries: Entry, told: Bulletins | None = None) -> Content:
    """Make a release of these entries alone."""
    bare = replace(SMALL, entries={entry.id: entry for entry in entries})
    return with_bulletins(bare, told) if told else bare


def listed(of: Content, on: int) -> list[tuple[str, str]]:
    """List the entries and numbers of the due list."""
    return [(s.entry.id, s.phone.number if s.phone else "") for s in due_list(of, day(on))]


def standing(entry: Entry, on: int, told: Bulletins | None = None) -> Standing:
    """Return how the main number of the entry stands on a day."""
    return next(s for s in due_list(release(entry, told=told), day(on)) if s.phone is None or s.phone.number == MAIN)


@pytest.mark.parametrize(
    ("entry", "on", "state"),
    [
        pytest.param(made(called(0)), 90, State.VERIFIED, id="a call, on the last day of its term"),
        pytest.param(made(called(40), called(0)), 100, State.VERIFIED, id="the newest call counts, wherever it stands"),
        pytest.param(made(called(5), called(3, Result.CLOSED)), 6, State.VERIFIED, id="by day, not as written down"),
        pytest.param(
            made(called(2), own=(called(1, Result.WRONG_NUMBER),), desk=False),
            5,
            State.VERIFIED,
            id="with one published number to check the entry is to check it",
        ),
        pytest.param(
            made(called(0), called(1, Result.NO_ANSWER), own=(seen(2),)),
            5,
            State.DUE,
            id="a page about the number does not answer for it",
        ),
    ],
)
def test_the_state_of_the_main_number(entry: Entry, on: int, state: State) -> None:
    assert state_of(entry, entry.phone[0], day(on), TERM) is state


@pytest.mark.parametrize(
    ("entry", "stand"),
    [
        pytest.param(made(called(1, Result.CLOSED)), [1], id="nothing but a failure"),
        pytest.param(made(called(1, Result.CLOSED), called(2, Result.NO_ANSWER)), [1, 2], id="nothing but two"),
        pytest.param(made(called(5), called(3, Result.CLOSED)), [], id="put right later, written down before"),
        pytest.param(made(called(5), called(4), called(6, Result.CLOSED)), [6], id="found closed last"),
    ],
)
def test_which_failures_of_an_entry_stand(entry: Entry, stand: list[int]) -> None:
    assert [check.on for check in failures(entry, None)] == [day(on) for on in stand]


def test_the_oldest_stands_first_and_being_sure_is_no_reason_to_wait() -> None:
    entries = (
        replace(made(seen(5), desk=False), id="a-page"),
        replace(made(called(0), desk=False), id="b-call"),
        replace(made(seen(3), desk=False), id="c-page"),
    )
    assert [entry_id for entry_id, _ in listed(release(*entries), 9)] == ["b-call", "c-page", "a-page"]


def test_what_must_be_checked_now_stands_before_what_is_in_order() -> None:
    entries = (
        replace(made(called(0), desk=False), id="a-fine"),
        replace(made(called(5), called(6, Result.NO_ANSWER), desk=False), id="b-due"),
        replace(made(called(8), desk=False), id="c-asked"),
    )
    found = release(*entries, told=Bulletins(1, asked={"c-asked": day(9)}))
    assert [entry_id for entry_id, _ in listed(found, 9)] == ["b-due", "c-asked", "a-fine"]


def test_numbers_of_an_entry_stand_in_their_own_order() -> None:
    entry = made(called(0))
    turned = replace(entry, phone=entry.phone[::-1])
    assert listed(release(turned), 1) == [("hope", MAIN), ("hope", DESK)]


def test_a_standing_tells_all_that_the_checks_say() -> None:
    wrong = called(7, Result.WRONG_NUMBER)
    found = standing(made(called(0), own=(called(3), wrong)), 9)
    assert (found.term, found.last, found.failed) == (SMALL.line.term(made()), wrong, (wrong,))
    assert found.due == day(3) + found.term + timedelta(days=1)
    assert found.late


def test_without_any_check_nothing_is_due_and_the_number_is_late() -> None:
    found = standing(made(), 0)
    assert (found.last, found.due, found.failed, found.late) == (None, None, (), True)


@pytest.mark.parametrize(
    "slip",
    [
        pytest.param(called(60), id="a call dated ahead"),
        pytest.param(called(8, Result.NO_ANSWER), id="nobody answered"),
    ],
)
def test_only_a_pass_of_the_past_moves_the_day_it_is_due(slip: Check) -> None:
    assert standing(made(called(0), slip), 9).due == standing(made(called(0)), 9).due


@pytest.mark.parametrize(
    ("check", "asked"),
    [
        pytest.param(called(5), None, id="a call the day after"),
        pytest.param(called(5, Result.CLOSED), None, id="it is closed: that is an answer"),
        pytest.param(called(4), day(4), id="a call of the same day"),
        pytest.param(called(3), day(4), id="a call of the day before"),
        pytest.param(called(5, Result.NO_ANSWER), day(4), id="nobody answered"),
        pytest.param(seen(5), day(4), id="a page"),
    ],
)
def test_what_settles_complaints(check: Check, asked: date | None) -> None:
    assert standing(made(seen(0), check), 9, Bulletins(1, asked={"hope": day(4)})).asked == asked


@pytest.mark.parametrize(
    ("entry", "alarm"),
    [
        pytest.param(made(called(0)), [], id="in order"),
        pytest.param(made(called(0), own=(called(1, Result.CLOSED),)), ["hope"], id="its published number is wrong"),
        pytest.param(replace(made(called(0)), phone=(*made().phone, GONE)), [], id="a number nobody is given is wrong"),
        pytest.param(replace(made(called(0)), phone=(), link="x.org"), [], id="a site"),
        pytest.param(replace(made(called(1, Result.CLOSED)), phone=(), link="x.org"), ["hope"], id="a site is gone"),
    ],
)
def test_the_alarm_looks_at_what_is_given(entry: Entry, alarm: list[str]) -> None:
    assert overdue(release(replace(entry, keep=True)), day(9)) == alarm
