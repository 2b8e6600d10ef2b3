"""Signing in with password and code, what is refused, and how long it lasts."""

import re
from datetime import UTC, datetime

import pytest
from argon2 import low_level

from bot.console.roles import Role
from bot.storage.audit import entries
from bot.storage.staff import members
from bot.storage.staff.sessions import digest
from tests.console.house import OTHER, PASSWORD, Browser, House


@pytest.fixture
def ana(house: House) -> Browser:
    """Give an admin with an app, signed out."""
    browser = house.member()
    browser.sign_out()
    return browser


def codes_of(browser: Browser) -> list[str]:
    browser.get("/account/recovery-codes")
    browser.post("/account/recovery-codes", {"generate_new_codes": "yes"})
    return re.findall(r"<li><code>([^<]+)</code>", browser.last)


def test_password_and_code_let_in(ana: Browser) -> None:
    assert ana.sign_in().headers["Location"].startswith("/sign-in/code")
    assert not ana.is_in
    assert ana.token_step(ana.code(steps=1)).status_code == 302
    assert ana.is_in


def test_the_password_alone_lets_nobody_in(ana: Browser) -> None:
    ana.sign_in()
    assert ana.get("/staff").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("code", ["000000", "", "abcdef", "1" * 200])
def test_a_wrong_code_is_refused(ana: Browser, code: str) -> None:
    ana.sign_in()
    assert ana.token_step(code).status_code == 200
    assert not ana.is_in


def test_a_code_is_taken_once(ana: Browser) -> None:
    code = ana.code(steps=1)
    ana.sign_in()
    ana.token_step(code)
    ana.sign_out()
    ana.sign_in()
    assert ana.token_step(code).status_code == 200
    assert not ana.is_in


def test_a_code_of_a_minute_ago_or_ahead_is_refused(ana: Browser) -> None:
    for steps in (-3, 3):
        ana.sign_in()
        assert ana.token_step(ana.code(steps=steps)).status_code == 200


def normal(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(ana: Browser, house: House) -> None:
    wrong = ana.sign_in("not the password of ana")
    unknown = house.browser()
    unknown.email = "nobody@example.org"
    told = unknown.sign_in("not the password of ana")
    assert (told.status_code, normal(told.text)) == (wrong.status_code, normal(wrong.text))
    assert "E-mail or password is wrong." in told.text


def test_an_unknown_name_takes_the_same_work(ana: Browser, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[str] = []

    def counting(name: str) -> None:
        real = getattr(low_level, name)

        def counted(*args: object, **kwargs: object) -> object:
            worked.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(low_level, name, counted)

    counting("hash_secret")
    counting("verify_secret")
    ana.sign_in("not the password of ana")
    known, worked[:] = len(worked), []
    ana.email = "nobody@example.org"
    ana.sign_in("not the password of ana")
    assert len(worked) == known == 1


@pytest.mark.parametrize("what", ["disabled", "stripped"])
def test_who_was_shut_out_gets_that_answer_too(house: House, what: str) -> None:
    house.member(email="first@example.org")
    eve = house.member(Role.EDITOR)
    (number,) = [one.id for one in members.people(house.engine) if one.email == eve.email]
    if what == "disabled":
        members.set_active(house.engine, number, active=False)
    else:
        members.strip(house.engine, number)
    assert not eve.is_in
    assert "E-mail or password is wrong." in eve.sign_in().text


def test_a_recovery_code_takes_the_place_of_the_app_once(ana: Browser, house: House) -> None:
    ana.sign_in()
    ana.token_step(ana.code(steps=1))
    codes = codes_of(ana)
    assert len(set(codes)) == 8
    ana.sign_out()
    for expected in (302, 200):
        ana.sign_in()
        ana.get("/sign-in/recovery")
        assert ana.post("/sign-in/recovery", {"code": f" {codes[0].upper()} "}).status_code == expected
        assert ana.is_in is (expected == 302)
        if ana.is_in:
            ana.sign_out()


def test_recovery_codes_are_kept_as_digests_and_shown_once(ana: Browser, house: House) -> None:
    ana.sign_in()
    ana.token_step(ana.code(steps=1))
    codes = codes_of(ana)
    with house.engine.connect() as connection:
        held = str(connection.exec_driver_sql("SELECT * FROM staff").all())
    assert held.count(",") > 8
    assert not [code for code in codes if code in held or code.replace("-", "") in held]
    assert codes[0] not in ana.get("/account/recovery-codes?show_codes=1").text


def test_nothing_secret_stands_in_the_database(ana: Browser, house: House) -> None:
    ana.sign_in()
    assert ana.totp
    with house.engine.connect() as connection:
        held = "".join(
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608 - names of ours
            for table in ("staff", "staff_session", "audit", "staff_invitation")
        )
    assert "argon2id" in held
    assert PASSWORD not in held
    assert ana.totp.base32_key not in held
    assert "127.0.0.1" not in held


def cookie(browser: Browser) -> str:
    found = browser.client.get_cookie("__Host-quietline", domain="staff.example.org")
    return found.value if found else ""


def test_an_id_changes_at_each_step_and_an_old_one_is_worth_nothing(ana: Browser, house: House) -> None:
    ana.get("/sign-in")
    seen = [cookie(ana)]
    ana.sign_in()
    seen.append(cookie(ana))
    ana.token_step(ana.code(steps=1))
    seen.append(cookie(ana))
    assert len(set(seen)) == 3
    for old in seen[:2]:
        thief = house.browser()
        thief.hold(old)
        assert not thief.is_in


def test_an_id_that_somebody_chose_is_not_taken(house: House) -> None:
    browser = house.browser()
    browser.hold("kept:mine")
    browser.join(house.invite("ana@example.org"))
    assert cookie(browser) != "kept:mine"


def test_only_the_digest_of_an_id_is_kept(ana: Browser, house: House) -> None:
    ana.sign_in()
    name = cookie(ana).removeprefix("kept:")
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT digest FROM staff_session").scalars().all() == [digest(name)]


def test_an_hour_without_use_ends_it(house: House) -> None:
    browser = house.member()
    for _ in range(3):
        house.pass_time(minutes=59)
        assert browser.is_in
    house.pass_time(minutes=60)
    assert not browser.is_in


def test_a_day_ends_it_however_busy(house: House) -> None:
    browser = house.member()
    for _ in range(28):
        house.pass_time(minutes=50)
        assert browser.is_in
    house.pass_time(minutes=40)
    assert not browser.is_in


def test_signing_out_ends_it_everywhere(house: House) -> None:
    here = house.member()
    there = house.browser()
    there.email, there.totp = here.email, here.totp
    there.sign_in()
    there.token_step(there.code(steps=1))
    assert there.is_in
    stolen = cookie(here)
    here.sign_out()
    assert not here.is_in
    assert not there.is_in
    here.hold(stolen)
    assert not here.is_in


def test_nobody_is_remembered(ana: Browser, house: House) -> None:
    ana.sign_in(remember="y")
    ana.get("/sign-in/code")
    answered = ana.post("/sign-in/code", {"code": ana.code(steps=1), "remember": "y"})
    assert answered.status_code == 302
    assert ana.is_in
    assert {cookie.key for cookie in (ana.client._cookies or {}).values()} == {"__Host-quietline"}
    house.pass_time(hours=1)
    assert not ana.is_in


def test_a_new_password_ends_it_everywhere_else(house: House) -> None:
    here = house.member()
    there = house.browser()
    there.email, there.totp = here.email, here.totp
    there.sign_in()
    there.token_step(there.code(steps=1))
    here.get("/account/password")
    new = {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
    assert here.post("/account/password", new).status_code == 302
    assert here.is_in
    assert not there.is_in
    assert there.sign_in().status_code == 200
    assert there.sign_in(OTHER).status_code == 302


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (PASSWORD, "already"),
        ("too short", "at least 15"),
        ("passwordpassword", "too easy to guess"),
        ("x" * 129, "at most 128"),
        ("quietline console", "too easy to guess"),
        ("admin@example.org", "too easy to guess"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(house: House, new: str, told: str) -> None:
    browser = house.member()
    browser.get("/account/password")
    browser.post("/account/password", {"password": PASSWORD, "new_password": new, "new_password_confirm": new})
    assert re.search(rf'class="error" id="[a-z_]+-wrong">[^<]*{told}', browser.last)


def test_five_tries_then_a_wait_the_same_for_names_there_are_and_are_not(ana: Browser, house: House) -> None:
    unknown = house.browser()
    unknown.email = "nobody@example.org"
    told = []
    unknown.address = "203.0.113.9"
    for browser in (ana, unknown):
        for _ in range(5):
            assert browser.sign_in("wrong wrong wrong wrong").status_code == 200
        refused = browser.sign_in()
        told.append((refused.status_code, refused.headers["Retry-After"], normal(refused.text)))
    assert told[0] == told[1]
    assert told[0][:2] == (429, "60")
    house.pass_time(seconds=61)
    assert ana.sign_in().status_code == 302


def test_codes_are_limited_across_sign_ins(ana: Browser, house: House) -> None:
    for n in range(5):
        ana.address = f"203.0.113.{n}"
        ana.sign_in()
        assert ana.token_step("000000").status_code == 200
    ana.address = "203.0.113.5"
    ana.sign_in()
    assert ana.token_step(ana.code(steps=1)).status_code == 429


def test_sign_ins_are_in_the_audit_and_what_strangers_type_is_not(ana: Browser, house: House) -> None:
    ana.sign_in("wrong wrong wrong wrong")
    stranger = house.browser()
    stranger.email = "zzqx@example.org"
    stranger.sign_in()
    ana.sign_in()
    ana.token_step(ana.code(steps=1))
    lines = [(line.act, line.by, line.about) for line in entries(house.engine)]
    assert lines[:3] == [
        ("signed in", ana.email, ""),
        ("sign-in failed", "", ""),
        ("sign-in failed", "", ana.email),
    ]
    assert not [line for line in lines if "zzqx" in str(line)]


def test_who_has_no_second_factor_gets_no_further(house: House) -> None:
    browser = house.browser()
    browser.join(house.invite("ana@example.org"))
    for path in ("/", "/staff", "/audit"):
        assert browser.get(path).headers["Location"] == "/account"
    assert browser.get("/account").status_code == 200
    again = house.browser()
    again.email = browser.email
    assert again.sign_in().status_code == 302
    assert again.get("/staff").headers["Location"] == "/account"


def test_three_days_after_joining_the_password_alone_opens_nothing(house: House) -> None:
    browser = house.browser()
    browser.join(house.invite("ana@example.org"))
    house.pass_time(hours=72)
    browser.sign_in()
    assert browser.get("/account").headers["Location"].startswith("/sign-in")
    assert browser.get("/account/app").headers["Location"].startswith("/sign-in")


def test_sign_in_methods_are_changed_only_shortly_after_signing_in(house: House) -> None:
    browser = house.browser()
    browser.join(house.invite("ana@example.org"))
    with_time = datetime.now(UTC).timestamp()
    assert browser.get("/account/app").status_code == 200
    with browser.client.session_transaction(base_url=house.base) as session:
        session["fs_paa"] = with_time - 16 * 60
    assert browser.get("/account/app").headers["Location"].startswith("/sign-in/again")


def test_dev_asks_for_no_second_factor(house: House) -> None:
    laptop = House(house.settings.database_url, dev=True, base="http://localhost:8001")
    browser = laptop.browser()
    browser.join(laptop.invite("ana@example.org"))
    assert browser.is_in
    laptop.close()


def test_a_database_that_is_away_signs_nobody_out(house: House) -> None:
    browser = house.member()
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE staff_session RENAME TO away")
    answered = browser.get("/")
    assert answered.status_code == 503
    assert "Set-Cookie" not in answered.headers
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO staff_session")
    assert browser.is_in
