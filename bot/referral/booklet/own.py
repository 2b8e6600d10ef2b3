"""Every sentence the line says by itself: answers to commands, menus, what it says instead, and what is spoken."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.referral.booklet.replies import Message
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.referral.reply import introduced
from bot.referral.sayable import INSTEAD

#: The whole replies that `answer` gives, by their keys in wording/<language>.toml.
BY_ANSWER = frozenset(
    "help menu unclear unclear_again who privacy erased stopped started language_set area_set area_elsewhere"
    " area_repeat thanks human language_other deaf cannot_read no_more nothing_to_more".split()
)
#: Those that only the door gives: a picture, a flood, a busy hour, an error inside.
BY_DOOR = frozenset("media slow_down busy last_resort".split())
_AREA = "{area}"


class Said(StrEnum):
    """How a sentence is said."""

    WHOLE = "a whole message"
    FIRST = "a whole message, as the first of a conversation"
    PASTED = "pasted at the provider"
    SPOKEN = "spoken to a caller"
    PIECE = "a piece of messages"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the line: its key, how it is said, and for which area where that is part of it ("" = any)."""

    key: str
    language: str
    said: Said
    message: Message
    area: str = ""


def every_sentence(
    content: Content, *, only: Collection[str] | None = None, languages: Iterable[str] | None = None
) -> Iterator[Sentence]:
    """Give every sentence of a release, or some, language by language, in the order of the keys.

    A sentence that stands in for another (`who_instead`) is said as that one is. Pieces come with their {slots} open.
    """
    for language in content.line.languages if languages is None else languages:
        for key, text in sorted(content.wording[language].items()):
            if only is not None and key not in only:
                continue
            said = _said(key)
            for area, filled in _filled(content, text) if said is Said.WHOLE else [("", text)]:
                yield Sentence(key, language, said, Message.of(filled), area)
                if said is Said.WHOLE and _base(key) in BY_ANSWER:
                    first = introduced(content, Conversation(language=language), filled)
                    if first != filled:
                        yield Sentence(key, language, Said.FIRST, Message.of(first), area)


def _said(key: str) -> Said:
    if _base(key) in BY_ANSWER | BY_DOOR:
        return Said.WHOLE
    ways: Mapping[str, Said] = {"provider": Said.PASTED, "voice": Said.SPOKEN}
    return ways.get(key.partition("_")[0], Said.PIECE)


def _base(key: str) -> str:
    while key.endswith(INSTEAD):
        key = key.removesuffix(INSTEAD)
    return key


def _filled(content: Content, text: str) -> Iterator[tuple[str, str]]:
    if _AREA not in text:
        yield "", text
        return
    for area in content.line.areas.values():
        yield area.slug, text.replace(_AREA, area.name)
