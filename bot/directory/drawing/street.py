"""What tells where a place is: street lines, post boxes, coordinates, ways to get there. English and Spanish."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.referral.normalise import fold, words_of

_SUFFIX = (
    "street|str|st|avenue|aven|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|circle|cir|place|pl|way|parkway|pkwy"
    "|highway|hwy|terrace|ter|trail|trl|square|sq|plaza|plz|alley|aly|route|rte|rt|turnpike|tpke|expressway|freeway|loop"
    "|row|run|path|pike|crossing|xing|point|pt|ridge|bend|heights|hts|commons|mall|broadway|bluff|grove|park"
)
_SUFFIXES = frozenset(_SUFFIX.split("|"))
_DIRECTIONS = frozenset("n s e w ne nw se sw north south east west northeast northwest southeast southwest".split())
_CALLES = frozenset("calle avenida camino carretera paseo via calzada boulevard bulevar callejon".split())
_UNITS = frozenset("apt apartment suite ste unit floor fl room rm bldg building box po p o".split())
#: Words of an address that say nothing by themselves.
_PLAIN = _SUFFIXES | _DIRECTIONS | _CALLES | _UNITS | frozenset("the of and de la el los las del c care attn".split())
_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_WORD})"
_NUMBER = r"\d{1,6}(?:[-/ ]?\d{0,3}[a-z]?)?"
#: What numbers count in a description: no house has the number of these.
_COUNTED = (
    r"(?:hours?|hrs?|days?|weeks?|months?|years?|yrs?|steps?|meals?|beds?|people|persons|families|percent|minutes?)\b"
)
_PLAINLY = "street|avenue|boulevard|blvd|lane|parkway|pkwy|highway|hwy|turnpike|expressway|freeway|ave|rd|st"
_LINES = re.compile(
    "|".join(
        (
            # 4821 N. Zanzibar Way; Zanzibar Street; Highway 34; Calle 5
            rf"(?<![\w/-]){_NUMBER}\s*,?\s+(?!{_COUNTED})(?:{_NAME}[\s,]+){{0,4}}(?:{_SUFFIX})\b",
            rf"\b{_WORD}\s+(?:{_PLAINLY})\b",
            rf"\b{_WORD}\s+(?:{_SUFFIX})\b\.?,?\s*#?\d{{1,6}}\b",
            r"\b(?:street|avenue|highway|hwy|route|rte|interstate|county road|state road|u\.?s\.?)\s+\d+",
            r"\b(?:calle|avenida|camino|carretera|calzada|callejon|colonia)\s+\w+",
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[a-z]+\s+){1,3}"
            r"(?:street|avenue|plaza|square|place|drive)\b",
        )
    )
)
_BOXES = re.compile(
    "|".join(
        (
            r"\bp\.?\s*o\.?\s*(?:box|drawer)\b|\bpost office box\b|\bapartado\b|\bcasilla\b|\bpobox\b",
            r"\b(?:apt|apartment|suite|ste|bldg|rm|apto)\b\.?\s*#?\s*\w|\b(?:unit|room|floor|piso)\s+#?\d|#\s*\d+[a-z]?\b",
            r"\b\d{5}(?:-\d{4})?\b(?!\s*(?:people|families|meals|clients|children|personas|familias))",
            r"\b(?:corner|intersection) (?:of|at)\b|\besquina\b|\bentre las calles\b",
        )
    )
)
#: Three decimals of a degree are a hundred yards; with fewer, only two numbers side by side are taken for coordinates.
_POINTS = re.compile(
    r"(?<![\d.])\d{1,3}(?:\.\d{3,}|,\d{4,})(?!\.?\d)|\b\d{1,3}\s*[°º]|\b\d{1,3}\.\d+\s*,\s*-?\d{1,3}\.\d+"
    r"|\b[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b|what3words|///[a-z]+\.[a-z]+\.[a-z]+",
    re.IGNORECASE,
)
_MAPS = re.compile(
    r"maps?\b|goo\.gl|waze|geo:|[?&](?:q|ll|daddr|address|addr|loc|lat)=|plus\.codes|what3words|w3w", re.IGNORECASE
)
#: Words that tell the way or the place without a street.
_WAYS = re.compile(
    r"\b(?:locat\w*|address\w*|direction\w*|corner|blocks?|intersection|across from|next to|next door|behind|near\w*"
    r"|adjacent|bus|train|metro|subway|station|exit|parking|building|downtown|neighborhood|(?:miles?|minutes) from"
    r"|(?:north|south|east|west) of|premises|campus|our (?:site|house|facility)|upstairs|basement|church|temple|convent"
    r"|rectory|entrance|ubic\w*|direccion\w*|domicilio|calle|avenida|esquina|cuadras?|cerca|frente a|detras|junto a"
    r"|al lado|autobus|camion|edificio|barrio|colonia|iglesia|estacionamiento|entrada|sede|sotano)\b"
)


def tells_address(text: str) -> bool:
    """Say whether a text holds anything like a street line, a post box, a ZIP code or coordinates."""
    folded = fold(text)
    return bool(_POINTS.search(text) or _LINES.search(folded) or _BOXES.search(folded))


def tells_street(text: str) -> bool:
    """Say whether a text holds a street line or coordinates: among our own words five digits are a short code."""
    return bool(_POINTS.search(text) or _LINES.search(fold(text)))


def tells_way(text: str) -> bool:
    """Say whether a text holds an address, or words that tell where a place is or how to get there."""
    return tells_address(text) or bool(_WAYS.search(fold(text)))


def shows_map(link: str) -> bool:
    """Say whether a link leads to a map, or holds an address or coordinates."""
    return bool(_MAPS.search(link) or _POINTS.search(link) or tells_address(re.sub(r"[-_/+.=?&%]+", " ", link)))


def is_bare(name: str) -> bool:
    """Say whether nothing of a name is left but the words of any address: "Way", "N. Street"."""
    return all(word in _PLAIN or word.isdigit() for word in words_of(name))


def without_address(text: str) -> str:
    """Return a name without the street lines and coordinates in it: what stands before them, else what is left."""
    folded = fold(text)
    if len(folded) != len(text):  # folding made it shorter, so places in it are not places in the text
        text = folded
    found = (*_LINES.finditer(folded), *_BOXES.finditer(folded), *_POINTS.finditer(text))
    spans = sorted(match.span() for match in found)
    if not spans:
        return text
    before = _tidied(text[: spans[0][0]])
    kept = [char for at, char in enumerate(text) if not any(start <= at < end for start, end in spans)]
    return _tidied("".join(kept)) if is_bare(before) else before


def _tidied(name: str) -> str:
    return re.sub(r"\s{2,}", " ", name).strip(" ,;:-–—()@/")


@lru_cache(maxsize=1 << 14)
def street_key(line: str) -> str:
    """Return what a street line is compared by: "1200 N. Main Street, Apt 3" → "1200 main"; else all its words."""
    words = words_of(line)
    number = next((at for at, word in enumerate(words) if word[0].isdigit()), None)
    if number is None:
        return " ".join(word for word in words if word not in _PLAIN)
    names = [word for word in (*words[number + 1 :], *words[:number]) if word not in _PLAIN]
    return f"{words[number]} {names[0]}" if names else words[number]


def telling_words(line: str) -> Iterator[str]:
    """Give the words of an address that would tell it: numbers of two digits or more, names of four letters or more."""
    for word in words_of(line):
        if word not in _PLAIN and len(word) >= (2 if word[0].isdigit() else 4):
            yield word
