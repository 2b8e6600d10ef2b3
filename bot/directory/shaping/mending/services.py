"""What makes a service and its status fit to be kept, and when it is refused."""

import re

from bot.directory.note import Level
from bot.directory.shaping.mending.draft import Draft, Refused
from bot.directory.shaping.names import plain

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
_WHOSE = r"(?:(?:is|currently|still|now|this|the|service|program|agency|organization|site|record|listing)_)*"
_TELLS = re.compile(rf"{_WHOSE}(?P<word>open|active|enabled|closed|inactive|archived|defunct|discontinued|deleted)")
_YES = frozenset({"yes", "y", "true", "t", "1", "open", "active", "x"})
_NO = frozenset({"no", "n", "false", "f", "0", "closed", "inactive", "not open", "not active"})
_SAYS_OPEN = frozenset({"open", "active", "enabled"})
#: Headings under which hours or days stand as often as yes or no.
_VAGUE = frozenset({"open", "closed"})


def finish_service(draft: Draft) -> None:
    """Fill in and check what every service needs. Raises Refused when it has no name or nobody knows its status."""
    if not str(draft.fields.get("name", "")).strip():
        raise Refused("name", "it has no name")
    _status(draft)


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
        _told_elsewhere(draft)
        draft.fields["status"] = "active"
        draft.say(Level.INFERRED, "status", "had no status and was taken as active")


def _told_elsewhere(draft: Draft) -> None:
    """Refuse a service that a column nobody mapped seems to call closed. Raises Refused."""
    for key, value in draft.extra.items():
        heading = plain(key)
        found = _TELLS.fullmatch(heading) if isinstance(value, str | bool | int) else None
        if found is None:
            continue
        said = " ".join(str(value).casefold().split())
        fine, bad = (_YES, _NO) if found["word"] in _SAYS_OPEN else (_NO - {"closed", "inactive"}, _YES | {"closed"})
        if said in bad or (heading not in _VAGUE and said not in fine and len(said) < 20):
            raise Refused(
                key,
                "it has no status, and a column that seems to tell whether it is open does not say yes: say in a"
                " mapping file what that column means",
                str(value)[:80],
            )
