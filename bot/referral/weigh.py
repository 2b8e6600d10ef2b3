"""Which need does the evidence speak for, and how surely?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.referral.command import is_all
from bot.referral.content import Content
from bot.referral.crisis import ENOUGH, HINT, evidence_of, weights
from bot.referral.hit import Hit, Reading
from bot.referral.meaning import Evidence
from bot.referral.meant import Role
from bot.referral.place import Place

#: Two needs whose weights differ by less than this are equals.
CLOSE = 0.5
_COUNTS = (Role.WORD, Role.HINT, Role.ALONE, Role.NAMED)


def evidence(content: Content, reading: Reading, hits: Sequence[Hit], where: Place | None) -> list[Evidence]:
    """List what the text says about needs: the longest wordings only, `alone` ones only when they are all there is."""
    found = [h for h in hits if h.role in _COUNTS and not _is_crisis(content, h)]
    places = where.hits if where else ()
    # "bed in koreatown" is a bare need with its place; "in bed" is not.
    fillers = content.lexicon.fillers | where.zips if where else content.lexicon.need_fillers
    if not is_all(reading, [*found, *places], fillers):
        found = [h for h in found if h.role is not Role.ALONE]
    doubts = [h for h in hits if h.role is Role.UNLESS]
    standing = [h for h in found if not _covered(h, [*found, *places]) and not _is_void(h, doubts)]
    facets = [
        replace(evidence_of(h, reading), weight=0.0)
        for h in found
        if h.pattern.meant.facet and h not in standing and not _is_void(h, doubts)
    ]
    return [
        *(_named(content, h, reading) if h.role is Role.NAMED else evidence_of(h, reading) for h in standing),
        *facets,  # swallowed by a longer wording of the need, they still tell its facet
    ]


def _covered(hit: Hit, others: Sequence[Hit]) -> bool:
    # The longest wording wins, but half a proof never swallows a whole one.
    return any(hit.within(o) and (o.role is not Role.HINT or hit.role is Role.HINT) for o in others)


def _is_void(hit: Hit, doubts: Sequence[Hit]) -> bool:
    return any(o.label == hit.label and o.meets(hit) for o in doubts)


def _is_crisis(content: Content, hit: Hit) -> bool:
    topic = content.topics.get(hit.label)
    return topic is not None and topic.crisis


def _named(content: Content, hit: Hit, reading: Reading) -> Evidence:
    # A service's own name stands for the first thing it is for; a name that may never be listed for its topic.
    entry = content.entries.get(hit.label)
    served = [s for s in entry.serves if s.topic in content.topics] if entry else []
    topic = min(served, key=lambda s: (content.topics[s.topic].crisis, s.rank)).topic if served else hit.label
    found = evidence_of(hit, reading)
    return Evidence(topic, ENOUGH, found.source, found.how or "name", "", found.language, hit.start, hit.end)


def rank(found: Sequence[Evidence]) -> list[tuple[str, float]]:
    """Rank the needs: heaviest first, then the one named first in the text."""
    first: dict[str, int] = {}
    for item in found:
        first[item.label] = min(first.get(item.label, item.start), item.start)
    return sorted(weights(found).items(), key=lambda pair: (-pair[1], first[pair[0]], pair[0]))


def facet_of(found: Iterable[Evidence], label: str) -> str:
    """Return the facet of a topic that the longest wording names, or ""."""
    named = [e for e in found if e.label == label and e.facet]
    return max(named, key=lambda e: (e.end - e.start, e.weight, -e.start)).facet if named else ""


def are_equals(ranked: Sequence[tuple[str, float]], found: Iterable[Evidence]) -> bool:
    """Say whether the two best needs are near equals and neither has a word of its own: then the texter chooses."""
    if len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= CLOSE:
        return False
    strong = {e.label for e in found if e.weight > HINT}
    return not {ranked[0][0], ranked[1][0]} <= strong
