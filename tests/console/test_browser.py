"""The staff door in a real browser: joining, signing in, and nothing asked of anybody else."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.console.house import OTHER, PASSWORD, House
from tests.console.person import Person

pytestmark = pytest.mark.browser
#: At 400 % a screen of 1280 by 1024 is as small as this.
ENLARGED = ViewportSize(width=320, height=256)


@pytest.fixture
def ana(browser: Browser, open_house: House) -> Iterator[Person]:
    """Give somebody who never was here."""
    person = Person(browser, open_house)
    yield person
    person.leave()


def test_the_first_admin_joins_with_an_app_and_signs_in_with_it(ana: Person) -> None:
    ana.join()
    ana.page.goto("/staff")
    expect(ana.page.get_by_role("heading", name="My account", level=1)).to_be_visible()
    ana.set_up_app()
    ana.page.goto("/account/recovery-codes")
    ana.press("Make new codes")
    codes = ana.page.locator(".codes code").all_inner_texts()
    assert len(codes) == 8
    ana.press("Sign out")
    ana.sign_in()
    expect(ana.page.get_by_role("heading", name="Code from your app")).to_be_visible()
    ana.fill(code=ana.code())
    ana.press("Go on")
    ana.is_home()
    ana.press("Sign out")
    ana.sign_in()
    ana.page.get_by_role("link", name="Use a recovery code").click()
    ana.fill(code=codes[3])
    ana.press("Go on")
    ana.is_home()
    ana.page.get_by_role("link", name="Staff", exact=True).first.click()
    ana.fill(email="ben@example.org")
    ana.page.get_by_label("editor").check()
    ana.press("Make a link")
    expect(ana.page.get_by_label("Link")).to_have_value(re.compile(rf"^{ana.house.base}/join/[\w-]{{43}}$"))
    ana.page.goto("/audit")
    expect(ana.page.locator("tbody tr").first).to_contain_text("invited")


def test_a_passkey_alone_signs_in_and_the_password_alone_does_not(ana: Person) -> None:
    ana.add_authenticator()
    ana.join()
    ana.page.goto("/account/passkeys")
    ana.fill(name="office laptop")
    ana.press("Make a passkey")
    expect(ana.page.get_by_text("The passkey is set up.")).to_be_visible()
    ana.page.goto("/sign-in/again?next=/account/passkeys")
    ana.press("Use my passkey")
    expect(ana.page.get_by_text("Thank you.")).to_be_visible()
    expect(ana.page.get_by_text("office laptop", exact=True)).to_be_visible()
    ana.press("Sign out")
    ana.press("Use a passkey")
    ana.is_home()
    ana.press("Sign out")
    ana.sign_in()
    expect(ana.page.get_by_role("heading", name="Passkey", level=1)).to_be_visible()
    ana.page.goto("/staff")
    expect(ana.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    ana.sign_in()
    ana.press("Use my passkey")
    ana.is_home()


def test_a_browser_without_the_passkey_says_so_and_lets_try_again(ana: Person) -> None:
    ana.page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('no'))")
    ana.page.goto("/sign-in")
    ana.press("Use a passkey")
    expect(ana.page.get_by_role("alert")).to_contain_text("did not use a passkey")
    ana.press("Ask again")
    expect(ana.page.get_by_role("alert")).to_contain_text("did not use a passkey")


def test_after_five_wrong_passwords_there_is_a_wait(ana: Person) -> None:
    for _ in range(5):
        ana.sign_in(password="wrong wrong wrong wrong")
        expect(ana.page.get_by_text("E-mail or password is wrong.")).to_be_visible()
    ana.sign_in(password="wrong wrong wrong wrong")
    expect(ana.page.get_by_text("Too many tries. Wait 60 seconds")).to_be_visible()
    # The one complaint a browser makes by itself, of any answer that is not 200.
    assert [line for line in ana.complaints if "429" not in line] == []
    ana.complaints.clear()


def test_a_new_password_ends_every_other_session(ana: Person, browser: Browser) -> None:
    ana.join()
    ana.set_up_app()
    other = Person(browser, ana.house)
    other.totp = ana.totp
    other.sign_in()
    other.fill(code=other.code())
    other.press("Go on")
    other.is_home()
    ana.page.goto("/account/password")
    ana.fill(password=PASSWORD, new_password=OTHER, new_password_confirm=OTHER)
    ana.press("Change it")
    expect(ana.page.get_by_text("Your password is changed.")).to_be_visible()
    other.page.goto("/")
    expect(other.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    ana.page.goto("/")
    ana.is_home()
    other.leave()


def test_what_was_typed_when_the_session_ran_out_is_sent_in_the_end(ana: Person) -> None:
    ana.join()
    ana.set_up_app()
    ana.page.goto("/staff")
    ana.fill(email="ben@example.org")
    ana.house.pass_time(hours=2)
    ana.press("Make a link")
    expect(ana.page.get_by_text("What you typed is kept in this page")).to_be_visible()
    ana.fill(email="ana@example.org", password=PASSWORD)
    ana.press("Sign in")
    ana.press("Go on")
    ana.fill(code=ana.code())
    ana.press("Go on")
    ana.press("Send it")
    expect(ana.page.get_by_label("Link")).to_be_visible()
    assert [line for line in ana.complaints if "401" not in line] == []
    ana.complaints.clear()


def test_everything_by_keyboard_alone(ana: Person) -> None:
    keys = ana.page.keyboard
    ana.join()
    ana.set_up_app()
    ana.press("Sign out")
    ana.page.goto("/sign-in")
    keys.press("Tab")
    expect(ana.page.get_by_text("Skip to the page")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.type("ana@example.org")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Tab")
    expect(ana.page.get_by_role("button", name="Sign in", exact=True)).to_be_focused()
    outline = ana.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    keys.press("Enter")
    expect(ana.page.get_by_role("heading", name="Code from your app")).to_be_visible()
    for _ in range(3):
        keys.press("Tab")
        if ana.page.evaluate("document.activeElement.name") == "code":
            break
    keys.type(ana.code())
    keys.press("Enter")
    ana.is_home()


def test_enlarged_four_times_nothing_must_be_moved_sideways(browser: Browser, open_house: House) -> None:
    ana = Person(browser, open_house, viewport=ENLARGED)
    ana.join()
    ana.set_up_app()
    for path in ("/", "/staff", "/audit", "/account", "/account/passkeys", "/account/app", "/account/password"):
        ana.page.goto(path)
        assert ana.page.evaluate("document.documentElement.scrollWidth") <= ENLARGED["width"], path
    small = ana.page.evaluate(
        "[...document.querySelectorAll('nav a, button, input:not([type=hidden])')]"
        ".map(e => [e.outerHTML, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([html]) => html)"
    )
    assert small == []
    ana.leave()


def test_without_javascript_a_password_and_a_code_do(browser: Browser, open_house: House) -> None:
    ana = Person(browser, open_house, java_script_enabled=False)
    ana.join()
    ana.set_up_app()
    ana.press("Sign out")
    ana.sign_in()
    ana.fill(code=ana.code())
    ana.press("Go on")
    ana.is_home()
    ana.leave()
