"""The words that tell a language: ordinary ones and short forms that only one language has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from bot.referral.vocabulary import Tongue

#: Marks that only Spanish writers type tell more than an ordinary word.
_MARKS = 2
_SPANISH = "es"


class Telling:
    """The ordinary words and short forms that only one language has."""

    def __init__(self, tongues: Mapping[str, Tongue]) -> None:
        """Gather them once, so that telling costs one look-up a word."""
        own = {language: tongue.common.union(tongue.speak) for language, tongue in tongues.items()}
        times = Counter(chain.from_iterable(own.values()))
        self._owners: dict[str, str] = {}
        for language, words in own.items():
            # A word of two languages ("no", "me") tells nothing.
            self._owners.update({word: language for word in words if times[word] == 1})
        self._spanish = _SPANISH if _SPANISH in tongues else ""

    def ordinary(self, words: Iterable[str], *, spanish_marks: bool) -> dict[str, int]:
        """Count the words of a text that only one language has."""
        score: dict[str, int] = {}
        for language in map(self._owners.get, words):
            if language is not None:
                score[language] = score.get(language, 0) + 1
        if spanish_marks and self._spanish:
            score[self._spanish] = score.get(self._spanish, 0) + _MARKS
        return score
