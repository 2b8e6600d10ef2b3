"""Why was a text understood so? The wordings found, and the example it is most like."""

from bot.referral.content import Content
from bot.referral.examples import nearest
from bot.referral.meaning import Meaning
from bot.referral.normalise import normalise

#: How a reason begins that the examples gave.
LIKE = "like: "
#: The words of every reason that a person may read on a screen stay short.
_MOST = 60


def why(content: Content, text: str, meaning: Meaning) -> tuple[str, ...]:
    """Return the reasons for a meaning, the first "like" with the nearest example behind it.

    For staff and developers only: it reads every example of a label, a hundredth of a second, and shows an example
    of ours, never the text itself.
    """
    first = next((at for at, reason in enumerate(meaning.why) if reason.startswith(LIKE)), None)
    if first is None:
        return meaning.why
    words = normalise(text, content.line.emoji).words
    shown = _shown(content, meaning.why[first], words)
    return (*meaning.why[:first], shown, *meaning.why[first + 1 :])


def _shown(content: Content, reason: str, words: tuple[str, ...]) -> str:
    label, _, share = reason.removeprefix(LIKE).partition(" ")
    found = nearest(content.learnt.examples, label, words, content.lexicon.need_fillers)
    if found is None:
        return reason
    example = found.text if len(found.text) <= _MOST else found.text[: _MOST - 1] + "…"
    return f"{LIKE}'{example}' {share} -> {label}"
