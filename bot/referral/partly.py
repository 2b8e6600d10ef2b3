"""A release with one part of it changed, made without reading the rest again: for a preview while somebody types.

Every table is read by what `document.parse` reads it with, and what is looked up in a release is made anew. Only the
lexicon and what was learnt stay those of the release: `same_words` says whether they would be the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.referral.content import Content, Facet
from bot.referral.document import indexed, printed_of, schedules_of, serving_of, topics_of
from bot.referral.entry import Entry
from bot.referral.learnt import without_examples
from bot.referral.problem import Problem
from bot.referral.reader import Document, Reader, filled
from bot.referral.spoken import alphabets, spoken

_NAMED = re.compile(r"\{([a-z0-9-]+)(?:\.[a-z]+)?\}")
_TOPICS, _WORDING, _ENTRIES = "topics/", "wording/", "entries/"
#: What texts are understood by, in a topic and in its facets.
_WORDS = ("words", "hints", "alone", "unless", "examples")


@dataclass(frozen=True, slots=True)
class Live:
    """A release as it was read, and which files name which entries in their sentences."""

    document: Document
    content: Content
    naming: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, document: Document, content: Content) -> "Live":
        """Look through a release, once: a tenth of a second for 200 topics."""
        files = (file for file in document if file.startswith((_TOPICS, _WORDING)))
        return cls(document, content, {file: frozenset(_named(document[file])) for file in files})


@dataclass(frozen=True, slots=True)
class Changed:
    """A release with a part changed. `problems`: what keeps it from being read; then `content` is the old one."""

    content: Content
    problems: tuple[Problem, ...] = ()
    same_words: bool = True


def can_change(part: str) -> bool:
    """Say whether a part can be changed by itself: an entry, a topic, the sentences of a language."""
    file, _, entry = part.partition("#")
    return bool(entry) if file.startswith(_ENTRIES) else file.startswith((_TOPICS, _WORDING))


def with_part(live: Live, part: str, body: Mapping[str, Any] | None) -> Changed:
    """Return a release with one part changed; None = it is to go. Raises ValueError for what `can_change` denies."""
    if not can_change(part):
        raise ValueError(f"{part} cannot be changed by itself")
    file, _, name = part.partition("#")
    reader = Reader({} if name or body is None else {file: body})
    made = _entry(live, reader, part, body) if name else _sentences(live, reader, file, body)
    if reader.problems:
        return Changed(live.content, tuple(sorted(set(reader.problems))))
    return Changed(indexed(made, live.content.middles, live.content), (), _same_words(live, part, body))


def with_parts(live: Live, bodies: Mapping[str, Mapping[str, Any] | None]) -> Changed:
    """Return a release with several parts changed, one after the other; None = a part is to go.

    `problems` are those of the first part that has any. Raises ValueError for what `can_change` denies.
    """
    now, same = live, True
    for part in sorted(bodies, key=lambda part: _turn(part, bodies[part])):
        made = with_part(now, part, bodies[part])
        if made.problems:
            return replace(made, content=live.content)
        same = same and made.same_words
        now = _after(now, part, bodies[part], made.content)
    return Changed(now.content, (), same)


def _turn(part: str, body: Mapping[str, Any] | None) -> tuple[int, str]:
    # Entries that come, then the sentences that name them, then the entries that nobody names any more.
    return (1 if "#" not in part else 2 if body is None else 0), part


def _after(live: Live, part: str, body: Mapping[str, Any] | None, content: Content) -> Live:
    if "#" in part:
        return replace(live, content=content)
    rest = {file: table for file, table in live.document.items() if file != part}
    naming = {file: names for file, names in live.naming.items() if file != part}
    if body is None:
        return Live(rest, content, naming)
    return Live({**rest, part: body}, content, {**naming, part: frozenset(_named(body))})


def _entry(live: Live, reader: Reader, part: str, body: Mapping[str, Any] | None) -> Content:
    file, _, name = part.partition("#")
    content, area = live.content, file.removeprefix(_ENTRIES).removesuffix(".toml")
    entry = None if body is None else reader.table(file, Entry, {**body, "area": area}, f"entry[{name}]")
    if entry is None and body is not None:
        return content
    if entry is not None and entry.id != name:
        reader.problems.append(Problem(file, f"entry[{name}].id", f"is {entry.id!r}"))
    if (there := content.entries.get(name)) is not None and there.area != area:
        reader.problems.append(Problem(file, f"entry[{name}]", f"is in {there.area} too"))
    entries = _placed(content, name, entry)
    hours = schedules_of(reader, {name: entry} if entry else {})
    made = replace(
        content,
        entries=entries,
        schedules={**content.schedules, **hours},
        serving=serving_of(entries.values()),
        printed=printed_of(entries.values()),
    )
    if _spoken_of(content.entries.get(name)) == _spoken_of(entry):
        return made
    return _reread(made, live.document, reader, [f for f, names in live.naming.items() if name in names])


def _placed(content: Content, name: str, entry: Entry | None) -> dict[str, Entry]:
    if entry is not None and name in content.entries:
        return {**content.entries, name: entry}
    others = [other for other in content.entries.values() if other.id != name]
    # In the order in which the files are read, a new one last in its own.
    found = sorted([*others, *([entry] if entry else [])], key=lambda other: f"{_ENTRIES}{other.area}.toml")
    return {other.id: other for other in found}


def _spoken_of(entry: Entry | None) -> object:
    """Return what of an entry sentences may say."""
    if entry is None:
        return None
    return entry.status, [(phone.number, phone.ways, phone.publish, phone.keyword) for phone in entry.phone]


def _sentences(live: Live, reader: Reader, file: str, body: Mapping[str, Any] | None) -> Content:
    content = live.content
    if body is not None:
        return _reread(content, {file: body}, reader, [file])
    if file.startswith(_WORDING):
        reader.problems.append(Problem(file, "", "is missing"))
        return content
    slug = file.removeprefix(_TOPICS).removesuffix(".toml")
    return replace(content, topics={own: topic for own, topic in content.topics.items() if own != slug})


def _reread(content: Content, document: Document, reader: Reader, files: Iterable[str]) -> Content:
    full = Reader({file: filled(reader, file, document[file], content.entries) for file in files})
    topics, said = topics_of(full), spoken(full)
    reader.problems += full.problems
    wording = {**content.wording, **said.texts}
    return replace(
        content,
        topics=dict(sorted({**content.topics, **without_examples(topics)}.items())),
        wording=wording,
        alphabets=alphabets(wording) if said.texts else content.alphabets,
        days={**content.days, **said.days},
    )


def _same_words(live: Live, part: str, body: Mapping[str, Any] | None) -> bool:
    file, _, name = part.partition("#")
    if name:
        entry = live.content.entries.get(name)
        return tuple((body or {}).get("aliases", ())) == (entry.aliases if entry else ())
    return not file.startswith(_TOPICS) or _words(live.document.get(file, {})) == _words(body or {})


def _words(table: Mapping[str, Any]) -> object:
    own = set(Facet.__slots__) - {"words", "examples"}
    facets = table.get("facets", {})
    told = {
        slug: {key: value for key, value in facet.items() if key not in own} if isinstance(facet, Mapping) else facet
        for slug, facet in (facets.items() if isinstance(facets, Mapping) else ())
    }
    return [table.get(key) for key in (*_WORDS, "slug", "crisis", "label")], told


def _named(held: Any) -> Iterable[str]:
    if isinstance(held, str):
        yield from _NAMED.findall(held) if "{" in held else ()
    elif isinstance(held, Mapping | list):
        for inner in held.values() if isinstance(held, Mapping) else held:
            yield from _named(inner)
