"""What was learnt from the examples: a weight for every feature and label, added up in plain Python.

A label's score is a sum over the features of a text. The weights of one feature for all labels are kept as
lanes of a single whole number, so that adding up a text costs one addition a feature instead of one a feature
and label.
"""

import binascii
import math
import sys
import zlib
from array import array
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.referral.features import Features, frequent, pieces

#: A weight is a byte around this middle.
MIDDLE = 128
#: A lane is two bytes wide: so many features are added before one could be full.
_LANE = 2
_MOST_ADDED = 65535 // 255
#: The weights of a group may not unpack to more bytes than this: a broken file must not eat the memory.
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the examples must make us, as probabilities; set by cross-validation.

    `topic`: enough to answer. `choices`: enough for the best three together to be offered. `crisis`: enough for
    the three crises together. `doubt`: below this even a crisis wording found is not believed. `command`: enough
    to do what a free wording asks of the line, `stop` to fall silent. `facet`: enough to believe a facet.
    """

    topic: float
    choices: float
    crisis: float
    doubt: float
    command: float
    stop: float
    facet: float


@dataclass(frozen=True, slots=True)
class Group:
    """The features of one group, one a line, and their weights: a byte a label and facet, zlib in base64."""

    scale: float
    features: str
    weights: str


@dataclass(frozen=True, slots=True)
class TrainedFile:
    """trained.toml, as `quietline train` writes it.

    `facets` are "violence/partner"; "violence/" stands for none of them. `sharpness`: what scores are multiplied with
    to become probabilities. `blocks`: the digest of each block of examples learnt from; `seen`: the marks of the
    examples themselves. What is among neither was added since. `held`: how the examples fared when cross-validated.
    """

    labels: tuple[str, ...]
    facets: tuple[str, ...]
    bias: tuple[float, ...]
    facet_bias: tuple[float, ...]
    sharpness: float
    thresholds: Thresholds
    words: Group
    pieces: Group
    signs: Group
    facet_words: Group
    facet_signs: Group
    blocks: Mapping[str, str]
    seen: str
    held: Mapping[str, float]


class Trained:
    """Compares a text with all the examples at once."""

    def __init__(self, file: TrainedFile) -> None:
        """Unpack the weights. Raises ValueError that names what is wrong."""
        self.labels = file.labels
        self.thresholds = file.thresholds
        self.sharpness = file.sharpness
        self._bias, self._facet_bias = file.bias, file.facet_bias
        for name, bias, lanes in (("bias", file.bias, file.labels), ("facet_bias", file.facet_bias, file.facets)):
            if len(bias) != len(lanes):
                raise ValueError(f"{name} should have {len(lanes)} numbers, has {len(bias)}")
        self._facets = _places(file.facets)
        many = len(file.labels)
        self._words, self._signs = _Table(file.words, many), _Table(file.signs, many)
        self._pieces = _Spelling(file.pieces, many, frequent(self._words.begins))
        self._facet_words = _Table(file.facet_words, len(file.facets))
        self._facet_signs = _Table(file.facet_signs, len(file.facets))

    def compare(self, found: Features) -> dict[str, float]:
        """Return the probability of every label for a text with these features."""
        total = self._words.added(found.words, 1 / math.sqrt(len(found.words) or 1), self._bias)
        total = self._pieces.added(found.spelt, total)
        total = self._signs.added(found.signs, 1.0, total)
        return dict(zip(self.labels, _shares(total, self.sharpness), strict=True))

    def facet(self, found: Features, label: str) -> str | None:
        """Return the facet of a label that a text speaks of, "" when of none; None where this was never learnt."""
        places = self._facets.get(label)
        if not places:
            return None
        total = self._facet_words.added(found.words, 1 / math.sqrt(len(found.words) or 1), self._facet_bias)
        total = self._facet_signs.added(found.signs, 1.0, total)
        shares = _shares([total[at] for at, _ in places], 1.0)
        share, (_, facet) = max(zip(shares, places, strict=True))
        return facet if share >= self.thresholds.facet else ""


class _Table:
    """The weights of one group of features."""

    def __init__(self, group: Group, lanes: int) -> None:
        names = [name for name in group.features.split("\n") if name]
        try:
            raw = zlib.decompressobj().decompress(b64decode(group.weights, validate=True), _MOST_BYTES)
        except (binascii.Error, zlib.error) as error:
            raise ValueError(f"weights cannot be unpacked: {error}") from None
        if len(raw) != len(names) * lanes:
            raise ValueError(f"{len(names)} features need {len(names) * lanes} weights, there are {len(raw)}")
        spread = bytearray(_LANE * len(raw))
        spread[::_LANE] = raw
        self._size = size = _LANE * lanes
        self._scale = group.scale
        # A whole number for each of a hundred thousand features would take seven megabytes, and a
        # twentieth of a start to make.
        self._weights = bytes(spread)
        self.begins = dict(zip(names, range(0, len(spread), size), strict=True))

    def packed(self, found: Iterable[str]) -> list[int]:
        """Return the weights of those of the features found that have any, the lanes of each as one whole number."""
        weights, size, read = self._weights, self._size, int.from_bytes
        return [read(weights[at : at + size], "little") for at in map(self.begins.get, found) if at is not None]

    def added(self, found: Iterable[str], factor: float, total: Sequence[float]) -> Sequence[float]:
        """Return the totals with the weights of the features found, times `factor`, added."""
        known = self.packed(found)
        for start in range(0, len(known), _MOST_ADDED):
            part = known[start : start + _MOST_ADDED]
            total = self.spread(sum(part), len(part), factor, total)
        return total

    def spread(self, summed: int, count: int, factor: float, total: Sequence[float]) -> Sequence[float]:
        """Return the totals with a sum of `count` packed weights added."""
        lanes = array("H", summed.to_bytes(self._size, "little"))
        if sys.byteorder == "big":
            lanes.byteswap()
        middle, step = MIDDLE * count, self._scale * factor
        return [sofar + (lane - middle) * step for sofar, lane in zip(total, lanes, strict=True)]


class _Spelling:
    """The weights of words by their pieces; those of frequent words are added up beforehand."""

    def __init__(self, group: Group, lanes: int, frequent: Iterable[str]) -> None:
        self._table = _Table(group, lanes)
        self._frequent = {word: self._cut(word) for word in frequent}

    def added(self, spelt: Iterable[str], total: Sequence[float]) -> Sequence[float]:
        """Return the totals with the weights of all pieces of some words added."""
        frequent = self._frequent
        cuts = [frequent.get(word) or self._cut(word) for word in spelt]
        factor = 1 / math.sqrt(sum([cut[0] for cut in cuts]) or 1)
        summed = count = 0
        for _, found, weights in cuts:
            if count + found > _MOST_ADDED:
                total = self._table.spread(summed, count, factor, total)
                summed = count = 0
            summed += weights
            count += found
        return self._table.spread(summed, count, factor, total)

    def _cut(self, word: str) -> tuple[int, int, int]:
        """Return how many pieces a word has, how many of them we know, and the sum of their packed weights."""
        cut = pieces(word)
        found = self._table.packed(cut)
        return len(cut), len(found), sum(found)


def _places(facets: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for at, name in enumerate(facets):
        label, _, facet = name.partition("/")
        found.setdefault(label, []).append((at, facet))
    return found


def _shares(scores: Sequence[float], sharpness: float) -> list[float]:
    highest = max(scores)
    raised = [math.exp((score - highest) * sharpness) for score in scores]
    whole = sum(raised)
    return [value / whole for value in raised]
