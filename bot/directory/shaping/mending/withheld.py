"""Telephone numbers that nobody may be given: marked as private, out of service, or with a letter among the digits."""

import re
from collections.abc import Mapping
from typing import Any

from bot.directory.note import Level
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.typed import AS_TEXT
from bot.directory.shaping.names import plain

#: Not "private" or "confidential" alone: so hotlines call themselves.
_PRIVATE = re.compile(
    r"\b(?:do not|don'?t|never) (?:publish|give|share|list|release|disclose|display)\b|\bno publicar\b"
    r"|\bnot (?:for (?:the )?public|to be (?:published|given|shared|listed|released)|for release|for publication)"
    r"|\b(?:unlisted|unpublished)\b|\b(?:private|confidential) (?:number|line|cell)\b|\((?:private|confidential)\)"
    r"|\binternal (?:use|only|number|line)\b|\b(?:staff|admin|agency|provider|office use|internal) only\b",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"\bdisconnected\b|\b(?:out of|not in|no longer in) (?:service|use|order)\b|\bno longer (?:working|valid|active)\b"
    r"|\bnot working\b|\bwrong number\b|\binvalid number\b|\b(?:old|former|previous) (?:number|phone|line)\b"
    r"|^\W*(?:old|former|previous)\W*$",
    re.IGNORECASE,
)
#: The letter O for a zero: read as on the keys of a telephone it would be a 6, and somebody else's number.
_SLIP = re.compile(r"(?<![A-Za-z])[OoIl]+(?=\d)|(?<=\d)[OoIl]+(?![A-Za-z])")
_FLAGS = frozenset(
    "is_private private is_confidential confidential is_unlisted unlisted is_hidden hidden do_not_publish not_public"
    " internal is_internal internal_only".split()
)
_SHOWN = frozenset("is_public public publish is_published published display show is_visible visible".split())
_YES = frozenset({"true", "t", "yes", "y", "1", "x"})
_NO = frozenset({"false", "f", "no", "n", "0"})


def withhold(draft: Draft) -> None:
    """Take the number out of a phone that nobody may be given; a private one is not even kept as words."""
    number = str(draft.fields.get("number", ""))
    if not number:
        return
    words = [str(draft.fields.get(name, "")) for name in ("number", "description", "type", "department")]
    if _is_flagged(draft.extra) or any(map(_PRIVATE.search, words)):
        del draft.fields["number"]
        draft.say(Level.DROPPED, "number", "is marked as private: the number was left out")
    elif any(map(_DEAD.search, words)):
        _aside(draft, number, "is said to be out of service and was kept as words")
    elif _SLIP.search(number):
        _aside(draft, number, "holds a letter where a digit should stand and was kept as words")


def is_withheld(words: str) -> bool:
    """Tell whether words about a number say that nobody may be given it."""
    return _PRIVATE.search(words) is not None or _DEAD.search(words) is not None


def _aside(draft: Draft, number: str, what: str) -> None:
    del draft.fields["number"]
    draft.set_aside("number" + AS_TEXT, number)
    draft.say(Level.DROPPED, "number", what, number)


def _is_flagged(extra: Mapping[str, Any]) -> bool:
    for key, value in extra.items():
        said = str(value).strip().casefold()
        if said in _YES and plain(key) in _FLAGS or said in _NO and plain(key) in _SHOWN:
            return True
    return False
