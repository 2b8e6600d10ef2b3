"""A sentence of the line in every language: its fields, what stands in braces in it, and the phone for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.desk import desk
from bot.console.editing.phone import MOST, Phone, screens_of
from bot.console.editing.typed import Typed
from bot.console.price import cents
from bot.console.wording import say
from bot.referral.booklet.own import Sentence, every_sentence
from bot.referral.booklet.replies import Reply
from bot.referral.content import Content
from bot.referral.partly import with_part
from bot.referral.preview import preview
from bot.referral.problem import Problem
from bot.referral.sayable import INSTEAD

Table = Mapping[str, Any]
#: The names of the days, seven in each language; everything else is one sentence.
DAYS = "days"
#: So many characters a sentence may have; lint says what fits into a message.
LONGEST = 700
_BRACES = re.compile(r"\{([a-z0-9-]+)(?:\.([a-z]+))?\}")
_SLOTS = {
    "label": "the word for a topic",
    "area": "the name of an area",
    "code": "a number to text",
    "word": "the word to send there",
    "number": "a number that fits the reply",
}
_WAYS = {
    "": "the number of {name}",
    "text": "the number to text of {name}",
    "word": "the word to send to {name}",
    "spoken": "the number of {name}, digit by digit",
    "video": "the videophone of {name}",
    "tty": "the TTY number of {name}",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in braces, and what is put there."""

    braces: str
    meaning: str


def part_of(language: str) -> str:
    """Return the part that holds the sentences of a language."""
    return f"wording/{language}.toml"


def sentence_shown(key: str, tables: Mapping[str, Table]) -> Typed:
    """Return the fields of a sentence; `tables` by language."""
    values = {language: table.get(key, "") for language, table in tables.items()}
    return Typed({f"text.{one}": "\n".join(map(str, v)) if key == DAYS else str(v) for one, v in values.items()})


def sentence_from(typed: Typed, key: str, bases: Mapping[str, Table]) -> dict[str, dict[str, Any]]:
    """Return the sentences of every language with that one as a form says. What is wrong is in `typed.errors`.

    A sentence said instead of another may go: leave it empty in every language.
    """
    made = {language: dict(base) for language, base in bases.items()}
    for language, base in bases.items():
        if key == DAYS:
            made[language][key] = _days(typed, f"text.{language}", base.get(key, ()))
            continue
        text, before = typed.line(f"text.{language}", most=LONGEST), str(base.get(key, ""))
        if text:
            made[language][key] = before if text == " ".join(before.split()) else text
        else:
            made[language].pop(key, None)
    lacking = [language for language in bases if not made[language].get(key)]
    if lacking and not (key.endswith(INSTEAD) and len(lacking) == len(bases)):
        for language in lacking:
            typed.wrong(f"text.{language}", say("Something has to stand here, in each language."))
    return made


def sisters(key: str, tables: Iterable[Table]) -> tuple[str, str]:
    """Return the sentence that this one stands in for, and the one that stands in for this; "" = there is none."""
    there = {name for table in tables for name in table}
    base = key.removesuffix(INSTEAD)
    return base if base != key and base in there else "", key + INSTEAD if key + INSTEAD in there else ""


def slots(content: Content, texts: Iterable[str]) -> list[Slot]:
    """Explain what stands in braces in some sentences."""
    found: dict[str, Slot] = {}
    for text in texts:
        for braces in _BRACES.finditer(text):
            name, way = braces[1], braces[2] or ""
            entry = content.entries.get(name)
            if name in _SLOTS:
                meaning = say(_SLOTS[name])
            elif entry is None:
                meaning = say("there is no entry of that name")
            else:
                meaning = say(_WAYS.get(way, _WAYS[""]), name=entry.name)
            found[braces[0]] = Slot(braces[0], meaning)
    return list(found.values())


def sentence_phone(key: str, tables: Mapping[str, Table]) -> Phone:
    """Return what texters would get of a sentence in every language. Raises EmptyShelfError, DatabaseError."""
    use, now = desk().shelf.in_use(), desk().now
    live = use.live
    sentences: list[Sentence] = []
    replies: list[Reply] = []
    problems: list[Problem] = []
    for language, table in tables.items():
        part = part_of(language)
        if table == use.parts.get(part):
            # What is live was looked at before it went there.
            sentences += every_sentence(live.content, only=[key], languages=[language])
            continue
        made = preview(live, part, table, now)
        own = list(every_sentence(with_part(live, part, table).content, only=[key], languages=[language]))
        sentences += own
        replies += [reply for reply in made.replies if any(_holds(reply, one) for one in own)]
        problems += sorted(made.problems, key=lambda found: found.path.removesuffix(INSTEAD) != key)
    messages = [message for reply in replies for message in reply.messages] + [one.message for one in sentences]
    dearest = max((message.segments for message in messages), default=0)
    screens = screens_of(live.content, replies, sentences)
    screens.sort(key=lambda screen: screen.asked.partition(" ")[0] != key)
    return Phone(
        screens=tuple(screens[:MOST]),
        more=max(0, len(screens) - MOST),
        problems=tuple(problems),
        offending=tuple(dict.fromkeys(sign for message in messages for sign in message.offending)),
        dearest=dearest,
        cents=cents(dearest),
        same_words=True,
    )


def _holds(reply: Reply, sentence: Sentence) -> bool:
    text = sentence.message.text
    return bool(text) and "{" not in text and any(text in each for each in reply.texts)


def _days(typed: Typed, name: str, base: Iterable[str]) -> list[str]:
    found = typed.lines(name, most=12, many=7)
    if len(found) != 7:
        typed.wrong(name, say("Seven names, Monday first, one a line."))
    return found
