"""Where to look for which wording: each by its rarest word, and by the word beside that one where there is one."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from itertools import chain

from bot.referral.hit import Hit
from bot.referral.pattern import Pattern, Slot
from bot.referral.span import GAP_WEIGHT, Loose, Row
from bot.referral.vocabulary import NOTHING

#: A wording is looked for at the first few places where its rarest word stands. More would let a text made of
#: repeats cost seconds; a person who writes a word five times has said it four times already.
PLACES_TRIED = 4
#: Words that stand in every second text are bad for looking wordings up by, however few wordings hold them.
EVERYDAY = 500
#: By how much a place differs from the one before it, and from the one behind it.
_BEFORE, _AFTER = -1, 1


class Shelf:
    """The wordings whose rarest slot one word fills.

    `alone`: those that are this word and nothing else; `after` and `before`: those that hold a certain word right
    behind it, or right before it, by that word; `rest`: all others.
    """

    __slots__ = ("after", "alone", "before", "rest")

    def __init__(self) -> None:
        """Begin with none."""
        self.alone: tuple[Pattern, ...] = ()
        self.after: dict[str, tuple[Row | Loose, ...]] | None = None
        self.before: dict[str, tuple[Row | Loose, ...]] | None = None
        self.rest: tuple[Loose, ...] = ()

    def put(self, found: Row | Loose, step: int, words: Iterable[str]) -> None:
        """Put a wording here that holds one of `words` beside the word of this shelf."""
        if step == _AFTER:
            by_word = self.after = {} if self.after is None else self.after
        else:
            by_word = self.before = {} if self.before is None else self.before
        for word in words:
            by_word[word] = (*by_word.get(word, ()), found)

    def possible(self, at: int, text: Sequence[frozenset[str]], present: Set[str]) -> list[Row | Loose]:
        """List the wordings here that may stand where the word of this shelf stands at place `at`."""
        found: list[Row | Loose] = [loose for loose in self.rest if not loose.rarest.isdisjoint(present)]
        if self.after is not None and at + 1 < len(text):
            for word in text[at + 1]:
                if word in self.after:
                    found += self.after[word]
        if self.before is not None and at > 0:
            for word in text[at - 1]:
                if word in self.before:
                    found += self.before[word]
        return found


class Anchors:
    """All wordings of a release, by the words to look them up by."""

    def __init__(self, patterns: Collection[Pattern], everyday: Iterable[str]) -> None:
        """Put every wording on the shelves of its rarest slot. `everyday` are words to look nothing up by."""
        self._shelves: dict[str, Shelf] = {}
        costs = _costs(patterns, everyday)
        uneven = frozenset([slot for slot in costs if slot is None or slot.runs])
        for pattern in patterns:
            slots = pattern.slots
            if len(slots) == 1 and slots[0] is not None and not slots[0].runs:
                for word in slots[0].words:
                    shelf = self._shelf(word)
                    shelf.alone = (*shelf.alone, pattern)
                continue
            weights = [costs[slot] for slot in slots]
            first = weights.index(min(weights))
            slot = slots[first]
            if slot is not None:
                self._put(pattern, slot, first, None if uneven.isdisjoint(slots) else weights)

    def _shelf(self, word: str) -> Shelf:
        return self._shelves.get(word) or self._shelves.setdefault(word, Shelf())

    def _put(self, pattern: Pattern, slot: Slot, first: int, weights: Sequence[int] | None) -> None:
        step, words = _beside(pattern.slots, first)
        found = Row(pattern, first, step) if weights is None else Loose(pattern, first, weights)
        for word in slot.openers:
            shelf = self._shelf(word)
            if step:
                shelf.put(found, step, words)
            elif word in slot.runs and word not in slot.words:
                shelf.put(found, _AFTER, slot.runs[word])
            elif isinstance(found, Loose):
                shelf.rest = (*shelf.rest, found)

    def find(self, text: Sequence[frozenset[str]]) -> list[Hit]:
        """List every wording that stands in the text, each at its first place, in order of place."""
        hits: dict[Pattern, Hit] = {}
        tried: dict[str, int] = {}
        present: set[str] = set().union(*text)
        for at, words in enumerate(text):
            for word in words:
                shelf = self._shelves.get(word)
                if shelf is None:
                    continue
                tried[word] = times = tried.get(word, 0) + 1
                if times > PLACES_TRIED:
                    continue
                for pattern in shelf.alone:
                    if pattern not in hits:
                        hits[pattern] = Hit(pattern, at, at + 1, pattern.meant.role, pattern.meant.label)
                for found in shelf.possible(at, text, present):
                    pattern = found.pattern
                    if pattern not in hits:
                        start, end = found.span(at, text, present)
                        if start >= 0:
                            hits[pattern] = Hit(pattern, start, end, pattern.meant.role, pattern.meant.label)
        return sorted(hits.values(), key=_order)


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.pattern.source


def _beside(slots: Sequence[Slot | None], first: int) -> tuple[int, frozenset[str]]:
    """Return where the better of the two words beside a word stands, and its spellings; 0 and none when neither is one.

    The better one is the one with fewer spellings.
    """
    step, words = 0, NOTHING
    slot = slots[first]
    if slot is None or slot.runs:
        return step, words
    for at in (first + _AFTER, first + _BEFORE):
        beside = slots[at] if 0 <= at < len(slots) else None
        if beside is not None and not beside.runs and (step == 0 or len(beside.words) < len(words)):
            step, words = at - first, beside.words
    return step, words


def _costs(patterns: Collection[Pattern], everyday: Iterable[str]) -> dict[Slot | None, int]:
    """Return for each slot how common its words are among all wordings."""
    # Slots are shared between wordings, so each is added up once.
    slots = Counter(chain.from_iterable([pattern.slots for pattern in patterns]))
    rarity = dict.fromkeys(everyday, EVERYDAY)
    for slot, times in slots.items():
        for word in slot.openers if slot is not None else ():
            rarity[word] = rarity.get(word, 0) + times
    costs: dict[Slot | None, int] = {slot: sum([rarity[w] for w in slot.openers]) for slot in slots if slot is not None}
    return {**costs, None: GAP_WEIGHT}
