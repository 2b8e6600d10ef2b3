"""Takes the whereabouts out of a service that must not be found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.directory.drawing.dialling import numbers_in
from bot.directory.drawing.street import tells_street
from bot.directory.drawing.whereabouts import Whereabouts
from bot.directory.hsds import ENTITIES
from bot.directory.model import Child, Entity, Field, Kind
from bot.directory.service import Doc, Service, canonical, text_of
from bot.directory.writing.terms import Scheme, is_of
from bot.referral.normalise import fold

#: Objects that are a place, belong to one, name a person there, or remember what a field said before.
_GONE = frozenset({"location", "service_at_location", "address", "accessibility", "contact", "metadata"})
#: Vocabularies that many services share: only a whole address is taken out of them.
_SHARED = frozenset({"taxonomy", "taxonomy_term", "language", "unit"})
_NAMES = frozenset({"name", "alternate_name"})
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
_MOMENT = re.compile(rf"\d{{4}}-\d\d-\d\d(?:[T ]{_CLOCK})?|{_CLOCK}")
_ONLY_NUMBER = re.compile(r"[\d\s().+-]{3,20}")
_SITE = re.compile(r"(https?://[^/?#]*).*", re.DOTALL | re.IGNORECASE)
_DAYS = re.compile(r"[\dA-Z,+ -]{1,60}")
#: Fields of text in which nothing but the words of a closed list can stand, and those words.
_CLOSED = {
    "byday": _DAYS,
    "byweekno": _DAYS,
    "bymonthday": _DAYS,
    "byyearday": _DAYS,
    "type": re.compile(r"voice|text|sms|fax|cell|video|pager|textphone|tty|tdd|hotline"),
    "attending_type": re.compile(r"in[- _]person|online|virtual|phone|telephone"),
    "currency": re.compile(r"[A-Z]{3}"),
}
_AMOUNT = re.compile(r"\d{1,7}(?:\.\d\d?)?")


def hide(service: Service) -> Service | None:
    """Return a service of which nobody can learn where it is, None when that could not be done.

    Only what is known to be no place stays: names, numbers, hours, languages, ages, terms, its bare site. Unknown
    fields go, and free texts too, for nobody can list the ways to say "opposite the school"; of its locations stay
    telephones, hours and languages. Towns, ZIP codes and post boxes help nobody who gets a text, and narrow down a
    search. Notes made before lose what they quote.
    """
    secret = Whereabouts.of(service.doc)
    doc = canonical(_hidden(_lifted(service.doc), ENTITIES["service"], secret))
    told = fold(text_of(doc))
    if any(line in told for line in secret.lines):
        return None
    notes = tuple(replace(note, value="") for note in service.notes)
    source_id = "" if secret.told_by(service.source_id) else service.source_id
    return Service(doc, service.where, source_id, notes)


def tells_no_place(doc: Doc) -> bool:
    """Say whether a service has no location, and no text of it tells a street: so do exports of ours."""
    owner = doc.get("organization") or {}
    if doc.get("service_at_locations") or owner.get("locations"):
        return False
    return not any(tells_street(text) for text in _texts(doc))


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """Give every text of a service but its links and the ZIP codes of its areas."""
    if isinstance(value, str):
        if key != "extent" and not value.startswith("http"):
            yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, key)
    elif isinstance(value, float):
        yield str(value)


def _lifted(doc: Doc) -> Doc:
    """Return a service with the telephones, hours and languages of its locations on itself."""
    made = dict(doc)
    for row in doc.get("service_at_locations", ()):
        for holder in (row, row.get("location") or {}):
            made["phones"] = [*made.get("phones", ()), *holder.get("phones", ())]
            for key in ("schedules", "languages"):
                if not made.get(key) and holder.get(key):
                    made[key] = holder[key]
    seen: set[str] = set()
    once = []
    for phone in made.get("phones", ()):
        if str(phone.get("id")) not in seen:
            seen.add(str(phone.get("id")))
            once.append(phone)
    return made | {"phones": once}


def _hidden(doc: Doc, kind: Entity, secret: Whereabouts) -> Doc:
    made: Doc = {}
    for field in kind.fields:
        kept = _kept(doc.get(field.name), field, kind.name, secret)
        if kept is not None:
            made[field.name] = kept
    for child in kind.children:
        if child.entity not in _GONE and doc.get(child.key):
            made[child.key] = _inside(doc[child.key], child, secret)
    return made


def _inside(value: Any, child: Child, secret: Whereabouts) -> Any:
    kind = ENTITIES[child.entity]
    if not child.many:
        return _hidden(dict(value), kind, secret) if isinstance(value, Mapping) else None
    rows = [_ours(row, secret) or _hidden(dict(row), kind, secret) for row in value if isinstance(row, Mapping)]
    # Without its term an attribute says nothing, a telephone nothing without its number, and ids alone say nothing.
    needed = {"attribute": "taxonomy_term", "phone": "number"}.get(child.entity, "id")
    return [row for row in rows if needed in row and any(key != "id" and not key.endswith("_id") for key in row)]


def _ours(row: Mapping[str, Any], secret: Whereabouts) -> Doc | None:
    """Return an attribute of our own as it stands, None when it is none, or tells a place."""
    if not (is_of(dict(row), Scheme.FACTS) or is_of(dict(row), Scheme.TOPICS)):
        return None
    return None if secret.given_away_by(str(row.get("value", ""))) else dict(row)


def _kept(value: Any, field: Field, entity: str, secret: Whereabouts) -> Any:
    """Return what may stand in a field, None = nothing."""
    if value is None or isinstance(value, Mapping | list | bool) or field.name == "location_id":
        return None
    text = str(value)
    if field.kind is Kind.ID:
        return value if _UUID.fullmatch(text) else None
    if field.kind is Kind.NUMBER:
        return value if _AMOUNT.fullmatch(text) else None
    if field.kind in (Kind.DAY, Kind.TIME, Kind.MOMENT):
        return value if _MOMENT.fullmatch(text) else None
    if field.kind in (Kind.ADDRESS, Kind.EMAIL) and entity != "service_area":
        # A page inside a site may be named after the place; its front page is what the service is known by.
        site = _SITE.fullmatch(text)
        return None if secret.shown_by(text) or (field.kind is Kind.ADDRESS and not site) else site[1] if site else text
    return _kept_text(text, field, entity, secret)


def _kept_text(text: str, field: Field, entity: str, secret: Whereabouts) -> str | None:
    name = field.name
    if entity in _SHARED and name != "note":
        return None if secret.written_in(text) else text
    if entity == "service_area":
        plain = name == "name" and not any(char.isdigit() for char in text)
        return text if plain and not secret.told_by(text) else None
    if entity == "phone" and name == "number":
        return _dialled(text)
    if name in _NAMES:
        return secret.without(text)
    return text if text in field.among or (name in _CLOSED and _CLOSED[name].fullmatch(text)) else None


def _dialled(cell: str) -> str | None:
    """Return the numbers of a cell, as it has them when it holds nothing else; None = it has none."""
    numbers = [one.number.removeprefix("+1") for one in numbers_in(cell)[0]]
    if not _ONLY_NUMBER.fullmatch(cell):
        # Among words five digits may be the ZIP code of what must not be known, and no code to text to.
        numbers = [number for number in numbers if len(number) not in (5, 6)]
    return (cell if len(numbers) == 1 and _ONLY_NUMBER.fullmatch(cell) else "; ".join(numbers)) or None
