"""Which language is a text in? Told from its words and from the wordings found in it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.referral.lexicon import Hit
from bot.referral.normalise import Normal
from bot.referral.pattern import Role
from bot.referral.vocabulary import Tongue

#: A wording that was found tells more than an ordinary word.
_FOUND = 2
_SPANISH = "es"
_TELLING = frozenset({Role.WORD, Role.HINT, Role.ALONE, Role.WHOLE, Role.WITHIN})


def first_guess(normal: Normal, tongues: Mapping[str, Tongue]) -> str:
    """Return the language whose ordinary words and short forms fill most of the text, or ""."""
    return _leader(_ordinary(normal, tongues))


def tell(normal: Normal, hits: Sequence[Hit], tongues: Mapping[str, Tongue]) -> str:
    """Return the text's language, or "" when nothing tells ("SOS", "90057")."""
    score = _ordinary(normal, tongues)
    # The same word may be a wording in two languages ("doctor", "visa"): then it tells nothing.
    spans: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        if hit.role in _TELLING and hit.pattern.meant.language:
            spans.setdefault((hit.start, hit.end), set()).add(hit.pattern.meant.language)
    for languages in spans.values():
        if len(languages) == 1:
            score[next(iter(languages))] += _FOUND
    return _leader(score)


def _ordinary(normal: Normal, tongues: Mapping[str, Tongue]) -> Counter[str]:
    score: Counter[str] = Counter()
    for word in normal.words:
        knows = [language for language, t in tongues.items() if word in t.common or word in t.speak]
        if len(knows) == 1:
            score[knows[0]] += 1
    if normal.spanish_marks and _SPANISH in tongues:
        score[_SPANISH] += _FOUND
    return score


def _leader(score: Counter[str]) -> str:
    ranked = score.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]
