"""What a heading means in a table of a kind: by the standard of today, by an older one, or by a vendor's habit."""

from collections.abc import Iterator
from functools import lru_cache

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.aliases import COLUMNS, IDS, LIST
from bot.directory.shaping.mapping import Target
from bot.directory.shaping.mending.objects import OTHER_NAMES
from bot.directory.shaping.names import TABLES, plain, plurals

#: The id of a row, and a second one other tables may know it by.
ID, OTHER_ID = "id", "other id"
#: Of a table that tells which terms apply to what.
_CLASSIFIES = {"taxonomy_id": "taxonomy_term_id", "taxonomy": "taxonomy_term_id", "term_id": "taxonomy_term_id"}
_SUFFIXES = ("_id", "_ids", "_uuid", "_recordid", "_recordids", "_record_id")


@lru_cache(maxsize=4096)
def meant(heading: str, entity: str, variant: str = "") -> Target | None:
    """Return the field a heading means in a table of an entity, None when nobody knows."""
    name = plain(heading)
    if variant in ("of service", "payment") and (found := _of_link_table(name, variant)):
        return found
    for bare in _bare(name, entity):
        if found := _own(bare, entity, name):
            return found
    return None


def _bare(name: str, entity: str) -> Iterator[str]:
    """Give a name as it stands, then without the name of its table before it."""
    yield name
    for prefix in plurals(entity):
        if name.startswith(f"{prefix}_"):
            yield name.removeprefix(f"{prefix}_")


def _own(name: str, entity: str, whole: str) -> Target | None:
    if entity not in ENTITIES:
        return COLUMNS[entity].get(name)
    kind = ENTITIES[entity]
    if name in kind.known:
        return Target(name)
    if name in COLUMNS[entity]:
        return COLUMNS[entity][name]
    if name in OTHER_NAMES.get(entity, ()):
        return Target(name)
    if name in IDS and whole != name or name == whole and name in IDS:
        return Target(OTHER_ID)
    return _other(name, entity)


def _other(name: str, entity: str) -> Target | None:
    """Return what a heading means that names another table: "organization_uuid", "location_services", "phones"."""
    kind = ENTITIES[entity]
    for suffix in ("", *_SUFFIXES):
        stem = name.removesuffix(suffix)
        if (suffix and stem == name) or stem not in TABLES:
            continue
        other, variant = TABLES[stem]
        if variant or other not in ENTITIES:
            return None
        if other == entity:
            return Target(OTHER_ID) if suffix else None
        child = next((c for c in kind.children if c.entity == other and c.link), None)
        if child:
            # A column called "program" says a name or a code as often as an id.
            return None if other == "program" and not suffix else Target(child.link)
        if f"{other}_id" in kind.known:
            return Target(f"{other}_id", split=LIST)
        return Target(f"{other}.id", split=LIST)
    return None


def _of_link_table(name: str, variant: str) -> Target | None:
    if name == "service_id":
        return Target("link_id")
    if variant == "payment" and name in ("payment", "payment_accepted", "accepted_payment", "name"):
        return Target("value")
    return Target(_CLASSIFIES[name]) if name in _CLASSIFIES else None


def variant_of(entity: str, variant: str, headings: tuple[str, ...]) -> tuple[str, str]:
    """Return what the rows of a table really are: terms, where a table called taxonomy holds them."""
    names = {plain(heading) for heading in headings}
    if entity == "taxonomy" and names & {
        "parent_id",
        "parent_name",
        "vocabulary",
        "taxonomy_facet",
        "term",
        "taxonomy_id",
    }:
        return "taxonomy_term", "of old"
    return entity, variant
