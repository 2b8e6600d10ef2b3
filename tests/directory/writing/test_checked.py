"""What may be said of a service's checks: assured only by somebody who tried, and nobody who failed since."""

from dataclasses import replace
from datetime import date

import pytest

from bot.directory.writing.checked import assured_on, said_of, said_of_phone
from bot.referral.check import Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Kind, Phone, Source, Status, Way
from tests.directory.writing.conftest import TODAY

OLD, NEW = date(2026, 9, 1), date(2026, 11, 1)


def entry(*checks: Check, first: tuple[Check, ...] = (), second: tuple[Check, ...] | None = None) -> Entry:
    """Make an entry with checks of its own, of its first number and, where given, of a second one."""
    phones = [Phone("+13125550142", (Way.CALL,), publish=True, checks=first)]
    if second is not None:
        phones.append(Phone("+13125550143", (Way.CALL,), publish=True, checks=second))
    made = Entry("x", "X", {}, "national", Status.PUBLISH, Source.OFFICIAL, phone=tuple(phones), kind=Kind.HOTLINE)
    return replace(made, checks=checks)


ASSURED = {
    "called": (entry(Check(NEW, How.CALLED)), NEW),
    "texted": (entry(Check(NEW, How.TEXTED)), NEW),
    "visited": (entry(Check(NEW, How.VISITED)), NEW),
    "its own page read": (entry(Check(NEW, How.OFFICIAL_PAGE)), NEW),
    "a stored page read": (entry(Check(NEW, How.STORED_PAGE)), None),
    "never checked": (entry(), None),
    "nobody answered": (entry(Check(NEW, How.CALLED, result=Result.NO_ANSWER)), None),
    "wrong since": (entry(Check(OLD, How.CALLED), Check(NEW, How.CALLED, result=Result.WRONG_NUMBER)), None),
    "right again": (entry(Check(OLD, How.CALLED, result=Result.WRONG_NUMBER), Check(NEW, How.CALLED)), NEW),
    "a stored page after a call": (entry(Check(OLD, How.CALLED), Check(NEW, How.STORED_PAGE)), OLD),
    "tomorrow": (entry(Check(date(2026, 12, 1), How.CALLED)), None),
    "one number of two": (entry(first=(Check(NEW, How.CALLED),), second=()), None),
    "both on two days": (entry(first=(Check(NEW, How.CALLED),), second=(Check(OLD, How.CALLED),)), OLD),
    "the entry, and one number later": (entry(Check(OLD, How.CALLED), first=(Check(NEW, How.CALLED),), second=()), OLD),
}


@pytest.mark.parametrize(("one", "day"), ASSURED.values(), ids=ASSURED)
def test_the_day_on_which_all_of_it_was_known_to_be_right(one: Entry, day: date | None) -> None:
    assert assured_on(one, TODAY) == day


def test_what_is_said_of_an_entry(content: Content) -> None:
    one = entry(Check(OLD, How.CALLED), first=(Check(NEW, How.STORED_PAGE),), second=())
    assert said_of(one, content, TODAY) == {
        "state": "verified",
        "checked on": "2026-11-01",
        "checked how": "stored page",
        "due on": "2026-12-01",
    }


def test_a_number_without_checks_of_its_own_says_nothing(content: Content) -> None:
    one = entry(Check(NEW, How.CALLED), second=(Check(OLD, How.CALLED, result=Result.WRONG_NUMBER),))
    assert said_of_phone(one, one.phone[0], content, TODAY) == {}
    assert said_of_phone(one, one.phone[1], content, TODAY)["state"] == "unverified"


def test_what_nobody_checked_is_unverified(content: Content) -> None:
    assert said_of(entry(), content, TODAY) == {"state": "unverified"}
