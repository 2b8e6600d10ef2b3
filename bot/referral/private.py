"""What in an example may be somebody's own: numbers, addresses, days, names. Made-up sentences need none of it."""

import re
from collections.abc import Iterator

from bot.referral.content import Content
from bot.referral.normalise import words_of

_STREETS = "st street ave avenue blvd boulevard rd road ln lane hwy highway"
_BEFORE_A_NUMBER = "apt apartment unit suite room calle avenida av bulevar departamento depto apartamento cuarto"
_MONTHS = (
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?"
    " nov(?:ember)? dec(?:ember)? enero febrero marzo abril mayo junio julio agosto se[pt]*tiembre octubre noviembre"
    " diciembre"
)
_MONTH, _STREET, _ROOM = ("|".join(words.split()) for words in (_MONTHS, _STREETS, _BEFORE_A_NUMBER))
_ADDRESS = re.compile(rf"\b\d{{1,6}}\w{{0,3}}\s+(?:\w+\s+){{0,3}}(?:{_STREET})\b|\b(?:{_ROOM})\.?\s+#?\d", re.I)
_FAULTS = (
    (re.compile(r"(?:\d[\s().-]*){7}"), "holds a number that may be somebody's"),
    (re.compile(r"\S@\S+\.\S|@\w{3,}|https?:|www\.", re.I), "holds an address of the net"),
    (_ADDRESS, "holds an address"),
    (
        re.compile(r"(?<!\d)\d{4,6}(?!\d)"),
        "holds a number of four digits or more: a house, a ZIP code, a year or a code",
    ),
    (re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\b(?!24/7|50/50|10/10)\d{1,2}/\d{1,2}\b"), "holds a date"),
    (
        re.compile(
            rf"\b(?:{_MONTH})\.?\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of|de|del)?\s*(?:{_MONTH})\b", re.I
        ),
        "holds a date",
    ),
    (
        re.compile(
            r"\b(?:my (?:real |full |first |last )?name(?:'?s| is)|name is|i'?m called|me llamo|mi nombre es)\b", re.I
        ),
        "says somebody's name",
    ),
)
_NAME = re.compile(r"(?<=[^.?!:\s]\s)[A-ZÁÉÍÓÚÑ][^\W\d_]+")


def faults(text: str) -> list[str]:
    """List what may never stand in an example, each reason once."""
    return list(dict.fromkeys(fault for pattern, fault in _FAULTS if pattern.search(text)))


def traces(text: str) -> list[str]:
    """List what may stand in no wording either: a whole number, an address of the net, an address of a house."""
    return list(dict.fromkeys(fault for pattern, fault in _FAULTS[:3] if pattern.search(text)))


def holds_address(text: str) -> bool:
    """Say whether a text may tell where somebody can be found."""
    return bool(_ADDRESS.search(text))


def doubts(content: Content, text: str) -> Iterator[str]:
    """Give the words that may be a name: written large inside a sentence, and in no word list of ours."""
    if text.isupper():
        return
    known = content.lexicon.vocabulary.known
    for word in dict.fromkeys(_NAME.findall(text)):
        if not all(known(part) for part in words_of(word)):
            yield word
