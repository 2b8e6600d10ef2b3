"""Find our wordings in a text, forgiving its spelling, and say which words were found how."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from bot.referral.anchors import Anchors
from bot.referral.hit import Hit, Reading
from bot.referral.language_words import Telling
from bot.referral.normalise import Normal
from bot.referral.pattern import Pattern, Slot
from bot.referral.vocabulary import NOTHING, Known, Tongue, Vocabulary, build

#: So many unknown words of one text are repaired; the longest real texts have a dozen.
GUESSES = 25


class Lexicon:
    """All wordings of a release, ready to be found."""

    def __init__(self, patterns: Iterable[Pattern], tongues: Mapping[str, Tongue]) -> None:
        """Index `patterns` by their rarest slot and gather the vocabulary they are made of."""
        self.patterns = tuple(patterns)
        slots = _slots_by_language(self.patterns)
        ours = {language: _words_of(found) for language, found in slots.items()}
        single = (slot.words for found in slots.values() for slot in found if slot and len(slot.words) == 1)
        self.vocabulary: Vocabulary = build(tongues, ours, single)
        self.telling = Telling(tongues)
        self._short = {language: _short_forms(language, tongues) for language in ("", *tongues)}
        #: Words that change nothing around a need; `fillers` has those that may stand around a place as well.
        self.need_fillers = frozenset().union(*(t.fillers for t in tongues.values()), NOTHING)
        self.courtesy = frozenset().union(*(t.courtesy for t in tongues.values()), NOTHING)
        self.fillers = self.need_fillers.union(*(t.place_fillers for t in tongues.values()), NOTHING)
        self._anchors = Anchors(self.patterns, self.fillers)

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
        return self._anchors.find(reading.meant)


def _short_forms(language: str, tongues: Mapping[str, Tongue]) -> dict[str, tuple[str, ...]]:
    # The text's own language first: "m" is me in Spanish and am in English.
    found: dict[str, tuple[str, ...]] = {}
    # A short form of another language is none where it is an ordinary word ("nose", "toy").
    common = frozenset().union(*(t.common for t in tongues.values()), NOTHING)
    for name in sorted(tongues, key=lambda n: n == language):
        own = name == language
        found.update({token: words for token, words in tongues[name].speak.items() if own or token not in common})
    return found


def _slots_by_language(patterns: Iterable[Pattern]) -> dict[str, set[Slot | None]]:
    slots: defaultdict[str, set[Slot | None]] = defaultdict(set)
    for pattern in patterns:
        slots[pattern.meant.language].update(pattern.slots)
    return slots


def _words_of(slots: Iterable[Slot | None]) -> set[str]:
    found: set[str] = set()
    for slot in slots:
        if slot is not None:
            found |= slot.words
            for seconds in slot.runs.values():
                found.update(chain.from_iterable(chain.from_iterable(seconds.values())))
    return found
