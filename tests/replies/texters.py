"""What people might text: our wordings, real-sounding texts, both garbled, pictures, digits, anything at all."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from bot.referral.content import Content
from bot.referral.pattern import Pattern, Slot

#: Keys next to each other, near enough.
_KEYS = "qwertyuiopasdfghjklzxcvbnm"
_STRAY = ["", " ", "😭", "🆘", "\u200b", "!!", "...", "\n", "ñ", "á", "1", "\x00", "\ud83d", "<b>", "{911}", "%s"]
_PLACES = ["90057", "60559", "10001", "westmont", "koreatown", "in naperville", "chicago", "1", "2", "9"]


def texts(content: Content, samples: Sequence[str]) -> st.SearchStrategy[str]:
    """Give texts of every kind; `samples` are whole texts as people wrote them."""
    patterns, chance = content.lexicon.patterns, st.randoms(use_true_random=False)
    ours = st.builds(_say, st.sampled_from(patterns), chance)
    commands = st.builds(_say, st.sampled_from([p for p in patterns if p.meant.label in content.commands]), chance)
    known = st.one_of(ours, st.sampled_from(samples))
    words = st.sampled_from(sorted({word for sample in samples for word in sample.split()}))
    return st.one_of(
        known,
        commands,
        st.builds(_garble, known, st.integers(0, 400), st.sampled_from(_CHANGES), st.sampled_from(_STRAY)),
        st.lists(st.one_of(known, words, st.sampled_from(_PLACES)), min_size=1, max_size=4).map(" ".join),
        st.lists(words, min_size=1, max_size=12).map(" ".join),
        st.sampled_from(["1", "2", "3", "0", "1.", " 2 ", "more", "mas", "back", "x", "menu", "stop", "español", "?"]),
        st.sampled_from([t.label[lang] for t in content.topics.values() for lang in content.line.languages]),
        st.lists(st.sampled_from(list(content.line.emoji) or ["🙂"]), max_size=3).map("".join),
        st.text(max_size=60),
        st.text(st.characters(), max_size=20),
        st.builds(str.__mul__, known, st.integers(2, 40)).map(lambda text: text[:1600]),
    )


def samples(root: Path) -> list[str]:
    """Read the texts of our golden conversations, and the development set when it lies beside the checkout."""
    found = [text for path in sorted((root / "tests" / "transcripts").glob("*.txt")) for text in _said(path)]
    development = root.parent / "shared" / "eval" / "texts.jsonl"
    if development.is_file():
        found += [json.loads(line)["text"] for line in development.read_text(encoding="utf-8").splitlines()]
    return found


def _said(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            yield line.removeprefix("> ")


def _say(pattern: Pattern, random: Random) -> str:
    """Say a wording as somebody would: one of the words each of its places allows."""
    return " ".join(filter(None, (random.choice(_words(slot)) for slot in pattern.slots)))


def _words(slot: Slot | None) -> Sequence[str]:
    if slot is None:
        return ["", "just", "really like", "ya me lo"]
    return [*sorted(slot.words), *(" ".join(run) for run in slot.runs)]


def _swap(text: str, at: int, _: str) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _drop(text: str, at: int, _: str) -> str:
    return text[:at] + text[at + 1 :]


def _slip(text: str, at: int, _: str) -> str:
    return text[:at] + _KEYS[at % len(_KEYS)] + text[at + 1 :]


def _double(text: str, at: int, _: str) -> str:
    return text[:at] + text[at : at + 1] * 3 + text[at:]


def _stick(text: str, at: int, stray: str) -> str:
    return text[:at] + stray + text[at:]


def _shout(text: str, _: int, stray: str) -> str:
    return text.upper() + stray


def _run_together(text: str, _: int, stray: str) -> str:
    return text.replace(" ", stray[:1])


_CHANGES: Sequence[Callable[[str, int, str], str]] = [_swap, _drop, _slip, _double, _stick, _shout, _run_together]


def _garble(text: str, place: int, change: Callable[[str, int, str], str], stray: str) -> str:
    return change(text, place % (len(text) + 1), stray)
