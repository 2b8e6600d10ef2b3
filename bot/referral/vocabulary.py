"""Every spelling the line knows: the words of all wordings, their endings, sounds, short forms, and the guard."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Below this many letters a word is never repaired: "ice", "dv", "bed" must be exact (facts: nice → ice, kids → aids).
SHORTEST_REPAIR = 4
#: From this many letters on two slips are forgiven, else one.
TWO_SLIPS_FROM = 8
#: Endings are added to words of at least this many letters; shorter ones take a plain -s only.
SHORTEST_STEM = 4
NOTHING: frozenset[str] = frozenset()
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a language's words file says: `common` guards typo repair and tells the language."""

    common: frozenset[str]
    fillers: frozenset[str]
    place_fillers: frozenset[str]
    courtesy: frozenset[str]
    speak: Mapping[str, tuple[str, ...]]
    sounds: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]

    def sound(self, word: str) -> str:
        """Spell a word by its sound, so that "nesesito" and "necesito" meet."""
        for written, heard in self.sounds:
            word = word.replace(written, heard)
        return word

    def heard(self, words: Sequence[str]) -> list[str]:
        """Spell many words by their sound. They are spelt together, which takes a tenth of the time."""
        if not words or any("\n" in part for pair in self.sounds for part in pair):
            return [self.sound(word) for word in words]
        return self.sound("\n".join(words)).split("\n")


@dataclass(frozen=True, slots=True)
class Known:
    """What one word of a text may be: `words` of ours, and how they were reached ("" when spelt as we spell it)."""

    words: frozenset[str]
    how: str = ""


@dataclass(slots=True)
class Vocabulary:
    """The spellings of one release. Built once, then only read."""

    tongues: Mapping[str, Tongue]
    forms: dict[str, frozenset[str]] = field(default_factory=dict)
    sounds: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    shelves: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    common: frozenset[str] = NOTHING

    def known(self, word: str) -> Known | None:
        """Return what a word is when it is spelt as we know it, in short form, or doubled; else None."""
        exact = self.forms.get(word)
        if exact is not None:
            return Known(exact)
        single = _undouble(word)
        if single != word and word not in self.common and single in self.forms:
            return Known(self.forms[single])
        return None

    def guess(self, word: str) -> Known | None:
        """Return what an unknown word probably was, by a slip of the thumb or by ear. Ordinary words never are."""
        if len(word) < SHORTEST_REPAIR or word in self.common or not word.isalpha():
            return None
        return self._by_slip(word) or self._by_ear(word)

    def parts(self, word: str) -> tuple[str, str] | None:
        """Split two words written as one ("needfood"), when both are known and one of them is ours."""
        if len(word) < 2 * SHORTEST_REPAIR - 1 or word in self.common:
            return None
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if self._whole(left) and self._whole(right) and (left in self.forms or right in self.forms):
                return left, right
        return None

    def _whole(self, part: str) -> bool:
        return part in self.forms or part in self.common

    def _by_slip(self, word: str) -> Known | None:
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        best: list[str] = []
        for size in range(len(word) - slips, len(word) + slips + 1):
            shelf = self.shelves.get((word[0], size))
            if not shelf:
                continue
            for found, distance, _ in process.extract(word, shelf, scorer=OSA.distance, score_cutoff=slips, limit=3):
                if distance < slips:
                    best, slips = [], int(distance)
                best.append(found)
        if not best:
            return None
        words = frozenset().union(*(self.forms[b] for b in _likeliest(word, best)))
        return Known(words, f"typo: {' or '.join(sorted(words)[:3])}")

    def _by_ear(self, word: str) -> Known | None:
        for language, tongue in self.tongues.items():
            words = self.sounds.get((language, tongue.sound(word))) if tongue.sounds else None
            if words:
                return Known(words, f"sound: {' or '.join(sorted(words)[:3])}")
        return None


def _likeliest(word: str, found: list[str]) -> list[str]:
    # Swapped letters are the commonest slip of two thumbs: "sotp" is stop, not soap or soup.
    letters = sorted(word)
    return [f for f in found if sorted(f) == letters] or found


def build(
    tongues: Mapping[str, Tongue], ours: Mapping[str, Collection[str]], sets: Iterable[frozenset[str]] = ()
) -> Vocabulary:
    """Gather every spelling. `ours`: the words of wordings by language ("" for none); `sets` of one word are shared."""
    common = frozenset().union(*(t.common | t.fillers | t.place_fillers for t in tongues.values()), NOTHING)
    single = {word: one for one in sets for word in one}
    forms: dict[str, frozenset[str]] = {}
    for language, words in ours.items():
        endings = Endings(tongues[language].endings if language in tongues else None)
        for word in words:
            only = single.get(word) or single.setdefault(word, frozenset((word,)))
            for spelling in (word, *endings.of(word)):
                # A form that is an ordinary word of its own stays one ("shower" is no form of show); plurals may join.
                if spelling in common and spelling is not word and spelling[-1] != "s":
                    continue
                known = forms.setdefault(spelling, only)
                if known is not only and word not in known:
                    forms[spelling] = known | only
    shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for spelling in sorted(forms):
        if len(spelling) >= SHORTEST_REPAIR and spelling.isalpha():
            shelves[spelling[0], len(spelling)].append(spelling)
    return Vocabulary(tongues, _shared(forms), _sounds(tongues, ours, single), dict(shelves), common)


def _sounds(
    tongues: Mapping[str, Tongue], ours: Mapping[str, Collection[str]], single: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for language, tongue in tongues.items():
        words = [word for word in ours.get(language, ()) if len(word) >= SHORTEST_REPAIR] if tongue.sounds else []
        for word, heard in zip(words, tongue.heard(words), strict=True):
            known = found.get((language, heard))
            found[language, heard] = single[word] if known is None else known | single[word]
    return _shared(found)


def _shared(found: dict[Key, frozenset[str]]) -> dict[Key, frozenset[str]]:
    # Most spellings lead to one word only, and those sets are shared already: the others are made once as well.
    made: dict[frozenset[str], frozenset[str]] = {}
    for key, words in found.items():
        if len(words) > 1:
            found[key] = made.setdefault(words, words)
    return found


class Endings:
    """Lists the everyday forms of words; the endings are sorted once, by the letter a word has to end in."""

    def __init__(self, endings: Iterable[tuple[str, str]] | None) -> None:
        """Take in [ending a word has, ending it takes]; None for words that have no other forms."""
        self._plural = () if endings is None else ("s",)
        self._any = [on for off, on in endings or () if not off]
        #: What words lose that end in a letter: the ending, how many letters that is, and what they take instead.
        self._by_letter: dict[str, list[tuple[str, int, str]]] = {}
        for off, on in endings or ():
            if off:
                self._by_letter.setdefault(off[-1], []).append((off, -len(off), on))

    def of(self, word: str) -> list[str]:
        """List the forms of a word: ("evict", [("", "ed")]) → ["evicted"]. Three letters take -s only."""
        if not word.isalpha() or len(word) < SHORTEST_STEM - 1:
            return []
        if len(word) < SHORTEST_STEM:
            return [word + on for on in self._plural]
        rules = self._by_letter.get(word[-1], ())
        return [word + on for on in self._any] + [word[:cut] + on for off, cut, on in rules if word.endswith(off)]


def inflect(word: str, endings: Sequence[tuple[str, str]]) -> list[str]:
    """List the everyday forms of one word."""
    return Endings(endings).of(word)


def _undouble(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if i == 0 or c != word[i - 1])
