"""What is printed about a line: cards for a wallet, and posters. Plain, and with nothing that tells why one has it.

A card may be found by whoever a person hides from. So it names no line, no service and no need that frightens: the
words on it are those anybody might text. What is said of privacy is what the line's own sentence about it says.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.referral.content import Content, Topic
from bot.referral.numbers import UnknownNumber, fill

#: Words on a card: so few that it stays plain.
CARD_WORDS = 3
#: In the order in which they stand on a card. {words} and {number} are filled in.
_CARD = {
    "en": (
        "Text a word to",
        "{number}",
        "{words} or MENU",
        "You get a number to call.",
        "Your plan's text rates apply.",
        "Delete the texts after.",
    ),
    "es": (
        "Mande una palabra al",
        "{number}",
        "{words} o MENU",
        "Recibe un número al que llamar.",
        "Se cobran como sus otros textos.",
        "Borre los textos después.",
    ),
}
_POSTER = {
    "en": (
        "Need something? Text one word to",
        "{number}",
        "{words}",
        "You get the phone number of somebody who can help.",
        "It is an automatic line: it does not save your number or your words. Your phone and the companies that carry "
        "texts may keep copies: delete the texts after.",
        "In danger? Call {911}. To talk with a person: call or text {988}.",
        "Message and data rates may apply. STOP ends the texts.",
    ),
    "es": (
        "¿Necesita algo? Mande una palabra al",
        "{number}",
        "{words}",
        "Recibe el teléfono de alguien que puede ayudar.",
        "Es una línea automática: no guarda su número ni lo que escribe. Su celular y las compañías de textos pueden "
        "tener copia: borre los textos después.",
        "¿Peligro? Llame al {911}. Para hablar con una persona: llame al {988} y marque 2.",
        "Puede haber costo por los textos. STOP los termina.",
    ),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the line: as it is printed, and the area it stands for until a texter names a place ("" = none).

    `known`: the release in use has that area.
    """

    printed: str
    area: str = ""
    area_name: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a card or a poster, line by line, in one language; `number` among them."""

    language: str
    number: str
    lines: tuple[str, ...]


def numbers_of(content: Content, line_areas: Mapping[str, str]) -> list[Number]:
    """Return the line's numbers with the area each stands for, as the settings have them (LINE_AREAS)."""
    areas = content.line.areas
    return [
        Number(printed(number), slug, areas[slug].name if slug in areas else slug, slug in areas)
        for number, slug in line_areas.items()
    ]


def printed(number: str) -> str:
    """Return a number as people dial it: 213-555-0100 for +12135550100, a short code as it is."""
    digits = number.removeprefix("+1") if number.startswith("+1") and len(number) == 12 else number
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 and digits.isdecimal() else digits


def cards(content: Content, number: str) -> list[Printed]:
    """Return a card in each language that has one. `number` as it is printed, or what stands in for it."""
    return list(_made(content, number, _CARD, most=CARD_WORDS))


def posters(content: Content, number: str) -> list[Printed]:
    """Return a poster in each language that has one. `number` as it is printed, or what stands in for it."""
    return list(_made(content, number, _POSTER, most=None))


def words(content: Content, language: str, *, plain: bool) -> list[str]:
    """Return the words of the line's own menu, in its order; `plain` = only those that anybody might text."""
    menu = content.wording[language].get("menu", "").lower()
    found = []
    for topic in content.topics.values():
        label = topic.label.get(language, "")
        place = re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", menu) if label else None
        if place and not topic.crisis and (_is_plain(topic) or not plain):
            found.append((place.start(), label.upper()))
    return [label for _, label in sorted(found)]


def _is_plain(topic: Topic) -> bool:
    """Say whether a topic is about something everyday: no plain talk of sex, no police, no rule about minors."""
    return not (topic.frank or topic.police or topic.minors)


def _made(
    content: Content, number: str, texts: Mapping[str, tuple[str, ...]], *, most: int | None
) -> Iterator[Printed]:
    for language in content.line.languages:
        told = ", ".join(words(content, language, plain=most is not None)[:most])
        if language not in texts:
            continue
        lines = []
        for text in texts[language]:
            # "FOOD, WORK or MENU"; a line without such words has its menu still.
            said = text.replace("{words}", told) if told else text.replace("{words} or ", "").replace("{words} o ", "")
            try:
                lines.append(fill(said.replace("{number}", number), content.entries, language))
            except UnknownNumber:
                continue  # a number that is not published is never printed
        yield Printed(language, number, tuple(line for line in lines if line and line != "{words}"))
