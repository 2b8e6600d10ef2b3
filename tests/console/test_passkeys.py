"""What of passkeys needs no browser: which may be removed, and ceremonies that are ended twice."""

import re

import pytest
from sqlalchemy import func, insert, select, update

from bot.storage.staff.tables import PasskeyRow, StaffRow
from tests.console.house import Browser, House


def passkey(house: House, name: str) -> None:
    """Give the one member there is a passkey, as if a browser had made it."""
    values = {
        "credential_id": name.encode(), "public_key": b"k", "sign_count": 0, "transports": ["usb"], "usage": "first",
        "backup_state": False, "device_type": "single_device", "lastuse_datetime": house.now, "name": name,
        "user_id": 1,
    }  # fmt: skip
    with house.engine.begin() as connection:
        connection.execute(insert(PasskeyRow).values(values))


def passkeys(house: House) -> int:
    with house.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(PasskeyRow)) or 0


@pytest.fixture
def ana(house: House) -> Browser:
    """Give an admin with a passkey and no app."""
    browser = house.member()
    passkey(house, "blue key")
    with house.engine.begin() as connection:
        connection.execute(update(StaffRow).values(tf_totp_secret=None, tf_primary_method=None))
    return browser


def remove(browser: Browser, name: str) -> None:
    browser.get("/account/passkeys")
    browser.post("/account/passkeys/remove", {"name": name})
    browser.get("/account/passkeys")


def test_the_last_factor_stays(ana: Browser, house: House) -> None:
    remove(ana, "blue key")
    assert passkeys(house) == 1
    assert "set up another first" in ana.last
    passkey(house, "red key")
    remove(ana, "blue key")
    assert passkeys(house) == 1
    assert "red key" in ana.last
    assert ana.is_in


def test_a_removed_passkey_ends_the_other_sessions(ana: Browser, house: House) -> None:
    passkey(house, "red key")
    other = house.browser()
    held = ana.client.get_cookie("__Host-quietline", domain="staff.example.org")
    assert held
    other.hold(held.value)
    assert other.is_in
    remove(ana, "blue key")
    assert ana.is_in
    assert not other.is_in


def test_the_password_leads_to_the_passkey_and_no_further(ana: Browser) -> None:
    ana.sign_out()
    assert ana.sign_in().headers["Location"].startswith("/sign-in/passkey")
    assert not ana.is_in
    assert ana.get("/staff").status_code == 302


def test_a_ceremony_is_ended_once_and_by_the_browser_that_began_it(ana: Browser, house: House) -> None:
    ana.sign_out()
    ana.get("/sign-in")
    ana.post("/sign-in/passkey")
    found = re.search(r'action="(/sign-in/passkey/[^"]+)" class="card"\s+data-passkey="get"', ana.last)
    assert found, ana.last
    other = house.browser()
    other.get("/sign-in")
    for browser, words in ((other, "took too long"), (ana, "did not work"), (ana, "took too long")):
        token = {"csrf_token": browser.hidden("csrf_token"), "credential": "{}"}
        assert browser.post(found[1], token).headers["Location"].startswith("/sign-in/passkey")
        assert words in browser.get("/sign-in").text


def test_a_second_name_and_a_bad_name_are_refused_beside_the_field(ana: Browser) -> None:
    for name in ("blue key", "", "<b>", "x" * 65):
        ana.get("/account/passkeys")
        ana.post("/account/passkeys", {"name": name})
        assert 'id="name-wrong"' in ana.last, name
        assert "<b>" not in ana.last
