"""Find our wordings in a text, forgiving its spelling, and say which words were found how."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.referral.hit import Hit, Reading
from bot.referral.language_words import Telling
from bot.referral.normalise import Normal
from bot.referral.pattern import Pattern, Slot
from bot.referral.vocabulary import NOTHING, Known, Tongue, Vocabulary, build

#: A wording is looked for at the first few places where its rarest word stands. More would let a text made of
#: repeats cost seconds; a person who writes a word five times has said it four times already.
PLACES_TRIED = 4
#: So many unknown words of one text are repaired; the longest real texts have a dozen.
GUESSES = 25
#: Words that stand in every second text are bad for looking wordings up by, however few wordings hold them.
EVERYDAY = 500


@dataclass(frozen=True, slots=True)
class Anchored:
    """A wording as it is looked up by its rarest slot.

    `reach`: how far before that slot it may begin; `others`: what a text must hold for its other slots, rarest first.
    `row`: the other slots by their distance from the rarest, when the wording is nothing but words in a row.
    """

    pattern: Pattern
    reach: range
    others: tuple[frozenset[str], ...]
    row: tuple[tuple[int, frozenset[str]], ...] | None

    def locate(self, places: Sequence[int], text: Sequence[frozenset[str]]) -> Hit | None:
        """Find the wording around the places where its rarest word stands."""
        for place in places[:PLACES_TRIED]:
            start, end = self._at(place, text)
            if start >= 0:
                meant = self.pattern.meant
                return Hit(self.pattern, start, end, meant.role, meant.label)
        return None

    def _at(self, place: int, text: Sequence[frozenset[str]]) -> tuple[int, int]:
        if self.row is not None:
            start = place - self.reach.start
            end = start + len(self.row) + 1
            if start < 0 or end > len(text):
                return -1, -1
            for offset, words in self.row:
                if text[place + offset].isdisjoint(words):
                    return -1, -1
            return start, end
        for before in self.reach:
            start = place - before
            if start < 0:
                break
            end = self.pattern.find(text, start)
            if end > place:
                return start, end
        return -1, -1


class Lexicon:
    """All wordings of a release, ready to be found."""

    def __init__(self, patterns: Iterable[Pattern], tongues: Mapping[str, Tongue]) -> None:
        """Index `patterns` by their rarest slot and gather the vocabulary they are made of."""
        self.patterns = tuple(patterns)
        self.vocabulary: Vocabulary = build(tongues, _words_by_language(self.patterns))
        self.telling = Telling(tongues)
        self._short = {language: _short_forms(language, tongues) for language in ("", *tongues)}
        #: Words that change nothing around a need; `fillers` has those that may stand around a place as well.
        self.need_fillers = frozenset().union(*(t.fillers for t in tongues.values()), NOTHING)
        self.courtesy = frozenset().union(*(t.courtesy for t in tongues.values()), NOTHING)
        self.fillers = self.need_fillers.union(*(t.place_fillers for t in tongues.values()), NOTHING)
        rarity = Counter(word for p in self.patterns for slot in p.slots if slot for word in slot.openers)
        for word in self.fillers:
            rarity[word] += EVERYDAY
        anchors: defaultdict[str, list[Anchored]] = defaultdict(list)
        costs: dict[int, int] = {}
        for pattern in self.patterns:
            first, *others = _by_rarity(pattern, costs, rarity)
            openers = [slot.openers for slot in (pattern.slots[place] for place in others) if slot is not None]
            anchored = Anchored(pattern, pattern.reach(first), tuple(openers), _row(pattern.slots, first))
            slot = pattern.slots[first]
            for word in slot.openers if slot else NOTHING:
                anchors[word].append(anchored)
        self._anchors = {word: tuple(found) for word, found in anchors.items()}

    def read(self, normal: Normal, language: str) -> Reading:
        """Recognise each word of a text. `language` breaks ties between short forms ("m" is me in Spanish)."""
        meant: list[frozenset[str]] = []
        plain: list[str] = []
        how: list[str] = []
        short = self._short.get(language, self._short[""])
        guesses = GUESSES
        forms = self.vocabulary.forms
        for word in normal.words:
            spoken, exact = short.get(word), forms.get(word)
            if exact is not None and spoken is None:
                # Most words of most texts: spelt as we spell them.
                meant.append(exact)
                plain.append(word)
                how.append("")
                continue
            found = self._recognise(word, spoken)
            if found is None:
                guesses -= 1
                found = self._guess(word) if guesses >= 0 else ((Known(NOTHING), word),)
            for known, shown in found:
                meant.append(known.words)
                plain.append(shown)
                how.append(known.how)
        return Reading(tuple(meant), tuple(plain), tuple(how))

    def _recognise(self, word: str, spoken: tuple[str, ...] | None) -> Sequence[tuple[Known, str]] | None:
        vocabulary = self.vocabulary
        known = vocabulary.known(word)
        if spoken is not None and (known is None or len(spoken) == 1):
            return self._spoken(word, spoken, known)
        if known is not None:
            return ((known, word),)
        return ((Known(NOTHING), word),) if word in vocabulary.common else None

    def _guess(self, word: str) -> Sequence[tuple[Known, str]]:
        vocabulary = self.vocabulary
        guess = vocabulary.guess(word)
        if guess is not None:
            return ((guess, word),)
        parts = vocabulary.parts(word)
        if parts is not None:
            return tuple((Known(vocabulary.forms.get(p, NOTHING), "joined"), p) for p in parts)
        return ((Known(NOTHING), word),)

    def _spoken(self, word: str, spoken: tuple[str, ...], known: Known | None) -> Sequence[tuple[Known, str]]:
        forms = self.vocabulary.forms
        also = known.words if known is not None else NOTHING
        return tuple((Known(forms.get(w, NOTHING) | also, f"short for {w}"), w) for w in spoken)

    def find(self, reading: Reading) -> list[Hit]:
        """List every wording that stands in the text, each at its first place, in order of place."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(reading.meant):
            for word in words:
                places[word].append(at)
        present = set(places)
        hits: dict[Pattern, Hit] = {}
        for word in present:
            for anchored in self._anchors.get(word, ()):
                pattern = anchored.pattern
                for other in anchored.others:
                    if other.isdisjoint(present):
                        break
                else:
                    if pattern not in hits:
                        hit = anchored.locate(places[word], reading.meant)
                        if hit is not None:
                            hits[pattern] = hit
        return sorted(hits.values(), key=lambda h: (h.start, -h.end, h.pattern.source))


def _short_forms(language: str, tongues: Mapping[str, Tongue]) -> dict[str, tuple[str, ...]]:
    # The text's own language first: "m" is me in Spanish and am in English.
    found: dict[str, tuple[str, ...]] = {}
    # A short form of another language is none where it is an ordinary word ("nose", "toy").
    common = frozenset().union(*(t.common for t in tongues.values()), NOTHING)
    for name in sorted(tongues, key=lambda n: n == language):
        own = name == language
        found.update({token: words for token, words in tongues[name].speak.items() if own or token not in common})
    return found


def _row(slots: Sequence[Slot | None], rarest: int) -> tuple[tuple[int, frozenset[str]], ...] | None:
    if any(slot is None or slot.sizes != (1, 1) for slot in slots):
        return None
    return tuple((at - rarest, slot.words) for at, slot in enumerate(slots) if slot is not None and at != rarest)


def _by_rarity(pattern: Pattern, costs: dict[int, int], rarity: Mapping[str, int]) -> list[int]:
    # Slots are shared between wordings, so each is added up once.
    for slot in pattern.slots:
        if id(slot) not in costs:
            costs[id(slot)] = sum(rarity[w] for w in slot.openers) if slot else 1 << 30
    return sorted(range(len(pattern.slots)), key=lambda place: (costs[id(pattern.slots[place])], place))


def _words_by_language(patterns: Iterable[Pattern]) -> dict[str, set[str]]:
    ours: defaultdict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, int]] = set()
    for pattern in patterns:
        language = pattern.meant.language
        for slot in pattern.slots:
            if slot is not None and (language, id(slot)) not in seen:
                seen.add((language, id(slot)))
                ours[language].update(slot.words)
                ours[language].update(
                    word for seconds in slot.runs.values() for runs in seconds.values() for run in runs for word in run
                )
    return dict(ours)
