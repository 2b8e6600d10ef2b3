"""What may never be listed, known again in whatever spelling: the numbers and names of data/denied.toml.

A number alone is banned everywhere; a pair only under that name. Names are compared by their words, as `words_of`
folds them, without what companies put behind them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from bot.referral.content import Content
from bot.referral.normalise import words_of

#: The keys of a telephone; other bytes fall away.
_GROUPS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
KEYS = {letter: digit for digit, letters in _GROUPS.items() for letter in letters}
_DIALLED = bytes(ord(KEYS.get(chr(byte).lower(), chr(byte))) if byte < 128 else byte for byte in range(256))
_NO_DIGIT = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_NO_KEY = bytes(byte for byte in range(256) if not (48 <= byte <= 57 or (byte < 128 and chr(byte).isalpha())))
#: Digits of other scripts: "٨٦٦".
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
#: Signs that may stand between two digits of one number: "(866) 347 - 2423".
GAP = 4
TEN = 10
#: A banned name of so many words is found inside longer names as well.
_LONG_NAME = 3
_DECORATIONS = frozenset("the inc llc ltd corp incorporated of".split())


@dataclass(frozen=True, slots=True)
class Banned:
    """The numbers and names a release denies, made ready once."""

    everywhere: frozenset[str]
    paired: tuple[tuple[str, str], ...]
    names: frozenset[str]
    long_names: re.Pattern[str]
    #: Words that banned names begin with: a name without any of them is none.
    beginnings: frozenset[str]

    @classmethod
    def of(cls, content: Content) -> "Banned":
        """Read what a release denies."""
        names = {_bare(name) for never in content.never for name in never.names}
        long = {name for name in names if len(name.split()) >= _LONG_NAME}
        return cls(
            everywhere=frozenset(ten_digits(denied.number) for denied in content.denied if not denied.name),
            paired=tuple((ten_digits(d.number), _joined(d.name)) for d in content.denied if d.name),
            names=frozenset(names),
            # With nothing listed the pattern matches nowhere.
            long_names=re.compile(rf"(?<!\S)(?:{'|'.join(sorted(long)) or '(?!)'})(?!\S)"),
            beginnings=frozenset(name.split(" ")[0] for name in names),
        )

    def refuses(self, names: Iterable[str]) -> bool:
        """Say whether one of a service's names may never be listed."""
        for name in names:
            bare = _bare(name)
            if bare in self.names or self.long_names.search(bare):
                return True
        return False

    def numbers(self, names: Iterable[str]) -> frozenset[str]:
        """Return the ten digits of every number that must not be listed for a service of these names."""
        return self.numbers_in(joined(names))

    def numbers_in(self, names: str) -> frozenset[str]:
        """Return what `numbers` does, of names that are `joined` already."""
        own = [number for number, name in self.paired if name in names]
        return self.everywhere.union(own) if own else self.everywhere


def ten_digits(number: str) -> str:
    """Return the digits two numbers are compared by, as `lint_entries` does."""
    return "".join(char for char in number if char.isdigit()).removeprefix("1")[-TEN:]


def in_our_digits(text: str) -> str:
    """Return a text of the same length with the digits of other scripts as ours."""
    if text.isascii() or not _OTHER_DIGIT.search(text):
        return text
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0], found[0])), text)


def joined(names: Iterable[str]) -> str:
    """Return names as they are searched for another one: their words, folded, with signs between the names."""
    return " | ".join([_joined(name) for name in names])


def may_hold(text: str, numbers: frozenset[str], *, halves: bool = False) -> bool:
    """Say whether digits or letters of a text could spell one of the numbers: never a wrong no.

    `halves`: seven digits are enough; their area code may stand in another field.
    """
    if ("&#" in text or "%" in text) and (plain := unquote(unescape(text))) != text:
        return may_hold(plain, numbers, halves=halves) or may_hold(
            text.replace("%", " ").replace("&", " "), numbers, halves=halves
        )
    if not text.isascii():
        text = in_our_digits(unicodedata.normalize("NFKC", text))
    digits = text.encode(errors="ignore").translate(None, _NO_DIGIT).decode()
    for number in numbers:
        if (number[3:] if halves else number) in digits or (number[:3] in digits and _is_spelt(text, number)):
            return True
    return False


@lru_cache(maxsize=256)
def _with_letters(area_code: str) -> re.Pattern[str]:
    """Return a pattern of an area code and signs of a number with a letter among them."""
    return re.compile(rf"{area_code}[-. ()/\d]{{0,14}}[A-Za-z]")


def _is_spelt(text: str, number: str) -> bool:
    """Say whether letters after an area code spell a number: 1-866-DHS-2-ICE. Its own digits stand together."""
    for match in _with_letters(number[:3]).finditer(text):
        at = match.start()
        near = text[at : at + TEN * (GAP + 1)].encode(errors="ignore").translate(_DIALLED, _NO_KEY).decode()
        if near.startswith(number):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _bare(name: str) -> str:
    return " ".join(word for word in _joined(name).split() if word not in _DECORATIONS)


@lru_cache(maxsize=1 << 12)
def _joined(name: str) -> str:
    # Asked of each entry of a state when a release is read: the words of a name are looked up once.
    return " ".join(words_of(name))
