"""Bend texts as thumbs and phones do, the same way every time: is what was understood still understood?"""

import random
from collections.abc import Callable, Mapping, Sequence

from bot.referral.content import Content
from tests.understanding.measure import Figure
from tests.understanding.sets import Row, row

SEED = 20261122
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "sqz", "s": "adw", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku", "k": "jli",
    "l": "ko", "z": "xa", "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n",
}  # fmt: skip
_ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")
_FACES = ("😭", "🙏", "😩", "❤️", "😔", "💔")
_LONG_ENOUGH = 5


def _somewhere(text: str, chance: random.Random) -> int | None:
    """Choose a letter inside a longer word: the first one is seldom missed."""
    places: list[int] = []
    start = 0
    for word in text.split(" "):
        if len(word) >= _LONG_ENOUGH and word.isalpha():
            places += range(start + 1, start + len(word) - 1)
        start += len(word) + 1
    return chance.choice(places) if places else None


def typo(text: str, chance: random.Random) -> str:
    """Hit a neighbouring key, miss one, or swap two letters."""
    at = _somewhere(text, chance)
    if at is None:
        return text
    kind = chance.choice(("hit", "miss", "swap"))
    if kind == "miss":
        return text[:at] + text[at + 1 :]
    if kind == "swap":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + chance.choice(_NEIGHBOURS.get(text[at].lower(), text[at])) + text[at + 1 :]


def doubled(text: str, chance: random.Random) -> str:
    """Type one letter twice."""
    at = _somewhere(text, chance)
    return text if at is None else text[:at] + text[at] + text[at:]


BENT: Mapping[str, Callable[[str, random.Random], str]] = {
    "one typo": typo,
    "a doubled letter": doubled,
    "accents dropped": lambda text, _: text.translate(_ACCENTS),
    "ALL CAPS": lambda text, _: text.upper(),
    "two words joined": lambda text, _: text.replace(" ", "", 1),
    "no signs": lambda text, _: "".join(c for c in text if c.isalnum() or c.isspace()),
    "emoji around": lambda text, chance: f"{chance.choice(_FACES)} {text} {chance.choice(_FACES)}",
}


def bent(rows: Sequence[Row], content: Content) -> list[Figure]:
    """Count, for each way of bending, how many texts that were right stay right or offered."""
    right = [r for r in rows if r.offered]
    found = []
    for name, bend in BENT.items():
        chance = random.Random(SEED)  # noqa: S311 - a seed is the point
        stays = sum(
            row({"text": bend(r.text, chance), "labels": r.labels, "lang": r.language}, content).offered for r in right
        )
        found.append(Figure(f"still understood with {name}", stays, len(right)))
    return found
