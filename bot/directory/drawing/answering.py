"""When a service answers, and in which languages: what its nearest level says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.directory.hours import Hours, hours_of
from bot.directory.service import Doc
from bot.referral.normalise import fold

#: Languages by name, English and Spanish, as two letters; those a texter may ask for, and the most spoken others.
_LISTED = """
en english ingles|es spanish espanol castellano|zh chinese mandarin cantonese chino|tl tagalog filipino
|vi vietnamese vietnamita|ko korean coreano|ru russian ruso|ar arabic arabe|hy armenian armenio|fa farsi persian
|pl polish polaco|fr french frances|ht haitian creole|pt portuguese portugues|hi hindi|ur urdu|pa punjabi|bn bengali
|gu gujarati|ja japanese japones|km khmer cambodian|th thai|lo lao laotian|hmn hmong|so somali|am amharic|sw swahili
|it italian italiano|de german aleman|uk ukrainian|ro romanian|sm samoan|to tongan|ase asl
"""
_NAMES = {name: row.split()[0] for row in _LISTED.split("|") for name in row.split()[1:]}
#: Three letters, as ISO 639-2 and 639-3 have them.
_LONG = """
en eng|es spa|zh zho chi cmn yue|tl tgl fil|vi vie|ko kor|ru rus|ar ara|hy hye arm|fa fas per|pl pol|fr fra fre|ht hat
|pt por
"""
_LONG_CODES = {name: row.split()[0] for row in _LONG.split("|") for name in row.split()[1:]}
_EVERY = re.compile(
    r"\b(?:any|all|every|over \d+|more than \d+|\d{2,}\+?) languages?\b|\blanguage line\b"
    r"|\b(?:telephon\w+|phone) interpret\w+|\bcualquier idioma\b|\btodos los idiomas\b|\blinea de idiomas\b"
)
_DENIES = re.compile(r"\b(?:no|not|without|sin)\b")

DIFFER = "its places keep different hours: left open"
OF_SERVICE = "the hours of the service were taken as those of its telephone"
ANY_LANGUAGE = "interpreters for any language were taken from its words"


def hours_told(doc: Doc) -> Hours:
    """Return the hours of the level nearest to a service that has any: at its place, its own, or its place's."""
    at_places = [row for row in doc.get("service_at_locations") or () if isinstance(row, Mapping)]
    levels: tuple[list[Sequence[Any]], ...] = (
        [row["schedules"] for row in at_places if row.get("schedules")],
        [doc["schedules"]] if doc.get("schedules") else [],
        [row["location"]["schedules"] for row in at_places if (row.get("location") or {}).get("schedules")],
    )
    for level in levels:
        if level:
            told = {hours_of(rows) for rows in level}
            return told.pop() if len({hours.text for hours in told}) == 1 else Hours("", (DIFFER,))
    return Hours()


def languages_of(doc: Doc, row: Mapping[str, Any]) -> list[str]:
    """Return the languages of a telephone: its own, or those of the service, or of its place. "*" = any."""
    for rows in (row.get("languages"), doc.get("languages"), *_at_places(doc)):
        found = list(dict.fromkeys(code for held in rows or () if (code := _code(held))))
        if found:
            return sorted(found)
    return []


def speaks_all(doc: Doc) -> bool:
    """Say whether a service states that it has interpreters for any language."""
    said = fold(str(doc.get("interpretation_services", "")))
    return bool(said) and _EVERY.search(said) is not None and not _DENIES.search(said)


def _at_places(doc: Doc) -> Iterator[Any]:
    for row in doc.get("service_at_locations") or ():
        yield (row.get("location") or {}).get("languages")


def _code(held: Mapping[str, Any]) -> str:
    code = str(held.get("code", "")).lower().split("-")[0]
    if len(code) == 2 and code.isalpha():
        return code
    if code in _LONG_CODES:
        return _LONG_CODES[code]
    words = fold(str(held.get("name", ""))).replace("(", " ").replace(",", " ").split()
    return next((_NAMES[word] for word in words if word in _NAMES), "")
