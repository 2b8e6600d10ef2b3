"""A published entry as a service in HSDS."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.directory.hours import schedules_of
from bot.directory.ids import minted
from bot.directory.service import Doc, canonical
from bot.directory.writing.checked import assured_on, said_of, said_of_phone
from bot.directory.writing.kept import aside, unpacked, with_attributes
from bot.directory.writing.merge import merged, phone_id, rows_of
from bot.directory.writing.own import told, told_of_phone
from bot.directory.writing.pack import packed
from bot.directory.writing.terms import OURS, Scheme, attribute, term
from bot.directory.writing.withheld import withheld, without
from bot.referral.bulletin import Why
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry, Status, Way

_TYPES = {Way.CALL: "voice", Way.TEXT: "text", Way.TTY: "textphone", Way.VIDEO: "video"}
_INTERPRETERS = "Interpreters for other languages."
#: English names of the languages that hotlines of the country name most; others go by their code alone.
_LANGUAGES = {
    "am": "Amharic", "ar": "Arabic", "ase": "American Sign Language", "bn": "Bengali", "cmn": "Mandarin",
    "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "gu": "Gujarati",
    "hi": "Hindi", "hmn": "Hmong", "ht": "Haitian Creole", "hy": "Armenian", "it": "Italian", "ja": "Japanese",
    "km": "Khmer", "ko": "Korean", "lo": "Lao", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "so": "Somali", "th": "Thai", "tl": "Tagalog", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "yue": "Cantonese", "zh": "Chinese",
}  # fmt: skip


def leaving(content: Content) -> Iterator[Entry]:
    """Give the entries that are exported, by id: published ones, without the numbers that staff withdrew."""
    withdrawn = {(pause.entry, pause.phone) for pause in content.bulletins.pauses if pause.why is Why.WITHDRAWN}
    for _, entry in sorted(content.entries.items()):
        if entry.status != Status.PUBLISH or (entry.id, "") in withdrawn:
            continue
        phones = tuple(replace(p, publish=False) if (entry.id, p.number) in withdrawn else p for p in entry.phone)
        if entry.link or any(phone.publish for phone in phones):
            yield replace(entry, phone=phones)


def service_of(
    entry: Entry,
    content: Content,
    today: date,
    imported: Doc | None = None,
    *,
    drawn: Mapping[str, Any] | None = None,
) -> Doc:
    """Return an entry as a canonical service that the strict schemas accept.

    `imported` is the service it once came from and `drawn` the entry as it was drawn from it then: `merge` says
    which of both is written where. Raises ValueError for an entry that is not published.
    """
    if entry.status != Status.PUBLISH:
        raise ValueError(f"{entry.id} is not published")
    refused = withheld(entry, drawn)
    entry = replace(entry, phone=tuple(phone for phone in entry.phone if phone.publish))
    doc = _service(entry, content)
    if imported is not None:
        doc = merged(unpacked(imported), doc, entry, drawn)
    doc = _assured(doc, assured_on(entry, today))
    if _is_closed(entry, content, today):
        doc["status"] = "temporarily closed"
    return _with_facts(packed(canonical(without(doc, refused))), entry, content, today)


def _service(entry: Entry, content: Content) -> Doc:
    """Return an entry as a service in our own words, without our facts."""
    made = minted(OURS, "service", entry.id)
    first = content.line.languages[0]
    who, note = entry.who.get(first, ""), entry.note.get(first, "")
    spoken = list(dict.fromkeys(code for phone in entry.phone for code in phone.languages))
    ages = dict(zip(("minimum_age", "maximum_age"), entry.ages, strict=False))
    return {
        "id": made,
        "name": entry.name,
        "description": " ".join(_sentences(entry, who, note)),
        "url": f"https://{entry.link}" if entry.link else "",
        "status": "active",
        "interpretation_services": _INTERPRETERS if "*" in spoken else "",
        "eligibility_description": who,
        **ages,
        "phones": [_phone(entry, place, first) for place in range(len(entry.phone))],
        "schedules": _schedules(made, entry, content),
        "service_areas": [_area(made, entry.area, content)],
        "languages": _languages(made, spoken),
        "organization": {
            "id": minted(OURS, "organization", entry.id),
            "name": entry.name,
            "description": entry.name,
        },
    }


def _sentences(entry: Entry, who: str, note: str) -> Iterator[str]:
    needs = list(dict.fromkeys(serves.topic for serves in entry.all_serves()))
    if needs:
        yield f"Needs: {', '.join(needs)}."
    if who:
        yield f"For: {who}."
    if note:
        yield f"Note: {note}."


def _phone(entry: Entry, place: int, language: str) -> Doc:
    made, phone = phone_id(entry, place), entry.phone[place]
    number = f"+1 {phone.printed}" if phone.number.startswith("+1") else phone.number
    keyword, purpose = phone.keyword.get(language, ""), phone.purpose.get(language, "")
    about = [f"Text {keyword} to this number." if keyword else "", purpose]
    return {
        "id": made,
        "number": number,
        "type": _TYPES[phone.ways[0]] if phone.ways else "",
        "description": " ".join(filter(None, about)),
        "languages": _languages(made, phone.languages),
    }


def _languages(owner: str, codes: Iterable[str]) -> list[Doc]:
    return [
        {"id": minted(OURS, "language", f"{owner}:{code}"), "name": _LANGUAGES.get(code, ""), "code": code}
        for code in codes
        if code != "*"
    ]


def _schedules(owner: str, entry: Entry, content: Content) -> list[Doc]:
    """Return the hours of the number that leads, on the clock of its place: an offset would be wrong half the year."""
    if not entry.phone:
        return []
    lead, area = entry.phone[0], content.line.areas.get(entry.area)
    zone = lead.timezone or (area.timezone if area else "")
    rows = enumerate(schedules_of(lead.hours))
    return [{"id": minted(OURS, "schedule", f"{owner}:{place}"), **row, "notes": zone} for place, row in rows]


def _area(owner: str, slug: str, content: Content) -> Doc:
    made = {"id": minted(OURS, "service_area", owner)}
    area = content.line.areas.get(slug)
    if area is None:
        return made | {"name": "United States" if slug == NATIONAL else slug}
    zips = " ".join(sorted(area.zips))
    return made | {"name": f"{area.name} County, {area.state}", "extent": zips, "extent_type": "text"}


def _topics(doc: Doc, entry: Entry) -> Iterator[Doc]:
    """Give the needs an entry serves as attributes, each facet under its topic."""
    owner = ("service", doc["id"])
    facets = {(s.topic, facet) for s in entry.all_serves() for facet in ("", *s.facets)}
    for topic, facet in sorted(facets):
        about = f"A need that people text about: {topic}{f', {facet}' if facet else ''}."
        code, parent = (f"topic.{topic}.{facet}", f"topic.{topic}") if facet else (f"topic.{topic}", "")
        yield attribute(owner, term(Scheme.TOPICS, facet or topic, about, code=code, parent=parent))


def _with_facts(doc: Doc, entry: Entry, content: Content, today: date) -> Doc:
    """Return a packed service with the facts of its entry, and those of the numbers on its phones."""
    facts = {
        row["id"]: told_of_phone(entry, place, row, said_of_phone(entry, entry.phone[place], content, today))
        for place, row in rows_of(entry, doc.get("phones", ()))
    }
    phones = [with_attributes(row, "phone", facts.get(row["id"], ())) for row in doc.get("phones", ())]
    if phones:
        doc = doc | {"phones": phones}
    return with_attributes(doc, "service", [*_topics(doc, entry), *told(entry, doc, said_of(entry, content, today))])


def _assured(doc: Doc, day: date | None) -> Doc:
    """Return a service whose assured_date is that of our own check. Another directory's is carried along, as theirs."""
    if day is None:
        return aside(doc, "service", ("assured_date", "assurer_email"))
    return {key: value for key, value in doc.items() if key != "assurer_email"} | {"assured_date": day.isoformat()}


def _is_closed(entry: Entry, content: Content, today: date) -> bool:
    return any(
        pause.entry == entry.id
        and not pause.phone
        and pause.why in (Why.CLOSED, Why.OUTAGE)
        and (pause.until is None or pause.until.date() > today)
        for pause in content.bulletins.pauses
    )
