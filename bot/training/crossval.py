"""How would the examples be understood by a line that had not learnt from them? Five parts, each told from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.referral.features import Features
from bot.training.fit import learn

PARTS = 5


@dataclass(frozen=True, slots=True)
class Unseen:
    """Scores of texts by lessons that never saw them: a row a text, a column a label."""

    labels: tuple[str, ...]
    scores: Any
    truth: Any

    def probabilities(self, sharpness: float) -> Any:
        """Turn the scores into probabilities."""
        raised = np.exp((self.scores - self.scores.max(axis=1, keepdims=True)) * sharpness)
        return raised / raised.sum(axis=1, keepdims=True)


def unseen(texts: Sequence[Features], labels: Sequence[str], parts: int = PARTS) -> Unseen:
    """Score every text by a lesson learnt from the other parts only."""
    names = tuple(sorted(set(labels)))
    column = {name: at for at, name in enumerate(names)}
    scores = np.full((len(texts), len(names)), -1e3)
    folds = StratifiedKFold(parts, shuffle=True, random_state=0)
    for learnt, held in folds.split(np.zeros(len(texts)), np.asarray(labels)):
        lesson = learn([texts[at] for at in learnt], [labels[at] for at in learnt])
        places = [column[name] for name in lesson.labels]
        scores[np.ix_(held, places)] = lesson.scores([texts[at] for at in held])
    return Unseen(names, scores, np.array([column[label] for label in labels]))
