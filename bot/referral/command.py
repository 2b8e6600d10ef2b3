"""Does the text ask something of the line itself: to stop, to forget, for more, who it is?"""

from collections.abc import Container, Iterable, Sequence
from typing import Protocol

from bot.referral.hit import Hit, Reading
from bot.referral.meant import Role

#: Commands looked for before all others, once no crisis was found. "silence" is an opt-out that somebody may read.
OPT_OUT = ("silence", "stop")
#: Says that somebody reads along: silences a text that asks for nothing else.
WATCHED = "watched"
#: How a number that was given may have failed. Read only after a referral (bot.referral.complaint).
FAILED = frozenset({"no_answer", "full", "wrong_number"})


def whole(reading: Reading, hits: Sequence[Hit], fillers: frozenset[str], names: Container[str]) -> Hit | None:
    """Return the longest of the named commands that is the whole message, apart from fillers ("pls", "thank you")."""
    said = [h for h in hits if h.role is Role.WHOLE and h.label in names]
    found = [h for h in said if is_all(reading, (h,), fillers) and not _is_void(h, hits)]
    return max(found, key=lambda h: (h.end - h.start, -h.start, h.label), default=None)


def inside(hits: Sequence[Hit], names: Container[str]) -> Hit | None:
    """Return the longest of the named commands that stands anywhere and is not voided by one of its exceptions."""
    found = [h for h in hits if h.role is Role.WITHIN and h.label in names and not _is_void(h, hits)]
    return max(found, key=lambda h: (h.end - h.start, -h.start, h.label), default=None)


def stands(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Say whether no exception among `hits`, whichever label it has, voids a wording."""
    return not any(_voids(x, hit) for x in hits)


def _is_void(hit: Hit, hits: Sequence[Hit]) -> bool:
    return any(x.label == hit.label and _voids(x, hit) for x in hits)


def _voids(exception: Hit, hit: Hit) -> bool:
    # An exception counts where it reaches beyond the wording: "to stop" lies inside "i want to stop getting texts".
    beyond = exception.start < hit.start or hit.end < exception.end
    return exception.role is Role.EXCEPT and exception.meets(hit) and beyond


class Span(Protocol):
    """Something found at places `start` to `end` (exclusive) of a text."""

    @property
    def start(self) -> int:
        """The first place."""

    @property
    def end(self) -> int:
        """The place after the last."""


def is_all(reading: Reading, hits: Iterable[Span], fillers: frozenset[str]) -> bool:
    """Say whether what was found and fillers are all there is in the text."""
    covered: set[int] = set()
    for hit in hits:
        covered.update(range(hit.start, hit.end))
    for at, word in enumerate(reading.plain):
        if at not in covered and word not in fillers and fillers.isdisjoint(reading.meant[at]):
            return False
    return True
