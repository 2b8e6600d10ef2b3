"""Numbers that are wrong, wrong under a name, and names that may never be listed: looked for by every route."""

import re
from collections.abc import Iterator

from bot.referral.content import Content
from bot.referral.entry import Entry
from bot.referral.normalise import words_of
from bot.referral.problem import Problem

_NO_DIGIT = re.compile(r"\D")


def lint(content: Content) -> Iterator[Problem]:
    """List the published numbers and the names that may never be listed, and what is wrong with that list itself."""
    numbers = _numbers(content)
    names = {" ".join(words_of(name)) for never in content.never for name in never.names}
    for entry in content.entries.values():
        file, at = f"entries/{entry.area}.toml", f"entry[{entry.id}]"
        folded = " ".join(words_of(entry.name))
        if folded in names:
            yield Problem(file, f"{at}.name", "is a name that may never be listed")
        for place, fault in _phones(entry, folded, numbers):
            yield Problem(file, f"{at}.phone[{place}]", fault)
    for never in content.never:
        first = f"never.{never.names[0] if never.names else ''}"
        if never.topic not in content.topics:
            yield Problem("denied.toml", first, f"no topic {never.topic!r}")
        if never.entry and never.entry not in content.entries:
            yield Problem("denied.toml", first, f"no entry {never.entry!r}")


def _numbers(content: Content) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for denied in content.denied:
        found.setdefault(_digits(denied.number), []).append((" ".join(words_of(denied.name)), denied.why))
    return found


def _phones(entry: Entry, folded: str, numbers: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[int, str]]:
    for place, phone in enumerate(entry.phone):
        for name, why in numbers.get(_digits(phone.number), ()) if phone.publish else ():
            if name in folded:
                yield place, f"{phone.number} must not be listed: {why}"


def _digits(number: str) -> str:
    return _NO_DIGIT.sub("", number).removeprefix("1")[-10:]
