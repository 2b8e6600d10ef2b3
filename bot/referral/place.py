"""Where is the texter? Only from what they wrote, never from where their number was bought."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.referral.content import ELSEWHERE, Content
from bot.referral.hit import Hit, Reading
from bot.referral.meant import Role
from bot.referral.normalise import Normal

#: Five digits by themselves, ZIP+4 too; never a piece of a phone number, a price or a longer number.
_ZIP = re.compile(r"(?<![\d$#-])(?<!\b\d{3} )(?<!\b\d{4} )(\d{5})(?:-\d{4})?(?![\d-])(?! \d{3,4}\b)")
#: Five digits that no area of ours has are a ZIP only after one of these, or when they are (almost) the whole text.
_ZIP_WORDS = frozenset("zip code zipcode postal in at near en por cerca de codigo area im from".split())
#: Labels of place wordings that are no area: "state:ca" names a state, "name:westmont" a name that exists twice.
STATE, NAME = "state:", "name:"
#: A text of at most this many words may be nothing but a place.
BARE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """An area (or elsewhere), the places of the text that said so, and why."""

    area: str
    hits: tuple[Hit, ...]
    zips: frozenset[str]
    why: str
    #: The ZIP code that told the area, "" when a name did or it is none of ours.
    zip_code: str = ""

    def outside(self, reading: Reading) -> list[str]:
        """List the words of a text that belong to no place."""
        named = {at for hit in self.hits for at in range(hit.start, hit.end)}
        return [word for at, word in enumerate(reading.plain) if at not in named]

    @property
    def is_bare(self) -> bool:
        """Say whether only a name said it that counts by itself alone ("LA")."""
        return bool(self.hits) and all(h.role is Role.PLACE_ALONE for h in self.hits)


def place(content: Content, normal: Normal, reading: Reading, hits: Sequence[Hit]) -> Place | None:
    """Find the area a text names: ZIP first, then a name with its state, then any other place word."""
    named = tuple(h for h in hits if _counts(h, hits, reading))
    told = dict.fromkeys(_ZIP.findall(normal.line))
    zips = frozenset(told)
    for found in sorted(told, key=lambda z: _area_of_zip(content, z) == ELSEWHERE):
        area = _area_of_zip(content, found)
        if area != ELSEWHERE or _is_said_as_zip(reading, found):
            return Place(area, named, zips, f"zip {found}", found if area != ELSEWHERE else "")
    if not named:
        return None
    area, hit = _by_name(content, named)
    how = ", ".join(dict.fromkeys(h for h in reading.how[hit.start : hit.end] if h))
    return Place(area, named, zips, f"place: '{hit.pattern.source}' -> {area}" + (f" ({how})" if how else ""))


def _counts(hit: Hit, hits: Sequence[Hit], reading: Reading) -> bool:
    if hit.role is Role.STATE_NAME:
        follows = any(h.role is Role.PLACE and h.end == hit.start for h in hits)
        return follows or _is_bare(reading)
    return hit.role is Role.PLACE or (hit.role is Role.PLACE_ALONE and _is_bare(reading))


def _is_bare(reading: Reading) -> bool:
    # "LA" by itself is a place; inside a Spanish text it is an article.
    return len(reading.plain) <= BARE


def _is_said_as_zip(reading: Reading, found: str) -> bool:
    # "i owe 15000 dollars" and "case 45678" are no places.
    at = reading.plain.index(found) if found in reading.plain else -1
    return len(reading.plain) <= BARE or (at > 0 and reading.plain[at - 1] in _ZIP_WORDS)


def _area_of_zip(content: Content, found: str) -> str:
    return next((a.slug for a in content.line.areas.values() if found in a.zips), ELSEWHERE)


def _by_name(content: Content, named: tuple[Hit, ...]) -> tuple[str, Hit]:
    states = [h for h in named if h.label.startswith(STATE)]
    twice = [h for h in named if h.label.startswith(NAME)]
    plain = [h for h in named if h.label in content.line.areas]
    if twice:
        hit = twice[0]
        namesake = next(n for n in content.line.namesakes if n.word == hit.label.removeprefix(NAME))
        if not states:
            # Another place of the same county beside it ("westmont, south central") settles it.
            near = next((h.label for h in plain if not h.meets(hit)), namesake.default)
            return near, hit
        return namesake.states.get(states[0].label.removeprefix(STATE), ELSEWHERE), hit
    if plain:
        longest = max(plain, key=lambda h: (h.end - h.start, -h.start))
        state = content.line.areas[longest.label].state.lower()
        if any(h.label != STATE + state for h in states):
            return ELSEWHERE, states[0]  # "pasadena texas"
        return longest.label, longest
    if states:
        return ELSEWHERE, states[0]
    return ELSEWHERE, named[0]
