"""What a stolen session must not do: who did not show lately that it is them is asked to, and nothing typed is lost."""

import re
import time
from collections.abc import Mapping

import pytest
from sqlalchemy import update

from bot.console.again import FRESH
from bot.console.roles import Role, asks_again
from bot.storage.audit import entries
from bot.storage.scrubbing import scrubs
from bot.storage.staff import invitations, members
from bot.storage.staff.tables import StaffRow
from tests.console.house import BASE, PASSWORD, SAME, Browser, House
from tests.console.test_passkeys import passkey

INVITED = {"email": "ben@example.org", "role": "editor"}
#: Each view that asks, by what a thief would send. Nobody takes one from this list without thinking.
ASKING = {
    "account.end": ("/account/sessions", {"session": "x"}),
    "staff.invite": ("/staff", INVITED),
    "staff.role": ("/staff/1/role", {"role": "viewer"}),
    "staff.active": ("/staff/1/active", {"active": "no"}),
    "staff.again": ("/staff/1/again", {}),
    "scrub.ask": ("/scrub", {"wanted": "hello"}),
    "scrub.take_out": ("/scrub/1", {}),
}


def grow_old(browser: Browser, age: float = FRESH.total_seconds() + 1) -> None:
    """Have it been a while since somebody showed that it is them."""
    with browser.client.session_transaction(base_url=BASE) as session:
        session["fs_paa"] = time.time() - age


@pytest.fixture
def ana(house: House) -> Browser:
    """Give an admin who signed in a while ago; member 1 is another admin."""
    house.member(email="boss@example.org")
    browser = house.member()
    grow_old(browser)
    return browser


def staff(house: House) -> list[tuple[str, str, bool, bool]]:
    return [(one.email, one.role, one.active, one.totp) for one in members.people(house.engine)]


def action(page: str) -> str:
    found = re.findall(r'<form method="post" action="([^"]*)"', page.rpartition("<main")[2])
    return str(found[0]).replace("&amp;", "&")


def test_these_ask_and_no_others(house: House) -> None:
    assert {name for name, view in house.app.view_functions.items() if asks_again(view)} == set(ASKING)


@pytest.mark.parametrize(("path", "form"), ASKING.values(), ids=ASKING)
def test_a_stolen_session_changes_nothing(house: House, ana: Browser, path: str, form: Mapping[str, str]) -> None:
    before = staff(house)
    ana.get("/staff")
    answered = ana.post(path, form)
    assert (answered.status_code, "Is it you?" in answered.text) == (401, True)
    assert {name: ana.hidden(f"carried.{name}") for name in form} == form
    assert ana.hidden("carried-to") == path
    for wrong in ({"password": PASSWORD}, {"password": PASSWORD, "code": "000000"}, {"code": ana.code(steps=1)}):
        ana.post("/sign-in/again", {**ana.fields(), **wrong})
        assert (action(ana.last), ana.hidden("carried-to")) == ("/sign-in/again", path), wrong
    assert staff(house) == before
    assert invitations.waiting(house.engine, now=house.now) == []
    assert scrubs(house.engine) == []


def test_who_shows_it_sends_what_they_typed(house: House, ana: Browser) -> None:
    ana.get("/staff")
    ana.post("/staff", INVITED)
    ana.post("/sign-in/again", {**ana.fields(), "password": "wrong wrong wrong wrong", "code": ana.code(steps=1)})
    assert "That is not your password." in ana.last
    assert ana.code(steps=1) not in ana.last
    answered = ana.post("/sign-in/again", {**ana.fields(), "password": PASSWORD, "code": ana.code(steps=1)})
    assert answered.status_code == 200
    assert action(ana.last) == "/staff"
    assert ana.post("/staff", ana.fields()).status_code == 200
    assert "/join/" in ana.last
    assert [one.email for one in invitations.waiting(house.engine, now=house.now)] == ["ben@example.org"]
    assert [line.act for line in entries(house.engine)][:2] == ["invited", "signed in"]


def test_a_button_without_fields_comes_through(house: House, ana: Browser) -> None:
    ana.get("/staff/1")
    ana.post("/staff/1/again")
    ana.post("/sign-in/again", {**ana.fields(), "password": PASSWORD, "code": ana.code(steps=1)})
    assert action(ana.last) == "/staff/1/again"
    ana.post("/staff/1/again", ana.fields())
    assert "/join/" in ana.last


def test_a_code_is_taken_once(house: House, ana: Browser) -> None:
    shown = {"password": PASSWORD, "code": ana.code(steps=1)}
    ana.get("/sign-in/again")
    assert ana.post("/sign-in/again", shown).status_code == 302
    ana.get("/sign-in/again")
    assert ana.post("/sign-in/again", shown).status_code == 200
    assert "was used already" in ana.last


@pytest.mark.parametrize("age", [0.0, FRESH.total_seconds() - 30])
def test_who_showed_it_lately_is_not_asked(house: House, ana: Browser, age: float) -> None:
    grow_old(ana, age)
    ana.get("/staff")
    assert ana.post("/staff", INVITED).status_code == 200
    assert "/join/" in ana.last


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER])
def test_who_may_not_is_refused_and_not_asked(house: House, role: Role) -> None:
    eve = house.member(role)
    grow_old(eve)
    eve.get("/account")
    assert {eve.post(path, form).status_code for path, form in list(ASKING.values())[1:]} == {403}


def test_a_passkey_does_it_without_the_password_and_carries_as_well(house: House) -> None:
    boss = house.member()
    passkey(house, "red key")
    with house.engine.begin() as connection:
        connection.execute(update(StaffRow).values(tf_totp_secret=None, tf_primary_method=None))
    grow_old(boss)
    boss.get("/staff")
    boss.post("/staff", INVITED)
    assert 'name="password"' not in boss.last
    assert action(boss.last) == "/sign-in/again/passkey"
    carried = boss.fields()
    assert boss.post("/sign-in/again", {**carried, "password": PASSWORD}).status_code == 200
    boss.post("/sign-in/again/passkey", carried)
    found = re.search(r'action="(/sign-in/again/passkey/[^"]+)" class="card"\s+data-passkey="get"', boss.last)
    assert found, boss.last
    assert boss.hidden("carried.email") == "ben@example.org"
    boss.post(found[1], {**carried, "csrf_token": boss.hidden("csrf_token"), "credential": "{}"})
    assert "What you typed is still here." in boss.last
    assert action(boss.last).startswith("/sign-in/again/passkey")
    boss.post(action(boss.last), boss.fields())
    assert boss.hidden("carried.email") == "ben@example.org"
    assert invitations.waiting(house.engine, now=house.now) == []


def test_a_session_that_runs_out_while_it_asks_loses_nothing_either(house: House, ana: Browser) -> None:
    ana.get("/staff")
    ana.post("/staff", INVITED)
    house.pass_time(hours=1)
    assert ana.post("/sign-in/again", {**ana.fields(), "password": PASSWORD}).status_code == 401
    assert action(ana.last) == "/sign-in"
    carried = {name: value for name, value in ana.fields().items() if name.startswith("carried")}
    assert carried == {"carried-to": "/staff", "carried.email": "ben@example.org", "carried.role": "editor"}


def test_what_no_page_of_ours_sent_is_not_carried(house: House, ana: Browser) -> None:
    ana.get("/staff")
    data = {**INVITED, "csrf_token": ana.hidden("csrf_token")}
    answered = ana.client.post("/staff", base_url=BASE, data=data)
    assert answered.headers["Location"] == "/sign-in/again"
    forged = {**SAME, "Sec-Fetch-Site": "cross-site"}
    assert ana.client.post("/staff", base_url=BASE, data=data, headers=forged).status_code == 403
