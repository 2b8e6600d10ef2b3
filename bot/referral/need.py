"""Which need does a text speak of? Wordings that say it all decide; else wordings and examples together."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.referral import weigh
from bot.referral.command import is_all
from bot.referral.content import Content
from bot.referral.crisis import ENOUGH, HINT
from bot.referral.examples import NONE
from bot.referral.meaning import Evidence, Kind, Meaning
from bot.referral.read import Read
from bot.referral.sense import FAINT, Sense

#: How many topics a choice may offer.
MOST_CHOICES = 3
#: The topic of those who ask for help with nothing in particular.
GENERAL = "help"
#: A need that a wording says is believed from this likelihood on, where no other need is likely enough to answer.
SAID = 0.35
#: A second need this likely is offered after the first one's answer.
ALSO = 0.1


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of a text while its need is weighed.

    `found`: what its wordings say; `traces`: the fragments of the last minute; `sense`: what the examples say.
    """

    content: Content
    text: Read
    found: Sequence[Evidence]
    traces: Sequence[Evidence]
    sense: Sense | None = None

    def without_traces(self) -> "Case":
        """Return the same without the fragments of the last minute."""
        return Case(self.content, self.text, self.found, (), self.sense) if self.traces else self

    def is_topic(self, label: str) -> bool:
        """Say whether a label is a need."""
        return label in self.content.topics

    def is_need(self, label: str) -> bool:
        """Say whether a label is a need and no crisis: whether that is one was decided before."""
        return self.is_topic(label) and not self.content.topics[label].crisis

    def by_name(self) -> str:
        """Return the service that the text names, or ""."""
        return next((h.label for h in self.text.hits if h.label in self.content.entries), "")


def need(case: Case) -> Meaning:
    """Weigh what a text says about needs."""
    sense = case.sense
    if sense is None:
        return _by_words(case)
    if case.by_name() or _is_new(case):
        return _by_words(case.without_traces())
    shares = together(case, sense)
    ranked = sorted(shares, key=shares.__getitem__, reverse=True)
    best = ranked[0]
    why = [*map(str, case.found), *(f"fragment: {t.label} {t.weight:.2f}" for t in case.traces)]
    why += [f"like: {label} {shares[label]:.2f}" for label in ranked[:MOST_CHOICES] if shares[label] >= FAINT]
    kept = tuple(sense.evidence([label for label in ranked if case.is_topic(label)])[:MOST_CHOICES])
    likely = [best] if case.is_need(best) and shares[best] >= sense.thresholds.topic else []
    said = _said(case)
    likely += [n for n in said if case.is_need(n) and shares.get(n, 0.0) >= SAID]
    if likely:
        best = max(likely, key=shares.__getitem__)
        also = [n for n in dict.fromkeys([*(n for n in ranked if shares[n] >= ALSO), *said]) if case.is_topic(n)]
        return _topic(case, best, also, reasons=(why, kept))
    needs = [n for n in ranked if case.is_topic(n) and n != GENERAL and shares[n] >= FAINT][:MOST_CHOICES]
    if len(needs) > 1 and sum(shares[n] for n in needs) >= sense.thresholds.choices and best != NONE:
        return case.text.meaning(Kind.CHOICES, "", why, choices=tuple(needs), evidence=kept)
    return case.text.meaning(Kind.UNCLEAR, "", why or ["nothing known"], evidence=kept)


def plain_need(case: Case) -> Meaning | None:
    """Return the need of a text that is nothing but wordings of ours, a place and fillers; None for any other.

    What was hinted at a moment ago changes nothing about it.
    """
    if not case.found:
        return None
    where = case.text.where
    places = where.hits if where else ()
    # A number beside a need is a ZIP of ours or elsewhere, an age, a sum: it does not change the need.
    numbers = frozenset(word for word in case.text.reading.plain if word.isdecimal())
    fillers = case.content.lexicon.fillers | numbers
    if not is_all(case.text.reading, [*case.found, *places], fillers):
        return None
    meant = _by_words(case.without_traces())
    return meant if meant.kind in (Kind.TOPIC, Kind.CRISIS) else None


def together(case: Case, sense: Sense) -> dict[str, float]:
    """Add the fragments of the last minute to what a text says: two halves of a proof make it likely."""
    shares = dict(sense.shares)
    for trace in case.traces:
        # What a text does not speak of at all was meant by the earlier one alone.
        if case.is_topic(trace.label) and shares.get(trace.label, 0.0) >= FAINT:
            shares[trace.label] = 1 - (1 - shares[trace.label]) * (1 - min(trace.weight, HINT))
    return shares


def _said(case: Case) -> list[str]:
    return [label for label, weight in weigh.rank(case.found) if weight >= ENOUGH and case.is_topic(label)]


def _is_new(case: Case) -> bool:
    # A topic younger than the last training is known by its wordings alone.
    trained = case.content.learnt.trained
    return trained is not None and any(e.weight >= ENOUGH and e.label not in trained.labels for e in case.found)


def _topic(
    case: Case, best: str, also: Sequence[str], *, reasons: tuple[Sequence[str], tuple[Evidence, ...]]
) -> Meaning:
    (why, kept), sense = reasons, case.sense
    trained = case.content.learnt.trained
    facet = trained.facet(sense.features, best) if trained and sense and sense.features else None
    return case.text.meaning(
        Kind.TOPIC,
        best,
        why,
        choices=tuple([n for n in also if n not in (best, GENERAL)][:MOST_CHOICES]),
        # Where the examples tell none, a wording of a facet does.
        facet=facet or weigh.facet_of([*case.found, *kept], best),
        evidence=kept,
    )


def _by_words(case: Case) -> Meaning:
    found = [*case.found, *case.traces]
    ranked = [pair for pair in weigh.rank(found) if case.is_topic(pair[0])]
    why = [str(e) for e in found]
    enough = [label for label, weight in ranked if weight >= ENOUGH]
    if len(enough) > 1 and GENERAL in enough:
        enough.remove(GENERAL)  # "help me with my daca" asks for something in particular
    kept = tuple(case.found)
    if not enough:
        return case.text.meaning(Kind.UNCLEAR, "", why or ["nothing known"], evidence=kept)
    if weigh.are_equals(ranked, found):
        choices = tuple(label for label, _ in ranked[:MOST_CHOICES])
        return case.text.meaning(Kind.CHOICES, "", why, choices=choices, evidence=kept)
    return case.text.meaning(
        # Only a service that is for nothing else (Poison Control) leads to a crisis by its name.
        Kind.CRISIS if case.content.topics[enough[0]].crisis else Kind.TOPIC,
        enough[0],
        why,
        choices=tuple(enough[1 : 1 + MOST_CHOICES]),
        facet=weigh.facet_of(found, enough[0]),
        named=_named(case, enough[0]),
        evidence=kept,
    )


def _named(case: Case, label: str) -> str:
    # A service asked for by its name comes first, where it serves the need that was understood.
    named = case.by_name()
    serves = case.content.entries[named].serves if named else ()
    return named if any(s.topic == label for s in serves) else ""
