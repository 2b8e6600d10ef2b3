"""Which language is a text in? Told from its words and from the wordings found in it."""

from collections import Counter
from collections.abc import Sequence

from bot.referral.hit import Hit
from bot.referral.meant import Role

#: A wording that was found tells more than an ordinary word.
_FOUND = 2
_TELLING = frozenset({Role.WORD, Role.HINT, Role.ALONE, Role.WHOLE, Role.WITHIN})


def leader(score: Counter[str]) -> str:
    """Return the language that is ahead, or ""."""
    ranked = score.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def tell(ordinary: Counter[str], hits: Sequence[Hit]) -> str:
    """Return the language of a text from its ordinary words and the wordings found; "" when nothing tells."""
    # The same word may be a wording in two languages ("doctor", "visa"): then it tells nothing.
    spans: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        if hit.role in _TELLING and hit.pattern.meant.language:
            spans.setdefault((hit.start, hit.end), set()).add(hit.pattern.meant.language)
    found: Counter[str] = Counter()
    for languages in spans.values():
        if len(languages) == 1:
            found[next(iter(languages))] += _FOUND
    # Where both are level the wordings decide: "lóżko" has a Spanish mark and is a Polish word.
    return leader(ordinary + found) or leader(found)
