"""The staff door in a real browser: joining, signing in, and nothing asked of anybody else."""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect

from bot.commands.console import TAKEN
from bot.line.serve import Server
from tests.console.house import OTHER, PASSWORD, House
from tests.e2e.conftest import CHROMIUM, needed
from tests.line.memory.redis_server import free_port

pytestmark = pytest.mark.browser
#: At 400 % a screen of 1280 by 1024 is as small as this.
ENLARGED = ViewportSize(width=320, height=256)


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give Debian's Chromium, which can reach this machine alone; without it fail in CI, else skip."""
    chromium = shutil.which("chromium")
    if chromium is None:
        needed("Chromium is not installed: nobody looked at the staff door")
    rules = "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = [one for one in CHROMIUM if not one.startswith("--host-resolver-rules")]
    started = playwright.chromium.launch(executable_path=chromium, args=[*arguments, rules])
    yield started
    started.close()


@pytest.fixture
def open_house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a staff door that browsers can reach."""
    path, port = tmp_path / "staff.db", free_port()
    shutil.copy(migrated, path)
    house = House(f"sqlite:///{path}", base=f"http://localhost:{port}")
    server = Server(house.app, "127.0.0.1", port, taken=TAKEN)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield house
    server.stop()
    thread.join(30)
    house.close()
    assert not thread.is_alive()


class Person:
    """Somebody at a browser: whatever it asks of another host, or complains about, is written down."""

    def __init__(self, browser: Browser, house: House, **more: Any) -> None:
        self.house = house
        self.context = browser.new_context(base_url=house.base, **more)
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(error.message))
        self.totp: TOTP | None = None

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").first.fill(value)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def join(self, email: str = "ana@example.org") -> None:
        self.page.goto(self.house.invite(email))
        self.fill(initials="ab", password=PASSWORD, again=PASSWORD)
        self.press("Join")
        expect(self.page.get_by_text("One more step.")).to_be_visible()

    def set_up_app(self) -> None:
        self.page.goto("/account/app")
        self.press("Show the secret")
        expect(self.page.get_by_role("img")).to_be_visible()
        self.totp = TOTP(key=self.page.locator(".secret").inner_text().replace("-", ""))
        self.fill(code=self.totp.generate().token)
        self.press("Set it up")
        expect(self.page.get_by_text("The app is set up.")).to_be_visible()

    def code(self) -> str:
        """Give the code after the one used last; the door takes it up to half a minute early."""
        assert self.totp
        return str(self.totp.generate(time=int(time.time()) + 30).token)

    def sign_in(self, email: str = "ana@example.org", password: str = PASSWORD) -> None:
        self.page.goto("/sign-in")
        self.fill(email=email, password=password)
        self.press("Sign in")

    def is_home(self) -> None:
        expect(self.page.get_by_role("heading", name="Home", level=1)).to_be_visible()

    def add_authenticator(self) -> None:
        """Give the browser a device that keeps passkeys and asks its owner for a finger."""
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def leave(self) -> None:
        self.context.close()
        assert {urlsplit(url).netloc for url in self.asked if not url.startswith("data:")} == {
            urlsplit(self.house.base).netloc
        }
        # A wrong password is answered with 200; only what a test says it expects is complained about.
        assert self.complaints == []


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
