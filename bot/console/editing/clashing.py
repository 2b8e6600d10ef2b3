"""Wordings that somebody adds to a topic: what cannot be read in them, and what they stand for already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.console.editing.topic_form import WORDS, added
from bot.console.editing.typed import Typed
from bot.console.wording import say
from bot.referral.content import Content
from bot.referral.lexicon import Lexicon
from bot.referral.meaning import Kind
from bot.referral.meant import Meant, Role
from bot.referral.pattern import Compiler, PatternError
from bot.referral.understand import understand

Table = Mapping[str, Any]
#: So many new wordings are looked at while somebody types: a millisecond each.
MOST = 25
_ROLES = (Role.WORD, Role.ALONE, Role.HINT, Role.WHOLE)
_FOUND = (Kind.TOPIC, Kind.CRISIS, Kind.COMMAND)


@dataclass(frozen=True, slots=True)
class Clash:
    """A wording that was added, and the other topics and commands that it stands for already."""

    wording: str
    others: tuple[str, ...]


def clashes(content: Content, slug: str, made: Table, base: Table) -> list[Clash]:
    """Return what the wordings that were added to a topic stand for already; the first MOST of them."""
    found = []
    for wording in list(_added(made, base, content.line.languages))[:MOST]:
        if others := others_of(content, wording, slug):
            found.append(Clash(wording, others))
    return found


def others_of(content: Content, wording: str, topic: str) -> tuple[str, ...]:
    """Return what `teach.clashes` does, without going through twenty thousand wordings for each line."""
    owners = set(_owners(content.lexicon).get(_plain(wording), ()))
    there = understand(wording, content)
    if there.kind in _FOUND:
        owners.add(there.label)
    return tuple(sorted(owners - {topic}))


def look(typed: Typed, words: Mapping[str, Any], made: Table, base: Table) -> None:
    """Say beside its field which wording that was added cannot be read. `words`: files of words by language."""
    for language, table in words.items():
        compiler = Compiler(table.get("classes", {}))
        for name, now, before in _lists(made, base):
            for wording in added("of", {"of": now}, {"of": before}, [language]):
                try:
                    compiler.compile(wording, Meant(Role.WORD, "", language))
                except PatternError as error:
                    typed.wrong(f"{name}.{language}", say("A wording cannot be read: {fault}", fault=error))


def _added(made: Table, base: Table, languages: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name, now, before in _lists(made, base):
        if name == "unless":
            continue
        for wording in added("of", {"of": now}, {"of": before}, languages):
            if wording not in seen:
                seen.add(wording)
                yield wording


def _lists(made: Table, base: Table) -> Iterator[tuple[str, Table, Table]]:
    for name in WORDS:
        yield name, made.get(name, {}), base.get(name, {})
    for slug, facet in made.get("facets", {}).items():
        yield f"facet.{slug}.words", facet, base.get("facets", {}).get(slug, {})


@lru_cache(maxsize=1)  # of one release, never of texters
def _owners(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pattern in lexicon.patterns:
        if pattern.meant.role in _ROLES:
            found.setdefault(_plain(pattern.source), set()).add(pattern.meant.label)
    return {source: frozenset(labels) for source, labels in found.items()}


def _plain(wording: str) -> str:
    return " ".join(wording.lower().split())
