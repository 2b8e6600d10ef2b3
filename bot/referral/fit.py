"""How well an entry, or one of its numbers, fits a topic and a facet of it, by what it says it serves."""

from collections.abc import Iterable

from bot.referral.entry import Entry, Phone, Serves

#: One for the facet that was told goes before one for the whole topic. Lower is better.
FACET, GENERAL = 1, 2


def fit(entry: Entry, topic: str, facet: str) -> tuple[int, int] | None:
    """Return FACET or GENERAL and the rank with which an entry fits best; None where it serves something else."""
    best: tuple[int, int] | None = None
    for serves in (entry.serves, *(p.serves for p in entry.phone if p.serves and p.publish)):
        for one in serves:
            if _is_for(one, topic, facet):
                found = FACET if one.facets else GENERAL, one.rank
                best = found if best is None or found < best else best
    return best


def rings_for(phone: Phone, entry: Entry, topic: str, facet: str) -> bool:
    """Say whether a number is for a need: by what it serves on its own, else by what its entry does."""
    serves: Iterable[Serves] = entry.serves if phone.serves is None else phone.serves
    for one in serves:  # a loop, for this is asked of every number of every entry looked at
        if _is_for(one, topic, facet):
            return True
    return False


def _is_for(serves: Serves, topic: str, facet: str) -> bool:
    return serves.topic == topic and (not serves.facets or facet in serves.facets)
