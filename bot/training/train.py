"""Learn from the examples of a release and write down what the line needs to understand by them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from bot.referral.content import Content
from bot.referral.crisis import crisis, worst
from bot.referral.examples import lines, mark, marks_as_text
from bot.referral.features import Features
from bot.referral.read import Read, read
from bot.training import pack
from bot.training.calibrate import Roles, sharpness, thresholds
from bot.training.crossval import Unseen, unseen
from bot.training.fit import FACET_GROUPS, Lesson, learn
from bot.training.gather import Example, gather
from bot.training.matrix import GROUPS, Space

#: A label with fewer examples than this is not learnt: its texts are compared one by one instead.
FEWEST_EXAMPLES = 20
#: An example that names no facet counts this much: many hands left one untold that is there.
UNTOLD = 0.15


class TooFewError(ValueError):
    """There are not enough examples to learn from."""


def train(content: Content, tell: Callable[[str], None]) -> dict[str, Any]:
    """Learn from all examples of a release; return the table of trained.toml. `tell` hears how far it is.

    Raises TooFewError when fewer than two labels have examples enough.
    """
    examples = enough(gather(content))
    tell(f"{len(examples)} examples of {len({e.label for e in examples})} labels")
    texts = [read(e.text, content) for e in examples]
    found = [text.features() for text in texts]
    labels = [e.label for e in examples]
    held = unseen(found, labels)
    sharp = sharpness(held)
    limits = thresholds(held, sharp, roles(content, texts))
    tell(f"cross-validated; sharpness {sharp:.2f}; {limits}")
    lesson = learn(found, labels)
    facets = learn_facets(examples, found)
    return {
        "labels": list(lesson.labels),
        "facets": list(facets.labels),
        "bias": pack.numbers(lesson.bias),
        "facet_bias": pack.numbers(facets.bias),
        "sharpness": round(sharp, 3),
        "seen": _seen(content, {e.label for e in examples}),
        "thresholds": asdict(limits),
        **{name: pack.group(lesson, name) for name in GROUPS},
        **{f"facet_{name}": pack.group(facets, name) for name in FACET_GROUPS},
        "held": how_held(held, sharp, examples, crises={s for s, t in content.topics.items() if t.crisis}),
        "blocks": {b.key: b.digest for b in content.learnt.examples if b.label in lesson.labels},
    }


def how_held(held: Unseen, sharp: float, examples: Sequence[Example], *, crises: set[str]) -> dict[str, float]:
    """Say what share of the examples was told right by a lesson that had not seen them."""
    shares = held.probabilities(sharp)
    order = np.argsort(-shares, axis=1)
    first = order[:, 0] == held.truth
    three = (order[:, :3] == held.truth[:, None]).any(axis=1)
    names = np.array(held.labels)
    urgent = np.isin(names[held.truth], list(crises))
    told = {"label first": first, "label among the first three": three}
    for language in sorted({e.language for e in examples}):
        told[f"label first ({language})"] = first[[e.language == language for e in examples]]
    told["crisis first (any of the three)"] = np.isin(names[order[:, 0]], list(crises))[urgent]
    return {name: round(float(found.mean()), 4) for name, found in told.items() if len(found)}


def enough(examples: Sequence[Example]) -> list[Example]:
    """Leave out the examples of labels that have too few. Raises TooFewError when fewer than two labels are left."""
    count: dict[str, int] = {}
    for example in examples:
        count[example.label] = count.get(example.label, 0) + 1
    kept = [example for example in examples if count[example.label] >= FEWEST_EXAMPLES]
    if len({example.label for example in kept}) < 2:
        raise TooFewError(f"two labels with {FEWEST_EXAMPLES} examples each are the least there is to learn from")
    return kept


def roles(content: Content, texts: Sequence[Read]) -> Roles:
    """Say which labels are crises and needs, and in which texts crisis wordings were found."""
    said = [bool(worst(crisis(content, text.reading, text.hits)[0])) for text in texts]
    crises = {slug for slug, topic in content.topics.items() if topic.crisis}
    return Roles(crises, set(content.topics), np.array(said))


def learn_facets(examples: Sequence[Example], texts: Sequence[Features]) -> Lesson:
    """Learn each topic's facets from its own examples alone, side by side in one lesson."""
    by_topic: dict[str, list[int]] = {}
    for at, example in enumerate(examples):
        by_topic.setdefault(example.label, []).append(at)
    lessons = {
        label: learn(
            [texts[at] for at in places], [examples[at].facet for at in places], FACET_GROUPS, counts={"": UNTOLD}
        )
        for label, places in by_topic.items()
        if len({examples[at].facet for at in places}) > 1
    }
    return _side_by_side(lessons)


def _side_by_side(lessons: Mapping[str, Lesson]) -> Lesson:
    names = {g: sorted({n for lesson in lessons.values() for n in lesson.space.names[g]}) for g in FACET_GROUPS}
    column = {(g, n): at for at, (g, n) in enumerate((g, n) for g in FACET_GROUPS for n in names[g])}
    labels = [f"{label}/{facet}" for label, lesson in lessons.items() for facet in lesson.labels]
    weights = np.zeros((len(labels), len(column)))
    row = 0
    for lesson in lessons.values():
        places = [column[g, n] for g in FACET_GROUPS for n in lesson.space.names[g]]
        counted = np.concatenate([lesson.space.weight[g] for g in FACET_GROUPS])
        weights[row : row + len(lesson.labels), places] = lesson.weights * counted
        row += len(lesson.labels)
    bias = np.concatenate([lesson.bias for lesson in lessons.values()]) if lessons else np.zeros(0)
    plain = Space({g: tuple(names[g]) for g in FACET_GROUPS}, {g: np.ones(len(names[g])) for g in FACET_GROUPS})
    return Lesson(tuple(labels), plain, weights, bias, FACET_GROUPS)


def _seen(content: Content, labels: set[str]) -> str:
    blocks = [b for b in content.learnt.examples if b.label in labels]
    return marks_as_text(mark(block, text) for block in blocks for text in lines(block.texts))
