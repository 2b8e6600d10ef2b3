"""No text of 1,600 characters keeps the line busy: not repeats, not slips without end, not all our words at once.

Counted in processor time of this thread, the best of three, so that a busy machine turns nothing red.
"""

import random
import time
from collections.abc import Callable

import pytest

from bot.referral.content import Content
from bot.referral.examples import lines
from bot.referral.understand import understand

#: The longest text the door lets in, and what it may cost (seconds).
LONGEST, CAP = 1600, 0.020
TRIES = 12
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def words(release: Content) -> list[str]:
    return sorted({w for p in release.lexicon.patterns for slot in p.slots if slot for w in slot.words})


@pytest.fixture(scope="module")
def examples(release: Content) -> list[str]:
    return [text for block in release.learnt.examples for text in lines(block.texts)]


Make = Callable[[random.Random, list[str], list[str]], str]


def _unknown(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(3, 12)))


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda r, w, _: " ".join([r.choice(w)] * 800), id="one word again and again"),
        pytest.param(lambda r, w, _: " ".join(r.sample(w, 3) * 300), id="three words again and again"),
        pytest.param(lambda r, w, _: " ".join(r.choice(w) for _ in range(400)), id="all our words"),
        pytest.param(lambda r, w, _: " ".join(_slip(r.choice(w), r) for _ in range(400)), id="slips"),
        pytest.param(lambda r, w, _: "".join(r.choice(w) for _ in range(400)), id="joined"),
        pytest.param(lambda r, _, __: " ".join(_unknown(r) for _ in range(400)), id="unknown words"),
        pytest.param(lambda r, _, e: " ".join(r.choice(e) for _ in range(80)), id="examples"),
        pytest.param(lambda r, _, __: " ".join(r.choice(LETTERS) for _ in range(800)), id="letters"),
        pytest.param(lambda r, _, __: "a" * LONGEST, id="one letter"),
        pytest.param(lambda r, _, __: "".join(chr(r.randint(32, 0x2FFF)) for _ in range(LONGEST)), id="any signs"),
    ],
)
def test_no_text_costs_more(make: Make, release: Content, words: list[str], examples: list[str]) -> None:
    chance = random.Random(20261122)  # noqa: S311 - a seed is the point
    for _ in range(TRIES):
        text = make(chance, words, examples)[:LONGEST]
        assert min(_cost(text, release) for _ in range(3)) < CAP, text[:80]


def _cost(text: str, release: Content) -> float:
    start = time.thread_time()
    understand(text, release)
    return time.thread_time() - start
