"""What an entry is known by, to find the same service among others: its names, numbers and places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.directory.drawing.street import street_key
from bot.directory.service import Doc
from bot.referral.entry import Entry


@dataclass(frozen=True, slots=True)
class Seen:
    """What an entry is known by. `kept`: it is here already; `owner`: its organization, "" = unknown."""

    id: str
    name: str
    numbers: tuple[str, ...] = ()
    zips: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    owner: str = ""
    kept: bool = False


def seen_of(table: Mapping[str, Any], doc: Doc) -> Seen:
    """Return what a drawn entry is known by: its table, and what is kept of its service."""
    places, zips = [], []
    for row in doc.get("service_at_locations") or ():
        for address in (row.get("location") or {}).get("addresses") or ():
            code = str(address.get("postal_code", ""))[:5]
            zips.append(code)
            if street := street_key(str(address.get("address_1", ""))):
                places.append(f"{street} {code or str(address.get('city', '')).lower()}")
    owner = doc.get("organization") or {}
    return Seen(
        id=str(table.get("id", "")),
        name=str(doc.get("name", "")),
        numbers=tuple(dict.fromkeys(str(phone["number"]) for phone in table.get("phone", ()))),
        zips=tuple(dict.fromkeys(code for code in zips if code)),
        places=tuple(dict.fromkeys(places)),
        owner=str(owner.get("name", "")),
    )


def seen_of_entry(entry: Entry) -> Seen:
    """Return what an entry of the release is known by."""
    return Seen(entry.id, entry.name, tuple(dict.fromkeys(phone.number for phone in entry.phone)), kept=True)
