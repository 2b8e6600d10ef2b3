"""Numbers that are wrong, wrong under a name, and names that may never be listed: looked for by every route."""

import re
from collections.abc import Iterator, Mapping

from bot.referral.content import Content
from bot.referral.entry import Entry
from bot.referral.misprints import Banned, joined, may_hold
from bot.referral.normalise import words_of
from bot.referral.problem import Problem

_NO_DIGIT = re.compile(r"\D")
_DIGIT = re.compile(r"\d")
_NEVER = "is a name that may never be listed"


def lint(content: Content) -> Iterator[Problem]:
    """List the published numbers and the names that may never be listed, and what is wrong with that list itself."""
    numbers = _numbers(content)
    banned = Banned.of(content)
    for entry in content.entries.values():
        file, at = f"entries/{entry.area}.toml", f"entry[{entry.id}]"
        folded = joined((entry.name, *entry.short.values()))
        for place, fault in (*_names(entry, folded, banned), *_phones(entry, folded, numbers)):
            yield Problem(file, f"{at}.{place}", fault)
        # A number has digits: of a state's entries few texts have any.
        if _DIGIT.search(" ".join([entry.link, *[text for _, texts in _parts(entry) for text in texts.values()]])):
            for path, text in _texts(entry):
                if may_hold(text, banned.numbers_in(folded)):
                    yield Problem(file, f"{at}.{path}", "holds a number that must not be listed")
    for never in content.never:
        first = f"never.{never.names[0] if never.names else ''}"
        if never.topic not in content.topics:
            yield Problem("denied.toml", first, f"no topic {never.topic!r}")
        if never.entry and never.entry not in content.entries:
            yield Problem("denied.toml", first, f"no entry {never.entry!r}")


def _names(entry: Entry, folded: str, banned: Banned) -> Iterator[tuple[str, str]]:
    if banned.beginnings.isdisjoint(folded.split()):
        return
    if banned.refuses((entry.name,)):
        yield "name", _NEVER
    for language, name in entry.short.items():
        if banned.refuses((name,)):
            yield f"short.{language}", _NEVER


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give every text of an entry that a texter may read, and where it stands."""
    yield "link", entry.link
    for path, texts in _parts(entry):
        for language, text in texts.items():
            yield f"{path}.{language}", text


def _parts(entry: Entry) -> list[tuple[str, Mapping[str, str]]]:
    """Return the texts of an entry by language, and where they stand."""
    parts: list[tuple[str, Mapping[str, str]]] = [("short", entry.short), ("who", entry.who), ("note", entry.note)]
    for place, phone in enumerate(entry.phone):
        if phone.purpose or phone.keyword:
            parts += [(f"phone[{place}].purpose", phone.purpose), (f"phone[{place}].keyword", phone.keyword)]
    return parts


def _numbers(content: Content) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for denied in content.denied:
        found.setdefault(_digits(denied.number), []).append((" ".join(words_of(denied.name)), denied.why))
    return found


def _phones(entry: Entry, folded: str, numbers: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for place, phone in enumerate(entry.phone):
        for name, why in numbers.get(_digits(phone.number), ()) if phone.publish else ():
            if name in folded:
                yield f"phone[{place}]", f"{phone.number} must not be listed: {why}"


def _digits(number: str) -> str:
    bare = number.removeprefix("+")
    digits = bare if bare.isdecimal() else _NO_DIGIT.sub("", number)
    return digits.removeprefix("1")[-10:]
