"""What of a service would tell where it is: the words of its own addresses, and the signs all addresses have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.directory.drawing.street import (
    is_bare,
    shows_map,
    telling_words,
    tells_address,
    tells_street,
    tells_way,
    without_address,
)
from bot.directory.service import Doc
from bot.referral.normalise import fold, words_of

_STREETS = re.compile(r"addr|street|calle|direcc|domicil|ubic|attention")
_NAMED = ("name", "alternate_name", "attention")
#: What stands instead of a name that was nothing but an address.
NAMELESS = "Support program"


@dataclass(frozen=True, slots=True, repr=False)
class Whereabouts:
    """The words of a service's addresses, the names of its places, and whole street lines, all folded."""

    words: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, doc: Doc) -> "Whereabouts":
        """Collect them from every field of a service that holds an address, known to the standard or not."""
        lines = [line for line in _lines(doc) if line.strip()]
        own = {fold(name) for holder in (doc, doc.get("organization") or {}) for name in _names(holder)}
        names = {fold(name) for place in _places(doc) for name in _names(place)} - own
        words = {word for line in lines for word in telling_words(line)}
        return cls(
            frozenset(words),
            tuple(sorted(name for name in names if len(name) > 5)),
            tuple(sorted({fold(line).strip() for line in lines if len(line) > 4})),
        )

    def told_by(self, text: str) -> bool:
        """Say whether a text tells where the service is, or how to get there."""
        return tells_way(text) or self._named_in(text)

    def shown_by(self, link: str) -> bool:
        """Say whether a link shows where the service is."""
        return shows_map(link) or self._named_in(re.sub(r"[-_/+.=?&%]+", " ", link))

    def written_in(self, text: str) -> bool:
        """Say whether an address stands in a text of a vocabulary others share: "street outreach" is none."""
        has_number = any(char.isdigit() for char in text)
        return self._named_in(text) or (has_number and tells_address(text))

    def given_away_by(self, text: str) -> bool:
        """Say whether one of our own facts, a short text or JSON, tells a street or a point."""
        return tells_street(text) or self._named_in(text)

    def without(self, name: str) -> str:
        """Return a name without the street in it."""
        if not tells_address(name) and not self._named_in(name):
            return name
        bare = without_address(name)
        for line in self.lines:
            if line in fold(bare):
                return NAMELESS
        kept = [word for word in bare.split() if not self.words.intersection(words_of(word))]
        left = " ".join(kept).strip(" ,;:-–—()@/")
        return NAMELESS if is_bare(left) else left

    def _named_in(self, text: str) -> bool:
        folded = fold(text)
        return (
            not self.words.isdisjoint(words_of(text))
            or any(name in folded for name in self.names)
            or any(line in folded for line in self.lines)
        )


def _lines(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner, held in value.items():
            yield from _lines(held, str(inner))
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _lines(held, key)
    elif isinstance(value, str) and _STREETS.search(fold(key)) and "type" not in key:
        yield value


def _places(doc: Doc) -> Iterator[Mapping[str, Any]]:
    holders = [row.get("location") for row in doc.get("service_at_locations", ())]
    owner = doc.get("organization")
    holders += list(owner.get("locations", ())) if isinstance(owner, Mapping) else []
    for place in holders:
        if isinstance(place, Mapping):
            yield place
            yield from (row for row in place.get("addresses", ()) if isinstance(row, Mapping))


def _names(holder: Mapping[str, Any]) -> Iterator[str]:
    return (holder[key] for key in _NAMED if isinstance(holder.get(key), str))
