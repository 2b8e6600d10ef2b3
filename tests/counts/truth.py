"""A release as counts see it, and what truly happened in a week, counted from its conversations.

Counted here on purpose without the line's own tally.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.counts.knowledge import ALL, Cell, Knowledge

ELSEWHERE, UNKNOWN = "elsewhere", "unknown"
LOCAL, NATIONAL, ONLY_211, NO_ENTRY = "local entry", "national", "211 only", "no entry"
OUTCOMES = (LOCAL, NATIONAL, ONLY_211, NO_ENTRY, "crisis", "unclear", "opt-out")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation as it is counted: where, in which language, and how each topic asked about ended."""

    area: str
    language: str
    topics: Mapping[str, str] = field(default_factory=dict)
    entries: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class World:
    """A release, as far as counts can tell: what can be asked, where, and which entries come of it."""

    topics: tuple[str, ...]
    crises: frozenset[str]
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    links: Mapping[str, tuple[Cell, ...]]

    @classmethod
    def random(cls, chance: random.Random, *, most_topics: int = 25, most_entries: int = 60) -> "World":
        """Make up a release: 1 topic or more, 2 to 6 areas, 1 to 3 languages, entries local, national and 211."""
        topics = tuple(f"topic{n}" for n in range(chance.randint(1, most_topics)))
        areas = (*(f"area{n}" for n in range(chance.randint(0, 4))), ELSEWHERE, UNKNOWN)
        links: dict[str, tuple[Cell, ...]] = {"211": tuple(("topic", topic, "") for topic in topics)}
        links |= {f"211 {a}": tuple(("topic_area", topic, a) for topic in topics) for a in areas[:-2]}
        for n in range(chance.randint(0, most_entries)):
            served = chance.sample(topics, min(len(topics), 1 + int(chance.expovariate(1))))
            area = chance.choice(areas[:-2]) if areas[:-2] and chance.random() < 0.8 else ""
            links[f"entry{n}"] = tuple(("topic_area", t, area) if area else ("topic", t, "") for t in served)
        crises = frozenset(topic for topic in topics[1:] if chance.random() < 0.15)
        return cls(topics, crises, areas, ("en", "es", "vi")[: chance.randint(1, 3)], links)

    def known(self) -> Knowledge:
        """Return what an attacker who knows this release knows."""
        return Knowledge(self.links, self.crises)

    def cells(self) -> Iterator[Cell]:
        """Give every cell that a week of this release has."""
        yield ALL
        yield from (("area", area, "") for area in self.areas)
        yield from (("language", language, "") for language in self.languages)
        yield from (("topic", topic, "") for topic in self.topics)
        yield from (("outcome", outcome, "") for outcome in OUTCOMES)
        yield from (("entry", entry, "") for entry in self.links)
        yield from (("topic_area", topic, area) for topic in self.topics for area in self.areas)
        yield from (("topic_language", topic, language) for topic in self.topics for language in self.languages)

    def week(self, conversations: Iterable[Conversation]) -> dict[Cell, int]:
        """Return the true number of conversations in every cell, zeros included."""
        counted = Counter(cell for told in conversations for cell in _counted(told))
        cells = dict.fromkeys(self.cells(), 0)
        assert counted.keys() <= cells.keys()
        return cells | counted


def _counted(told: Conversation) -> set[Cell]:
    found: set[Cell] = {ALL, ("area", told.area, ""), ("language", told.language, "")}
    for topic in told.topics:
        found |= {("topic", topic, ""), ("topic_area", topic, told.area), ("topic_language", topic, told.language)}
    found |= {("outcome", outcome, "") for outcome in (*told.topics.values(), *told.others)}
    return found | {("entry", entry, "") for entry in told.entries}
