"""Whether the place of a service must never be known: where people hide who fled from somebody.

Decided by words in everything a service says, its organization and locations included, in English and Spanish.
In doubt the place goes: a texter is given a number, not an address, so little is lost, and a shelter that is found
costs lives. There is no setting for it, and no list that takes a service off.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from html import unescape
from typing import Any

from bot.directory.drawing import hiding
from bot.directory.drawing.texts import OWNERS, Field, Said, Texts
from bot.directory.service import Doc
from bot.referral.normalise import fold

#: What a cell was blackened with.
_BARS = frozenset("█▇■▓▒░ *#-_")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_SIGNS = str.maketrans({sign: "-" for sign in "‐‑‒–—"} | {sign: "'" for sign in "‘’ʼ"})
_MASKED = ("address_1", "address_2", "city", "attention")
_YES = frozenset("1 1.0 y yes true t x on si verdadero always".split())
_NO = frozenset("0 0.0 n no false f off never".split())
#: Of so many organizations the words are remembered: thousands of services share one.
_KNOWN_MOST = 100_000


class Secrecy(StrEnum):
    """What about where a service is must not be known."""

    NONE = "nothing"
    OWNER = "where its organization is: its source asks for that"
    ASKED = "where it is: its source asks for that"
    HIDEOUT = "where it is: people hide there"


@dataclass(frozen=True, slots=True)
class _Words:
    """Which of the patterns the texts of an object hold; `asked`: a field says that its place is not to be shown."""

    asked: bool = False
    secret: bool = False
    fled: bool = False
    beds: bool = False
    children: bool = False
    harmed: bool = False


_NOTHING = _Words()
_known: dict[bytes, _Words] = {}


def secrecy(doc: Doc, texts: Texts | None = None) -> Secrecy:
    """Say what about where a service is must not be known. `texts` saves gathering them again.

    Its organization's words count as well: of "Harbor House" only the organization may say who is sheltered there.
    """
    texts = texts or Texts.of(doc)
    owner = _owner_words(texts.owner)
    its = _words(texts.own, beds=owner.fled or owner.children)
    if _is_hideout(doc, its, owner):
        return Secrecy.HIDEOUT
    if its.asked or _is_masked(doc):
        return Secrecy.ASKED
    return Secrecy.OWNER if owner.asked else Secrecy.NONE


def _is_hideout(doc: Doc, its: _Words, owner: _Words) -> bool:
    if its.secret or owner.secret or (its.beds and (its.harmed or owner.children)):
        return True
    if not (its.fled or owner.fled):
        return False
    names = _names(doc)
    is_public = hiding.PUBLIC.pattern.search(names) is not None
    if its.fled or _fled(names):
        return its.beds or not is_public
    return its.beds or (owner.beds and not is_public)


def _owner_words(said: Said) -> _Words:
    if not said.text:
        return _NOTHING
    key = blake2b(f"{said.text}{said.unknown}".encode(errors="surrogatepass"), digest_size=16).digest()
    if key not in _known:
        if len(_known) >= _KNOWN_MOST:
            _known.clear()
        _known[key] = _words(said)
    return _known[key]


def _words(said: Said, *, beds: bool = False) -> _Words:
    """Look through what an object says. `beds`: look for beds even where nobody seems to have fled."""
    asked = any(_is_flag(field) for field in said.unknown)
    low = f" {_ascii(said.text.lower())} ".replace("\n", " ")
    if not beds and not hiding.may_hide(low):
        return _Words(asked) if asked else _NOTHING
    plain = _plain(low)
    fled, children = _fled(plain), hiding.CHILDREN.are_in(plain)
    harmed = children or hiding.HARMED.are_in(plain)
    has_beds = (beds or fled or harmed) and hiding.BEDS.are_in(plain)
    secret = hiding.SAID_SECRET.are_in(plain) or hiding.NOT_TOLD.are_in(plain)
    return _Words(asked, secret, fled, has_beds, children, harmed)


def _fled(text: str) -> bool:
    return hiding.FLED.are_in(text) or hiding.WOMEN.are_in(text)


def _ascii(low: str) -> str:
    """Return a text without accents, and without signs that nobody sees."""
    if low.isascii():
        return low
    return unicodedata.normalize("NFKD", low.translate(_SIGNS)).encode("ascii", "ignore").decode()


def _plain(low: str) -> str:
    """Return a text without marks of a page, and with single blanks between its words."""
    text = _ascii(_TAGS.sub(" ", unescape(low))) if "&" in low or "<" in low else low
    return f" {' '.join(text.replace('_', ' ').split())} "


def _names(doc: Doc) -> str:
    """Return the names of a service, its organization, program, places and terms, folded, with signs between."""
    places = [row.get("location") for row in _rows(doc, "service_at_locations")]
    terms = [row.get("taxonomy_term") for row in _rows(doc, "attributes")]
    holders = (doc, *(doc.get(key) for key in OWNERS), *places, *terms)
    found = [h.get(key) for h in holders if isinstance(h, Mapping) for key in ("name", "alternate_name")]
    return f" {' | '.join(fold(text) for text in found if isinstance(text, str))} "


def _rows(doc: Doc, key: str) -> list[Mapping[str, Any]]:
    return [row for row in doc.get(key) or () if isinstance(row, dict)]


def _is_masked(doc: Doc) -> bool:
    """Say whether something stands in an address that hides it: "Confidential", "Call for location", "XXXX"."""
    places = (row.get("location") for row in _rows(doc, "service_at_locations"))
    lists = (place[key] for place in places if isinstance(place, dict) for key in place if "address" in key)
    rows = (row for found in lists if isinstance(found, list) for row in found if isinstance(row, dict))
    return any(isinstance(row.get(key), str) and _hides(row[key]) for row in rows for key in _MASKED)


def _hides(cell: str) -> bool:
    return not set(cell) - _BARS or hiding.MASK.fullmatch(_plain(_ascii(cell.lower())).strip()) is not None


def _is_flag(field: Field) -> bool:
    """Say whether a field nobody knows says that a place is not to be shown."""
    key, value = field[0].lower(), field[1].strip().lower()
    if value in _YES:
        return hiding.FLAG.search(key) is not None
    return value in _NO and hiding.SHOWN.search(key) is not None
