"""Takes what may never be listed out of a service: its numbers, wherever they stand, in whatever spelling.

What is kept of a service must not hold such a number in any field: it would leave again with the next export.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.directory.service import Doc
from bot.referral.misprints import GAP, KEYS, TEN, in_our_digits, may_hold
from bot.referral.normalise import fold

#: What stands before a number and belongs to it: "+1 (".
_BEFORE = re.compile(r"(?:\+?1[-. ]*)?\(?\s*$")


def names_of(doc: Doc) -> Iterator[str]:
    """Give the names of a service, and those of its organization and program."""
    for holder in (doc, doc.get("organization"), doc.get("program")):
        if isinstance(holder, Mapping):
            yield from (str(holder[key]) for key in ("name", "alternate_name") if holder.get(key))


def without(value: Any, numbers: frozenset[str]) -> Any:
    """Return a value without the numbers, wherever in it they stand; a telephone that has one goes whole."""
    if isinstance(value, Mapping):
        made = {key: without(inner, numbers) for key, inner in value.items() if key != "phones"}
        if "phones" in value:
            rows = [without(row, numbers) for row in value["phones"] or () if not _is_banned(row, numbers)]
            made["phones"] = rows
        return {key: made[key] for key in value if not may_hold(str(key), numbers)}
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
    digits = "".join(char for char in in_our_digits(number) if char.isdigit())
    if digits[-3:] + digits[:-3] in numbers:
        return True  # "347-2423 (866)"
    # Seven digits whose area code stands in another field, or nowhere.
    return len(digits) < TEN and any(len(digits) >= 7 and banned.endswith(digits[-7:]) for banned in numbers)


def _cut(text: str, numbers: frozenset[str]) -> str:
    """Return a text without the numbers in it, spelt in digits or letters, with any signs between."""
    text = in_our_digits(text)
    folded = fold(text)
    text = text if len(folded) == len(text) else folded
    for with_letters in (False, True):
        while (span := _span(fold(text), numbers, with_letters=with_letters)) is not None:
            text = f"{_BEFORE.sub('', text[: span[0]])} {text[span[1] :]}"
    # Written so that only a program reads it, "%38%36%36...", it cannot be cut out: then all of the text goes.
    return "" if may_hold(text, numbers) else " ".join(text.split())


def _span(text: str, numbers: frozenset[str], *, with_letters: bool) -> tuple[int, int] | None:
    places = [
        at for at, char in enumerate(text) if char.isascii() and (char.isdigit() or (with_letters and char.isalpha()))
    ]
    spelt = "".join(KEYS[text[at]] if text[at].isalpha() else text[at] for at in places)
    for number in numbers:
        at = spelt.find(number)
        while at >= 0:
            own = places[at : at + TEN]
            near = all(after - before <= GAP + 1 for before, after in zip(own, own[1:], strict=False))
            # In words ten letters spell some number by chance; an area code is written in digits.
            if not with_letters or (near and all(text[place].isdigit() for place in own[:3])):
                return own[0], own[-1] + 1
            at = spelt.find(number, at + 1)
    return None
