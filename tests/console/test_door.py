"""What every answer carries, and which requests are turned away before a page sees them."""

import re

import pytest

from bot.console.carry import local
from bot.console.headers import POLICY
from tests.console.house import BASE, PASSWORD, House

PATHS = ["/sign-in", "/", "/nowhere", "/healthz", "/static/console.css", "/join/nothing", "/sign-in/code"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    headers = house.browser().get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert POLICY.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in POLICY
    assert set(re.findall(r"'[a-z-]+'", POLICY)) == {"'none'", "'self'"}
    assert set(re.findall(r"\b[a-z]+:", POLICY)) == {"data:"}


def test_the_cookie_is_for_this_host_alone(house: House) -> None:
    for cookie in (
        house.browser().get("/sign-in").headers["Set-Cookie"],
        house.browser().join(house.invite("ana@example.org")).headers["Set-Cookie"],
    ):
        name, *flags = cookie.split("; ")
        assert name.startswith("__Host-quietline=")
        assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]


def test_files_set_no_cookie(house: House) -> None:
    assert "Set-Cookie" not in house.browser().get("/static/console.css").headers


@pytest.mark.parametrize("host", ["evil.example.org", "staff.example.org.evil.net", "staff.example.org:8443", "::1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_host_is_refused(house: House, host: str, method: str) -> None:
    answered = house.app.test_client().open("/sign-in", method=method, base_url=BASE, headers={"Host": host})
    assert answered.status_code == 403
    assert host not in answered.text.replace(BASE, "")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_page_of_somebody_else_sends_is_refused(house: House, site: str) -> None:
    browser = house.member()
    assert browser.post("/sign-out", None, **{"Sec-Fetch-Site": site}).status_code == 403
    assert browser.is_in


def test_a_post_without_a_token_is_refused(house: House) -> None:
    browser = house.member()
    browser.last = ""
    before = browser.client.get("/staff", base_url=BASE).text
    answered = browser.client.post("/staff", base_url=BASE, data={"email": "eve@example.org", "role": "admin"})
    assert answered.status_code == 400
    assert browser.client.get("/staff", base_url=BASE).text.count("@example.org") == before.count("@example.org")


@pytest.mark.parametrize("path", ["/sign-in", "/staff", "/join/x"])
def test_a_body_of_a_megabyte_and_more_is_refused(house: House, path: str) -> None:
    browser = house.member() if path == "/staff" else house.browser()
    browser.get("/sign-in" if path != "/staff" else path)
    answered = browser.post(path, {"email": "a" * 1_100_000})
    assert answered.status_code == 413
    assert "That is too much" in answered.text


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "http://staff.example.org@evil.example/",
    "https://staff.example.org.evil.example/",
    "/\t/evil.example",
]


def test_nobody_is_sent_elsewhere_after_signing_in(house: House) -> None:
    browser = house.member()
    browser.sign_out()
    for where in ELSEWHERE:
        browser.get("/sign-in")
        form = {"csrf_token": browser.hidden("csrf_token"), "email": browser.email, "password": PASSWORD, "next": where}
        for query, data in (({"next": where}, {**form, "next": "/"}), ({}, form)):
            answered = browser.client.post("/sign-in", query_string=query, base_url=BASE, data=data)
            assert (answered.status_code, answered.headers["Location"]) == (302, "/sign-in"), where
            assert browser.get("/sign-in/code").status_code == 302
    browser.sign_in()
    for where in ELSEWHERE:
        browser.get("/sign-in/code")
        code = {"csrf_token": browser.hidden("csrf_token"), "code": browser.code(steps=1), "next": where}
        ended = browser.client.post("/sign-in/code", query_string={"next": where}, base_url=BASE, data=code)
        assert (ended.status_code, ended.headers["Location"]) == (302, "/sign-in"), where
    assert not browser.is_in


@pytest.mark.parametrize("where", [*ELSEWHERE, "", "staff", "/a\nb"])
def test_what_was_carried_is_sent_to_us_alone(where: str) -> None:
    assert local(where) == "/"


def test_a_page_of_ours_may_be_gone_to() -> None:
    assert local("/staff?before=3") == "/staff?before=3"


def test_a_fault_of_ours_shows_no_trace(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.member()

    def broken() -> str:
        raise RuntimeError("zzqx-inside")

    monkeypatch.setitem(house.app.view_functions, "account.account", broken)
    answered = browser.get("/account")
    assert answered.status_code == 500
    assert "zzqx" not in answered.text
