"""What makes a service and its status fit to be kept, and when it is refused."""

import re

from bot.directory.note import Level
from bot.directory.shaping.mending.closed import (
    refuse_when_ended,
    refuse_when_named_closed,
    refuse_when_told_elsewhere,
)
from bot.directory.shaping.mending.draft import Draft, Refused

STATUSES = ("active", "inactive", "defunct", "temporarily closed")


def finish_service(draft: Draft) -> None:
    """Fill in and check what every service needs. Raises Refused when it has no name or nobody knows its status."""
    if not str(draft.fields.get("name", "")).strip():
        raise Refused("name", "it has no name")
    _status(draft)
    if draft.fields["status"] == "active":
        refuse_when_named_closed(str(draft.fields["name"]))
        refuse_when_ended(draft.extra)


def _status(draft: Draft) -> None:
    said = draft.fields.get("status", "")
    if said in STATUSES:
        return
    words = " ".join(re.sub(r"[_-]", " ", str(said)).casefold().split())
    if words in STATUSES:
        draft.fields["status"] = words
    elif words:
        raise Refused(
            "status",
            "its status is none the standard knows (active, inactive, defunct, temporarily closed): say in a mapping"
            " file which of them it means",
            str(said)[:80],
        )
    else:
        told = {name: draft.fields[name] for name in ("description", "alert") if name in draft.fields}
        refuse_when_told_elsewhere(draft.extra | told)
        draft.fields["status"] = "active"
        draft.say(Level.INFERRED, "status", "had no status and was taken as active")
