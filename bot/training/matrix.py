"""Texts as rows of numbers: which features stand in which text, weighted as the line weighs them."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from bot.referral.features import Features, pieces

GROUPS = ("words", "pieces", "signs")
#: How much a whole group counts beside the others, before anything is learnt (measured: docs/understanding.md).
SCALE: Mapping[str, float] = {"words": 3.0, "pieces": 2.0, "signs": 0.5}
#: A feature of fewer texts than this is chance, and costs memory all the same.
FEWEST: Mapping[str, int] = {"words": 4, "pieces": 5, "signs": 2}
#: The commonest features keep at least this share of an average one's weight.
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Space:
    """The features known of each group, in order, and how much each counts."""

    names: Mapping[str, tuple[str, ...]]
    weight: Mapping[str, Any]

    def rows(self, texts: Sequence[Features], groups: Sequence[str] = GROUPS) -> Any:
        """Turn texts into a sparse matrix: a row a text, the columns of the groups side by side."""
        return sparse.hstack([self._group(texts, group) for group in groups], format="csr", dtype=np.float32)

    def _group(self, texts: Sequence[Features], group: str) -> Any:
        column = {name: at for at, name in enumerate(self.names[group])}
        weight = self.weight[group]
        values: list[float] = []
        columns: list[int] = []
        starts = [0]
        for text in texts:
            found = found_in(text, group)
            factor = factor_of(group, found.total())
            known = sorted((column[name], times) for name, times in found.items() if name in column)
            columns += [at for at, _ in known]
            values += [weight[at] * times * factor for at, times in known]
            starts.append(len(columns))
        return sparse.csr_matrix((values, columns, starts), shape=(len(texts), len(column)))


def found_in(text: Features, group: str) -> Counter[str]:
    """Count the features of one group in a text."""
    if group == "pieces":
        return Counter(piece for word in text.spelt for piece in pieces(word))
    return Counter(text.words if group == "words" else text.signs)


def factor_of(group: str, size: int) -> float:
    """Return what each of `size` features of a group counts, so that long texts weigh no more than short ones."""
    return 1.0 if group == "signs" else 1 / math.sqrt(size or 1)


def space(texts: Sequence[Features], groups: Sequence[str] = GROUPS) -> Space:
    """Choose the features worth knowing from the texts to learn from."""
    names: dict[str, tuple[str, ...]] = {}
    weight: dict[str, Any] = {}
    for group in groups:
        count = Counter(name for text in texts for name in found_in(text, group))
        names[group] = tuple(sorted(name for name, n in count.items() if n >= FEWEST[group]))
        seen = np.array([count[name] for name in names[group]], dtype=np.float64)
        # A feature that stands in every second text tells little, but its lesson should not be unlearnt by that.
        rare = np.maximum(np.log(len(texts) / (1 + seen)), _LEAST) if group != "signs" else np.ones(len(seen))
        weight[group] = SCALE[group] * (rare / rare.mean() if len(rare) else rare)
    return Space(names, weight)
