"""The names that directories go by here."""

import re

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_ENDING = re.compile(r"\.(csv|json|zip|xlsx?|jsonl|txt)$")


def named_after(file: str) -> str:
    """Return the name a directory goes by unless a person gives it one: from its file, folder or host."""
    stem = _ENDING.sub("", file.lower())
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:60].strip("-") or "directory"


def is_source(name: str) -> bool:
    """Say whether a directory may go by that name: small letters, digits, dots and hyphens, 60 at most."""
    return _NAME.fullmatch(name) is not None
