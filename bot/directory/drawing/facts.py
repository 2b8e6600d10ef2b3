"""Plain facts of a service that an entry holds as they are: ages, page, sources, place."""

import re
from collections.abc import Mapping
from typing import Any

from bot.directory.service import Doc
from bot.referral.content import Content
from bot.referral.rules import manners, spelling

_OLDEST = 120
_HOST = re.compile(r"(?:[a-z]+://)?(?:www\.)?([a-z0-9.-]+\.[a-z]{2,})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)


def ages_of(doc: Doc) -> list[int]:
    """Return the youngest and oldest a service is for, [] when it is for everybody or does not say."""
    least, most = _years(doc.get("minimum_age")), _years(doc.get("maximum_age"))
    young, old = least or 0, _OLDEST if most is None else min(most, _OLDEST)
    return [young, old] if (young, old) != (0, _OLDEST) and young <= old and old > 0 else []


def link_of(doc: Doc, content: Content) -> str:
    """Return the bare name of a service's site, "" when it has none a text may show."""
    for url in (doc.get("url"), (doc.get("organization") or {}).get("website")):
        found = _HOST.match(str(url or "").strip())
        link = found[1].lower() if found else ""
        if link and not spelling(link) and not manners(content.rules, link):
            return link
    return ""


def evidence_of(doc: Doc, source: str) -> list[str]:
    """Return where its numbers were seen: the directory, and the page it names."""
    page = doc.get("url") or (doc.get("organization") or {}).get("website")
    return [source, str(page)] if page else [source]


def place_of(doc: Doc) -> dict[str, Any]:
    """Return where a service is, {} when it has no place or several; never asked of one that hides people."""
    rows = [
        row["location"] for row in doc.get("service_at_locations") or () if isinstance(row.get("location"), Mapping)
    ]
    if len(rows) != 1:
        return {}
    try:
        lat, long = float(rows[0]["latitude"]), float(rows[0]["longitude"])
    except (KeyError, TypeError, ValueError):
        return {}
    if not (-90 <= lat <= 90 and -180 <= long <= 180) or (lat, long) == (0, 0):
        return {}
    return {"lat": lat, "long": long}


def _years(value: Any) -> int | None:
    try:
        years = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return years if 0 <= years < 1000 else None
