"""By what a place is known again: its ids, its street lines, its point on the map."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.directory.drawing.confidential import Secrecy, secrecy
from bot.directory.drawing.street import street_key
from bot.directory.drawing.terms import Terms
from bot.directory.drawing.texts import Texts
from bot.directory.drawing.topics import shelters_abused
from bot.directory.service import Doc, Service
from bot.referral.normalise import fold

#: Three decimals of a degree: about a hundred yards, so neighbours of a shelter lose their place as well.
_DECIMALS = 3


def secrecy_of(doc: Doc, terms: Terms, texts: Texts | None = None) -> Secrecy:
    """Say what about where a service is must not be known: by its own words, and by what its terms and codes mean."""
    secret = secrecy(doc, texts)
    return Secrecy.HIDEOUT if secret is not Secrecy.HIDEOUT and shelters_abused(doc, terms) else secret


def confidential_places(services: Iterable[Service], terms: Terms) -> frozenset[str]:
    """Return the marks of every place in a directory that must never be known, and of who keeps one.

    One walk over the whole directory, before anything is drawn: other services at such a place, and texts of the
    same organization, would give it away. `draw` takes them as `hidden`.
    """
    found: set[str] = set()
    for service in services:
        found |= own_marks(service.doc, secrecy_of(service.doc, terms))
    return frozenset(found)


def own_marks(doc: Doc, secret: Secrecy) -> frozenset[str]:
    """Return the marks of the places of a service that must not be known, and of its organization; () = none."""
    if secret is Secrecy.NONE:
        return frozenset()
    owner = doc.get("organization")
    own = [row["location"] for row in doc.get("service_at_locations", ()) if isinstance(row.get("location"), dict)]
    if not isinstance(owner, dict):
        return frozenset(mark for location in own for mark in marks(location))
    # A hidden service without a place of its own may be at any place of its organization.
    own = own if own and secret is not Secrecy.OWNER else list(owner.get("locations", ()))
    found = (owner_mark(owner), *(mark for location in own for mark in marks(location)))
    return frozenset(mark for mark in found if mark)


def owner_mark(owner: Mapping[str, Any]) -> str:
    """Return the mark of an organization, "" of one without an id."""
    return f"organization {owner['id']}" if owner.get("id") else ""


def marks(location: Mapping[str, Any]) -> Iterator[str]:
    """Give the marks of a location: two that share one are the same place, or too near to be told."""
    if location.get("id"):
        yield f"location {location['id']}"
    if location.get("external_identifier"):
        yield f"external {location['external_identifier']}"
    point = _point(location.get("latitude"), location.get("longitude"))
    if point:
        yield point
    for address in addresses_of(location):
        street = street_key(str(address.get("address_1", "")))
        if street:
            for key in ("postal_code", "city"):
                if within := fold(str(address.get(key, ""))).strip()[: 5 if key == "postal_code" else None]:
                    yield f"street {street}, {within}"


def addresses_of(location: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give the addresses of a location, those too that lack something and were kept aside under another name."""
    for key in location:
        if "address" in key and isinstance(location[key], list):
            yield from (row for row in location[key] if isinstance(row, dict))


def _point(lat: Any, long: Any) -> str:
    try:
        north, east = round(float(lat), _DECIMALS), round(float(long), _DECIMALS)
    except (TypeError, ValueError):
        return ""
    return f"point {north} {east}" if (north, east) != (0, 0) else ""
