"""Addresses set at the provider: whose they are, and how they may be shown."""

import re
from urllib.parse import urlsplit

#: The provider's names for its things, and anything long enough to be a phone number or a key.
_TELLING = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}|[0-9a-fA-F]{16,}|\d(?:[\s().+\-/%]*\d){6,}")


def host_of(url: str) -> str:
    """Return the host of an address in small letters; "" when it has none or is no address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def shown(url: str) -> str:
    """Return an address fit for a screen: no password, no query, and nothing that names a record, key or number."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that is none"
    return _TELLING.sub("...", f"{parts.scheme}://{host_of(url)}{parts.path}") if parts.scheme else "no address"


def without_overrides(url: str) -> str:
    """Return an address without the part after #, which tells the provider how often to try and is never sent."""
    return url.partition("#")[0]
