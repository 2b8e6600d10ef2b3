"""What a banner may give away: it is live at once, so a place stands in it only when somebody vouches for it."""

import json
import re
from collections.abc import Mapping

from bot.referral.private import faults, holds_address
from bot.storage.document import digest

#: "450 Oak Drive", "1200 N Vermont", "123 Calle Olvera": a number before a name is a house more often than not.
_HOUSE = re.compile(r"(?<![\w{])\d{2,6}\s+(?:[NSEW]\.?\s+)?[A-Z][^\W\d_]|\b\d{1,6}\s+(?:calle|avenida|bulevar)\b")
_LONG = re.compile(r"(?<!\d)\d{4,6}(?!\d)")


def names_place(text: str) -> bool:
    """Say whether a banner may tell where a place is: an address, or a number that a house may have."""
    return bool(holds_address(text) or _HOUSE.search(text) or _LONG.search(text))


def never_said(text: str) -> list[str]:
    """List what no banner may hold, whoever vouches for it: somebody's number, name, or address of the net.

    A day and an hour may stand; the address of a place is asked about (`names_place`).
    """
    return [fault for fault in faults(text) if fault not in _ASKED]


def mark(texts: Mapping[str, str]) -> str:
    """Return what is ticked: it vouches for these texts alone."""
    return digest(json.dumps(sorted(texts.items())))


#: Taken from the sentences themselves, so that other words there are not forgotten here.
_ASKED = frozenset(fault for example in ("12 oak street", "1234", "1/2/2026", "may 5") for fault in faults(example))
