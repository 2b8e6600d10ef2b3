"""The example texts of a release, and those among them that nothing was learnt from yet."""

import hashlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from bot.referral.normalise import words_of
from bot.referral.trained import Trained

#: The label of texts that ask for nothing of ours.
NONE = "none"
#: From this likeness on an example that was added since the last training speaks for its label.
ALIKE = 0.6
#: So many untrained examples are compared one by one; past that it is time to train.
MOST_FRESH = 3000


@dataclass(frozen=True, slots=True)
class Block:
    """The examples of one topic, command or facet in one language, one a line.

    Held as bytes: one emoji would make Python keep four bytes for every letter around it.
    """

    label: str
    facet: str
    language: str
    raw: bytes

    @classmethod
    def of(cls, label: str, facet: str, language: str, texts: str) -> "Block":
        """Make a block of its texts."""
        return cls(label, facet, language, texts.encode())

    @property
    def texts(self) -> str:
        """The examples, one a line."""
        return self.raw.decode()

    @property
    def key(self) -> str:
        """Name the block."""
        return f"{self.label}/{self.facet}/{self.language}"

    @property
    def digest(self) -> str:
        """Return 16 hexadecimal digits that change when any text does."""
        return hashlib.sha256(self.raw).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Likeness:
    """An example that a text is like: how much (0 to 1), and what it is an example of."""

    share: float
    label: str
    facet: str
    text: str


def lines(texts: str) -> list[str]:
    """List the examples of a block: its lines without blanks around them; empty ones are left out."""
    return [line for line in map(str.strip, texts.splitlines()) if line]


def mark(block: Block, text: str) -> int:
    """Return a number that stands for one example: four bytes of its digest."""
    return int.from_bytes(hashlib.sha256(f"{block.key} {text}".encode()).digest()[:4], "little")


def marks_as_text(marks: Iterable[int]) -> str:
    """Write marks as base64, four bytes each, in order."""
    return b64encode(b"".join(m.to_bytes(4, "little") for m in sorted(set(marks)))).decode()


def marks_from_text(text: str) -> frozenset[int]:
    """Read marks back. Raises ValueError when they are anything else."""
    raw = b64decode(text, validate=True)
    return frozenset(int.from_bytes(raw[at : at + 4], "little") for at in range(0, len(raw) - 3, 4))


def fresh(blocks: Iterable[Block], learnt: Mapping[str, str], seen: str) -> Iterator[tuple[Block, str]]:
    """List the examples that were added since the training: `learnt` has the digests of its blocks by key."""
    marks: frozenset[int] | None = None
    for block in blocks:
        if learnt.get(block.key) == block.digest:
            continue
        marks = marks_from_text(seen) if marks is None else marks
        for text in lines(block.texts):
            if mark(block, text) not in marks:
                yield block, text


class Fresh:
    """Finds the one of a few examples that a text is most like, by the words they share."""

    def __init__(self, examples: Iterable[tuple[Block, str]], empty: frozenset[str]) -> None:
        """Index the examples; `empty` are words that make no two texts alike."""
        self._empty = empty
        self._examples: list[tuple[Block, str, int]] = []
        self._holding: dict[str, array[int]] = {}
        for block, text in examples:
            words = self._telling(words_of(text))
            if not words or len(self._examples) == MOST_FRESH:
                continue
            for word in words:
                self._holding.setdefault(word, array("I")).append(len(self._examples))
            self._examples.append((block, text, len(words)))

    def __len__(self) -> int:
        """Count the examples compared."""
        return len(self._examples)

    def nearest(self, words: Iterable[str]) -> Likeness | None:
        """Return the example most like a text of these words, or None when none is like it."""
        telling = self._telling(words)
        shared: dict[int, int] = {}
        for word in telling:
            for at in self._holding.get(word, ()):
                shared[at] = shared.get(at, 0) + 1
        if not shared:
            return None
        at = max(shared, key=lambda a: (shared[a] / sqrt(self._examples[a][2]), -a))
        block, text, size = self._examples[at]
        share = shared[at] / sqrt(size * len(telling))
        return Likeness(share, block.label, block.facet, text) if share >= ALIKE else None

    def _telling(self, words: Iterable[str]) -> set[str]:
        found = set(words)
        return found - self._empty or found


def nearest(blocks: Iterable[Block], label: str, words: Iterable[str], empty: frozenset[str]) -> Likeness | None:
    """Find the example of a label that shares most with a text, to show staff what it was understood by.

    Goes through every example of the label: a hundredth of a second, so only where somebody asks why.
    """
    wanted = set(words) - empty or set(words)
    best: Likeness | None = None
    for block in blocks:
        if block.label != label:
            continue
        for text in lines(block.texts):
            own = set(words_of(text))
            own = own - empty or own
            share = len(own & wanted) / sqrt(len(own) * len(wanted) or 1)
            if share > (best.share if best else 0.0):
                best = Likeness(share, block.label, block.facet, text)
    return best


@dataclass(frozen=True, slots=True)
class Learnt:
    """All examples of a release, what was learnt from them (None: nothing yet), and those that came later."""

    examples: tuple[Block, ...]
    trained: Trained | None
    fresh: Fresh
