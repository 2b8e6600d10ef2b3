"""The labelled texts that understanding is measured on, and where each comes from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.referral.content import Content
from bot.referral.meaning import Meaning
from bot.referral.understand import understand
from bot.terminal import described

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
CRISES = frozenset({"danger", "suicide", "overdose"})
#: Labels of the relief messages that are needs of ours; money has too few to say anything.
RELIEF_NEEDS = frozenset({"food", "shelter", "health"})


@dataclass(frozen=True, slots=True)
class Set:
    """Labelled texts: `seen` says what developers did with them."""

    name: str
    path: Path
    seen: str


DEVELOPMENT = Set("development", SHARED / "eval" / "texts.jsonl", "read and tuned on")
TUNED = Set("tuned", HERE / "tuned.jsonl", "written apart, then read and used to choose between models")
UNSEEN = Set("unseen", HERE / "unseen.jsonl", "written apart, scored, never read while building")
SETS = (DEVELOPMENT, TUNED, UNSEEN)
RELIEF = SHARED / "data" / "texts" / "haiti_validation.jsonl"
OUT_OF_SCOPE = SHARED / "data" / "texts" / "clinc_out_of_scope.txt"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text and what it was understood as."""

    text: str
    labels: tuple[str, ...]
    language: str
    style: str
    group: str
    facet: str
    told: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """What sort of answer it got."""
        return str(self.told["kind"])

    @property
    def label(self) -> str:
        """The topic or command answered, "" for choices and the menu."""
        return self.told["label"] or ""

    @property
    def right(self) -> bool:
        """Whether the label is an accepted one; the menu is right where nothing fits."""
        return self.label in self.labels if self.label else self.kind == "unclear" and "none" in self.labels

    @property
    def offered(self) -> bool:
        """Whether an accepted label was given or stands among the choices."""
        return self.right or any(choice in self.labels for choice in self.told["choices"])

    @property
    def wrong(self) -> bool:
        """Whether a topic was answered that nobody accepted: worse than the menu."""
        return self.kind in ("topic", "crisis") and not self.right


def rows(which: Set, content: Content) -> list[Row]:
    """Understand every text of a set."""
    return [row(given, content) for given in read(which.path)]


def row(given: Mapping[str, Any], content: Content) -> Row:
    """Understand one labelled text."""
    return Row(
        given["text"],
        tuple(given["labels"]),
        given.get("lang", ""),
        given.get("style", ""),
        str(given.get("note", "")).split(";")[0].strip(),
        given.get("facet", ""),
        described(understand(given["text"], content)),
    )


@lru_cache(maxsize=8)
def read(path: Path) -> tuple[Mapping[str, Any], ...]:
    """Read a JSON Lines file."""
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def questions() -> list[str]:
    """Read the questions that fit no topic."""
    return [line for line in OUT_OF_SCOPE.read_text(encoding="utf-8").splitlines() if line.strip()]


def needs_of(meaning: Meaning) -> set[str]:
    """Return every need an answer speaks of: the first, the second offered, or the choices."""
    return {meaning.label, *meaning.choices} & RELIEF_NEEDS


def relief(content: Content) -> Iterable[tuple[set[str], set[str]]]:
    """Pair the needs told with the needs meant, for each message to a relief line."""
    for given in read(RELIEF):
        yield needs_of(understand(given["text"], content)), set(given["labels"]) & RELIEF_NEEDS
