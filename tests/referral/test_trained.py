"""Adding up what was learnt: the same as with plain numbers, however many features; broken tables are named."""

import base64
import math
import random
import zlib
from dataclasses import replace

import pytest

from bot.referral.features import Features, pieces
from bot.referral.trained import MIDDLE, Group, Thresholds, Trained, TrainedFile

LABELS = ("food", "none", "shelter")
FACETS = ("shelter/", "shelter/family")
NAMES = tuple(f"w{n}" for n in range(700))
CHANCE = random.Random(7)  # noqa: S311 - a seed is the point


def group(rows: dict[str, list[int]], scale: float = 0.01) -> Group:
    raw = bytes(MIDDLE + step for steps in rows.values() for step in steps)
    return Group(scale, "\n".join(rows), base64.b64encode(zlib.compress(raw)).decode())


def rows(names: tuple[str, ...], lanes: int) -> dict[str, list[int]]:
    return {name: [CHANCE.randint(-127, 127) for _ in range(lanes)] for name in names}


WORDS, PIECES, SIGNS = rows(NAMES, 3), rows(("<be", "bed"), 3), rows(("shelter:word",), 3)
FILE = TrainedFile(
    labels=LABELS,
    facets=FACETS,
    bias=(0.1, 0.2, -0.3),
    facet_bias=(0.0, -1.0),
    sharpness=1.5,
    thresholds=Thresholds(0.5, 0.4, 0.3, 0.1, 0.5, 0.9, 0.5),
    words=group(WORDS),
    pieces=group(PIECES, 0.02),
    signs=group(SIGNS, 0.05),
    facet_words=group({"kids": [-100, 100]}, 0.05),
    facet_signs=group({"shelter/family": [-50, 50]}, 0.05),
    blocks={},
    seen="",
    held={},
)


def _size(word: str) -> int:
    return len(pieces(word))


def plainly(found: Features) -> list[float]:
    total = list(FILE.bias)
    for names, table, scale, size in (
        (found.words, WORDS, 0.01, math.sqrt(len(found.words) or 1)),
        ([p for word in found.spelt for p in pieces(word)], PIECES, 0.02, math.sqrt(sum(map(_size, found.spelt)) or 1)),
        (found.signs, SIGNS, 0.05, 1.0),
    ):
        for name in (name for name in names if name in table):
            total = [t + step * scale / size for t, step in zip(total, table[name], strict=True)]
    raised = [math.exp(t * FILE.sharpness) for t in total]
    return [r / sum(raised) for r in raised]


@pytest.mark.parametrize("many", [0, 1, 5, 256, 257, 258, 600, 700])
def test_it_adds_up_as_plain_numbers_do(many: int) -> None:
    spelt = [f"bed{n}" for n in range(many)]
    words = frozenset((*CHANCE.sample(NAMES, many), "unheard of"))
    found = Features(words, frozenset({"bed", "bedbed", "xyz", *spelt}), frozenset({"shelter:word", "@1"}))
    shares = Trained(FILE).compare(found)
    assert list(shares) == list(LABELS)
    assert list(shares.values()) == pytest.approx(plainly(found))
    assert sum(shares.values()) == pytest.approx(1)


def test_facets() -> None:
    trained = Trained(FILE)
    kids = Features(frozenset({"kids"}), frozenset(), frozenset({"shelter/family"}))
    assert trained.facet(kids, "shelter") == "family"
    assert trained.facet(Features(frozenset(), frozenset(), frozenset()), "shelter") == ""
    assert trained.facet(kids, "food") is None


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        pytest.param(replace(FILE, bias=(0.1,)), "bias should have 3 numbers", id="bias"),
        pytest.param(replace(FILE, facet_bias=()), "facet_bias should have 2", id="bias of facets"),
        pytest.param(replace(FILE, words=replace(FILE.words, weights="%%")), "cannot be unpacked", id="no base64"),
        pytest.param(replace(FILE, words=replace(FILE.words, weights="aGVsbG8=")), "cannot be unpacked", id="no zlib"),
        pytest.param(
            replace(FILE, pieces=replace(FILE.pieces, features="<be")), "1 features need 3 weights", id="a name short"
        ),
    ],
)
def test_a_broken_table_is_named(file: TrainedFile, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Trained(file)
