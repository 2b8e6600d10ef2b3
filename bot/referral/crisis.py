"""Is somebody in danger right now? Looked for before anything else, in every state of a conversation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.referral.command import is_all
from bot.referral.content import Content
from bot.referral.hit import Hit, Reading
from bot.referral.meaning import Evidence
from bot.referral.meant import Role

#: From this weight on a topic is meant: one word of its own, or two hints.
ENOUGH = 1.0
HINT = 0.5
#: A denial counts when it stands right before what it denies; "not ok, suicidal" denies nothing.
DENIAL_REACH = 1
#: A crisis that lies in the past ("he used to hit me") is not one; wishing to die does not pass like that.
PASSES = frozenset({"danger", "overdose"})
_ORDER = ("overdose", "danger", "suicide")


def crisis(content: Content, reading: Reading, hits: Sequence[Hit]) -> tuple[list[Evidence], list[Evidence]]:
    """Weigh the crisis wordings of a text: (what stands, what was voided and now speaks for another topic).

    A wording is voided by an `unless` wording that shares a word with it, by a denial just before it, and,
    for danger and overdose, by a past marker anywhere while nothing says that it goes on.
    """
    past = any(h.role is Role.PAST for h in hits) and not any(h.role is Role.PRESENT for h in hits)
    doubts = [h for h in hits if h.role in (Role.UNLESS, Role.NEGATOR)]
    stands: list[Evidence] = []
    voided: list[Evidence] = []
    for hit in hits:
        topic = content.topics.get(hit.label)
        if topic is None or not topic.crisis or hit.role not in (Role.WORD, Role.HINT, Role.ALONE):
            continue
        if hit.role is Role.ALONE and not is_all(reading, (hit,), content.lexicon.fillers):
            continue
        reason = _void(hit, doubts, past=past)
        evidence = evidence_of(hit, reading)
        if not reason:
            stands.append(evidence)
        elif topic.otherwise:
            voided.append(Evidence(topic.otherwise, HINT, hit.pattern.source, reason, start=hit.start, end=hit.end))
    return stands, voided


def worst(stands: Sequence[Evidence]) -> str:
    """Name the crisis that is meant, or "": the heaviest; when equal overdose, danger, suicide."""
    sums = weights(stands)
    meant = [label for label, weight in sums.items() if weight >= ENOUGH]
    return min(meant, key=lambda label: (-sums[label], _ORDER.index(label) if label in _ORDER else 9), default="")


def weights(found: Iterable[Evidence]) -> dict[str, float]:
    """Add up evidence per topic; wordings of one topic that share a word count once."""
    sums: defaultdict[str, float] = defaultdict(float)
    taken: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in sorted(found, key=lambda e: (-e.weight, e.start - e.end)):
        if item.end and any(item.start < t.end and t.start < item.end for t in taken[item.label]):
            continue
        taken[item.label].append(item)
        sums[item.label] += item.weight
    return dict(sums)


def evidence_of(hit: Hit, reading: Reading) -> Evidence:
    """Turn a found wording into evidence that names how its words were recognised."""
    meant = hit.pattern.meant
    ways = [how for how in reading.how[hit.start : hit.end] if how]
    return Evidence(
        hit.label,
        HINT if hit.role is Role.HINT else ENOUGH,
        hit.pattern.source,
        ", ".join(dict.fromkeys(ways)) if ways else "",
        meant.facet,
        meant.language,
        hit.start,
        hit.end,
    )


def _void(hit: Hit, doubts: Sequence[Hit], *, past: bool) -> str:
    for other in doubts:
        if other.role is Role.UNLESS and other.label == hit.label and other.meets(hit):
            return f"but: '{other.pattern.source}'"
        if other.role is Role.NEGATOR and other.end <= hit.start <= other.end + DENIAL_REACH - 1:
            return f"denied: '{other.pattern.source}'"
    return "past" if past and hit.label in PASSES else ""
