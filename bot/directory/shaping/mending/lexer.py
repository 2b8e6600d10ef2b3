"""Words about opening hours, cut into what they mean. One unknown word and nothing is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.directory.shaping.mending.clock import Time, read_time

#: Longer texts are no opening hours but an essay on them.
LONGEST = 600
#: Weekdays as the standard writes them, Monday first.
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Word(Enum):
    """What a word about opening hours can be."""

    DAY = auto()
    DAYS = auto()
    NTH = auto()
    TIME = auto()
    TO = auto()
    AND = auto()
    COLON = auto()
    BREAK = auto()
    CLOSED = auto()
    ALL_DAY = auto()
    ALWAYS = auto()
    OF_MONTH = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word: which days it means (0 = Monday), which of the month, or which time."""

    word: Word
    days: tuple[int, ...] = ()
    nth: int = 0
    time: Time | None = None


_NTH = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "5th": 5, "last": -1}
_DAYS = {
    "daily": range(7), "everyday": range(7), "every day": range(7), "each day": range(7), "all days": range(7),
    "7 days a week": range(7), "seven days a week": range(7), "7 days per week": range(7), "7 days/week": range(7),
    "7 days": range(7), "weekdays": range(5), "weekday": range(5), "weekends": range(5, 7), "weekend": range(5, 7),
}  # fmt: skip
_STARTS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_LETTERS = {"m": 0, "w": 2, "f": 4}
# In order: the first that fits where the reader stands is taken.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("always", r"24/7(?:/365)?|24 ?x ?7|around the clock,? 7 days a week"),
    ("all_day", r"(?:open )?24[- ]?(?:hours?|hrs?|h)\b\.?(?: (?:a|per|each) day| ?/ ?day| daily\b)?|all day\b"),
    ("of_month", r"(?:(?:of|in) )?(?:each|every|the) month\b|monthly\b"),
    ("days", "|".join(sorted((rf"{phrase}\b" for phrase in _DAYS), key=len, reverse=True))),
    ("nth", "|".join(rf"{word}\b" for word in _NTH)),
    (
        "day",
        r"(?:mon(?:day)?s?|tues?(?:day)?s?|wed(?:s|nesday)?s?|thu(?:rs?(?:day)?)?s?|fri(?:day)?s?"
        r"|sat(?:urday)?s?|sun(?:day)?s?|mo|tu|we|th|fr|sa|su)\b\.?|[mwf]\b(?!\.\w)",
    ),
    (
        "time",
        r"12 ?noon\b|12 ?midnight\b|noon\b|midday\b|midnight\b|\d{1,2}(?::\d\d){0,2}(?: ?[ap]\.? ?m\b\.?| ?[ap]\b)?",
    ),
    ("closed", r"closed\b"),
    ("to", r"-|to\b|thru\b|through\b|until\b|till?\b"),
    ("and", r",|&|\+|/|and\b"),
    ("colon", r":"),
    ("break", r"[;\n|]|\.(?=\s|$)"),
    ("filler", r"open\b|from\b|on\b|every\b|each\b|hours\b(?= ?:)"),
)
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_BLANK = re.compile(r"[ \t\r\f\xa0]+")


def cut(text: str) -> list[Token] | None:
    """Return the words of a text about opening hours, None when one of them is none that is known."""
    if len(text) > LONGEST:
        return None
    tokens = list(_tokens(_prepared(text)))
    return None if None in tokens else [token for token in tokens if token is not None]


def _prepared(text: str) -> str:
    """Return the text in lower case, with plain dashes and real line breaks."""
    text = text.replace("\\r", "").replace("\\n", "\n").lower()
    text = text.translate({0x2013: "-", 0x2014: "-", 0x2212: "-", 0x2010: "-", 0x2011: "-"})
    return re.sub(r" *\n\s*", "\n", _BLANK.sub(" ", text)).strip()


def _tokens(text: str) -> Iterator[Token | None]:
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        found = _ANY.match(text, at)
        if found is None or not found[0]:
            yield None
            return
        if found.lastgroup != "filler":
            yield _token(str(found.lastgroup), found[0])
        at = found.end()


def _token(kind: str, said: str) -> Token | None:
    if kind == "time":
        time = read_time(said)
        return Token(Word.TIME, time=time) if time else None
    if kind == "day":
        bare = said.rstrip(".")
        return Token(Word.DAY, (_LETTERS[bare] if bare in _LETTERS else _STARTS.index(bare[:2]),))
    if kind == "days":
        return Token(Word.DAYS, tuple(_DAYS[said]))
    if kind == "nth":
        return Token(Word.NTH, nth=_NTH[said])
    return Token(Word[kind.upper()])
