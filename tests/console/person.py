"""Somebody at a browser, before the staff door."""

import time
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from bot.console.roles import Role
from tests.conftest import THOROUGH
from tests.console.contrast import too_much_alike
from tests.console.house import PASSWORD, House

#: What has to hold: WCAG 2.2, levels A and AA, and what its authors call good practice.
#: What is not looked at afterwards is not worked out. The style sheet is read as such under THOROUGH alone: that
#: is for one rule, that a page may be turned, and all pages have the same one.
RULES = {
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": THOROUGH,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast": {"enabled": False}},  # looked at by tests.console.contrast
}
_AXE = Axe().axe_script


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

    def signed_in(self, role: Role = Role.ADMIN, email: str = "") -> "Person":
        """Be a member who signed in a moment ago."""
        cookie, self.totp = self.house.session(role, email or f"{role}@example.org")
        self.context.add_cookies([{"name": "quietline-dev", "value": cookie, "url": self.house.base}])
        return self

    def faults(self) -> list[str]:
        """Give what axe finds wrong with the page as it stands, colours too, one line each."""
        self.page.evaluate(_AXE)
        found = self.page.evaluate("options => axe.run(options).then(all => all.violations)", RULES)
        told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
        return told + too_much_alike(self.page)
