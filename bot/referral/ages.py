"""Did the texter say that they are under 18?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Numbers read as the age of a minor: from this one, below that one.
YOUNGEST, ADULT = 8, 18


@dataclass(frozen=True, slots=True)
class Ages:
    """How people state their age: words before the number, words after it that make it something else, numerals."""

    before: frozenset[tuple[str, ...]]
    after: frozenset[str]
    counted: frozenset[str]
    numerals: Mapping[str, int]


def is_minor(words: Sequence[str], ages: Ages) -> bool:
    """Say whether folded words state their writer's age as 8 to 17: "im 15", "tengo 16", but not "im 15 weeks"."""
    for at, word in enumerate(words):
        age = int(word) if word.isdecimal() and len(word) <= 2 else ages.numerals.get(word, 0)
        following = words[at + 1] if at + 1 < len(words) else ""
        if not YOUNGEST <= age < ADULT or following in ages.counted:
            continue
        if any(tuple(words[max(0, at - len(b)) : at]) == b for b in ages.before):
            return True
        if at == 0 and following in ages.after:
            return True
    return False
