"""Texts of people who may die tonight: whatever staff teach or reword, these have to be answered as what they are.

A release is played through them before it goes live. They are made up, plain, and in every language of the default
release; nobody's message is among them. What a release of today does not understand is not held against the next one,
so that a line with other topics can be kept as well.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.document import parse
from bot.referral.golden import SILENCE, Miss
from bot.referral.problem import ContentError
from bot.referral.reader import Document

#: What they mean, by language.
TEXTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "suicide": {
        "en": ("i want to die", "im going to kill myself", "i dont want to live anymore", "suicide", "i am suicidal"),
        "es": ("me quiero morir", "quiero matarme", "ya no quiero vivir", "suicidio", "pienso en suicidarme"),
    },
    "danger": {
        "en": ("he is going to kill me", "he has a gun", "he is hitting me right now", "im being held against my will",
               "call the police he is outside my door"),
        "es": ("me va a matar", "tiene una pistola", "me esta pegando", "no me deja salir", "me tienen encerrada"),
    },
    "overdose": {
        "en": ("she overdosed", "my friend is not breathing", "i took too many pills", "overdose",
               "he took fentanyl and wont wake up"),
        "es": ("sobredosis", "mi amiga no respira", "tome muchas pastillas", "no despierta y tomo fentanilo"),
    },
}  # fmt: skip
#: How a miss is named among the saved conversations.
NAME = "crisis"
#: The answer to a crisis is the same by day and by night; a moment is needed all the same.
_NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)


def lost(after: Content, before: Callable[[], Content | None]) -> list[Miss]:
    """Return the texts about a crisis that `after` no longer answers as one, and `before` does.

    `before` gives the release in use, None where it cannot be read: then all of them count. It is asked only when there
    is something to compare.
    """
    misses = [miss for miss in (_miss(after, label, text) for label, text in _texts(after)) if miss is not None]
    now = before() if misses else None
    return [miss for miss in misses if now is None or _miss(now, miss.title, miss.text) is None]


def lost_since(after: Content, live: Document) -> list[Miss]:
    """Return what `lost` does, of a document that is live."""
    return lost(after, lambda: _readable(live))


def _readable(document: Document) -> Content | None:
    with suppress(ContentError):
        return parse(document)
    return None


def _texts(content: Content) -> list[tuple[str, str]]:
    return [
        (label, text)
        for label, spoken in TEXTS.items()
        for language, texts in spoken.items()
        for text in texts
        if language in content.line.languages
    ]


def _miss(content: Content, label: str, text: str) -> Miss | None:
    """Say that a text is not answered as a crisis; which of the three is meant may be seen otherwise."""
    given = answer(text, Conversation(), content, _NOON)
    if given.crisis and given.reply and _names_one(content, given.reply):
        return None
    return Miss(NAME, label, text, f"({label})", SILENCE if given.reply is None else given.reply)


def _names_one(content: Content, reply: str) -> bool:
    return any(number in reply for number in content.printed)
