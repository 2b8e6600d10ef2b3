"""Finds listed runs of words in names and descriptions: longest first, singular and plural alike."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from bot.referral.normalise import words_of

T = TypeVar("T")
Stems: TypeAlias = tuple[str, ...]

#: They end in s and are no plurals: the illness is no helper, a bus no bu.
_NO_PLURAL = frozenset("aids bus gas plus".split())
_JOINING = frozenset({"and", "y", "e"})


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    """Return a word without its plural: "pantries" → "pantry", "women's" (folded to "womens") → "women"."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in _NO_PLURAL:
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def stems_of(text: str) -> Stems:
    """Return the words of a text, folded, in the singular, without "and": what runs are compared by."""
    return tuple(_stem(word) for word in words_of(text) if word not in _JOINING)


class Runs(Generic[T]):
    """Listed runs of words and what each stands for; None = nothing, it only hides the shorter runs inside it."""

    def __init__(self, listed: Iterable[tuple[str, T | None]]) -> None:
        """Read the runs. One listed twice stands for what was said last."""
        self._by_first: dict[str, dict[Stems, T | None]] = {}
        for text, means in listed:
            stems = stems_of(text)
            if stems:
                self._by_first.setdefault(stems[0], {})[stems[1:]] = means
        # Longest first, so that the first that fits is the one that counts.
        self._by_first = {
            first: dict(sorted(rests.items(), key=lambda item: -len(item[0])))
            for first, rests in self._by_first.items()
        }

    def find(self, stems: Sequence[str]) -> Iterator[tuple[str, T]]:
        """Give each run that stands in a text, in order, with what it means; no word belongs to two."""
        if self._by_first.keys().isdisjoint(stems):
            return
        at = 0
        while at < len(stems):
            run = self._at(stems, at)
            if run is None:
                at += 1
                continue
            length, means = run
            if means is not None:
                yield " ".join(stems[at : at + length]), means
            at += length

    def _at(self, stems: Sequence[str], at: int) -> tuple[int, T | None] | None:
        for rest, means in self._by_first.get(stems[at], {}).items():
            if tuple(stems[at + 1 : at + 1 + len(rest)]) == rest:
                return 1 + len(rest), means
        return None
