"""A staff door in one process, a clock that is turned by hand, and browsers that hold no more than a cookie."""

import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import ClassVar

from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from flask.testing import FlaskClient
from flask_security import hash_password
from jinja2.bccache import Bucket, BytecodeCache
from passlib.totp import TOTP
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from bot.console.app import create_console_app
from bot.console.roles import Role
from bot.console.shelf import Source
from bot.settings import Settings
from bot.storage.database import Database, connect
from bot.storage.staff import invitations, sessions
from bot.storage.staff.tables import StaffRow

BASE = "https://staff.example.org"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "maple tractor window soup"
OTHER = "copper lantern seven rivers"
SAME = {"Sec-Fetch-Site": "same-origin"}


class Compiled(BytecodeCache):
    """Templates that one house compiled, for all others: it is half of what a test would wait for."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key + bucket.checksum in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


class House:
    """A door, its database and its clock."""

    def __init__(
        self, url: str, *, dev: bool = False, base: str = BASE, source: Callable[[Database], Source] | None = None
    ) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.engine = connect(url)
        self.base = base
        self.settings = Settings(
            auth_tokens=(), public_base_url="", secret_key="k" * 64, console_base_url=base, database_url=url, dev=dev
        )
        self.source = source(self.engine) if source else None
        self.app: Flask = create_console_app(self.settings, self.engine, clock=lambda: self.now, source=self.source)
        self.app.jinja_env.bytecode_cache = Compiled()
        # A hash that is quick to make: how long a true one takes is tested on its own.
        self.app.extensions["security"].pwd_context.update(argon2__memory_cost=64, argon2__time_cost=1)

    def close(self) -> None:
        self.engine.dispose()

    def pass_time(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def browser(self) -> "Browser":
        """Give a browser nobody used before."""
        return Browser(self)

    def invite(self, email: str, role: Role = Role.ADMIN) -> str:
        """Invite somebody; give the path of the link."""
        return f"/join/{invitations.invite(self.engine, email, role, now=self.now)}"

    def member(self, role: Role = Role.ADMIN, email: str = "") -> "Browser":
        """Give the browser of somebody who has an app and is signed in: as if they had joined, but at once."""
        browser = self.browser()
        browser.email = email or f"{role}@example.org"
        cookie, browser.totp = self.session(role, browser.email)
        browser.hold(cookie)
        return browser

    def session(self, role: Role, email: str) -> tuple[str, TOTP]:
        """Give the cookie of a new member who is signed in, and their app."""
        word = self.invite(email, role).rpartition("/")[2]
        with self.app.app_context():
            hashed = hash_password(PASSWORD)
            codes = self.app.extensions["security"].totp_factory
            secret = codes.generate_totp_secret()
            totp = TOTP(key=codes.get_totp_b32_key(secret))
        name = invitations.accept(self.engine, word, password=hashed, initials="AB", now=self.now)
        values = {"tf_totp_secret": secret, "tf_primary_method": "authenticator"}
        with self.engine.begin() as connection:
            connection.execute(update(StaffRow).where(StaffRow.fs_uniquifier == name).values(values))
            number = connection.execute(select(StaffRow.id).where(StaffRow.fs_uniquifier == name)).scalar_one()
        data = TaggedJSONSerializer().dumps({"_user_id": name, "_fresh": True, "fs_paa": time.time()})
        return f"kept:{sessions.begin(self.engine, number, data, now=self.now)}", totp


class Browser:
    """Somebody's browser, and what its owner knows: e-mail, password, the secret of the app."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client: FlaskClient = house.app.test_client()
        self.email = ""
        self.totp: TOTP | None = None
        self.last = ""
        self.address = "198.51.100.1"

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        answered = self.client.get(path, base_url=self.house.base, headers=self._headers(headers))
        self.last = answered.text
        answered.close()
        return answered

    def post(self, path: str, form: Mapping[str, object] | None = None, **headers: str) -> TestResponse:
        """Send a form with the token of the page opened last."""
        token = self.hidden("csrf_token")
        data = {"csrf_token": token, **(form or {})}
        answered = self.client.post(path, base_url=self.house.base, headers=self._headers(headers), data=data)
        if answered.status_code != 302:
            self.last = answered.text
        return answered

    def hold(self, cookie: str) -> None:
        """Put a session's cookie into the browser."""
        self.client.set_cookie("__Host-quietline", cookie, domain="staff.example.org", secure=True)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**SAME, "X-Forwarded-For": self.address, **more}

    def hidden(self, name: str) -> str:
        """Give the value of a field of the page opened last."""
        found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', self.last)
        return unescape(found[1]) if found else ""

    def fields(self) -> dict[str, str]:
        """Give all hidden fields of the last form of that page."""
        form = self.last.rpartition("<main")[2]
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        return {unescape(name): unescape(value) for name, value in found}

    def join(self, link: str, password: str = PASSWORD) -> TestResponse:
        """Take an invitation up."""
        self.get(link)
        self.email = self.hidden("email")
        return self.post(link, {"initials": "ab", "password": password, "again": password})

    def set_up_app(self) -> TestResponse:
        """Set an authenticator app up, with its first code."""
        self.get("/account/app")
        self.post("/account/app", {"setup": "authenticator"})
        found = re.search(r'class="secret">([^<]*)<', self.last)
        assert found, self.last
        self.totp = TOTP(key=found[1].replace("-", ""))
        action = re.search(r'action="(/account/app/[^"]*)"', self.last)
        assert action, self.last
        return self.post(action[1], {"code": self.code()})

    def code(self, *, steps: int = 0) -> str:
        """Give the code the app shows; codes go by the real time."""
        assert self.totp
        now = int(datetime.now(UTC).timestamp()) + 30 * steps
        return str(self.totp.generate(time=now).token)

    def sign_in(self, password: str = PASSWORD, **more: str) -> TestResponse:
        """Type e-mail and password."""
        self.get("/sign-in")
        return self.post("/sign-in", {"email": self.email, "password": password, **more})

    def token_step(self, code: str) -> TestResponse:
        """Type a code."""
        self.get("/sign-in/code")
        return self.post("/sign-in/code", {"code": code})

    def sign_out(self) -> TestResponse:
        """Press the button that is on every page."""
        self.get("/account")
        return self.post("/sign-out")

    @property
    def is_in(self) -> bool:
        """Whether the first page is shown."""
        return self.get("/").status_code == 200
