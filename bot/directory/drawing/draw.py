"""From a service of another directory to the draft of an entry, and to what may be kept of the service."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import zipcodes

from bot.directory.drawing.banned import names_of, without
from bot.directory.drawing.confidential import Secrecy
from bot.directory.drawing.names import entry_id
from bot.directory.drawing.neighbours import is_near, spare
from bot.directory.drawing.places import own_marks, secrecy_of
from bot.directory.drawing.ready import ready_for
from bot.directory.drawing.table import Sketch, own_table, table_of
from bot.directory.drawing.telling import Telling
from bot.directory.drawing.terms import Terms
from bot.directory.drawing.texts import Texts
from bot.directory.drawing.veil import hide, tells_no_place
from bot.directory.hsds import ENTITIES
from bot.directory.note import Level, Note, Where
from bot.directory.service import Doc, Service, canonical
from bot.directory.writing.own import own_area, own_facts
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry
from bot.referral.misprints import may_hold
from bot.referral.shape import Misfit, shaped

HIDDEN = "people hide there: where it is was left out of every field"
ASKED = "its source asks not to show where it is: that was left out of every field"
UNHIDABLE = "where it is must not be known, and could not be taken out of it"
NEAR = "it would give away a place that must not be known: that place, and addresses in texts, were left out"
BANNED_NAME = "its name is one that may never be listed"
BANNED_NUMBER = "a number that must never be listed was taken out of its fields"
NOT_OURS = "it says it is an entry of ours, but cannot be read as one: read as any other service"
_HIDES = {Secrecy.HIDEOUT: HIDDEN, Secrecy.ASKED: ASKED}
_FIELDS = frozenset(name for kind in ENTITIES.values() for name in (*kind.known, *kind.inside))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn from a service. `service` is without what must never be kept.

    `area` is national, an area's slug, or "elsewhere"; `entry` a table as data/entries/*.toml holds it, to be
    checked first. Not empty `refused` = nothing of it may be kept. `hides`: where it is was left out, and what an
    earlier import kept of that must not be shown again.
    """

    service: Service
    entry_id: str
    area: str
    entry: dict[str, Any]
    notes: tuple[Note, ...] = ()
    refused: tuple[Note, ...] = ()
    hides: bool = False


def draw(service: Service, content: Content, terms: Terms, *, source: str, hidden: frozenset[str]) -> Drawn:
    """Draw the draft of an entry from a service.

    `source` is the name staff gave the directory; `hidden` what `confidential_places` found in the whole of it,
    which can only add to what is left out here.
    """
    ready = ready_for(content)
    names = tuple(names_of(service.doc))
    if ready.banned.refuses(names):
        return _refused(service, BANNED_NAME, next(name for name in names if ready.banned.refuses((name,))))
    telling = Telling(service.where)
    texts = Texts.of(service.doc)
    secret = secrecy_of(service.doc, terms, texts)
    kept = _veiled(service, secret, hidden | own_marks(service.doc, secret), telling)
    if kept is None:
        return _refused(service, UNHIDABLE)
    hides = secret in _HIDES or kept is not service
    denied = ready.banned.numbers(names)
    may_be_told = any(may_hold(said.text, denied, halves=True) for said in (texts.own, texts.owner))
    if may_be_told:
        kept = _stripped(kept, denied, telling)
    placed = ready.areas.place(service.doc)
    area, own = own_area(service.doc), _own(kept.doc, telling)
    if own and area:
        entry = without(own_table(own, hides=secret in _HIDES), denied)
    else:
        area = placed.area
        for what in placed.notes:
            telling.infer(what, field="service_areas")
        sketch = Sketch(service.doc, kept.doc, secret, denied, _zone(service.doc, area))
        entry = table_of(sketch, content, terms, telling, source=source)
    notes = (*kept.notes, *telling.notes)
    if may_be_told:
        entry, notes = without(entry, denied), _without_quotes(notes, denied)
    return Drawn(kept, str(entry["id"]), area, entry, notes, hides=hides)


def _veiled(service: Service, secret: Secrecy, hidden: frozenset[str], telling: Telling) -> Service | None:
    """Return what may be kept of a service as far as places go, None when nothing may."""
    if secret in _HIDES:
        # An export of ours, in which there is no place to begin with, comes back as it left.
        kept = service if own_area(service.doc) and tells_no_place(service.doc) else hide(service)
        if kept is not None and kept.doc != service.doc:
            gone = sorted(_fields(service.doc) - _fields(kept.doc))
            telling.drop(_HIDES[secret], ", ".join(gone))
        return kept
    if hidden and is_near(service.doc, hidden):
        kept = spare(service, hidden)
        if kept.doc != service.doc:
            telling.drop(NEAR)
        return kept
    return service


def _stripped(kept: Service, denied: frozenset[str], telling: Telling) -> Service:
    doc = canonical(without(kept.doc, denied))
    if doc == kept.doc:
        return kept
    telling.drop(BANNED_NUMBER)
    return replace(kept, doc=doc)


def _without_quotes(notes: tuple[Note, ...], denied: frozenset[str]) -> tuple[Note, ...]:
    return tuple(replace(note, value="") if may_hold(note.value, denied) else note for note in notes)


def _own(doc: Doc, telling: Telling) -> dict[str, Any] | None:
    """Return the entry an export of ours holds, None when it is none, or somebody broke it."""
    own = own_facts(doc)
    if own is None:
        return None
    try:
        shaped("", {**own, "area": own_area(doc)}, Entry)
    except Misfit:
        telling.infer(NOT_OURS)
        return None
    return own


def _zone(doc: Doc, area: str) -> str:
    """Return the time zone of the hours of a service for the whole country; else its area has one."""
    if area != NATIONAL:
        return ""
    for row in doc.get("service_at_locations") or ():
        for address in (row.get("location") or {}).get("addresses") or ():
            if zone := _zone_of(str(address.get("postal_code", ""))[:5]):
                return zone
    return ""


@lru_cache(maxsize=1 << 12)
def _zone_of(code: str) -> str:
    if not (len(code) == 5 and code.isdigit()):
        return ""
    found: list[dict[str, Any]] = zipcodes.matching(code)  # type: ignore[no-untyped-call]
    return str(found[0]["timezone"]) if found else ""


def _refused(service: Service, why: str, value: str = "") -> Drawn:
    """Return what a refusal leaves: the name and place of what was refused, for the report."""
    bare = Service({key: service.doc[key] for key in ("id", "name") if key in service.doc}, service.where)
    note = Note(Level.REFUSED, Where(service.where.file, service.where.row), why, value)
    return Drawn(bare, entry_id(service.doc), "elsewhere", {}, refused=(note,), hides=why == UNHIDABLE)


def _fields(value: Any) -> set[str]:
    """Return the names of all known fields inside an object; unknown ones may be anything, and count as one."""
    if isinstance(value, Mapping):
        inner = {name for held in value.values() for name in _fields(held)}
        return inner | {key if key in _FIELDS else "fields nobody knows" for key in value}
    return {name for held in value for name in _fields(held)} if isinstance(value, list) else set()
