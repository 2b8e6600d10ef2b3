"""What the files and columns of other people are called: one plain form for each name, and whose it is."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.directory.hsds import ENTITIES

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^0-9a-z]+")
_PATH = re.compile(r"[/\\#!:]")
_ENDING = re.compile(r"\.(csv|tsv|txt|json|xlsx?|ods)$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Return a name in lower case with words joined by "_": "Phone Number", "phoneNumber" and "phone-number" agree."""
    split = _HUMP.sub("_", unicodedata.normalize("NFKD", name))
    ascii_only = split.encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("_", ascii_only).strip("_")


def table_name(file: str) -> str:
    """Return the plain name of a table: without folders, the workbook a sheet is in, and its ending."""
    last = [part for part in _PATH.split(file) if part.strip()]
    return plain(_ENDING.sub("", last[-1].strip())) if last else ""


#: Names of tables that mean an entity of today, with what sets their rows apart.
_ALIASES = {
    "organisation": "organization",
    "services_at_location": "service_at_location",
    "services_at_locations": "service_at_location",
    "physical_address": "address:physical",
    "postal_address": "address:postal",
    "mail_address": "address:postal",
    "mailing_address": "address:postal",
    "regular_schedule": "schedule",
    "holiday_schedule": "schedule:holiday",
    "accessibility_for_disabilities": "accessibility",
    "accessibility_for_disability": "accessibility",
    "service_taxonomy": "attribute:of service",
    "services_taxonomy": "attribute:of service",
    "services_taxonomies": "attribute:of service",
    "service_attribute": "attribute:of service",
    "other_attribute": "attribute",
    "link_taxonomy": "attribute",
    "eligibility": "eligibility",
    "payment_accepted": "attribute:payment",
    "payments_accepted": "attribute:payment",
    "accepted_payment": "attribute:payment",
    "capacity": "service_capacity",
    "website": "url",
    "additional_url": "url",
    "additional_website": "url",
    "meta_table_description": "nothing",
}


def plurals(name: str) -> Iterator[str]:
    """Give a name and its plural, as people form it."""
    yield name
    if name.endswith("y"):
        yield name[:-1] + "ies"
    yield name + ("es" if name.endswith("s") else "s")


def _tables() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name, kind in ENTITIES.items():
        for alias in (*plurals(name), kind.file.removesuffix(".csv")):
            found[alias] = (name, "")
    for name, target in _ALIASES.items():
        entity, _, variant = target.partition(":")
        for alias in plurals(name):
            found[alias] = (entity, variant)
    return found


#: Every name a table goes by: the entity its rows are, and what sets them apart ("physical", "holiday" ...).
TABLES: Mapping[str, tuple[str, str]] = MappingProxyType(_tables())
