"""What somebody would try who means harm: other people's rows, old tokens, forged hosts, links that lead elsewhere."""

import json
import logging
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import low_level
from flask.json.tag import TaggedJSONSerializer
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import inspect, select

from bot.console import gate
from bot.console.headers import POLICY
from bot.console.passwords import LONGEST
from bot.console.roles import Role
from bot.storage.audit import entries
from bot.storage.staff import members, sessions
from bot.storage.staff.sessions import digest
from bot.storage.staff.tables import StaffRow
from tests.console.house import BASE, OTHER, PASSWORD, SAME, Browser, House
from tests.console.test_pages import INSIDE
from tests.console.test_passkeys import passkey

CHANGED = {"password": PASSWORD, "new_password": OTHER, "new_password_confirm": OTHER}
#: What may change when somebody opens a page: that they are there, that they looked at counts, and weeks that are over.
OF_VISITS = {"staff_session", "audit", "audit_end", "count_open", "count_hidden", "count_published", "count_closed"}


def number_of(house: House, email: str) -> int:
    return next(one.id for one in members.people(house.engine) if one.email == email)


def cookie(browser: Browser) -> str:
    found = browser.client.get_cookie("__Host-quietline", domain="staff.example.org")
    return found.value if found else ""


def rows(house: House) -> dict[str, list[object]]:
    """Give all that is in the database but visits."""
    names = sorted(set(inspect(house.engine).get_table_names()) - OF_VISITS)
    with house.engine.connect() as connection:
        return {name: [tuple(row) for row in connection.exec_driver_sql(query(name))] for name in names}


def query(table: str) -> str:
    """Give all columns of a table, but of a release its digest alone: its text is a million signs."""
    columns = "number, digest" if table == "release" else "*"
    return f'SELECT {columns} FROM "{table}"'  # noqa: S608 - names of ours


# Rows of somebody else


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER])
def test_who_is_no_admin_reaches_no_other_member(house: House, role: Role) -> None:
    admin, eve = house.member(email="boss@example.org"), house.member(role)
    number, before = number_of(house, admin.email), rows(house)
    for path, form in (
        (f"/staff/{number}", None),
        (f"/staff/{number}/role", {"role": "viewer"}),
        (f"/staff/{number}/active", {"active": "no"}),
        (f"/staff/{number}/again", {}),
        (f"/staff/{number_of(house, eve.email)}/role", {"role": "admin"}),
        ("/staff", {"email": "new@example.org", "role": "admin"}),
        ("/staff/withdraw", {"email": admin.email}),
    ):
        eve.get("/account")
        answered = eve.get(path) if form is None else eve.post(path, form)
        assert answered.status_code == 403, path
        assert admin.email not in answered.text
    assert rows(house) == before
    assert admin.is_in
    told = [one for one in entries(house.engine) if one.act == "refused"]
    assert [one.by for one in told] == [eve.email] * 7
    assert told[-1].about == f"/staff/{number}"
    assert told[-2].detail == {"page": "staff.role", "role": role}


def test_a_passkey_of_somebody_else_is_not_removed(house: House) -> None:
    house.member(email="boss@example.org")
    passkey(house, "zzqx key")
    eve = house.member(Role.EDITOR)
    eve.get("/account/passkeys")
    assert "zzqx key" not in eve.last
    eve.post("/account/passkeys/remove", {"name": "zzqx key"})
    assert [one.passkeys for one in members.people(house.engine)] == [1, 0]


def test_what_a_form_does_not_ask_for_is_not_taken(house: House) -> None:
    link = house.invite("eve@example.org", Role.VIEWER)
    eve = house.browser()
    eve.get(link)
    more = {"role": "admin", "roles": "admin", "email": "boss@example.org", "active": "no", "id": "99", "joined_at": ""}
    eve.post(link, {**more, "initials": "ev", "password": PASSWORD, "again": PASSWORD})
    eve.get("/account/password")
    assert eve.post("/account/password", {**CHANGED, **more, "initials": "zz"}).status_code == 302
    (one,) = members.people(house.engine)
    assert (one.id, one.email, one.role, one.initials, one.active) == (1, "eve@example.org", "viewer", "EV", True)


# Tokens from elsewhere, and old ones


def test_a_form_token_of_somebody_else_or_of_before_is_refused(house: House) -> None:
    boss, eve = house.member(), house.member(email="eve@example.org")
    eve.get("/staff")
    stolen = eve.hidden("csrf_token")
    asked = {"email": "new@example.org", "role": "admin", "csrf_token": stolen}
    boss.get("/staff")
    assert boss.post("/staff", asked).status_code == 400
    stranger = house.browser()
    stranger.get("/sign-in")
    early = stranger.hidden("csrf_token")
    stranger.email, stranger.totp = boss.email, boss.totp
    stranger.sign_in()
    stranger.token_step(stranger.code(steps=1))
    assert stranger.is_in
    assert stranger.post("/staff", {**asked, "csrf_token": early}).status_code == 400
    assert len(members.people(house.engine)) == 2
    assert "new@example.org" not in str(rows(house)["staff_invitation"])


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=b", ""])
def test_no_body_of_whatever_kind_goes_without_a_token(house: House, kind: str) -> None:
    ana, before = house.member(), rows(house)
    data = b'{"email": "new@example.org", "role": "admin"}'
    answered = ana.client.post("/staff", base_url=BASE, headers=SAME, data=data, content_type=kind)
    assert answered.status_code == 400
    assert rows(house) == before


def test_no_header_no_parameter_and_no_other_cookie_signs_anybody_in(house: House) -> None:
    ana = house.member()
    store: Any = house.app.extensions["security"].datastore
    with house.app.test_request_context(base_url=BASE):
        token = store.find_user(email=ana.email).get_auth_token()
    basic = b64encode(f"{ana.email}:{PASSWORD}".encode()).decode()
    for headers, query in (
        ({"Authorization": f"Basic {basic}"}, ""),
        ({"Authorization": f"Bearer {token}"}, ""),
        ({"Authentication-Token": token}, ""),
        ({"Cookie": f"remember_token={token}"}, ""),
        ({"Cookie": f"__Host-quietline={token}"}, ""),
        ({}, f"?auth_token={token}"),
    ):
        answered = house.app.test_client().get(f"/staff{query}", base_url=BASE, headers={**SAME, **headers})
        assert answered.status_code == 302, headers
        assert answered.headers["Location"].startswith("/sign-in"), headers


def signed(key: str, salt: str, told: dict[str, object]) -> str:
    return str(URLSafeTimedSerializer([key], salt=salt, serializer=TaggedJSONSerializer()).dumps(told))


def test_a_cookie_that_somebody_made_up_signs_nobody_in(house: House) -> None:
    ana = house.member()
    with house.engine.connect() as connection:
        name = connection.scalar(select(StaffRow.fs_uniquifier)) or ""
    who = {"_user_id": name, "_fresh": True, "fs_paa": house.now.timestamp()}
    made_up = [
        signed("another key" * 8, "stranger", who),
        signed("k" * 64, "cookie-session", who),
        f"kept:{digest(cookie(ana).removeprefix('kept:'))}",
        cookie(ana)[:-1] + ("A" if cookie(ana)[-1] != "A" else "B"),
        f"kept:{name}",
        "kept:",
    ]
    for value in made_up:
        thief = house.browser()
        thief.hold(value)
        assert not thief.is_in, value
    assert ana.is_in


def end_by_signing_out(house: House, ana: Browser) -> None:
    ana.sign_out()


def end_by_a_new_password(house: House, ana: Browser) -> None:
    ana.get("/account/password")
    assert ana.post("/account/password", CHANGED).status_code == 302


def end_by_a_new_app(house: House, ana: Browser) -> None:
    assert ana.set_up_app().status_code == 302


def end_by_new_codes(house: House, ana: Browser) -> None:
    ana.get("/account/recovery-codes")
    assert ana.post("/account/recovery-codes", {"generate_new_codes": "yes"}).status_code == 200


def end_by_another_role(house: House, ana: Browser) -> None:
    members.set_role(house.engine, number_of(house, ana.email), Role.VIEWER)


def end_by_shutting_out(house: House, ana: Browser) -> None:
    members.set_active(house.engine, number_of(house, ana.email), active=False)


def end_by_starting_over(house: House, ana: Browser) -> None:
    members.strip(house.engine, number_of(house, ana.email))


def end_by_an_hour(house: House, ana: Browser) -> None:
    house.pass_time(hours=1)


ENDS = [value for name, value in sorted(globals().items()) if name.startswith("end_by_")]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_no_id_of_the_account_is_worth_anything_once_its_sessions_ended(
    house: House, end: Callable[[House, Browser], None]
) -> None:
    house.member(email="boss@example.org")
    ana = house.member(Role.ADMIN, email="ana@example.org")
    thief, elsewhere, stolen = house.browser(), house.browser(), cookie(ana)
    thief.hold(stolen)
    held = sessions.find(house.engine, stolen.removeprefix("kept:"), now=house.now)
    assert held
    elsewhere.hold(f"kept:{sessions.begin(house.engine, held.member, held.data, now=house.now)}")
    assert thief.is_in
    assert elsewhere.is_in
    end(house, ana)
    assert not thief.is_in
    assert not elsewhere.is_in
    thief.hold(stolen)
    assert not thief.is_in


# Session fixation


def test_a_cookie_planted_before_signing_in_is_worth_nothing_after(house: House) -> None:
    attacker, ana = house.browser(), house.member()
    ana.sign_out()
    attacker.get("/sign-in")
    planted = cookie(attacker)
    ana.hold(planted)
    ana.get("/sign-in")
    ana.post("/sign-in", {"email": ana.email, "password": PASSWORD})
    half_way = cookie(ana)
    ana.token_step(ana.code(steps=1))
    assert ana.is_in
    assert len({planted, half_way, cookie(ana)}) == 3
    for value in (planted, half_way):
        attacker.hold(value)
        assert not attacker.is_in


def test_who_says_again_that_it_is_them_gets_a_new_id(house: House) -> None:
    ana = house.member()
    before = cookie(ana)
    ana.get("/sign-in/again")
    assert ana.post("/sign-in/again", {"password": "wrong wrong wrong wrong"}).status_code == 200
    assert cookie(ana) == before
    assert ana.post("/sign-in/again", {"password": PASSWORD, "code": ana.code()}).status_code == 302
    assert cookie(ana) != before
    assert ana.is_in
    thief = house.browser()
    thief.hold(before)
    assert not thief.is_in


@pytest.mark.parametrize("path", ["/sign-in/again", "/sign-in/again/passkey/made-up", "/sign-in/again/passkey"])
def test_who_was_turned_away_there_did_not_say_that_it_is_them(house: House, path: str) -> None:
    ana = house.member()
    before = cookie(ana)
    ana.get("/sign-in/again")
    for form in ({"next": "//evil.example", "password": PASSWORD}, {"credential": "{}"}, {"password": ""}):
        ana.get("/account")
        ana.post(path, form)
        assert cookie(ana) == before
    assert "signed in" not in [line.act for line in entries(house.engine)]


def test_a_new_id_lasts_no_longer_than_the_old_one(house: House) -> None:
    ana = house.member()
    for n in range(29):
        house.pass_time(minutes=48)
        if n == 25:
            end_by_a_new_password(house, ana)
            ana.get("/sign-in/again")
            assert ana.post("/sign-in/again", {"password": OTHER, "code": ana.code()}).status_code == 302
        assert ana.is_in
    house.pass_time(minutes=48)
    assert not ana.is_in


def test_ids_are_long_random_and_in_no_page_and_no_address(house: House) -> None:
    seen = set()
    for n in range(3):
        ana = house.member(email=f"ana{n}@example.org")
        assert re.fullmatch(r"kept:[\w-]{43}", cookie(ana))
        seen.add(cookie(ana))
        name = cookie(ana).removeprefix("kept:")
        for path in ("/", "/account", "/staff"):
            answered = ana.get(path)
            assert name not in answered.text + str(answered.headers)
    assert len(seen) == 3


def test_opening_a_link_signs_nobody_in(house: House) -> None:
    link, before = house.invite("ana@example.org"), None
    for _ in range(2):
        looking = house.browser()
        assert looking.get(link).status_code == 200
        assert not cookie(looking).startswith("kept:")
        assert before in (None, rows(house))
        before = rows(house)
    assert members.people(house.engine) == []


# Forged hosts, links that lead elsewhere


def test_what_is_said_of_the_host_changes_no_link(house: House) -> None:
    ana = house.member()
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Forwarded-Proto": "http"}
    ana.get("/staff", **forged)
    told = ana.post("/staff", {"email": "ben@example.org", "role": "viewer"}, **forged)
    assert re.search(rf'value="{BASE}/join/', told.text)
    assert "evil" not in told.text
    assert house.browser().get("/staff", **forged).headers["Location"] == "/sign-in?next=/staff"


@pytest.mark.parametrize("where", ["//evil.example", "javascript:alert(1)"])
def test_no_page_of_the_sign_in_leads_elsewhere(house: House, where: str) -> None:
    ana, stranger = house.member(), house.browser()
    for path in ("/sign-in/again", "/sign-in/again/passkey", "/account/app", "/account/passkeys", "/account/password"):
        ana.get(path)
        form = {"password": PASSWORD, "next": where, "name": "new", "setup": "authenticator"}
        for answered in (
            ana.client.get(path, query_string={"next": where}, base_url=BASE, headers=SAME),
            ana.post(path, form),
        ):
            assert "evil" not in answered.headers.get("Location", ""), path
            assert not re.search(r'(href|action|src|value)="[^"]*(evil|javascript:)', answered.text), path
    for path in ("/sign-in", "/sign-in/passkey", "/sign-in/code", "/sign-in/recovery"):
        stranger.get("/sign-in")
        for answered in (
            stranger.client.get(path, query_string={"next": where}, base_url=BASE, headers=SAME),
            stranger.post(path, {"next": where}),
        ):
            assert "evil" not in answered.headers.get("Location", ""), path
            assert not re.search(r'(href|action|src|value)="[^"]*(evil|javascript:)', answered.text), path


# What pages of somebody else may do


#: How a browser says it uses a page, and what another site gets of it: a link may be followed, nothing else.
USES = [
    ("no-cors", "image", 403),
    ("no-cors", "script", 403),
    ("cors", "empty", 403),
    ("navigate", "iframe", 403),
    ("navigate", "object", 403),
    ("navigate", "document", 200),
]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_ours_is_no_part_of_somebody_elses(house: House, site: str) -> None:
    stranger = house.browser()
    for mode, use, status in USES:
        headers = {
            "Sec-Fetch-Site": site,
            "Sec-Fetch-Mode": mode,
            "Sec-Fetch-Dest": use,
            "Origin": "https://evil.example",
        }
        for path in ("/sign-in", "/healthz", "/static/console.css"):
            answered = stranger.get(path, **headers)
            assert answered.status_code == (status if path == "/sign-in" else 200), (mode, use)
            assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert not [name for name, _ in answered.headers if name.startswith("Access-Control")]


def test_the_policy_names_what_the_standard_asks_for() -> None:
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(POLICY.split("; "))
    assert "unsafe" not in POLICY


def test_opening_pages_changes_nothing(stocked: House) -> None:
    ana = stocked.member()
    rules = [rule for rule in stocked.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = {re.sub(r"<[^>]*>", "1", rule.rule) for rule in rules if rule.endpoint != "static"} | set(INSIDE)
    before = rows(stocked)
    for path in sorted(paths):
        assert ana.get(path).status_code < 500, path
        assert rows(stocked) == before, path
    assert len(paths) > 30


def test_signing_out_takes_a_button_and_leaves_nothing_in_the_browser(house: House) -> None:
    ana = house.member()
    assert ana.get("/sign-out").status_code == 405
    assert ana.is_in
    assert "Clear-Site-Data" not in ana.get("/account").headers
    assert ana.post("/sign-out").headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not ana.is_in


def test_every_page_has_the_button_to_sign_out(house: House) -> None:
    ana = house.member()
    for path in INSIDE:
        assert '<form class="who" method="post" action="/sign-out">' in ana.get(path).text, path


def test_the_script_and_the_templates_use_nothing_that_runs_what_somebody_typed(root: Path) -> None:
    folder = root / "bot" / "console"
    script = (folder / "static" / "console.js").read_text("utf-8")
    unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setTimeout\(['\"]"
    kept = r"localStorage|sessionStorage|indexedDB|document\.cookie"
    heard = r"postMessage|addEventListener\(\"message|paste"
    assert re.findall(f"{unsafe}|{kept}|{heard}", script) == []
    for template in sorted((folder / "templates").glob("*.html")):
        told = template.read_text("utf-8")
        found = re.findall(r"\|\s*safe\b|autoescape|<(?:embed|object|applet|iframe)\b|\bonpaste\b", told)
        assert found == [], template.name


# Passwords and codes


def test_a_password_is_taken_as_it_was_typed_and_whole(house: House) -> None:
    typed = " Kq7 mwzp4 Rvtx9 bqhg2 nysd5 fjlc8 when it rains my neighbour Sings about tractors in the copper window"
    typed = f"{typed} and nobody asks him to stop"[: LONGEST - 1] + " "
    assert (len(typed), typed[-1]) == (LONGEST, " ")
    ana = house.browser()
    assert ana.join(house.invite("ana@example.org"), typed).status_code == 302
    for wrong in (typed[:-1], typed[:72], typed[:64], typed.strip(), typed.lower(), typed.swapcase()):
        ana.address = f"198.51.100.{len(wrong)}"
        other = house.browser()
        other.email = ana.email
        assert other.sign_in(wrong).status_code != 302
        house.pass_time(minutes=20)
    again = house.browser()
    again.email = ana.email
    assert again.sign_in(typed).status_code == 302


def test_a_password_never_grows_old(house: House) -> None:
    ana = house.member()
    house.pass_time(days=1500)
    assert ana.sign_in().status_code == 302
    ana.token_step(ana.code(steps=1))
    assert ana.is_in


def test_passwords_are_typed_unseen_and_password_managers_are_welcome(house: House) -> None:
    ana, stranger = house.member(), house.browser()
    for browser, path, expected in (
        (stranger, "/sign-in", ["current-password"]),
        (stranger, house.invite("ben@example.org"), ["new-password"] * 2),
        (ana, "/account/password", ["current-password", "new-password", "new-password"]),
        (ana, "/sign-in/again", ["current-password"]),
    ):
        browser.get(path)
        fields = re.findall(r'<input id="[^"]*" name="[^"]*(?:password|again)[^"]*"[^>]*>', browser.last)
        assert [re.findall(r'autocomplete="([^"]*)"', one)[0] for one in fields] == expected, path
        assert all('type="password"' in one and "value=" not in one for one in fields), path


@pytest.mark.parametrize("given", ["", "wrong wrong wrong wrong", OTHER])
def test_a_new_password_needs_the_one_there_is(house: House, given: str) -> None:
    ana = house.member()
    ana.get("/account/password")
    assert ana.post("/account/password", {**CHANGED, "password": given}).status_code == 200
    ana.sign_out()
    assert ana.sign_in().status_code == 302


def test_sign_in_methods_are_changed_only_by_who_showed_lately_that_it_is_them(house: House) -> None:
    ana = house.member()
    passkey(house, "blue key")
    ana.get("/account/passkeys")
    with ana.client.session_transaction(base_url=BASE) as session:
        session["fs_paa"] = datetime.now(UTC).timestamp() - 16 * 60
    before = rows(house)
    for path, form in (
        ("/account/app", {"setup": "authenticator"}),
        ("/account/passkeys", {"name": "red key"}),
        ("/account/passkeys/remove", {"name": "blue key"}),
        ("/account/recovery-codes", {"generate_new_codes": "yes"}),
    ):
        answered = ana.post(path, form)
        assert answered.headers.get("Location", "").startswith("/sign-in/again"), path
        assert rows(house) == before, path


def test_recovery_codes_cannot_be_guessed_and_are_kept_slow_and_salted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, kept = house.member(), []
    worked: list[tuple[int, int, object]] = []
    real = low_level.hash_secret_raw

    def counted(secret: bytes, salt: bytes, time: int, memory: int, **more: Any) -> bytes:
        worked.append((time, memory, more["type"]))
        return real(secret, salt, time, memory, **more)

    monkeypatch.setattr(low_level, "hash_secret_raw", counted)
    for _ in range(2):
        ana.get("/account/recovery-codes")
        ana.post("/account/recovery-codes", {"generate_new_codes": "yes"})
        codes = re.findall(r"<li><code>([^<]+)</code>", ana.last)
        assert [one for one in codes if not re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}", one)] == []
        with house.engine.connect() as connection:
            kept.append(str(connection.exec_driver_sql("SELECT mf_recovery_codes FROM staff").scalar_one()).split(","))
    assert len({one.partition(":")[0] for one in kept[0] + kept[1]}) == 2
    assert {(len(salt), len(slow)) for one in kept[0] for salt, _, slow in [one.partition(":")]} == {(32, 64)}
    assert worked == [(3, 19456, low_level.Type.ID)] * 16


def test_a_code_of_two_steps_ago_is_refused(house: House) -> None:
    ana = house.member()
    ana.sign_out()
    ana.sign_in()
    assert ana.token_step(ana.code(steps=-2)).status_code == 200
    assert not ana.is_in


def test_a_new_door_has_no_account(house: House) -> None:
    assert members.people(house.engine) == []
    for n, name in enumerate(("admin", "root", "admin@example.org", "guest")):
        browser = house.browser()
        browser.email, browser.address = name, f"198.51.100.{n}"
        for password in ("", "admin", "password"):
            assert browser.sign_in(password).status_code == 200
        assert not browser.is_in


def test_what_stands_in_an_address_is_not_read_as_a_password(house: House) -> None:
    ana = house.member()
    ana.sign_out()
    path = f"/sign-in?email={ana.email}&password={PASSWORD.replace(' ', '+')}"
    answered = ana.get(path)
    assert answered.status_code == 200
    assert PASSWORD not in answered.text
    ana.get("/sign-in")
    ana.client.post(path, base_url=BASE, headers=SAME, data={"csrf_token": ana.hidden("csrf_token")})
    assert ana.get("/sign-in/code").status_code == 302


# What is written down, and what is not


def test_the_audit_says_with_what_somebody_signed_in(house: House) -> None:
    ana = house.member()
    ana.get("/account/recovery-codes")
    ana.post("/account/recovery-codes", {"generate_new_codes": "yes"})
    (code, *_) = re.findall(r"<li><code>([^<]+)</code>", ana.last)
    ana.get("/sign-in/again")
    ana.post("/sign-in/again", {"password": "wrong wrong wrong wrong"})
    ana.post("/sign-in/again", {"password": PASSWORD, "code": ana.code()})
    ana.sign_out()
    ana.sign_in()
    ana.token_step("000000")
    ana.token_step(ana.code(steps=1))
    ana.sign_out()
    ana.sign_in()
    ana.get("/sign-in/recovery")
    ana.post("/sign-in/recovery", {"code": code})
    told = [(line.act, dict(line.detail)) for line in entries(house.engine)][::-1]
    assert told == [
        ("factor added", {"factor": "recovery codes"}),
        ("sign-in failed", {"with": "password"}),
        ("signed in", {"with": "password", "again": "yes"}),
        ("signed out", {}),
        ("sign-in failed", {"with": "code"}),
        ("signed in", {"with": "code"}),
        ("signed out", {}),
        ("signed in", {"with": "recovery code"}),
    ]
    assert {line.at.utcoffset() for line in entries(house.engine)} == {UTC.utcoffset(None)}


def test_the_audit_says_when_guessing_was_stopped(house: House) -> None:
    ana = house.member()
    ana.sign_out()
    for _ in range(7):
        ana.sign_in("wrong wrong wrong wrong")
    told = [(line.act, line.about, dict(line.detail)) for line in entries(house.engine)][::-1]
    failed = ("sign-in failed", ana.email, {"with": "password"})
    assert told[1:] == [*[failed] * 4, (*failed[:2], {"with": "password", "then": "a wait"})]


@pytest.mark.parametrize(("name", "about"), [("blue key", ["boss@example.org"]), ("zzqx key", [])])
def test_a_passkey_that_is_not_accepted_is_written_down(house: House, name: str, about: list[str]) -> None:
    house.member(email="boss@example.org")
    passkey(house, "blue key")
    thief = house.browser()
    thief.get("/sign-in")
    thief.post("/sign-in/passkey")
    found = re.search(r'action="(/sign-in/passkey/[^"]+)" class="card"\s+data-passkey="get"', thief.last)
    assert found, thief.last
    sent = urlsafe_b64encode(name.encode()).decode().rstrip("=")
    response = {part: "e30" for part in ("clientDataJSON", "authenticatorData", "signature")}
    credential = json.dumps({"id": sent, "rawId": sent, "type": "public-key", "response": response})
    assert thief.post(found[1], {"credential": credential}).headers["Location"].startswith("/sign-in")
    assert not thief.is_in
    told = [(line.act, line.about, dict(line.detail)) for line in entries(house.engine)]
    assert told == [("sign-in failed", one, {"with": "passkey"}) for one in about]


def test_a_fault_is_logged_by_its_kind_and_place_without_its_words(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ana = house.member()

    def broken() -> str:
        raise RuntimeError("zzqx-inside\r\nERROR forged line")

    monkeypatch.setitem(house.app.view_functions, "account.account", broken)
    assert ana.get("/account").status_code == 500
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert re.search(r"RuntimeError at \S+test_attacks\.py:\d+$", record.getMessage())
    assert record.exc_info is None
    assert "zzqx" not in caplog.text


@pytest.mark.parametrize("broken", ["needed_by", "somebody", "is_forged"])
def test_a_fault_at_the_gate_lets_nobody_through(house: House, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    ana = house.member()

    def fails(*_: object) -> None:
        raise RuntimeError(broken)

    monkeypatch.setattr(gate, broken, fails)
    ana.get("/staff")
    answered = ana.get("/staff")
    assert answered.status_code == 500
    assert ana.email not in answered.text.partition("<main")[2]
    before = rows(house)
    assert ana.post("/staff", {"email": "new@example.org", "role": "admin"}).status_code in (400, 500)
    assert rows(house) == before


def test_nothing_typed_at_the_sign_in_reaches_a_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ana = house.member()
    ana.sign_out()
    ana.sign_in("zzqx-wrong wrong wrong\r\nERROR forged")
    ana.sign_in()
    code = ana.code(steps=1)
    ana.token_step(code)
    assert ana.is_in
    for secret in ("zzqx", PASSWORD, ana.email, cookie(ana).removeprefix("kept:"), "forged"):
        assert secret not in caplog.text


def test_the_door_logs_to_standard_error_alone(root: Path) -> None:
    command = (root / "bot" / "commands" / "console.py").read_text("utf-8")
    assert "    set_up(logging.WARNING)\n" in command  # test_commands.py looks at what it sets up
    for path in (root / "bot").rglob("*.py"):
        found = re.findall(
            r"\b\w*(?:File|Sys[Ll]og|HTTP|Socket|SMTP)Handler\b|logging\.handlers", path.read_text("utf-8")
        )
        assert [one for one in found if one != "BaseHTTPHandler"] == [], path


def test_no_line_of_the_audit_can_be_forged_by_what_is_typed(house: House) -> None:
    ana = house.member()
    ana.get("/staff")
    ana.post("/staff/withdraw", {"email": "a\r\n2026-11-22<td>signed in boss\x1b[31m"})
    (line,) = entries(house.engine)
    assert (line.act, line.by) == ("invited", ana.email)
    assert not [sign for sign in "\r\x1b" if sign in line.about]
    page = ana.get("/audit").text
    assert page.partition("<tbody>")[2].count("<tr") == 1
    assert "2026-11-22&lt;td&gt;signed in boss" in page
