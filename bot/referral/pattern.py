"""A wording as staff write it ("@he ~ took my papers/passport"), compiled so that it can be found in a text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from types import MappingProxyType

from bot.referral.meant import Meant
from bot.referral.normalise import words_of

#: A gap "~" stands for up to this many words of the texter's.
GAP = 3


class PatternError(ValueError):
    """A wording used a class that does not exist, or held no word at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One place of a wording: any of `words`, or any of the longer `runs` (by first, then second word, longest first).

    `openers`: a text must hold one of them at least for this slot to be filled. `sizes`: words it may take up.
    """

    words: frozenset[str]
    runs: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    openers: frozenset[str]
    sizes: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled wording. `slots` holds None for a gap; `source` is the wording as it was written."""

    meant: Meant
    source: str
    slots: tuple[Slot | None, ...]

    def find(self, text: Sequence[frozenset[str]], start: int) -> int:
        """Return where the wording that begins at `start` ends (exclusive), or -1."""
        return _end(self.slots, text, start)

    def reach(self, place: int) -> range:
        """Return how many words may stand before the slot at `place`: its distance from the beginning."""
        least = most = 0
        for slot in self.slots[:place]:
            if slot is None:
                most += GAP
            else:
                least, most = least + slot.sizes[0], most + slot.sizes[1]
        return range(least, most + 1)


def _end(slots: Sequence[Slot | None], text: Sequence[frozenset[str]], at: int) -> int:
    for i, slot in enumerate(slots):
        if slot is None:
            return _after_gap(slots[i + 1 :], text, at)
        if slot.runs:
            return _after_run(slot, slots[i + 1 :], text, at)
        if at >= len(text) or text[at].isdisjoint(slot.words):
            return -1
        at += 1
    return at


def _after_gap(rest: Sequence[Slot | None], text: Sequence[frozenset[str]], at: int) -> int:
    for skipped in range(GAP + 1):
        end = _end(rest, text, at + skipped)
        if end >= 0:
            return end
    return -1


def _after_run(slot: Slot, rest: Sequence[Slot | None], text: Sequence[frozenset[str]], at: int) -> int:
    if at >= len(text):
        return -1
    if at + 1 < len(text):
        for opener in text[at] & slot.runs.keys():
            seconds = slot.runs[opener]
            for second in text[at + 1] & seconds.keys():
                for run in seconds[second]:
                    if _stands(run, text, at):
                        end = _end(rest, text, at + len(run))
                        if end >= 0:
                            return end
    return -1 if text[at].isdisjoint(slot.words) else _end(rest, text, at + 1)


def _stands(run: tuple[str, ...], text: Sequence[frozenset[str]], at: int) -> bool:
    if at + len(run) > len(text):
        return False
    for k in range(2, len(run)):
        if run[k] not in text[at + k]:
            return False
    return True


class Compiler:
    """Compiles the wordings of one language; equal slots are made once (a release holds a hundred thousand)."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        """Begin with the @classes of the language."""
        self._classes = classes
        self._slots: dict[str, tuple[Slot | None, ...]] = {}
        self._read: dict[str, tuple[str, ...]] = {}

    def compile(self, source: str, meant: Meant) -> Pattern:
        """Compile one wording. Raises PatternError when it holds no word or names an unknown @class."""
        parts = source.split()
        while parts and parts[0] == "~":
            parts = parts[1:]
        while parts and parts[-1] == "~":
            parts = parts[:-1]
        if not parts:
            raise PatternError(f"{source!r} holds no word")
        slots = tuple(slot for part in parts for slot in self._place(part))
        return Pattern(meant, source, slots)

    def _place(self, part: str) -> tuple[Slot | None, ...]:
        made = self._slots.get(part)
        if made is None:
            made = self._slots[part] = self._made(part)
        return made

    def _made(self, part: str) -> tuple[Slot | None, ...]:
        if part == "~":
            return (None,)
        found = {self._words(m) for alternative in part.split("/") for m in self._members(alternative)} - {()}
        if not found:
            raise PatternError(f"{part!r} holds no word")
        if len(found) == 1:
            # One run only ("pico-union") is the same as its words one after the other.
            return tuple(_slot({(word,)}) for word in next(iter(found)))
        return (_slot(found),)

    def _words(self, member: str) -> tuple[str, ...]:
        words = self._read.get(member)
        if words is None:
            words = self._read[member] = tuple(map(intern, words_of(member)))
        return words

    def _members(self, alternative: str) -> Iterable[str]:
        if not alternative.startswith("@"):
            return (alternative,)
        if alternative[1:] not in self._classes:
            raise PatternError(f"no class {alternative!r}")
        return self._classes[alternative[1:]]


#: Most slots have no runs at all; they share this.
_NO_RUNS: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType({})


def _slot(found: set[tuple[str, ...]]) -> Slot:
    words = frozenset(run[0] for run in found if len(run) == 1)
    sizes = [len(run) for run in found]
    extent = (min(sizes), max(sizes))
    if extent == (1, 1):
        return Slot(words, _NO_RUNS, words, extent)
    runs: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for run in sorted((r for r in found if len(r) > 1), key=lambda r: (-len(r), r)):
        runs.setdefault(run[0], {}).setdefault(run[1], []).append(run)
    by_first = {first: {second: tuple(rest) for second, rest in seconds.items()} for first, seconds in runs.items()}
    return Slot(words, by_first, words | by_first.keys(), extent)
