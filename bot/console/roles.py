"""Who may do what: four roles, each of which may do all that the one before it may."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
#: Where a view carries the role it needs, how much may be sent to it, and whether it asks again who is there.
#: Without a role it is refused to everybody.
_MARK, _MOST, _AGAIN = "__role_needed__", "__most_bytes__", "__asks_again__"


class Role(StrEnum):
    """What a member of staff may do, least first."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"

    def covers(self, needed: "Role") -> bool:
        """Say whether this role may do what that one may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


def needs(role: Role, *, most_bytes: int | None = None, again: bool = False) -> Callable[[View], View]:
    """Let a view be used by members of that role or a higher one. Stands directly above the function.

    `most_bytes` is for a page that takes a file: how much may be sent to it, once it is known who sends.
    `again` is for what a stolen session must not do: who did not show lately that it is them is asked to, first.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, role)
        setattr(view, _MOST, most_bytes)
        setattr(view, _AGAIN, again)
        return view

    return mark


def needed_by(view: Callable[..., Any] | None) -> Role | None:
    """Return the role a view asks for, None when nobody may use it."""
    found = getattr(view, _MARK, None)
    return found if isinstance(found, Role) else None


def most_bytes_of(view: Callable[..., Any] | None) -> int | None:
    """Return how much may be sent to a view, None where that is what a form may hold."""
    found = getattr(view, _MOST, None)
    return found if isinstance(found, int) else None


def asks_again(view: Callable[..., Any] | None) -> bool:
    """Say whether a view is for who showed lately that it is them."""
    return getattr(view, _AGAIN, False) is True


def role_of(name: str) -> Role | None:
    """Return the role of that name, None when there is none: a row made by hand gives no rights."""
    return Role(name) if name in list(Role) else None
