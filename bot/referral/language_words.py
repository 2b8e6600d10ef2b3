"""The words that tell a language: ordinary ones and short forms that only one language has."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.referral.vocabulary import Tongue

#: Marks that only Spanish writers type tell more than an ordinary word.
_MARKS = 2
_SPANISH = "es"


class Telling:
    """The ordinary words and short forms that only one language has."""

    def __init__(self, tongues: Mapping[str, Tongue]) -> None:
        """Gather them once, so that telling costs one look-up a word."""
        owners: dict[str, str] = {}
        for language, tongue in tongues.items():
            for word in (*tongue.common, *tongue.speak):
                # A word of two languages ("no", "me") tells nothing.
                owners[word] = language if owners.get(word, language) == language else ""
        self._owners = {word: language for word, language in owners.items() if language}
        self._spanish = _SPANISH if _SPANISH in tongues else ""

    def ordinary(self, words: Iterable[str], *, spanish_marks: bool) -> Counter[str]:
        """Count the words of a text that only one language has."""
        owners = self._owners
        score = Counter(owners[word] for word in words if word in owners)
        if spanish_marks and self._spanish:
            score[self._spanish] += _MARKS
        return score
