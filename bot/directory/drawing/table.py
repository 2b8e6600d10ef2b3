"""The table of an entry, as data/entries/*.toml would hold it, drawn from a service."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.directory.drawing.answering import ANY_LANGUAGE, OF_SERVICE, hours_told, languages_of, speaks_all
from bot.directory.drawing.confidential import Secrecy
from bot.directory.drawing.facts import ages_of, evidence_of, link_of, place_of
from bot.directory.drawing.names import Named, entry_id, named, nameless, of_police
from bot.directory.drawing.phones import phones_of
from bot.directory.drawing.telling import Telling
from bot.directory.drawing.terms import Terms
from bot.directory.drawing.topics import NO_TOPIC, Meant, meant_by
from bot.directory.service import Doc
from bot.referral.content import Content
from bot.referral.entry import Entry, Kind

NOT_ACTIVE = "its source says it is not active: look before it is published"
NO_PHONE = "it has no telephone number: only its page can be given"
NO_PHONE_NO_PAGE = "it has neither a telephone number nor a page: it cannot be given to anybody yet"
_HAS_PLACE = "place" in {f.name for f in fields(Entry)}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A service to be drawn: `said` is all its source says, `kept` what may be kept of it.

    `denied` are ten digits of numbers it may not have; `timezone` that of its hours, where its area has another.
    """

    said: Doc
    kept: Doc
    secret: Secrecy
    denied: frozenset[str]
    timezone: str = ""


def table_of(sketch: Sketch, content: Content, terms: Terms, telling: Telling, *, source: str) -> dict[str, Any]:
    """Return the entry of a service, to be checked first, no number published.

    Needs and hours are read from all that its source says, because neither quotes it; every name and text comes
    from what may be kept.
    """
    meant = meant_by(sketch.said, content, terms)
    _tell_topics(meant, telling)
    called = _called(sketch, meant, content, terms)
    if called.note:
        telling.infer(called.note, field="name")
    status = sketch.said.get("status", "active")
    if status != "active":
        telling.infer(NOT_ACTIVE, str(status), "status")
    table: dict[str, Any] = {"id": entry_id(sketch.kept), "name": called.name, "short": called.short}
    table |= {"kind": str(_kind(sketch, meant)), "status": "check-first", "source": "secondary"}
    table |= {"serves": serves} if (serves := meant.serves()) else {}
    phones = _phones(sketch, telling)
    table |= {"phone": phones} if phones else _page(sketch.kept, content, telling)
    table |= {"ages": ages} if (ages := ages_of(sketch.kept)) else {}
    table |= {"police": "works with police" if meant.is_police else "unknown", "minors": "unknown"}
    table |= {"is_police": True} if meant.is_police else {}
    if _HAS_PLACE and sketch.secret is Secrecy.NONE and (place := place_of(sketch.kept)):
        table["place"] = place
    return table | {"evidence": evidence_of(sketch.kept, source)}


def _tell_topics(meant: Meant, telling: Telling) -> None:
    for what, value in meant.notes:
        if what == NO_TOPIC:
            telling.drop(what)
        else:
            telling.infer(what, value)


def _called(sketch: Sketch, meant: Meant, content: Content, terms: Terms) -> Named:
    if sketch.secret is Secrecy.HIDEOUT:
        return nameless(sketch.kept, meant.topics, terms.shorts)
    if meant.is_police:
        return of_police(sketch.kept, content)
    return named(sketch.kept, meant.topics, content, terms.shorts)


def _kind(sketch: Sketch, meant: Meant) -> Kind:
    # A hideout is a shelter even where no word of its name says so; a line is checked more often than either.
    return Kind.SHELTER if sketch.secret is Secrecy.HIDEOUT and meant.kind is Kind.SERVICE else meant.kind


def _page(doc: Doc, content: Content, telling: Telling) -> dict[str, str]:
    link = link_of(doc, content)
    telling.drop(NO_PHONE if link else NO_PHONE_NO_PAGE, field="phones")
    return {"link": link} if link else {}


def _phones(sketch: Sketch, telling: Telling) -> list[dict[str, Any]]:
    found = phones_of(sketch.said, sketch.denied, quotes=sketch.secret is Secrecy.NONE)
    for what, value in dict.fromkeys(found.notes):
        telling.drop(what, value, "phones")
    hours = hours_told(sketch.said)
    for what in hours.why:
        telling.drop(what, field="schedules")
    if hours.text and found.rows:
        telling.infer(OF_SERVICE, hours.text, "schedules")
    any_language = bool(found.rows) and speaks_all(sketch.said)
    if any_language:
        telling.infer(ANY_LANGUAGE, field="interpretation_services")
    phones = []
    for phone, row in found.rows:
        languages = [*languages_of(sketch.said, row), *(["*"] if any_language else [])]
        phone |= {"hours": hours.text} if hours.text else {}
        phone |= {"timezone": sketch.timezone} if hours.text and sketch.timezone else {}
        phone |= {"languages": languages} if languages else {}
        phones.append(phone | {"publish": False})
    return phones


def own_table(own: Mapping[str, Any], *, hides: bool) -> dict[str, Any]:
    """Return the entry that an export of ours held, as one nobody here has checked."""
    phones = [{**{k: v for k, v in row.items() if k != "checks"}, "publish": False} for row in own.get("phone", ())]
    kept = {key: value for key, value in own.items() if key != "checks" and not (hides and key == "place")}
    return kept | {"status": "check-first"} | ({"phone": phones} if phones else {})
