"""What is looked at when a text is compared with the examples: its words, their pieces and the wordings found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.referral.hit import Hit, Reading

#: Pieces of a word are this long, its two ends included ("<bed>" has "<be", "bed", "ed>", "<bed", "bed>", "<bed>").
PIECES = (3, 4, 5)
#: So many words of a text are looked at. Real texts have a dozen; 1,600 characters of repeats must cost no more.
MOST_WORDS = 80
#: So many letters of a word are looked at: a keyboard leant upon writes one of a thousand.
MOST_LETTERS = 40
#: Texts of this many words or more are all alike in length.
LONG = 8
#: A word that stands in so many pairs of words is a frequent one.
_FREQUENT = 2
_FIRST, _LAST = "^", "$"
#: Numbers of more digits than an age are all alike: a case number says nothing about a need, a ZIP not even that.
_AGE_DIGITS = 2
_ZIP_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text in three groups; each group counts as a whole, however many features it has.

    `words`: single words, pairs ("bed tonight") and pairs around a word ("bed*tonight"), as typed and as
    repaired. `spelt`: the words as typed, to be compared by their pieces. `signs`: roles and facets of the
    wordings found, whether a place was named, how long the text is.
    """

    words: frozenset[str]
    spelt: frozenset[str]
    signs: frozenset[str]


def features(typed: Sequence[str], reading: Reading, hits: Iterable[Hit], where: str) -> Features:
    """List the features of a text.

    `typed`: its words as `normalise` returned them; `where`: "place" when it names one, "bare" when only a name that
    counts alone, else "".
    """
    spelt = _spelt(typed[:MOST_WORDS])
    row = [_FIRST, *_spelt(reading.plain[:MOST_WORDS]), _LAST]
    found = {*spelt, *row}
    found.update([f"{a} {b}" for a, b in zip(row, row[1:], strict=False)])
    found.update([f"{a}*{b}" for a, b in zip(row[1:], row[3:-1], strict=False)])
    return Features(frozenset(found), frozenset(spelt), _signs(reading, hits, where))


def pieces(word: str) -> list[str]:
    """Cut a word into its pieces; a piece that stands in it twice is listed twice."""
    marked = f"<{word[:MOST_LETTERS]}>"
    size = len(marked)
    found: list[str] = []
    for length in PIECES:
        found += [marked[at : at + length] for at in range(size - length + 1)]
    return found


def frequent(found: Iterable[str]) -> list[str]:
    """List the words that stand in several of these pairs of words: nearly nine of ten words that people text."""
    times = Counter(" ".join([feature for feature in found if " " in feature]).split(" "))
    return [word for word, many in times.items() if word and many >= _FREQUENT]


def _spelt(words: Sequence[str]) -> list[str]:
    # Most texts hold no number at all.
    if True not in [word[0].isdecimal() for word in words]:
        return list(words)
    # A need with a ZIP behind it is the same need.
    return [_plain(word) for word in words if not (len(word) == _ZIP_DIGITS and word.isdecimal())]


def _plain(word: str) -> str:
    return "#" * len(word) if len(word) > _AGE_DIGITS and word.isdecimal() else word


def _signs(reading: Reading, hits: Iterable[Hit], where: str) -> frozenset[str]:
    found: set[str] = set()
    for hit in hits:
        found.update(hit.pattern.meant.signs)
    found.add(f"@{where}")
    found.add(f"@{min(LONG, len(reading.plain))}")
    return frozenset(found)
