"""A session that ran out loses nothing that was typed."""

import re

import pytest

from bot.console.roles import Role
from bot.storage.staff import members
from tests.console.house import PASSWORD, Browser, House

TYPED = {"email": "ben@example.org", "role": "editor"}


@pytest.fixture
def late(house: House) -> Browser:
    """Give an admin who has the staff page open, and was away for an hour."""
    browser = house.member()
    browser.get("/staff")
    house.pass_time(hours=1)
    return browser


def action(page: str) -> str:
    found = re.findall(r'<form method="post" action="([^"]*)"', page.rpartition("<main")[2])
    return str(found[0]).replace("&amp;", "&")


def test_it_goes_through_the_sign_in_and_is_sent_in_the_end(late: Browser) -> None:
    asked = late.post("/staff", TYPED)
    assert (asked.status_code, action(late.last)) == (401, "/sign-in")
    carried = {name: value for name, value in late.fields().items() if name.startswith("carried")}
    assert carried == {"carried-to": "/staff", "carried.email": "ben@example.org", "carried.role": "editor"}
    late.post("/sign-in", {**carried, "email": late.email, "password": PASSWORD})
    assert "What you typed is still here." in late.last
    late.post(action(late.last), late.fields())
    assert 'class="error"' not in late.last
    assert 'name="carried.email" value="ben@example.org"' in late.last
    late.post(action(late.last), {**carried, "code": late.code(steps=1)})
    assert action(late.last) == "/staff"
    sent = late.post("/staff", late.fields())
    assert (sent.status_code, "/join/" in late.last) == (200, True)


def test_a_wrong_password_on_the_way_loses_nothing(late: Browser) -> None:
    late.post("/staff", TYPED)
    carried = {name: value for name, value in late.fields().items() if name.startswith("carried")}
    late.post("/sign-in", {**carried, "email": late.email, "password": "wrong wrong wrong wrong"})
    assert "E-mail or password is wrong." in late.last
    assert late.hidden("carried.email") == "ben@example.org"
    assert late.hidden("carried-to") == "/staff"


def test_passwords_and_codes_are_not_carried(late: Browser) -> None:
    secret = {"password": "zzqx-one", "new_password": "zzqx-two", "new_password_confirm": "zzqx-two", "code": "zzqx-3"}
    late.post("/account/password", secret)
    assert late.hidden("carried-to") == "/account/password"
    assert "zzqx" not in late.last


def test_what_was_typed_twice_under_a_name_and_what_looks_like_markup_comes_back_whole(late: Browser) -> None:
    late.client.post("/staff", base_url=late.house.base, headers={"Sec-Fetch-Site": "same-origin"}, data={"x": 1})
    form = [("note", '"><script>alert(1)</script>'), ("note", "second\r\nline"), ("csrf_token", "old")]
    answered = late.client.post(
        "/staff", base_url=late.house.base, headers={"Sec-Fetch-Site": "same-origin"},
        content_type="application/x-www-form-urlencoded",
        data="&".join(f"{k}={v.replace('&', '%26').replace('<', '%3C').replace('>', '%3E')}" for k, v in form),
    )  # fmt: skip
    assert "<script>alert" not in answered.text
    assert answered.text.count('name="carried.note"') == 4  # in both forms of the page: password and passkey


@pytest.mark.parametrize("site", ["", "none", "cross-site"])
def test_what_no_page_of_ours_sent_is_not_carried(late: Browser, site: str) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    answered = late.client.post("/staff", base_url=late.house.base, headers=headers, data=TYPED)
    if site == "none":
        assert answered.status_code == 401  # typed by somebody into their own address bar, or a reload
    else:
        assert "ben@example.org" not in answered.text


def test_nothing_of_it_is_stored(late: Browser, house: House) -> None:
    late.post("/staff", {**TYPED, "email": "zzqx@example.org"})
    with house.engine.connect() as connection:
        for table in ("staff_session", "staff", "audit", "staff_invitation"):
            held = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608 - names of ours
            assert "zzqx" not in held
    assert "zzqx" not in str(late.client._cookies)


def test_it_is_sent_nowhere_but_to_us(late: Browser) -> None:
    late.post("/staff", TYPED)
    late.post(
        "/sign-in", {"carried-to": "//evil.example/", "carried.x": "1", "email": late.email, "password": PASSWORD}
    )
    late.post(action(late.last), late.fields())
    code = {"carried-to": "//evil.example/", "carried.x": "1", "code": late.code(steps=1)}
    late.post("/sign-in/code", code)
    assert action(late.last) == "/"


def test_a_stale_token_shows_what_was_typed_to_be_sent_again(house: House) -> None:
    browser = house.member()
    browser.get("/staff")
    answered = browser.post("/staff", {**TYPED, "csrf_token": "old"})
    assert (answered.status_code, action(browser.last)) == (400, "/staff")
    assert browser.post("/staff", browser.fields()).status_code == 200
    assert "/join/" in browser.last


def test_who_signs_in_as_somebody_else_may_still_do_only_what_they_may(late: Browser, house: House) -> None:
    ben = house.member(Role.VIEWER)
    late.email, late.totp = ben.email, ben.totp
    late.post("/staff", TYPED)
    carried = {name: value for name, value in late.fields().items() if name.startswith("carried")}
    late.post("/sign-in", {**carried, "email": late.email, "password": PASSWORD})
    late.post(action(late.last), late.fields())
    late.post(action(late.last), {**carried, "code": late.code(steps=1)})
    assert late.post(action(late.last), late.fields()).status_code == 403
    assert len(members.people(house.engine)) == 2
