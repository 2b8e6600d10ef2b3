"""The sentences the line says about itself: which one, and what a digit after it stands for."""

from collections.abc import Mapping, Sequence

from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.meaning import Kind, Meaning
from bot.referral.normalise import fold, words_of
from bot.referral.segments import room

#: Command → (wording key, whether the conversation is covered: WHO and the like must not let MORE reveal anything).
_SENTENCES: Mapping[str, tuple[str, bool]] = {
    "menu": ("menu", True),
    "more": ("nothing_to_more", False),
    "back": ("menu", True),
    "who": ("who", True),
    "privacy": ("privacy", True),
    "start": ("started", True),
    "thanks": ("thanks", False),
    "human": ("human", False),
    "language": ("language_other", False),
    "deaf": ("deaf", False),
    "cannot_read": ("cannot_read", False),
}
#: What an opt-out keeps unanswered: nothing here is a need.
_CHATTER = frozenset({"thanks", "stop", "more", "back"})


def words(content: Content, talk: Conversation) -> Mapping[str, str]:
    """Return the line's own sentences in the conversation's language."""
    return content.wording[talk.language or content.line.languages[0]]


def introduced(content: Content, talk: Conversation, text: str) -> str:
    """Say that this is an automatic line before a first sentence that does not, where there is room."""
    opening = words(content, talk)["opening"]
    automatic = max(words_of(opening), key=len)[:7]  # automatic, automatica, automatico
    alphabet = content.alphabets[talk.language or content.line.languages[0]]
    fits = len(opening) + 1 + len(text) <= room(content.line.limits.aim_segments, alphabet)
    return f"{opening} {text}" if fits and automatic not in fold(text) else text


def sentence_for(meaning: Meaning) -> tuple[str, bool]:
    """Return the wording key for a command and whether it covers what was asked before."""
    return _SENTENCES.get(meaning.facet) or _SENTENCES.get(meaning.label, ("menu", True))


def stays_silent(meaning: Meaning) -> bool:
    """Say whether a text after an opt-out asks for nothing: thanks, chatter, another stop."""
    return meaning.kind in (Kind.UNCLEAR, Kind.CHOICES) or meaning.label in _CHATTER


def areas_pending(content: Content, talk: Conversation) -> tuple[tuple[str, str], ...]:
    """Return what digits stand for while the place is unknown: 1 Los Angeles, 2 DuPage."""
    if talk.area:
        return ()
    return tuple((a.digit, f"area:{a.slug}") for a in content.line.areas.values())


def choices(content: Content, talk: Conversation, topics: Sequence[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Ask which of up to three needs is meant; return the text and what each digit stands for."""
    said = words(content, talk)
    language = talk.language or content.line.languages[0]
    offered = ", ".join(f"{n} {content.topics[t].label[language]}" for n, t in enumerate(topics, 1))
    parts = [said["choices_lead"], f"{offered}.", said["danger"]]
    if not talk.greeted:
        parts.insert(0, said["opening"])
    return " ".join(parts), tuple((str(n), f"topic:{t}") for n, t in enumerate(topics, 1))
