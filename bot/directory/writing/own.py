"""The facts of an entry that HSDS has no field for, as attributes of our own taxonomy; and read back from them.

Every published entry leaves with them, so that another line, or this one after a fire, gets it back as it was:
all but the checks. Somebody else's word that a number was tried is no check of ours.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from bot.directory.service import Doc, text_of
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.writing.catalogue import FACTS, PHONE_FACTS, Fact, Shape
from bot.directory.writing.kept import unpacked
from bot.directory.writing.pack import packed
from bot.directory.writing.table import table_of, table_of_phone
from bot.directory.writing.terms import Scheme, attribute, is_of, term
from bot.referral.entry import Entry, Phone

__all__ = [
    "numbered",
    "own_area",
    "own_facts",
    "packed",
    "said_state",
    "told",
    "told_of_phone",
    "unpacked",
    "without_own",
]


#: Fields stand in their tables in the order in which the entry declares them.
_ORDER = tuple(f.name for f in fields(Entry))
_PHONE_ORDER = tuple(f.name for f in fields(Phone))


def told(entry: Entry, service: Doc, said: Mapping[str, str]) -> list[Doc]:
    """Return the attributes of a service that hold its entry's facts; `said` are those of shape SAID."""
    table = {**table_of(entry), "area": entry.area, **said}
    if service.get("name") == entry.name:
        del table["name"]
    return list(_attributes(FACTS, ("service", service["id"]), table))


def told_of_phone(entry: Entry, place: int, phone: Doc, said: Mapping[str, str]) -> list[Doc]:
    """Return the attributes of the object that stands for the entry's number at a place (from 0)."""
    table = {**table_of_phone(entry.phone[place]), "order": place + 1, **said}
    if numbered(phone["number"]) == table["number"]:
        del table["number"]
    return list(_attributes(PHONE_FACTS, ("phone", phone["id"]), table))


def said_state(service: str, state: str) -> Doc:
    """Return the attribute that says how sure the line is of a service (its id) that is no entry yet."""
    (found,) = _attributes(FACTS, ("service", service), {"state": state})
    return found


def own_facts(doc: Doc) -> dict[str, Any] | None:
    """Return the entry a service was exported from, as data/entries/*.toml holds it; None = not our export.

    Checks are left out. None too when a fact of ours is there but cannot be read: what somebody broke is read as
    any other directory's service.
    """
    try:
        table = _table(FACTS, doc)
        if "id" not in table or "area" not in table:
            return None
        phones = [(_table(PHONE_FACTS, row), row) for row in doc.get("phones", ())]
        ours = sorted((found for found in phones if "order" in found[0]), key=lambda found: int(found[0]["order"]))
        del table["area"]
        table = {"name": doc["name"], **table, "phone": [_phone(facts, row) for facts, row in ours]}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return {key: table[key] for key in _ORDER if key in table and table[key] != []}


def own_area(doc: Doc) -> str:
    """Return the area (or "national") of the entry a service was exported from, "" = not our export."""
    found = (str(row.get("value", "")) for row in _ours(doc) if row["taxonomy_term"].get("name") == "area")
    return next(found, "")


def numbered(printed: str) -> str:
    """Return a number as the line keeps it: "+18007997233" for any way to print that; a short code as it is."""
    digits = re.sub(r"\D", "", printed)
    if len(digits) == 10 and not printed.lstrip().startswith("+"):
        return f"+1{digits}"
    return f"+{digits}" if len(digits) > 10 else digits


def without_own(doc: Doc) -> Doc:
    """Return a service without our facts and topics, on itself and on its phones."""
    bare = _without_own(doc)
    if "phones" in bare:
        bare["phones"] = [_without_own(row) for row in bare["phones"]]
    return bare


def _without_own(doc: Doc) -> Doc:
    rows = doc.get("attributes", ())
    others = [row for row in rows if not is_of(row, Scheme.FACTS) and not is_of(row, Scheme.TOPICS)]
    return {
        key: others if key == "attributes" else inside for key, inside in doc.items() if key != "attributes" or others
    }


def _attributes(facts: Mapping[str, Fact], owner: tuple[str, str], table: Mapping[str, Any]) -> Iterator[Doc]:
    for key, fact in facts.items():
        if key not in table:
            continue
        if fact.shape is Shape.PER_LANGUAGE:
            cells = [(f"{key}.{language}", language, text) for language, text in table[key].items()]
        else:
            cells = [(key, "", table[key])]
        for name, language, value in cells:
            found = term(Scheme.FACTS, name, fact.about, language=language, code=f"{owner[0]}.{name}")
            yield attribute(owner, found, text_of(value) if fact.shape is Shape.JSON else _quoted(value))


def _quoted(text: str) -> str:
    """Return a text as a cell keeps it: in quotes, as JSON, where importers would trim it or read it as nothing."""
    return (
        json.dumps(text, ensure_ascii=False)
        if text.startswith('"') or text != text.strip() or says_nothing(text)
        else text
    )


def _unquoted(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value


def _ours(doc: Doc) -> Iterator[Doc]:
    return (row for row in doc.get("attributes", ()) if is_of(row, Scheme.FACTS))


def _table(facts: Mapping[str, Fact], doc: Doc) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for row in _ours(doc):
        key, _, language = row["taxonomy_term"]["name"].partition(".")
        shape = facts[key].shape if key in facts else Shape.SAID
        if shape is Shape.PER_LANGUAGE:
            table.setdefault(key, {})[language] = _unquoted(row["value"])
        elif shape is not Shape.SAID:
            table[key] = json.loads(row["value"]) if shape is Shape.JSON else _unquoted(row["value"])
    return table


def _phone(table: dict[str, Any], row: Doc) -> dict[str, Any]:
    read = {"number": numbered(row["number"]), **table, "publish": True}
    return {key: read[key] for key in _PHONE_ORDER if key in read}
