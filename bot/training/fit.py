"""Learn from examples which features speak for which label and facet."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.referral.features import Features
from bot.training.matrix import GROUPS, Space, space

#: How freely weights may grow, and how often the examples are gone through (measured: docs/understanding.md).
FREEDOM = 3.0
ROUNDS = 20
#: Facets are told from these groups alone; the pieces of words add nothing but size.
FACET_GROUPS = ("words", "signs")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt: `weights` has a row for each label and a column for each feature of the space."""

    labels: tuple[str, ...]
    space: Space
    weights: Any
    bias: Any
    groups: tuple[str, ...]

    def scores(self, texts: Sequence[Features]) -> Any:
        """Score texts: a row a text, a column a label."""
        return self.space.rows(texts, self.groups) @ self.weights.T + self.bias


def learn(
    texts: Sequence[Features],
    labels: Sequence[str],
    groups: Sequence[str] = GROUPS,
    *,
    counts: Mapping[str, float] | None = None,
) -> Lesson:
    """Learn to tell `labels` (two at least) from the features of texts. The same input gives the same lesson.

    `counts`: what a text of a label counts, 1 where nothing is said.
    """
    known = space(texts, groups)
    model = LogisticRegression(C=FREEDOM, solver="saga", max_iter=ROUNDS, tol=1e-3, random_state=0)
    with warnings.catch_warnings():
        # Stopping early is meant: more rounds learn the examples by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(known.rows(texts, groups), np.asarray(labels), [(counts or {}).get(label, 1.0) for label in labels])
    names = tuple(map(str, model.classes_))
    weights, bias = model.coef_, model.intercept_
    if len(names) == 2:  # one row says it all for two labels
        weights, bias = np.vstack([-weights[0], weights[0]]) / 2, np.array([-bias[0], bias[0]]) / 2
    return Lesson(names, known, np.asarray(weights, dtype=np.float64), np.asarray(bias), tuple(groups))
