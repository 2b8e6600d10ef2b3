"""Which language is a text in? Told from its words and from the wordings found in it."""

from collections.abc import Mapping, Sequence

from bot.referral.hit import Hit
from bot.referral.meant import Role

#: A wording that was found tells more than an ordinary word.
_FOUND = 2
_TELLING = (Role.WORD, Role.HINT, Role.ALONE, Role.WHOLE, Role.WITHIN)


def leader(score: Mapping[str, int]) -> str:
    """Return the language that is ahead, or ""."""
    most = max(score.values(), default=0)
    ahead = [language for language, times in score.items() if times == most]
    return ahead[0] if len(ahead) == 1 else ""


def tell(ordinary: Mapping[str, int], hits: Sequence[Hit]) -> str:
    """Return the language of a text from its ordinary words and the wordings found; "" when nothing tells."""
    # The same word may be a wording in two languages ("doctor", "visa"): then it tells nothing.
    spans: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        language = hit.pattern.meant.language
        if language and hit.role in _TELLING:
            spans.setdefault((hit.start, hit.end), set()).add(language)
    found: dict[str, int] = {}
    both: dict[str, int] = dict(ordinary)
    for languages in spans.values():
        if len(languages) == 1:
            language = languages.pop()
            found[language] = found.get(language, 0) + _FOUND
            both[language] = both.get(language, 0) + _FOUND
    # Where both are level the wordings decide: "lóżko" has a Spanish mark and is a Polish word.
    return leader(both) or leader(found)
