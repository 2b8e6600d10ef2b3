"""What every page of the staff door works with, and who is using it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from flask import current_app, g
from flask_login import current_user

from bot.console.roles import Role, role_of
from bot.console.shelf import Shelf
from bot.console.tries import Tries
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.staff.store import Store

_NAME = "quietline-console"


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever is signed in."""

    id: int
    name: str
    initials: str
    role: Role


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages share. `shelf` has the release in use."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    store: Store
    tries: Tries
    shelf: Shelf

    @property
    def now(self) -> datetime:
        """The time, as everything below a page gets it."""
        return self.clock()


def now_utc() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def install(extensions: dict[str, Any], desk: Desk) -> None:
    """Put the desk where `desk()` finds it."""
    extensions[_NAME] = desk


def desk() -> Desk:
    """Return the desk of the app that answers."""
    return cast(Desk, current_app.extensions[_NAME])


def me() -> Member:
    """Return who is signed in. Raises LookupError on a page that nobody has to sign in for."""
    found = somebody()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def somebody() -> Member | None:
    """Return who is signed in, None when nobody is or their role is none of ours."""
    if "member" not in g:
        g.member = _member() if current_user.is_authenticated else None
    return cast(Member | None, g.member)


def _member() -> Member | None:
    role = next((role for row in current_user.roles if (role := role_of(row.name))), None)
    return Member(current_user.id, current_user.email, current_user.initials, role) if role else None
