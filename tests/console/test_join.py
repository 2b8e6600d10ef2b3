"""Joining by invitation, and the staff page that makes them."""

import re

import pytest

from bot.console.roles import Role
from bot.storage.audit import entries
from bot.storage.staff import members
from tests.console.house import OTHER, PASSWORD, House


def link_on(page: str) -> str:
    found = re.search(r'value="https://staff\.example\.org(/join/[^"]+)"', page)
    assert found, page
    return found[1]


def number_of(house: House, email: str) -> int:
    return next(one.id for one in members.people(house.engine) if one.email == email)


def test_who_joins_is_led_to_a_second_factor(house: House) -> None:
    browser = house.browser()
    assert browser.join(house.invite("ana@example.org", Role.EDITOR)).headers["Location"] == "/account"
    assert "One more step" in browser.get("/account").text
    assert browser.set_up_app().headers["Location"] == "/account"
    assert browser.is_in
    (ana,) = members.people(house.engine)
    assert (ana.email, ana.initials, ana.role, ana.totp) == ("ana@example.org", "AB", "editor", True)


def test_a_link_is_good_once(house: House) -> None:
    link = house.invite("ana@example.org")
    house.browser().join(link)
    second = house.browser()
    assert second.get(link).status_code == 404
    assert "holds no more" in second.last
    second.get("/sign-in")
    assert second.post(link, {"initials": "ev", "password": OTHER, "again": OTHER}).status_code == 404


@pytest.mark.parametrize(("hours", "status"), [(71.9, 200), (72, 404)])
def test_a_link_is_good_for_three_days(house: House, hours: float, status: int) -> None:
    link = house.invite("ana@example.org")
    house.pass_time(hours=hours)
    assert house.browser().get(link).status_code == status


def test_a_newer_link_replaces_an_older_one(house: House) -> None:
    older, newer = house.invite("ana@example.org"), house.invite("ana@example.org")
    assert house.browser().get(older).status_code == 404
    assert house.browser().get(newer).status_code == 200


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"initials": "a"}, "initials"),
        ({"initials": "a1"}, "initials"),
        ({"initials": "<b>"}, "initials"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "passwordpassword", "again": "passwordpassword"}, "password"),
        ({"password": "é" * 129, "again": "é" * 129}, "password"),
        ({"again": OTHER}, "again"),
        ({"again": ""}, "again"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(house: House, form: dict[str, str], wrong: str) -> None:
    browser = house.browser()
    link = house.invite("ana@example.org")
    browser.get(link)
    given = {"initials": "ab", "password": PASSWORD, "again": PASSWORD, **form}
    assert browser.post(link, given).status_code == 200
    assert re.findall(r'id="(\w+)-wrong"', browser.last) == [wrong]
    assert given["password"] not in browser.last
    assert members.people(house.engine) == []


def test_a_pasted_password_with_blanks_and_accents_is_taken(house: House) -> None:
    browser = house.browser()
    long = "  mañana llueve en el tejado azul  "
    assert browser.join(house.invite("ana@example.org"), long).status_code == 302
    again = house.browser()
    again.email = "ana@example.org"
    assert again.sign_in(long).status_code == 302
    other = house.browser()
    other.email = "ana@example.org"
    for wrong in (long.strip(), long.lstrip(), long.rstrip(), long.replace("ñ", "n")):
        assert other.sign_in(wrong).status_code == 200, wrong
        assert "E-mail or password is wrong." in other.last


def test_an_admin_invites_by_a_link(house: House) -> None:
    admin = house.member()
    admin.get("/staff")
    assert admin.post("/staff", {"email": " Ben@Example.org ", "role": "editor"}).status_code == 200
    ben = house.browser()
    ben.join(link_on(admin.last))
    assert ben.email == "ben@example.org"
    assert [(line.act, line.by) for line in entries(house.engine)][-1] == ("invited", "admin@example.org")


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b.org<script>"}, "email"),
        ({"email": "x" * 250 + "@example.org"}, "email"),
        ({"email": "a@example.org\u202e"}, "email"),
        ({"email": "admin@example.org"}, "email"),
    ],
)
def test_bad_invitations_are_refused_beside_the_field(house: House, form: dict[str, str], wrong: str) -> None:
    admin = house.member()
    admin.get("/staff")
    admin.post("/staff", {"role": "editor", **form})
    assert re.findall(r'id="(\w+)-wrong"', admin.last) == [wrong]
    assert "<script>" not in admin.last


@pytest.mark.parametrize("role", ["", "owner", "ADMIN"])
def test_an_unknown_role_is_refused(house: House, role: str) -> None:
    admin = house.member()
    admin.get("/staff")
    admin.post("/staff", {"email": "ben@example.org", "role": role})
    assert "Choose a role." in admin.last
    number = number_of(house, admin.email)
    admin.get("/staff")
    assert admin.post(f"/staff/{number}/role", {"role": role}).status_code == 400


def test_a_changed_role_holds_at_once_and_signs_out(house: House) -> None:
    admin, ben = house.member(), house.member(Role.EDITOR)
    admin.get("/staff")
    admin.post(f"/staff/{number_of(house, ben.email)}/role", {"role": "viewer"})
    assert not ben.is_in
    assert [one.role for one in members.people(house.engine) if one.email == ben.email] == ["viewer"]


def test_who_is_shut_out_is_out_at_once_and_may_be_let_in_again(house: House) -> None:
    admin, ben = house.member(), house.member(Role.EDITOR)
    number = number_of(house, ben.email)
    for wanted in ("no", "yes"):
        admin.get("/staff")
        admin.post(f"/staff/{number}/active", {"active": wanted})
        assert not ben.is_in
        assert (ben.sign_in().status_code == 302) is (wanted == "yes")


def test_starting_over_takes_everything_away_and_gives_a_new_link(house: House) -> None:
    admin, ben = house.member(), house.member(Role.EDITOR)
    admin.get("/staff")
    admin.post(f"/staff/{number_of(house, ben.email)}/again")
    assert not ben.is_in
    assert ben.sign_in().status_code == 200
    assert ben.join(link_on(admin.last), OTHER).headers["Location"] == "/account"
    assert ben.get("/").headers["Location"] == "/account"
    (one,) = [one for one in members.people(house.engine) if one.email == ben.email]
    assert (one.role, one.totp, one.codes) == ("editor", False, 0)


def test_a_link_can_be_withdrawn(house: House) -> None:
    admin = house.member()
    link = house.invite("ben@example.org")
    assert "ben@example.org as admin" in admin.get("/staff").text
    admin.post("/staff/withdraw", {"email": "ben@example.org"})
    assert house.browser().get(link).status_code == 404


@pytest.mark.parametrize("what", ["role", "active", "again"])
def test_the_last_admin_stays(house: House, what: str) -> None:
    admin = house.member()
    admin.get("/staff")
    number = number_of(house, admin.email)
    assert admin.post(f"/staff/{number}/{what}", {"role": "viewer", "active": "no"}).status_code == 302
    assert "make somebody else an admin first" in admin.get(f"/staff/{number}").text
    assert admin.is_in


def test_names_are_shown_as_text(house: House) -> None:
    admin = house.member(email="o'hara&co@example.org")
    assert "o&#39;hara&amp;co@example.org" in admin.get("/staff").text
