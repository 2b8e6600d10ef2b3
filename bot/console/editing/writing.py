"""How every editor of the door opens a part and saves a draft of it, also when two people are at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.wording import say
from bot.storage import editing
from bot.storage.editing import Body, Stale, Version

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A part as its editor is opened on it: its draft, else what is live. `live` None: there is no such part yet."""

    part: str
    version: Version
    live: Body

    @property
    def body(self) -> Table:
        """The tables to edit; none for a part that is to go, or that there is not."""
        return self.version.body or {}

    @property
    def is_draft(self) -> bool:
        """Whether a draft waits."""
        return self.version.version != editing.version_of(self.live)

    @property
    def is_going(self) -> bool:
        """Whether the draft says that the part is to go."""
        return self.version.body is None and self.live is not None


def opened(part: str) -> Opened:
    """Return a part as it stands now. Raises EmptyShelfError, DatabaseError."""
    live = desk().shelf.in_use().parts.get(part)
    return Opened(part, editing.current(desk().database, part, live), live)


def begun_from(now: Opened, based_on: str) -> Table:
    """Return the tables that a form was filled from; what stands there now, where nobody knows them any more."""
    if based_on == now.version.version:
        return now.body
    if now.live is not None and based_on == editing.version_of(now.live):
        return now.live
    versions = editing.history(desk().database, now.part)
    return next((v.body for v in versions if v.version == based_on and v.body is not None), now.body)


def save(now: Opened, body: Body, *, based_on: str, tells: bool = True) -> Response | None:
    """Save a draft. Where somebody else saved meanwhile, return the way to both texts: neither is lost.

    `tells` False: whoever saves several parts at once says once what became of them.
    """
    found = editing.save(
        desk().database, now.part, body, by=me().name, based_on=based_on, now=desk().now, live=now.live
    )
    if isinstance(found, Stale):
        flash(
            say(
                "{name} saved this while you were writing. Nothing is lost: choose below.", name=found.theirs.by or "?"
            ),
            "error",
        )
        return redirect(url_for("drafts.aside"))
    if not tells:
        return None
    if found.waiting:
        flash(say("Saved as a draft. Texters get it when somebody else has approved it."), "success")
    else:
        flash(say("That is what is live already: no draft is needed."), "success")
    return None
