"""How likely each label is for a text, judged by all examples at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.referral.content import Content
from bot.referral.examples import NONE, Likeness
from bot.referral.features import Features
from bot.referral.meaning import Evidence
from bot.referral.read import Read
from bot.referral.trained import Thresholds

#: While nothing was learnt yet the few examples speak alone, and crisis wordings are always believed.
UNTRAINED = Thresholds(topic=0.6, choices=0.5, crisis=0.6, doubt=0.0, command=0.7, stop=0.8, facet=0.5)
#: A need less likely than this is not worth a word, neither as a choice nor as a fragment.
FAINT = 0.05


@dataclass(frozen=True, slots=True)
class Sense:
    """The probability of every label, the thresholds that go with them, and an untrained example it is like."""

    features: Features | None
    shares: Mapping[str, float]
    thresholds: Thresholds
    like: Likeness | None

    def of(self, labels: Sequence[str]) -> float:
        """Add up the probabilities of labels."""
        return sum(self.shares.get(label, 0.0) for label in labels)

    def best(self) -> str:
        """Return the likeliest label."""
        return max(self.shares, key=self.shares.__getitem__)

    def evidence(self, labels: Sequence[str]) -> list[Evidence]:
        """Turn the likely ones of some labels into evidence, likeliest first."""
        likely = sorted((label for label in labels if self.shares.get(label, 0.0) >= FAINT), key=self._order)
        return [Evidence(label, self.shares[label], "", "like", self._facet(label)) for label in likely]

    def _order(self, label: str) -> tuple[float, str]:
        return -self.shares[label], label

    def _facet(self, label: str) -> str:
        return self.like.facet if self.like is not None and self.like.label == label else ""


def sense(content: Content, text: Read) -> Sense | None:
    """Compare a text with the examples; None where a release has none."""
    learnt = content.learnt
    like = learnt.fresh.nearest({*text.typed, *text.reading.plain}) if len(learnt.fresh) else None
    if learnt.trained is not None:
        found = text.features()
        return Sense(found, _with(learnt.trained.compare(found), like), learnt.trained.thresholds, like)
    if like is None:
        return None
    return Sense(None, {NONE: 1 - like.share, like.label: like.share}, UNTRAINED, like)


def _with(shares: dict[str, float], like: Likeness | None) -> dict[str, float]:
    if like is None:
        return shares
    return {
        label: share * (1 - like.share) + (like.share if label == like.label else 0.0)
        for label, share in {like.label: 0.0, **shares}.items()
    }
