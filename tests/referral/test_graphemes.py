"""Where a text may be cut: measured against the provider's own calculator, which runs in Node."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referral.graphemes import clusters
from bot.referral.segments import EXTENSION, SAFE, Encoding, Segments, count

NODE = Path(__file__).resolve().parents[1] / "node"
GSM_7 = SAFE | EXTENSION


@pytest.mark.parametrize(
    "cluster",
    [
        pytest.param("e\u0301\u0302", id="stacked accents"),
        pytest.param("🇲🇽", id="flag"),
        pytest.param("🏳\ufe0f\u200d🌈", id="rainbow flag"),
        pytest.param("👩\u200d❤\ufe0f\u200d👩", id="couple"),
        pytest.param("👍🏽", id="skin colour"),
        pytest.param("👩🏽\u200d👩🏽", id="two people with skin colours"),
        pytest.param("☎\ufe0f", id="emoji style"),
        pytest.param("1\ufe0f\u20e3", id="keycap"),
        pytest.param("각", id="korean syllable"),
        pytest.param("\u1112\u1161\u11ab", id="korean letters"),
        pytest.param("नि", id="vowel sign"),
    ],
)
def test_what_people_see_as_one_character_stays_whole(cluster: str) -> None:
    assert list(clusters(f"a{cluster}b")) == ["a", cluster, "b"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("\r\n", ["\r", "\n"], id="cr and lf"),
        pytest.param("🇲🇽🇺🇸", ["🇲🇽", "🇺🇸"], id="two flags"),
        pytest.param("\u200b\u0301", ["\u200b", "\u0301"], id="nothing clings to a control"),
        pytest.param("\ud83d\ude00", ["😀"], id="surrogates side by side"),
        pytest.param("\ud83d\u0301", ["\ud83d", "\u0301"], id="lone surrogate"),
    ],
)
def test_other_characters_come_apart(text: str, pieces: list[str]) -> None:
    assert list(clusters(text)) == pieces


@given(st.text())
def test_the_pieces_make_up_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert all(clusters(text))


@pytest.fixture(scope="session")
def node() -> str:
    """Give the path of Node, its packages installed; without them fail in CI, else skip."""
    program = shutil.which("node")
    if program and (NODE / "node_modules" / "sms-segments-calculator").is_dir():
        return program
    reason = "Node or tests/node/node_modules is missing: npm ci --prefix tests/node --ignore-scripts"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _by_the_provider(node: str, texts: list[str]) -> list[dict[str, Any]]:
    """Give what the provider's calculator says of each text."""
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    script = NODE / "segments_oracle.js"
    run = subprocess.run([node, script], input=lines, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in run.stdout.removesuffix("\n").split("\n")]


def _segments(told: dict[str, Any]) -> Segments:
    """Put the calculator's answer in our terms: it names graphemes, as often as they appear."""
    characters = "".join(told["offending"])
    offending = tuple(c for c in dict.fromkeys(characters) if c not in GSM_7)
    return Segments(Encoding(told["encoding"]), told["units"], told["parts"], offending)


# Alphabets to mix: what people type, and what only a test would.
ALPHABETS = {
    "plain": "abcdefghij KLMNO 0123456789 .,:;?!'\"-",
    "gsm": "".join(sorted(SAFE)),
    "extension": "".join(sorted(EXTENSION)),
    "accents": "áíóúÁÍÓÚçªº«»…–—“”‘’`\t\xa0",
    "emoji": "😀😜💔🆘🙏📞🚀☎❤✈♀♂⚕⚖🌈🌾🍳🎓🎤🎨🏫🏭👦👧👨👩💋💻💼🔧🔬🗨🚒",
    "skin": "☝✊✋👍👎👏🙋🙏🤷👦👧👨👩🏻🏼🏽🏾🏿",
    "flags": "🇦🇧🇨🇪🇲🇸🇺🇽🏴🏳",
    "joins": "\u200d\u200d\u200d\ufe0f\ufe0f\u20e3\u200c👩👨❤⚕🌈🏽",
    "marks": "e\u0300e\u0301n\u0303\u0308\u035c\u20d0\u0e33\u0e31\u093e\u0940\u0bbeก",
    "breaks": "\r\n\r\n\r\r\n\n",
    "cjk": "日本語中文你好漢字カタカナ",
    "korean": "한국어가각\u1100\u1101\u1161\u1162\u11a8\u11a9\ua960\ud7b0\ud7cb",
    "rare": "\u0600\u06dd\u200b\u200e\u2028\ufeff\x00\x07\x85\u00ad\U000110bd\U0001d173",
}


def _random_text(chance: random.Random) -> str:
    alphabets = [ALPHABETS[name] for name in chance.sample(sorted(ALPHABETS), chance.randint(1, 4))]
    if chance.random() < 0.3:  # GSM-7 alone would be rare otherwise
        alphabets = [ALPHABETS["plain"], ALPHABETS["gsm"], ALPHABETS["extension"], ALPHABETS["breaks"]]
    weights = [chance.random() for _ in alphabets]
    length = chance.choice([chance.randint(0, 8), chance.randint(30, 150), chance.randint(130, 400)])
    return "".join(chance.choice(one) for one in chance.choices(alphabets, weights, k=length))


@pytest.mark.node
@pytest.mark.thorough
def test_counts_thousands_of_random_texts_as_the_provider(node: str, thorough: bool) -> None:
    chance = random.Random(1601)  # noqa: S311 - a seed is the point
    texts = [_random_text(chance) for _ in range(10_000 if thorough else 2_000)]
    told = [_segments(answer) for answer in _by_the_provider(node, texts)]
    ours = [count(text) for text in texts]
    wrong = [(text, o, t) for text, o, t in zip(texts, ours, told, strict=True) if o != t]
    assert wrong[:3] == []
    assert {one.encoding for one in told} == set(Encoding)
    assert len({one.parts for one in told}) > 5


# One of each kind of character that clings, or is clung to, in its own way.
KINDS = {
    "letters": ["e", "€", "\u0301", "\u0e33", "\u0600", "\u200d", "\u200b", "\r", "\n", "\ud83d", "\ude00"],
    "korean": ["\u1100", "\u1161", "\u11a8", "가", "각", "\u0301", "\u0600", "e"],
    "emoji": ["👍", "👩", "🏽", "❤", "\u200d", "\u200d", "\ufe0f", "\ufe0f", "🇺", "e", "\u0600"],
    "flags": ["🇺", "🇲", "🇽", "\u0301", "\u200d", "❤", "\u0600", "e"],
}


@pytest.mark.node
@pytest.mark.parametrize("pool", KINDS)
def test_cuts_between_all_kinds_of_characters_as_the_provider(node: str, pool: str) -> None:
    chance = random.Random(pool)  # noqa: S311 - a seed is the point
    texts = [a + b for a in KINDS[pool] for b in KINDS[pool]]
    texts += ["".join(chance.choices(KINDS[pool], k=chance.randint(3, 9))) for _ in range(3_000)]
    # Surrogates side by side are one character there; Python reads them back as one.
    told = [answer["graphemes"] for answer in _by_the_provider(node, texts)]
    ours = [list(clusters(text)) for text in texts]
    assert [(o, t) for o, t in zip(ours, told, strict=True) if o != t][:3] == []
