"""What differs between two texts of a part, as a person reads it: old and new side by side, in words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.wording import say
from bot.referral.changes import Change, changes
from bot.referral.content import Content
from bot.referral.differences import Difference
from bot.referral.hours import HoursError
from bot.referral.learnt import TRAINED
from bot.referral.plain_hours import written
from bot.referral.problem import Problem

#: So much of one value is shown, in characters; a release holds no longer sentence.
_LONGEST = 4000
_STEP = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")
_IN_ENTRY = re.compile(r"entry\[([^\]]+)\]\.?(.*)", re.DOTALL)
_WORDS: Mapping[str, str] = {
    "ages": "ages",
    "alone": "words that count only alone",
    "aliases": "other names",
    "block": "paragraph",
    "checks": "checks",
    "en": "English",
    "es": "Spanish",
    "evidence": "where it stands",
    "facets": "narrower need",
    "hints": "hints",
    "instead": "what is said instead",
    "keep": "always given",
    "keyword": "word to send",
    "label": "name",
    "languages": "languages",
    "lead": "first sentence",
    "link": "site",
    "minors": "what it does about minors",
    "phone": "number",
    "police": "what it does about police",
    "publish": "texters may get it",
    "purpose": "what it is for",
    "serves": "given for",
    "short": "short name",
    "status": "state",
    "unless": "words that rule it out",
    "ways": "call or text",
    "who": "for whom",
    "words": "words that mean it",
}
_FILES = {"line.toml": "The line itself", TRAINED: "What was learnt from the examples"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs: what it is, what stood there and what will; "" = nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A part that differs: its name for a person, whether it comes ("new"), goes ("gone") or changes, and how."""

    part: str
    title: str
    kind: str
    lines: tuple[Line, ...]


def shown(found: Difference) -> Shown:
    """Return a difference as a page shows it."""
    kind = "new" if found.before is None else "gone" if found.after is None else "changed"
    there = found.after if found.after is not None else found.before
    return Shown(found.part, title(found.part, there), kind, tuple(_lines(found)))


def title(part: str, table: Any = None) -> str:
    """Name a part as a person would: "Entry: Harbor House (westlake)"."""
    file, _, entry = part.partition("#")
    folder, _, rest = file.removesuffix(".toml").partition("/")
    own = table if isinstance(table, Mapping) else {}
    if entry:
        return say("Entry: {name} ({area})", name=own.get("name") or entry, area=rest)
    if folder == "topics":
        labels = own.get("label")
        return say("Topic: {name}", name=labels.get("en", rest) if isinstance(labels, Mapping) else rest)
    if folder == "wording":
        return say("Sentences of the line, {language}", language=say(_WORDS.get(rest, rest)))
    return say(_FILES[file]) if file in _FILES else file


def label(path: str) -> str:
    """Say where in a part something stands: "number 213-555-0100, hours"."""
    steps: list[str] = []
    for name, which in _STEP.findall(path):
        if name:
            steps.append(say(_WORDS[name]) if name in _WORDS else name.replace("_", " "))
        elif steps:
            steps[-1] = f"{steps[-1]} {printed(which)}"
    return ", ".join(steps) or say("all of it")


def language(code: str) -> str:
    """Name a language."""
    return say(_WORDS.get(code, code))


def topic_name(content: Content, slug: str) -> str:
    """Name a need, as the line itself does in the language of the staff."""
    topic = content.topics.get(slug)
    return topic.label.get("en", slug) if topic else slug


def plain_hours(hours: str) -> str:
    """Return hours as staff write them; as they stand where they cannot be read."""
    try:
        return written(hours)
    except HoursError:
        return hours


def place(problem: Problem) -> str:
    """Say where a problem is: "Entry: harbor (westlake): number, hours"."""
    found = _IN_ENTRY.fullmatch(problem.path)
    part = f"{problem.file}#{found[1]}" if found else problem.file
    path = found[2] if found else problem.path
    return f"{title(part)}: {label(path)}" if path else title(part)


def _lines(found: Difference) -> Iterator[Line]:
    if found.part == TRAINED:
        yield Line(say("learnt weights"), say("as they were"), say("newly learnt"))
        return
    for change in changes(found.before or {}, found.after or {}):
        yield from map(_line, _opened(change))


def _opened(change: Change) -> Iterator[Change]:
    """Tell a table that comes or goes key by key: each language stands in a line of its own."""
    there = change.after if change.before is None else change.before
    if isinstance(there, Mapping) and (change.before is None or change.after is None):
        for inner in changes(change.before or {}, change.after or {}, change.path):
            yield from _opened(inner)
    else:
        yield change


def _line(change: Change) -> Line:
    before, after = change.before, change.after
    if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        before, after = before.splitlines(), after.splitlines()
    if isinstance(before, list) and isinstance(after, list) and before and after:
        old, new = Counter(map(_text, before)), Counter(map(_text, after))
        lost, gained = "\n".join((old - new).elements()), "\n".join((new - old).elements())
        if not lost and not gained:
            return Line(label(change.path), say("as it was"), say("the same in another order"))
        return Line(label(change.path), _cut(lost), _cut(gained))
    if change.path.endswith("hours") and all(isinstance(side, str | None) for side in (before, after)):
        return Line(label(change.path), plain_hours(before or ""), plain_hours(after or ""))
    return Line(label(change.path), _text(before), _text(after))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, Mapping):
        return _cut("; ".join(f"{label(key)}: {_text(inner)}" for key, inner in value.items()))
    if isinstance(value, list | tuple):
        between = "\n" if any(isinstance(item, Mapping | str) and len(item) > 12 for item in value) else ", "
        return _cut(between.join(map(_text, value)))
    return _cut(printed(str(value)))


def printed(text: str) -> str:
    """Return a number as people read it, "+12135550100" as 213-555-0100; any other text as it is."""
    bare = text.removeprefix("+1")
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if text != bare and len(bare) == 10 and bare.isdigit() else text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
