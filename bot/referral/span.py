"""Where a wording begins and ends in a text, once a word of it was found there."""

from collections.abc import Sequence, Set

from bot.referral.pattern import Pattern
from bot.referral.vocabulary import NOTHING

#: How common a gap is: it is the last thing to look a wording up by.
GAP_WEIGHT = 1 << 30
_NOWHERE = (-1, -1)


class Row:
    """A wording that is nothing but words in a row.

    `back`: how far before its rarest word it begins; `size`: how many words it has; `others`: the words that were
    not looked up yet, by their distance from the rarest one.
    """

    __slots__ = ("back", "others", "pattern", "size")

    def __init__(self, pattern: Pattern, first: int, step: int) -> None:
        """Take in a wording that is looked up by its slot `first` and the one that is `step` behind that."""
        slots = enumerate(pattern.slots, -first)
        self.pattern, self.back, self.size = pattern, first, len(pattern.slots)
        self.others = tuple([(at, slot.words) for at, slot in slots if slot is not None and at not in (0, step)])

    def span(self, place: int, text: Sequence[frozenset[str]], present: Set[str]) -> tuple[int, int]:
        """Return where the wording begins and ends (exclusive) whose rarest word stands at `place`, or (-1, -1)."""
        del present
        start = place - self.back
        end = start + self.size
        if start < 0 or end > len(text):
            return _NOWHERE
        for offset, words in self.others:
            if text[place + offset].isdisjoint(words):
                return _NOWHERE
        return start, end


class Loose:
    """A wording with a gap, or with a slot that several words in a row may fill.

    `reach`: how far before its rarest slot it may begin, at least and at most; `opening`: the words it may begin
    with; `others`: what a text must hold for its other slots, rarest first; `rarest`: the first of those.
    """

    __slots__ = ("others", "openers", "opening", "pattern", "rarest", "reach")

    def __init__(self, pattern: Pattern, first: int, weights: Sequence[int]) -> None:
        """Take in a wording that is looked up by its slot `first`; `weights` say how common each slot is."""
        openers = [NOTHING if slot is None else slot.openers for slot in pattern.slots]
        order = sorted([(weight, at) for at, weight in enumerate(weights) if at != first and weight != GAP_WEIGHT])
        reach = pattern.reach(first)
        self.pattern, self.reach = pattern, (reach.start, reach.stop - 1)
        self.openers, self.opening = openers[first], openers[0]
        self.others = tuple([openers[at] for _, at in order])
        self.rarest = self.others[0] if order else self.openers

    def span(self, place: int, text: Sequence[frozenset[str]], present: Set[str]) -> tuple[int, int]:
        """Return where the wording begins and ends (exclusive) whose rarest slot begins at `place`, or (-1, -1)."""
        for other in self.others:
            if other.isdisjoint(present):
                return _NOWHERE
        nearest, furthest = self.reach
        # The same slot may have begun earlier without the word looked up beside it: the first place counts.
        earlier = [at for at in range(place) if not text[at].isdisjoint(self.openers)] if furthest else []
        for at in (*earlier, place):
            for start in range(at - nearest, max(at - furthest, 0) - 1, -1):
                if not text[start].isdisjoint(self.opening):
                    end = self.pattern.find(text, start)
                    if end > at:
                        return start, end
        return _NOWHERE
