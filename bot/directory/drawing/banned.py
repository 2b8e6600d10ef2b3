"""What may never be listed, by any route: the numbers and names of data/denied.toml, in whatever spelling.

A number alone is banned everywhere; a pair only where the service, its organization or another name of one of them
holds that name, compared as `lint_entries` compares it. What is kept of a service must not hold the number either,
in any field: it would leave again with the next export.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.directory.service import Doc
from bot.referral.content import Content
from bot.referral.normalise import fold, words_of

#: The keys of a telephone; other bytes fall away.
_GROUPS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
_KEYS = {letter: digit for digit, letters in _GROUPS.items() for letter in letters}
_DIALLED = bytes(ord(_KEYS.get(chr(byte).lower(), chr(byte))) if byte < 128 else byte for byte in range(256))
_NO_DIGIT = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_NO_KEY = bytes(byte for byte in range(256) if not (48 <= byte <= 57 or (byte < 128 and chr(byte).isalpha())))
#: Signs that may stand between two digits of one number: "(866) 347 - 2423".
_GAP = 4
_TEN = 10
#: What stands before a number and belongs to it: "+1 (".
_BEFORE = re.compile(r"(?:\+?1[-. ]*)?\(?\s*$")
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
        joined = " | ".join(_joined(name) for name in names)
        own = [number for number, name in self.paired if name in joined]
        return self.everywhere.union(own) if own else self.everywhere


def ten_digits(number: str) -> str:
    """Return the digits two numbers are compared by, as `lint_entries` does."""
    return "".join(char for char in number if char.isdigit()).removeprefix("1")[-_TEN:]


def names_of(doc: Doc) -> Iterator[str]:
    """Give the names of a service, and those of its organization and program."""
    for holder in (doc, doc.get("organization"), doc.get("program")):
        if isinstance(holder, Mapping):
            yield from (str(holder[key]) for key in ("name", "alternate_name") if holder.get(key))


def may_hold(text: str, numbers: frozenset[str], *, halves: bool = False) -> bool:
    """Say whether digits or letters of a text could spell one of the numbers: never a wrong no.

    `halves`: seven digits are enough; their area code may stand in another field.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
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
        near = text[at : at + _TEN * (_GAP + 1)].encode(errors="ignore").translate(_DIALLED, _NO_KEY).decode()
        if near.startswith(number):
            return True
    return False


def without(value: Any, numbers: frozenset[str]) -> Any:
    """Return a value without the numbers, wherever in it they stand; a telephone that has one goes whole."""
    if isinstance(value, Mapping):
        made = {key: without(inner, numbers) for key, inner in value.items() if key != "phones"}
        if "phones" in value:
            rows = [without(row, numbers) for row in value["phones"] or () if not _is_banned(row, numbers)]
            made["phones"] = rows
        return {key: made[key] for key in value}
    if isinstance(value, list | tuple):
        return [without(inner, numbers) for inner in value]
    if isinstance(value, str):
        return _cut(value, numbers) if may_hold(value, numbers) else value
    spelt = isinstance(value, int | float) and not isinstance(value, bool) and may_hold(str(value), numbers)
    return "" if spelt else value


def _is_banned(row: Any, numbers: frozenset[str]) -> bool:
    if not isinstance(row, Mapping):
        return False
    number = str(row.get("number", ""))
    if may_hold(number, numbers):
        return True
    digits = "".join(char for char in number if char.isdigit())
    # Seven digits whose area code stands in another field, or nowhere.
    return len(digits) < _TEN and any(len(digits) >= 7 and banned.endswith(digits[-7:]) for banned in numbers)


def _cut(text: str, numbers: frozenset[str]) -> str:
    """Return a text without the numbers in it, spelt in digits or letters, with any signs between."""
    folded = fold(text)
    text = text if len(folded) == len(text) else folded
    for with_letters in (False, True):
        while (span := _span(fold(text), numbers, with_letters=with_letters)) is not None:
            text = f"{_BEFORE.sub('', text[: span[0]])} {text[span[1] :]}"
    return " ".join(text.split())


def _span(text: str, numbers: frozenset[str], *, with_letters: bool) -> tuple[int, int] | None:
    places = [
        at for at, char in enumerate(text) if char.isascii() and (char.isdigit() or (with_letters and char.isalpha()))
    ]
    spelt = "".join(_KEYS[text[at]] if text[at].isalpha() else text[at] for at in places)
    for number in numbers:
        at = spelt.find(number)
        while at >= 0:
            own = places[at : at + _TEN]
            near = all(after - before <= _GAP + 1 for before, after in zip(own, own[1:], strict=False))
            # In words ten letters spell some number by chance; an area code is written in digits.
            if not with_letters or (near and all(text[place].isdigit() for place in own[:3])):
                return own[0], own[-1] + 1
            at = spelt.find(number, at + 1)
    return None


@lru_cache(maxsize=1 << 12)
def _bare(name: str) -> str:
    return " ".join(word for word in words_of(name) if word not in _DECORATIONS)


@lru_cache(maxsize=1 << 12)
def _joined(name: str) -> str:
    return " ".join(words_of(name))
