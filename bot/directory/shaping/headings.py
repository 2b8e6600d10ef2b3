"""Headings that say more than one word: whose address it is ("Site City"), and of which number ("Phone 2 Type")."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.directory.shaping.guesses import GUESSES
from bot.directory.shaping.mapping import Target

#: Whose address, telephone or page it is. A mailing address is nobody's place, and so not among them.
_PREFIX = re.compile(
    r"(?P<whose>physical|site|location|program|service|facility|center|office|shelter|clinic|agency|organi[sz]ation|org"
    r"|provider|resource|primary|public|business)_(?P<what>.+)"
)
#: What such a heading may mean. A "site name" or a "program type" is another thing than a name or a type.
_ALLOWED = (
    "url",
    "email",
    "description",
    "schedules.hours",
    "phones.number",
    "location.latitude",
    "location.longitude",
)
_ADDRESS = "addresses."
_NUMBER, _EXTENSION = "phones.number", "phones.extension"
#: What may stand beside a number, in a column of its own.
_BESIDE = {
    "type": "phones.type", "kind": "phones.type", "ext": "phones.extension", "extension": "phones.extension",
    "description": "phones.description", "desc": "phones.description", "name": "phones.description",
    "label": "phones.description", "notes": "phones.description",
}  # fmt: skip
_PRIVATE = (
    "is_private",
    "private",
    "is_confidential",
    "confidential",
    "unlisted",
    "unpublished",
    "is_hidden",
    "hidden",
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading seems to mean: its plain name, and whose it says it is, "" where it does not say."""

    heading: str
    name: str
    target: Target
    whose: str = ""


def with_prefix(name: str) -> tuple[Target | None, str]:
    """Return what a plain name means without the word that says whose it is, and that word."""
    found = _PREFIX.fullmatch(name)
    target = GUESSES.get(found["what"]) if found else None
    if found is None or target is None or not (target.to in _ALLOWED or target.to.startswith(_ADDRESS)):
        return None, ""
    return target, found["whose"]


def of_one_address(guesses: Sequence[Guess]) -> list[Guess]:
    """Return the guesses without addresses of others: the city of an agency is not that of its site."""
    parts = [guess for guess in guesses if guess.target.to.startswith(_ADDRESS)]
    streets = [guess.whose for guess in parts if guess.target.to == f"{_ADDRESS}address_1"]
    order = ("", "physical", "site", "location", "program", "service", "facility")
    whose = min(streets or [guess.whose for guess in parts] or [""], key=lambda w: (w not in order, w != "", w))
    if whose == "" and not streets:
        return list(guesses)
    own = {guess.target.to for guess in parts if guess.whose == whose}
    kept = [guess for guess in parts if guess.whose == whose or (not guess.whose and guess.target.to not in own)]
    return [guess for guess in guesses if guess not in parts or guess in kept]


def beside_numbers(guesses: Sequence[Guess], others: Iterable[tuple[str, str]]) -> list[Guess]:
    """Return the guesses and those for columns that tell more of a number, each in one group with its number.

    `others` are headings nobody knows, with their plain names.
    """
    numbers = {_number_of(guess.name): guess for guess in guesses if guess.target.to == _NUMBER}
    if not numbers:
        return list(guesses)
    first = next(iter(numbers.values()))
    groups: dict[str, str] = {}
    for guess in guesses:
        if guess.target.to == _EXTENSION and len(numbers) > 1:
            groups[guess.heading] = numbers.get(_parted(guess.name, _BESIDE)[0], first).name
    more = []
    for heading, name in others:
        stem, part = _parted(name, _BESIDE)
        if stem in numbers:
            groups[heading] = numbers[stem].name
            more.append(Guess(heading, name, Target(_BESIDE[part])))
    grouped = set(groups.values())
    groups |= {guess.heading: guess.name for guess in numbers.values() if guess.name in grouped}
    if more:
        groups |= {g.heading: groups.get(g.heading, first.name) for g in guesses if g.target.to == _EXTENSION}
        groups |= {first.heading: first.name}
    return [replace(g, target=replace(g.target, group=groups.get(g.heading, ""))) for g in (*guesses, *more)]


def flag_of(heading: str, names: Iterable[str]) -> str:
    """Return which of some plain names says of a heading's number that it is private, "" when none does."""
    wanted = _number_of(heading)
    return next((name for name in names if _parted(name, _PRIVATE)[0] == wanted), "")


def _number_of(name: str) -> str:
    """Return which number a plain name means: "phone_1", "phone1_number" and "phone_number_1" are one."""
    return name.replace("_number", "").replace("_", "")


def _parted(name: str, parts: Iterable[str]) -> tuple[str, str]:
    """Return which number a plain name says something of, and what; "" and "" when it ends in none of the parts."""
    part = max((part for part in parts if name.endswith(f"_{part}")), key=len, default="")
    return (_number_of(name.removesuffix(f"_{part}")), part) if part else ("", "")
