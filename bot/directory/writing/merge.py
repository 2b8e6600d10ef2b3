"""Which of two says what: the directory a service came from, and the staff who looked after its entry since.

What the other directory says stays, word for word. Ours is written over it only where the entry no longer says what
was drawn from that directory: then a person changed it here. What it says nothing of is filled from the entry, and
what we wrote ourselves, in a service that came back to us, is written anew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.directory.hours import hours_of
from bot.directory.ids import minted
from bot.directory.service import Doc
from bot.directory.writing.own import numbered, own_area, without_own
from bot.directory.writing.table import table_of
from bot.directory.writing.terms import OURS
from bot.referral.entry import Entry

#: What an entry says, and the fields of a service that say it.
_SAYS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "who": ("eligibility_description",),
    "ages": ("minimum_age", "maximum_age"),
    "link": ("url",),
}
#: The same for a number.
_PHONE_SAYS: Mapping[str, tuple[str, ...]] = {
    "ways": ("type",),
    "purpose": ("description",),
    "keyword": ("description",),
    "languages": ("languages",),
}
#: How the descriptions begin that we write.
_OUR_WORDS = ("Needs: ", "For: ", "Note: ")
#: The entry as it was drawn, None where nobody knows.
_Drawn = Mapping[str, Any] | None


def merged(theirs: Doc, ours: Doc, entry: Entry, drawn: _Drawn) -> Doc:
    """Return the service of another directory as its entry has it now.

    `ours` is the entry as a service, `drawn` the entry as it was drawn from theirs; without it every field that
    says something else counts as changed here. `entry` has published numbers only. A change makes `last_modified`
    untrue: it is left out.
    """
    doc = _written_anew(without_own(theirs), ours, moved=own_area(theirs) not in ("", entry.area))
    gone = set(_changed(entry, doc, ours, drawn))
    if hours := _hours_changed(entry, doc, drawn):
        gone.add("schedules")
        doc |= {"service_at_locations": [_without(row, {"schedules"}) for row in doc.get("service_at_locations", ())]}
    rows = _phones(entry, doc.get("phones", ()), ours["phones"], drawn)
    if gone or rows != doc.get("phones", []):
        gone.add("last_modified")
    unsaid = {"schedules"} if not hours and _has_hours(doc) else set()
    return _without(ours, unsaid) | _without(doc, gone) | {"status": "active", "phones": rows}


def phone_id(entry: Entry, place: int) -> str:
    """Return the id we give an entry's number at a place: the same as long as the entry has it, wherever it stands."""
    number = entry.phone[place].number
    nth = Counter(phone.number for phone in entry.phone[:place])[number]
    return minted(OURS, "phone", f"{entry.id}:{number}" + (f":{nth + 1}" if nth else ""))


def rows_of(entry: Entry, rows: Sequence[Doc]) -> Iterator[tuple[int, Doc]]:
    """Pair the places of an entry's numbers with the rows that stand for them: ours first, then any."""
    by_id = {row["id"]: row for row in rows}
    own = {place: by_id.get(phone_id(entry, place)) for place in range(len(entry.phone))}
    free = [row for row in rows if all(row is not mine for mine in own.values())]
    for place, phone in enumerate(entry.phone):
        row = own[place]
        if row is None:
            row = next((other for other in free if numbered(other["number"]) == phone.number), None)
            free = [other for other in free if other is not row]
        if row is not None:
            yield place, row


def _written_anew(doc: Doc, ours: Doc, *, moved: bool) -> Doc:
    """Return a service in which the words and objects that we made say what the entry says today."""
    if doc["id"] == ours["id"] and doc.get("description", "").startswith(_OUR_WORDS):
        doc = doc | {"description": ours["description"]}
    mine = {row["id"]: row for row in ours["service_areas"]}
    if moved:
        doc = _without(doc, {"service_areas"})
    elif "service_areas" in doc:
        doc = doc | {"service_areas": [mine.get(row["id"], row) for row in doc["service_areas"]]}
    if doc.get("organization", {}).get("id") == ours["organization"]["id"]:
        doc = doc | {"organization": doc["organization"] | ours["organization"]}
    return doc


def _changed(entry: Entry, theirs: Doc, ours: Doc, drawn: _Drawn) -> Iterator[str]:
    """Give the fields of a service that somebody changed here."""
    now = table_of(entry)
    for key, names in _SAYS.items():
        if _differs(now, drawn, key, ours=ours, theirs=theirs, names=names):
            yield from names
    if drawn is None:
        codes = [{row.get("code") for row in doc.get("languages", ())} for doc in (ours, theirs)]
        changed = bool(codes[0]) and codes[0] != codes[1]
    else:
        before = {row.get("number"): row.get("languages", []) for row in drawn.get("phone", ())}
        changed = any(list(p.languages) != before[p.number] for p in entry.phone if p.number in before)
    if changed:
        yield from ("languages", "interpretation_services")


def _phones(entry: Entry, theirs: Sequence[Doc], ours: Sequence[Doc], drawn: _Drawn) -> list[Doc]:
    """Return the rows of all numbers: theirs, with what was changed here, and those only the entry has."""
    mine = {row["id"]: row for row in ours}
    before = {row.get("number"): row for row in (drawn or {}).get("phone", ())}
    table = table_of(entry).get("phone", [])
    rows, missing = list(theirs), []
    found = dict(rows_of(entry, theirs))
    for place, phone in enumerate(entry.phone):
        own = mine[phone_id(entry, place)]
        if place not in found:
            missing.append(own)
        elif phone.number in before or drawn is None:
            then, row = before.get(phone.number), found[place]
            gone = {
                name
                for key, names in _PHONE_SAYS.items()
                if _differs(table[place], then, key, ours=own, theirs=row, names=names)
                for name in names
            }
            new = _without(row, gone) | {name: own[name] for name in gone if own.get(name)}
            rows = [new if other is row else other for other in rows]
    return [*rows, *missing]


def _differs(now: Doc, before: _Drawn, key: str, *, ours: Doc, theirs: Doc, names: Iterable[str]) -> bool:
    if before is not None:
        return bool(now.get(key) != before.get(key))
    return any(ours.get(name) and ours[name] != theirs.get(name, ours[name]) for name in names)


def _hours_changed(entry: Entry, theirs: Doc, drawn: _Drawn) -> bool:
    if not entry.phone:
        return False
    lead = entry.phone[0]
    if drawn is None:
        return bool(lead.hours) and hours_of(theirs.get("schedules", ())).text != lead.hours
    before: Mapping[str, Any] = next((row for row in drawn.get("phone", ()) if row.get("number") == lead.number), {})
    return bool(before.get("hours", "") != lead.hours)


def _has_hours(doc: Doc) -> bool:
    places = doc.get("service_at_locations", ())
    return any(row.get("schedules") for row in (doc, *places, *(row.get("location", {}) for row in places)))


def _without(doc: Doc, names: set[str]) -> Doc:
    return {key: value for key, value in doc.items() if key not in names}
