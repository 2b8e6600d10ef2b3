"""A wording as staff write it ("@he ~ took my papers/passport"), compiled so that it can be found in a text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.referral.normalise import words_of

#: A gap "~" stands for up to this many words of the texter's.
GAP = 3


class Role(StrEnum):
    """What it means when a wording is found."""

    WORD = "word"
    HINT = "hint"
    ALONE = "alone"
    UNLESS = "unless"
    WHOLE = "whole"
    WITHIN = "within"
    EXCEPT = "except"
    PLACE = "place"
    PLACE_ALONE = "place alone"
    NAMED = "named"
    NEGATOR = "negator"
    PAST = "past"
    PRESENT = "present"


class PatternError(ValueError):
    """A wording used a class that does not exist, or held no word at all."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a wording: any of `words`, or any of the longer `runs`."""

    words: frozenset[str]
    runs: tuple[tuple[str, ...], ...]

    @property
    def openers(self) -> frozenset[str]:
        """The words a text must hold, one of them at least, for this slot to be filled."""
        return self.words | {run[0] for run in self.runs}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a wording stands for: `label` (topic, command, area, entry id), perhaps a facet; `language`, "" for none."""

    role: Role
    label: str
    language: str
    facet: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A compiled wording. `slots` holds None for a gap; `source` is the wording as it was written."""

    meant: Meant
    source: str
    slots: tuple[Slot | None, ...]
    needs: tuple[frozenset[str], ...]

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
                sizes = [len(run) for run in slot.runs] + [1] * bool(slot.words)
                least, most = least + min(sizes), most + max(sizes)
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
    for run in slot.runs:
        last = at + len(run)
        if last <= len(text) and all(word in text[at + k] for k, word in enumerate(run)):
            end = _end(rest, text, last)
            if end >= 0:
                return end
    if at < len(text) and not text[at].isdisjoint(slot.words):
        return _end(rest, text, at + 1)
    return -1


def compile_pattern(source: str, meant: Meant, classes: Mapping[str, Iterable[str]]) -> Pattern:
    """Compile one wording. Raises PatternError when it holds no word or names an unknown @class."""
    slots = tuple(_slot(part, classes) for part in source.split())
    while slots and slots[0] is None:
        slots = slots[1:]
    while slots and slots[-1] is None:
        slots = slots[:-1]
    if not slots:
        raise PatternError(f"{source!r} holds no word")
    flat = tuple(piece for slot in slots for piece in _unfold(slot))
    return Pattern(meant, source, flat, tuple(s.openers for s in flat if s is not None))


def _unfold(slot: Slot | None) -> tuple[Slot | None, ...]:
    # A slot that is one run only ("pico-union") is the same as its words one after the other.
    if slot is not None and not slot.words and len(slot.runs) == 1:
        return tuple(Slot(frozenset((word,)), ()) for word in slot.runs[0])
    return (slot,)


def _slot(part: str, classes: Mapping[str, Iterable[str]]) -> Slot | None:
    if part == "~":
        return None
    singles: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    for alternative in part.split("/"):
        for member in _members(alternative, classes):
            words = words_of(member)
            if len(words) == 1:
                singles.add(words[0])
            elif words:
                runs.add(words)
    if not singles and not runs:
        raise PatternError(f"{part!r} holds no word")
    return Slot(frozenset(singles), tuple(sorted(runs, key=lambda run: (-len(run), run))))


def _members(alternative: str, classes: Mapping[str, Iterable[str]]) -> Iterable[str]:
    if not alternative.startswith("@"):
        return (alternative,)
    if alternative[1:] not in classes:
        raise PatternError(f"no class {alternative!r}")
    return classes[alternative[1:]]
