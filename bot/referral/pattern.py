"""A wording as staff write it ("@he ~ took my papers/passport"), compiled so that it can be found in a text."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from types import MappingProxyType

from bot.referral.meant import Meant
from bot.referral.normalise import words_of

#: A gap "~" stands for up to this many words of the texter's.
GAP = 3


_NO_SECONDS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType({})


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
        return _end(self.slots, 0, text, start)

    def reach(self, place: int) -> range:
        """Return how many words may stand before the slot at `place`: its distance from the beginning."""
        least = most = 0
        for slot in self.slots[:place]:
            if slot is None:
                most += GAP
            else:
                least, most = least + slot.sizes[0], most + slot.sizes[1]
        return range(least, most + 1)


def _end(slots: Sequence[Slot | None], first: int, text: Sequence[frozenset[str]], at: int) -> int:
    """Return where the slots from `first` on end when they begin at `at`, or -1."""
    for place in range(first, len(slots)):
        slot = slots[place]
        if slot is None:
            return _after_gap(slots, place + 1, text, at)
        if slot.runs:
            return _after_run(slots, place, text, at)
        if at >= len(text) or text[at].isdisjoint(slot.words):
            return -1
        at += 1
    return at


def _after_gap(slots: Sequence[Slot | None], first: int, text: Sequence[frozenset[str]], at: int) -> int:
    for start in range(at, min(at + GAP, len(text)) + 1):
        end = _end(slots, first, text, start)
        if end >= 0:
            return end
    return -1


def _after_run(slots: Sequence[Slot | None], place: int, text: Sequence[frozenset[str]], at: int) -> int:
    slot = slots[place]
    if slot is None or at >= len(text):
        return -1
    if at + 1 < len(text):
        for opener in text[at]:
            seconds = slot.runs.get(opener, _NO_SECONDS)
            for second in text[at + 1] & seconds.keys() if seconds else ():
                for run in seconds[second]:
                    if _stands(run, text, at):
                        end = _end(slots, place + 1, text, at + len(run))
                        if end >= 0:
                            return end
    return -1 if text[at].isdisjoint(slot.words) else _end(slots, place + 1, text, at + 1)


def _stands(run: tuple[str, ...], text: Sequence[frozenset[str]], at: int) -> bool:
    if at + len(run) > len(text):
        return False
    for k in range(2, len(run)):
        if run[k] not in text[at + k]:
            return False
    return True


class Compiler:
    """Compiles the wordings of one language; equal slots are made once (a release holds a hundred thousand)."""

    def __init__(self, classes: Mapping[str, Iterable[str]], single: dict[str, Slot] | None = None) -> None:
        """Begin with the @classes of the language; `single` are slots of one word, shared between languages."""
        self._classes = classes
        self._slots: dict[str, tuple[Slot | None, ...]] = {"~": (None,)}
        self._read: dict[str, tuple[frozenset[str], frozenset[tuple[str, ...]]]] = {}
        self._single: dict[str, Slot] = {} if single is None else single

    def compile(self, source: str, meant: Meant) -> Pattern:
        """Compile one wording. Raises PatternError when it holds no word or names an unknown @class."""
        parts = source.split()
        while parts and parts[0] == "~":
            del parts[0]
        while parts and parts[-1] == "~":
            del parts[-1]
        if not parts:
            raise PatternError(f"{source!r} holds no word")
        known = self._slots
        slots: list[Slot | None] = []
        for part in parts:
            made = known.get(part)
            if made is None:
                made = known[part] = self._made(part)
            slots += made
        return Pattern(meant, source, tuple(slots))

    def _made(self, part: str) -> tuple[Slot | None, ...]:
        alternatives = part.split("/")
        if part.isascii() and all(map(str.isalpha, alternatives)):
            # Most parts of most wordings: words, one or several to choose from.
            return (self._of_words(set(map(intern, part.lower().split("/")))),)
        words: set[str] = set()
        runs: set[tuple[str, ...]] = set()
        for alternative in alternatives:
            if alternative.isalpha() and alternative.isascii():
                words.add(intern(alternative.lower()))
            else:
                single, longer = self._read_once(alternative)
                words |= single
                runs |= longer
        if len(words) + len(runs) > 1:
            return (_slot(frozenset(words), runs),)
        if not words and not runs:
            raise PatternError(f"{part!r} holds no word")
        # One run only ("pico-union") is the same as its words one after the other.
        return tuple([self._one(word) for word in (words or runs.pop())])

    def _of_words(self, words: set[str]) -> Slot:
        return self._one(*words) if len(words) == 1 else _slot(frozenset(words), ())

    def _one(self, word: str) -> Slot:
        made = self._single.get(word)
        if made is None:
            words = frozenset((word,))
            made = self._single[word] = Slot(words, _NO_RUNS, words, (1, 1))
        return made

    def _read_once(self, alternative: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
        """Return the words and the longer runs of words that an alternative stands for."""
        made = self._read.get(alternative)
        if made is None:
            found = [tuple(map(intern, words_of(member))) for member in self._members(alternative)]
            words = frozenset([run[0] for run in found if len(run) == 1])
            made = self._read[alternative] = words, frozenset([run for run in found if len(run) > 1])
        return made

    def _members(self, alternative: str) -> Iterable[str]:
        if not alternative.startswith("@"):
            return (alternative,)
        if alternative[1:] not in self._classes:
            raise PatternError(f"no class {alternative!r}")
        return self._classes[alternative[1:]]


#: Most slots have no runs at all; they share this.
_NO_RUNS: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType({})


def _slot(words: frozenset[str], longer: Collection[tuple[str, ...]]) -> Slot:
    if not longer:
        return Slot(words, _NO_RUNS, words, (1, 1))
    sizes = [*([1] if words else []), *map(len, longer)]
    runs: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for run in sorted(longer, key=lambda r: (-len(r), r)):
        runs.setdefault(run[0], {}).setdefault(run[1], []).append(run)
    by_first = {first: {second: tuple(rest) for second, rest in seconds.items()} for first, seconds in runs.items()}
    return Slot(words, by_first, words | by_first.keys(), (min(sizes), max(sizes)))
