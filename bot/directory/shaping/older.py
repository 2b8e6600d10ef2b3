"""JSON objects of HSDS 1 and 2, of Open Referral UK and of Ohana, in the shape of today before anything is read."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.columns import meant
from bot.directory.shaping.mending.objects import OTHER_NAMES
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.roles import SAYS

#: What Rails puts behind the names of objects inside another.
_RAILS = "_attributes"
_ELIGIBILITY = ("eligibility", "eligibilities", "eligibilitys")
_TERMS = (
    "service_taxonomy", "service_taxonomys", "service_taxonomies", "taxonomy", "taxonomies", "taxonomy_terms",
    "categories", "link_taxonomies", "link_taxonomy", "organization_taxonomy", "organization_taxonomys",
)  # fmt: skip
_AGES = ("minimum_age", "maximum_age")
_OLD = frozenset({*_ELIGIBILITY, *_TERMS})


def modern(entity: str, doc: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object with the keys of today for what older versions keep in objects of other names."""
    if any(key.endswith(_RAILS) for key in doc):
        doc = {key.removesuffix(_RAILS) if key.removesuffix(_RAILS) not in doc else key: doc[key] for key in doc}
    if entity == "service" and not _OLD.isdisjoint(doc):
        doc = _with_terms(entity, _with_eligibility(doc))
    return doc


def services_of(entity: str, doc: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Take the services that stand in an organization or its places out of it, each with the place it stands in."""
    for service in _taken(doc, "services"):
        if entity == "location":
            owner = doc.get("organization")
            place = {key: doc[key] for key in doc if key != "organization"}
            yield _at(service, place, owner if isinstance(owner, dict) else None)
        else:
            yield service
    places = doc.get("locations")
    if entity == "organization" and isinstance(places, list):
        doc["locations"] = [dict(modern("location", place)) if isinstance(place, dict) else place for place in places]
        for place in doc["locations"]:
            for service in _taken(place, "services") if isinstance(place, dict) else ():
                yield _at(service, place, None)


def from_word(entity: str, key: str, value: Any) -> tuple[str, list[dict[str, Any]]]:
    """Return the objects that a mere text means, "phone": "211", with the key they stand under; else "" and none."""
    target = meant(key, entity) if isinstance(value, str) else None
    table, _, field = target.to.rpartition(".") if target else ("", "", "")
    other = TABLES.get(plain(table), ("", ""))[0]
    child = next((c for c in ENTITIES[entity].children if c.entity == other and c.many), None)
    field = SAYS.get(other, "") if field == "id" else field
    if target is None or child is None or not field or other == "location" or not _is_known(other, field):
        return "", []
    parts = value.split(target.split) if target.split and other != "phone" else [value]
    return child.key, [{field: part.strip()} for part in parts if part.strip()]


def _is_known(entity: str, field: str) -> bool:
    return field in ENTITIES[entity].known or field in OTHER_NAMES.get(entity, ())


def _taken(doc: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = doc.get(key)
    if not isinstance(found, list) or not any(isinstance(each, dict) for each in found):
        return []
    del doc[key]
    return [each for each in found if isinstance(each, dict)]


def _at(service: dict[str, Any], place: Mapping[str, Any], owner: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a service with the place it stands in. Of old the place alone had a name, and its service none."""
    there = service.get("service_at_locations")
    made = {**service, "service_at_locations": [*(there if isinstance(there, list) else ()), {"location": place}]}
    if owner and not service.get("organization"):
        made["organization"] = owner
    if place.get("active") is False:
        made["status"] = "inactive"
    if not service.get("name") and place.get("name"):
        made["name"] = place["name"]
    return made


def _with_eligibility(doc: Mapping[str, Any]) -> Mapping[str, Any]:
    key = next((key for key in _ELIGIBILITY if isinstance(doc.get(key), list) and doc[key]), "")
    rows = doc[key] if key else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        return doc
    words = [str(row["eligibility"]) for row in rows if row.get("eligibility")]
    known = {"id", "service_id", "eligibility", *_AGES}
    if any(row.get(name) for row in rows for name in row.keys() - known):
        return doc
    found = {name: doc[name] for name in doc if name != key}
    told = str(doc.get("eligibility_description") or "")
    if new := [word for word in dict.fromkeys(words) if word not in told]:
        found["eligibility_description"] = "; ".join([*([told] if told else ()), *new])
    ages = {name: rows[0][name] for name in _AGES if len(rows) == 1 and rows[0].get(name) is not None}
    # Of several conditions nobody knows which one an age belongs to: they stay as they are as well.
    several = len(rows) > 1 and any(row.get(name) is not None for row in rows for name in _AGES)
    return {**ages, **found, **({key: rows} if several else {})}


def _with_terms(entity: str, doc: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = [key for key in _TERMS if isinstance(doc.get(key), list) and doc[key] and doc.get("id")]
    attributes = list(doc.get("attributes") or ()) if isinstance(doc.get("attributes"), list | None) else []
    found = dict(doc)
    for key in keys:
        terms = [_term(row) for row in doc[key]]
        if all(terms):
            del found[key]
            ids = {"link_id": doc["id"], "link_entity": entity}
            attributes += [{**ids, "taxonomy_term_id": t.get("id", t["name"]), "taxonomy_term": t} for t in terms if t]
    return {**found, "attributes": attributes} if len(found) < len(doc) else doc


def _term(row: Any) -> dict[str, Any] | None:
    """Return the term that a row of a list of taxonomies tells, None when it is none."""
    if not isinstance(row, dict):
        return None
    inner = next((row[key] for key in ("taxonomy_term", "taxonomy", "term") if isinstance(row.get(key), dict)), row)
    return inner if isinstance(inner.get("name"), str) and inner["name"].strip() else None
