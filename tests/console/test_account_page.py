"""My account: where somebody is signed in, and ending it there."""

import re
from datetime import timedelta

import pytest

from bot.console.roles import Role
from bot.storage.audit import entries
from bot.storage.staff import sessions
from tests.console.house import Browser, House
from tests.console.test_again import grow_old


def other_browser(house: House, of: Browser) -> Browser:
    """Give another browser in which the same member is signed in."""
    found = of.client.get_cookie("__Host-quietline", domain="staff.example.org")
    assert found
    held = sessions.find(house.engine, found.value.removeprefix("kept:"), now=house.now)
    assert held
    made = house.browser()
    made.hold(f"kept:{sessions.begin(house.engine, held.member, held.data, now=house.now)}")
    return made


def listed(browser: Browser) -> list[tuple[str, str]]:
    """Give begin and last use of each session as the page shows them."""
    browser.get("/account")
    return re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', browser.last)


@pytest.fixture
def ana(house: House) -> Browser:
    return house.member(Role.VIEWER)


def test_every_session_is_shown_with_its_times_and_this_one_by_name(house: House, ana: Browser) -> None:
    house.member(Role.EDITOR)
    moments = [f"{house.now + timedelta(minutes=minutes):%Y-%m-%d %H:%M}" for minutes in (0, 30, 39)]
    house.pass_time(minutes=30)
    other = other_browser(house, ana)
    house.pass_time(minutes=9)
    assert listed(ana) == [(moments[0], moments[2]), (moments[1], moments[1])]
    assert ana.last.count("this browser") == 1
    assert ana.last.count('name="session"') == 1
    assert other.is_in
    house.pass_time(minutes=55)
    assert ana.get("/account").status_code == 200
    house.pass_time(minutes=6)
    assert len(listed(ana)) == 1  # the other ran out


def test_one_session_is_ended(house: House, ana: Browser) -> None:
    second, third = other_browser(house, ana), other_browser(house, ana)
    ana.get("/account")
    one = ana.hidden("session")
    assert ana.post("/account/sessions", {"session": one}).headers["Location"] == "/account"
    assert sorted((second.is_in, third.is_in)) == [False, True]
    assert "Ended: 1." in ana.get("/account").text
    assert ana.is_in
    line = entries(house.engine, most=1)[0]
    assert (line.act, line.by, line.detail) == ("signed out", ana.email, {"elsewhere": "1"})


def test_all_others_are_ended_and_nobody_elses(house: House, ana: Browser) -> None:
    others, ben = [other_browser(house, ana) for _ in range(2)], house.member(Role.EDITOR)
    ana.get("/account")
    ana.post("/account/sessions")
    assert [one.is_in for one in (*others, ben, ana)] == [False, False, True, True]


def test_a_session_of_somebody_else_and_ones_own_stay(house: House, ana: Browser) -> None:
    ben = house.member(Role.EDITOR)
    for browser in (ben, ana):
        held = browser.client.get_cookie("__Host-quietline", domain="staff.example.org")
        assert held
        ana.get("/account")
        ana.post("/account/sessions", {"session": sessions.digest(held.value.removeprefix("kept:"))})
        assert "That session is over already." in ana.get("/account").text
    assert ben.is_in
    assert ana.is_in
    assert "signed out" not in [line.act for line in entries(house.engine)]


def test_who_did_not_show_lately_that_it_is_them_ends_nothing(house: House, ana: Browser) -> None:
    other = other_browser(house, ana)
    grow_old(ana)
    ana.get("/account")
    assert ana.post("/account/sessions").status_code == 401
    assert other.is_in
