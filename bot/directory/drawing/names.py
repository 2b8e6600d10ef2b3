"""What an entry is called: its id, its full name for staff, and the short one a text shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.directory.drawing.terms import SHORT_MOST, Short, short_faults
from bot.directory.service import Doc
from bot.referral.content import Content
from bot.referral.normalise import fold

_SLUG_MOST = 40
_CORPORATE = re.compile(r",? \b(?:inc|llc|ltd|corp|incorporated|co)\b\.?", re.IGNORECASE)
#: Where a long name may be cut: what follows is a place, a branch, a funder.
_CUTS = re.compile(r"\s+[-–—|/:]\s+|[:,;(|]|\s+(?:at|of|for|in|de|del|para|en)\s+", re.IGNORECASE)
_POLICE = {"en": "Police, not urgent", "es": "Policia, si no urge"}
_WORST = Short("", {"en": "Help line", "es": "Linea de ayuda"})

NEUTRAL = "its short name is a neutral one for its topic: staff may find a better one"
CUT = "its short name is the beginning of its name: staff look whether it says enough"


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry is called, and what is to be told about the short name."""

    name: str
    short: dict[str, str]
    note: str


def entry_id(doc: Doc) -> str:
    """Return the id of an entry: the words of the service's name, and the beginning of its UUID."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(str(doc.get("name", "")))).strip("-")[:_SLUG_MOST].strip("-")
    return f"{slug or 'service'}-{str(doc['id'])[:8]}"


def named(doc: Doc, topics: Sequence[str], content: Content, shorts: Mapping[str, Short]) -> Named:
    """Name a service that may be called by its own name, when that is short and nobody minds who reads it."""
    name = _full(doc)
    neutral = _neutral(topics, shorts)
    if any(topic in shorts and shorts[topic].always for topic in topics):
        return Named(name, dict(neutral.text), NEUTRAL)
    own = _tidy(str(doc.get("name", "")))
    for candidate, note in ((own, ""), (_CUTS.split(own)[0].strip(), CUT)):
        if 3 < len(candidate) <= SHORT_MOST and not short_faults(candidate, content):
            # An English name says little in a Spanish text; what the topic is called says more.
            texts = {language: candidate for language in content.line.languages[:1]}
            return Named(name, {**(neutral.text if topics else {"es": candidate}), **texts}, note)
    return Named(name, dict(neutral.text), NEUTRAL)


def nameless(doc: Doc, topics: Sequence[str], shorts: Mapping[str, Short]) -> Named:
    """Name a service whose own name nobody should read on a phone: one that hides people."""
    return Named(_full(doc), dict(_neutral([*topics, "violence"], shorts).text), NEUTRAL)


def of_police(doc: Doc, content: Content) -> Named:
    """Name police, which must be called police."""
    name, own = _full(doc), _tidy(str(doc.get("name", "")))
    says_so = len(own) <= SHORT_MOST and own.isascii() and re.search(r"\bpolice\b|\bsheriff|\bPD\b", own, re.IGNORECASE)
    texts = {language: own for language in content.line.languages} if says_so else dict(_POLICE)
    return Named(name, texts, "" if says_so else NEUTRAL)


def _neutral(topics: Sequence[str], shorts: Mapping[str, Short]) -> Short:
    """Return the neutral name of the first topic that must have one, else of the first, else that of no topic."""
    must = [shorts[topic] for topic in topics if topic in shorts and shorts[topic].always]
    may = [shorts[topic] for topic in topics if topic in shorts]
    return next(iter([*must, *may]), shorts.get("", _WORST))


def _full(doc: Doc) -> str:
    """Return the name staff know it by: the service's, with its organization's where that says more."""
    name = " ".join(str(doc.get("name", "")).split())
    owner = " ".join(str((doc.get("organization") or {}).get("name", "")).split())
    return f"{name} ({owner})" if owner and fold(owner) not in fold(name) else name


@lru_cache(maxsize=1 << 12)
def _tidy(name: str) -> str:
    bare = re.sub(r"\s*\([^)]*\)", "", _CORPORATE.sub("", name))
    return " ".join(bare.replace("’", "'").replace("–", "-").split()).strip(" ,;:-")
