"""The telephones of a service that an entry may have: nearest first, each with how it is reached."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.directory.drawing.dialling import NOT_A_NUMBER, Dialled, numbers_in
from bot.directory.service import Doc
from bot.referral.misprints import ten_digits
from bot.referral.normalise import fold

#: More numbers than these nobody reads in a text.
MOST = 8
_FAX = re.compile(r"\b(?:fax|facsimile|pager|beeper|modem|localizador)\b")
_TTY = re.compile(r"\b(?:tty|tdd|ttd|textphone|teletype\w*|teletexto)\b")
_VIDEO = re.compile(r"\b(?:video ?phone|videophone|video|vp|videotelefono)\b")
_TEXT = re.compile(r"\b(?:text|texts|texting|sms|texto|textos|mensajes? de texto|txt)\b")
_VOICE = re.compile(r"\b(?:voice|call|calls|v/tty|tty/voice|phone|voz|llame|llamar|llamadas?)\b")
_OFFICE = re.compile(r"\b(?:admin\w*|business|office|staff only|media|press|donations?|volunteers?|billing|oficina)\b")
_LATER = re.compile(r"\b(?:after[- ]?hours?|nights?|weekends?|evenings?|fuera de horario|noches?|fines? de semana)\b")
_WORDS = {"en": r"(?:text|send|message)", "es": r"(?:env[ií]e|mande|texto|escriba|mensaje|textee)"}
#: More digits than these are another number, which nobody may have looked at.
_EXTENSION = re.compile(r"(?:ext(?:ension)?|x|option|opt|opcion|#)?[ .:]{0,2}#?(\d{1,6})#?", re.IGNORECASE)
_LEVELS = ("service at its place", "service", "place", "organization")

TOO_MANY = f"only the first {MOST} of its telephone numbers were taken"
OF_OWNER = "it has no number of its own: its organization's was taken"
DENIED = "a number that must never be listed was left out"
NO_EXTENSION = "what stands as an extension of its number is none: left out"
NO_KEYWORD = "the word to send to its short number is not stated: staff find it out"


@dataclass(slots=True)
class Found:
    """The phones of an entry, as its table holds them, without hours and languages; and what is to be told of them."""

    rows: list[tuple[dict[str, Any], Mapping[str, Any]]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def phones_of(doc: Doc, denied: frozenset[str], *, quotes: bool) -> Found:
    """Return the telephones of the level nearest to the service that has any, and the rows they stand in.

    `denied`: ten digits of numbers that are left out. `quotes`: whether notes may show what a cell holds.
    """
    found = Found()
    for level, rows in zip(_LEVELS, _levels(doc), strict=True):
        _read(rows, doc, denied, found, quotes=quotes)
        if found.rows:
            if level == "organization":
                found.notes.append((OF_OWNER, ""))
            break
    # The office answers too, and somebody at night; the line people are meant to call comes first. `sorted` keeps the
    # order of equals.
    found.rows = sorted(found.rows, key=lambda pair: _turn(_said(pair[1])))
    if len(found.rows) > MOST:
        found.rows = found.rows[:MOST]
        found.notes.append((TOO_MANY, ""))
    return found


def _turn(said: str) -> int:
    return 2 if _OFFICE.search(said) else 1 if _LATER.search(said) else 0


def _levels(doc: Doc) -> Iterator[list[Mapping[str, Any]]]:
    at_places = doc.get("service_at_locations") or ()
    yield [row for at_place in at_places for row in at_place.get("phones", ())]
    yield list(doc.get("phones", ()))
    yield [row for at_place in at_places for row in (at_place.get("location") or {}).get("phones", ())]
    yield list((doc.get("organization") or {}).get("phones", ()))


def _read(rows: Sequence[Mapping[str, Any]], doc: Doc, denied: frozenset[str], found: Found, *, quotes: bool) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        cell = str(row.get("number", ""))
        dialled, why = numbers_in(cell)
        said = _said(row)
        if why and not _FAX.search(said):
            found.notes.append((why, cell[:40] if quotes else ""))
        for one in dialled:
            if ten_digits(one.number) in denied:
                found.notes.append((DENIED, ""))
                continue
            ways = _ways(one, _folded(row.get("type", "")), said)
            if ways is None:
                found.notes.append((NOT_A_NUMBER, cell[:40] if quotes else ""))
            elif ways and (one.number, ",".join(ways)) not in seen:
                seen.add((one.number, ",".join(ways)))
                found.rows.append((_phone(one, ways, row, doc, found=found), row))


def _said(row: Mapping[str, Any]) -> str:
    return _folded(row.get("type", ""), row.get("description", ""), row.get("department", ""))


@lru_cache(maxsize=4096)
def _folded(*parts: object) -> str:
    return fold(" ".join(str(part) for part in parts if part))


def _ways(one: Dialled, kind: str, said: str) -> tuple[str, ...] | None:
    """Return how a number is reached; () = a fax, which nobody can call; None = it is no number of a telephone."""
    label = fold(one.label)
    return _ways_said(len(one.number), label, kind, said)


@lru_cache(maxsize=4096)
def _ways_said(length: int, label: str, kind: str, said: str) -> tuple[str, ...] | None:
    told = f"{label} {kind}"
    if _FAX.search(told) or (not _VOICE.search(told) and _FAX.search(said)):
        return ()
    both = f"{label} {said}"
    voice = bool(_VOICE.search(both))
    if 5 <= length <= 6:
        return ("text",) if _TEXT.search(both) else None
    for way, words in (("tty", _TTY), ("video", _VIDEO), ("text", _TEXT)):
        if words.search(told) or (words.search(both) and not _VOICE.search(told)):
            return ("call", way) if voice else (way,)
    return ("call",)


def _phone(one: Dialled, ways: tuple[str, ...], row: Mapping[str, Any], doc: Doc, *, found: Found) -> dict[str, Any]:
    phone: dict[str, Any] = {"number": one.number, "ways": list(ways)}
    if "text" in ways and 5 <= len(one.number) <= 6:
        texts = (str(row.get(key, "")) for key in ("description", "number"))
        keyword = _keyword(one.number, " ".join((*texts, str(doc.get("description", "")))))
        if keyword:
            phone["keyword"] = keyword
        else:
            found.notes.append((NO_KEYWORD, ""))
    told = str(row.get("extension", "")).strip()
    extension = one.extension or (found_in[1] if (found_in := _EXTENSION.fullmatch(told)) else "")
    if told and not extension:
        found.notes.append((NO_EXTENSION, ""))
    if extension and "call" in ways:
        phone["purpose"] = {"en": f"ext. {extension}", "es": f"ext. {extension}"}
    return phone


def _keyword(code: str, text: str) -> dict[str, str]:
    """Return the word to send to a short code, per language, as far as a text states it: 'text "HOME" to 741741'."""
    spaced = r"[-. ]?".join(code)
    found = {}
    for language, verb in _WORDS.items():
        word = r"[\"“”'«]?([A-Za-zÁ-ú0-9]{2,12})[\"“”'»]?"
        ask = rf"\b{verb}\W+(?:the (?:key)?word |la palabra )?{word}\W+(?:to|al|a)\W+(?:[a-z]+ )?{spaced}"
        match = re.search(ask, text, re.IGNORECASE)
        if match:
            found[language] = match[1]
    return found
