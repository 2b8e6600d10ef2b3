"""Set the thresholds: which certainty is worth an answer, from texts a lesson had not seen."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.referral.trained import Thresholds
from bot.training.crossval import Unseen

#: What an outcome costs, beside a right answer (0) and a wrong topic (1). A question back is a buzz and a wait; a
#: question whose choices all miss is worse than the menu; the menu still carries 211, 911 and 988.
ASKED, ASKED_IN_VAIN, MENU = 0.35, 0.65, 0.6
#: A crisis answered as anything else costs this much, an ordinary text answered as a crisis 1.
MISSED = 4.0
#: Falling silent to somebody who did not ask for it costs this much, one text too many 1.
SILENCED = 3.0
#: Doing what nobody asked of the line costs this much, the menu instead of a command 1.
MEDDLED = 2.0
_GRID = np.linspace(0.02, 0.98, 49)


@dataclass(frozen=True, slots=True)
class Roles:
    """Which labels are crises, needs and commands; `said` marks the texts in which crisis wordings were found."""

    crises: Collection[str]
    needs: Collection[str]
    said: Any


def sharpness(held: Unseen) -> float:
    """Return what scores are multiplied with so that of texts told with 70 % certainty 70 % are right."""
    grid = np.linspace(0.3, 3.0, 55)
    rows = np.arange(len(held.truth))
    losses = [-np.log(held.probabilities(s)[rows, held.truth] + 1e-12).mean() for s in grid]
    return float(grid[int(np.argmin(losses))])


def thresholds(held: Unseen, sharp: float, roles: Roles) -> Thresholds:
    """Find the thresholds under which the texts would have cost least."""
    shares = held.probabilities(sharp)
    topic, choices = _needs(held, shares, roles)
    crises = [at for at, name in enumerate(held.labels) if name in roles.crises]
    is_crisis = np.isin(held.truth, crises)
    together = shares[:, crises].sum(axis=1)
    commands = [at for at, n in enumerate(held.labels) if n not in roles.needs and n not in ("none", "stop")]
    return Thresholds(
        topic=topic,
        choices=choices,
        crisis=_cut(together[~roles.said], is_crisis[~roles.said], MISSED, 1.0),
        doubt=_cut(together[roles.said], is_crisis[roles.said], MISSED, 1.0),
        command=_best(held, shares, commands),
        stop=_cut(*_one(held, shares, "stop"), 1.0, SILENCED),
        facet=ASKED,
    )


def _cut(share: Any, true: Any, miss: float, false: float) -> float:
    costs = [miss * (true & (share < t)).sum() + false * (~true & (share >= t)).sum() for t in _GRID]
    return round(float(_GRID[int(np.argmin(costs))]), 3) if len(share) else 0.5


def _one(held: Unseen, shares: Any, label: str) -> tuple[Any, Any]:
    if label not in held.labels:
        return np.zeros(0), np.zeros(0, dtype=bool)
    at = held.labels.index(label)
    return shares[:, at], held.truth == at


def _best(held: Unseen, shares: Any, among: list[int]) -> float:
    if not among:
        return 0.5
    best = np.array(among)[shares[:, among].argmax(axis=1)]
    return _cut(shares[np.arange(len(best)), best], best == held.truth, 1.0, MEDDLED)


def _needs(held: Unseen, shares: Any, roles: Roles) -> tuple[float, float]:
    needs = np.array([at for at, name in enumerate(held.labels) if name in roles.needs])
    order = needs[np.argsort(-shares[:, needs], axis=1)[:, :3]]
    first = shares[np.arange(len(order)), order[:, 0]]
    three = np.take_along_axis(shares, order, axis=1).sum(axis=1)
    right = order[:, 0] == held.truth
    offered = (order == held.truth[:, None]).any(axis=1)
    is_need = np.isin(held.truth, needs)
    asked = np.where(offered, ASKED, ASKED_IN_VAIN)
    menu = np.where(is_need, MENU, 0.0)
    best, found = np.inf, (0.5, 0.5)
    for topic in _GRID:
        answered = first >= topic
        for choices in _GRID:
            unsure = np.where(three >= choices, asked, menu)
            cost = np.where(answered, np.where(right, 0.0, 1.0), unsure).sum()
            if cost < best:
                best, found = cost, (round(float(topic), 3), round(float(choices), 3))
    return found
