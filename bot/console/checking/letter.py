"""A letter to an agency: what we say of it, to be confirmed or put right. Plain text, in English or Spanish.

It holds what texters may be told and nothing else: no note, no check, no source, no number that is not published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.referral.content import Content
from bot.referral.entry import Entry, Phone, Policy, Way
from bot.referral.hours import describe
from bot.referral.moments import place_of, zone_for

#: The languages a letter can be had in.
LETTERS = ("en", "es")


@dataclass(frozen=True, slots=True)
class _Words:
    """What a letter says in one language; `{...}` is filled in."""

    opening: str
    name: str
    numbers: str
    none: str
    hours: str
    unknown: str
    time: str
    languages: str
    who: str
    anybody: str
    police: str
    minors: str
    closing: str
    closed: str
    holidays: str
    ways: Mapping[Way, str]
    tongues: Mapping[str, str]
    policies: Mapping[Policy, str]


def letter(content: Content, entry: Entry, language: str) -> str:
    """Return the letter for an entry. `language` is one of LETTERS."""
    return "\n".join(_lines(content, entry, language)) + "\n"


def _lines(content: Content, entry: Entry, language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield from (words.opening.format(line=content.line.name), "")
    yield from (f"{words.name}: {entry.name}", f"{words.who}: {entry.who.get(language) or words.anybody}", "")
    phones = [phone for phone in entry.phone if phone.publish]
    yield f"{words.numbers}:" if phones else f"{words.numbers}: {words.none}"
    for phone in phones:
        yield from _number(content, entry, phone, language)
    yield ""
    if not entry.is_police:
        yield from (f"{words.police}: {words.policies[entry.police]}",)
        yield from (f"{words.minors}: {words.policies[entry.minors]}", "")
    yield words.closing


def _number(content: Content, entry: Entry, phone: Phone, language: str) -> Iterator[str]:
    words = _WORDS[language]
    purpose = phone.purpose.get(language, "").rstrip(":. ")
    ways = ", ".join(words.ways[way] for way in phone.ways)
    yield f"- {phone.printed} ({ways})" + (f": {purpose}" if purpose else "")
    schedule, hours = content.schedules.get(phone.hours), words.unknown
    if schedule is not None:
        names = content.days.get(language) or content.days[content.line.languages[0]]
        hours = describe(schedule, names, closed=words.closed, holidays=words.holidays)
        if not schedule.always:
            hours = f"{hours} ({words.time.format(place=place_of(zone_for(content, entry, phone)))})"
    yield f"  {words.hours}: {hours}"
    spoken = ", ".join(words.tongues.get(code, code) for code in phone.languages)
    yield f"  {words.languages}: {spoken or words.unknown}"


_WORDS: Mapping[str, _Words] = {
    "en": _Words(
        opening="Hello,\n\nI help with {line}, a free line that people text to find help. Its replies name your"
        " service.\nThis is all that we say of you. Is it right?",
        name="Your name",
        numbers="Numbers that we give",
        none="none",
        hours="When somebody answers",
        unknown="we do not know",
        time="{place} time",
        languages="Languages",
        who="For whom",
        anybody="we name no limit",
        police="Telling police, unasked",
        minors="Telling police or an agency of somebody under 18",
        closing="Please write back “all is right”, or what we should change. Please leave out anything about the"
        " people\nyou serve, and any address that is not public.\n\nThank you,\n[your name]",
        closed="closed",
        holidays="holidays",
        ways={Way.CALL: "calls", Way.TEXT: "texts", Way.TTY: "TTY", Way.VIDEO: "video phone"},
        tongues={"en": "English", "es": "Spanish", "*": "interpreters"},
        policies={
            Policy.NEVER_UNASKED: "you never do",
            Policy.IF_LAW_REQUIRES: "only if the law requires it",
            Policy.IF_DANGER: "you may, if somebody is in danger",
            Policy.WORKS_WITH_POLICE: "you work with police",
            Policy.UNKNOWN: "we do not know, and say nothing of it",
        },
    ),
    "es": _Words(
        opening="Hola:\n\nAyudo con {line}, una línea gratuita a la que la gente escribe para encontrar ayuda. Sus"
        " respuestas\nnombran su servicio. Esto es todo lo que decimos de ustedes. ¿Está bien?",
        name="Su nombre",
        numbers="Números que damos",
        none="ninguno",
        hours="Cuándo contestan",
        unknown="no lo sabemos",
        time="hora de {place}",
        languages="Idiomas",
        who="Para quién",
        anybody="no decimos ningún límite",
        police="Avisar a la policía sin que se les pida",
        minors="Avisar a la policía o a una agencia sobre menores de 18 años",
        closing="Por favor respondan “todo está bien” o digan qué debemos cambiar. No incluyan nada sobre las"
        " personas\nque atienden ni ninguna dirección que no sea pública.\n\nGracias,\n[su nombre]",
        closed="cerrado",
        holidays="días feriados",
        ways={Way.CALL: "llamadas", Way.TEXT: "mensajes de texto", Way.TTY: "TTY", Way.VIDEO: "videoteléfono"},
        tongues={"en": "inglés", "es": "español", "*": "intérpretes"},
        policies={
            Policy.NEVER_UNASKED: "nunca lo hacen",
            Policy.IF_LAW_REQUIRES: "solo si la ley lo exige",
            Policy.IF_DANGER: "pueden hacerlo si alguien está en peligro",
            Policy.WORKS_WITH_POLICE: "trabajan con la policía",
            Policy.UNKNOWN: "no lo sabemos, y no decimos nada de eso",
        },
    ),
}
