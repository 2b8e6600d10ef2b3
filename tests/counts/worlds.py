"""Random worlds to try an attack on: releases, and weeks of conversations from even to very lumpy.

A seed gives the same world and weeks for ever.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence

from tests.counts.knowledge import Cell
from tests.counts.truth import LOCAL, NATIONAL, NO_ENTRY, ONLY_211, Conversation, World

#: The most conversations a week has here; and sizes around the threshold, where rules tend to break.
MOST = 3_000
EDGES = (1, 2, 9, 10, 11, 12, 13, 21, 22, 23)


class Crowd:
    """The people of a world in some weeks: how many write, from where, in which language, about what."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self._serving: dict[Cell, list[str]] = {}
        for entry, cells in world.links.items():
            for cell in cells:
                self._serving.setdefault(cell, []).append(entry)
        self.areas = _uneven(world.areas, chance)
        self.languages = _uneven(world.languages, chance)
        self.topics = _uneven(world.topics, chance)
        #: How many topics on average, how many entries a reply lists, whether it always lists the same ones.
        self.busy, self.listed, self.fixed = chance.choice([0.3, 1, 1, 2]), chance.randint(1, 4), chance.random() < 0.5

    def usual(self, size: int) -> list[Conversation]:
        """Make a week in which each conversation is drawn from the same uneven habits."""
        return [self.one() for _ in range(size)]

    def one(self, area: str = "", language: str = "", topics: Iterable[str] | None = None) -> Conversation:
        """Make one conversation; what is not given is drawn."""
        chance = self.chance
        area = area or _draw(chance, self.areas)
        language = language or _draw(chance, self.languages)
        if topics is None:
            topics = {_draw(chance, self.topics) for _ in range(min(9, int(chance.expovariate(1 / self.busy) + 0.5)))}
        told = {topic: self._replied(topic, area) for topic in sorted(topics)}
        others = {name for name in ("unclear", "opt-out") if chance.random() < 0.05}
        if not told and chance.random() < 0.7:
            others.add("unclear")
        entries = frozenset(entry for _, listed in told.values() for entry in listed)
        return Conversation(area, language, {t: ending for t, (ending, _) in told.items()}, entries, frozenset(others))

    def _replied(self, topic: str, area: str) -> tuple[str, list[str]]:
        local = self._serving.get(("topic_area", topic, area), [])
        fitting = [*local, *self._serving.get(("topic", topic, ""), [])]
        best = sorted(fitting, key=lambda entry: entry.startswith("211"))  # as a release is: 211 comes last
        listed = (
            best[: self.listed] if self.fixed else self.chance.sample(fitting, self.chance.randint(0, len(fitting)))
        )
        if topic in self.world.crises:
            return "crisis", listed
        others = [entry for entry in listed if not entry.startswith("211")]
        if not others:
            return (ONLY_211 if listed else NO_ENTRY), listed
        return (LOCAL if any(entry in local for entry in others) else NATIONAL), listed


def _uneven(names: Sequence[str], chance: random.Random) -> tuple[Sequence[str], list[float]]:
    """Shuffle, and weigh by rank: from nearly even to nearly all on the first."""
    shuffled, power = chance.sample(names, len(names)), chance.choice([0.0, 0.7, 1.0, 1.5, 3.0])
    weights = [(rank + 1) ** -power for rank in range(len(names))]
    return shuffled, [sum(weights[: n + 1]) for n in range(len(weights))]


def _draw(chance: random.Random, choices: tuple[Sequence[str], list[float]]) -> str:
    return chance.choices(choices[0], cum_weights=choices[1])[0]


def _usual(crowd: Crowd, size: int) -> list[Conversation]:
    return crowd.usual(size)


def _edge(crowd: Crowd, size: int) -> list[Conversation]:
    return crowd.usual(crowd.chance.choice(EDGES))


def _dead(crowd: Crowd, size: int) -> list[Conversation]:
    return []


def _campaign(crowd: Crowd, size: int) -> list[Conversation]:
    """Everybody of one area asks the same."""
    area, topic = crowd.chance.choice(crowd.world.areas), crowd.chance.choice(crowd.world.topics)
    others = crowd.usual(crowd.chance.choice([0, 3, size // 3]))
    return [*(told for told in others if told.area != area), *(crowd.one(area, topics=[topic]) for _ in range(size))]


def _all_topics(crowd: Crowd, size: int) -> list[Conversation]:
    return [crowd.one(topics=crowd.world.topics) for _ in range(min(size, MOST // len(crowd.world.topics)))]


def _lone(crowd: Crowd, size: int) -> list[Conversation]:
    """One area, or one language, has a single conversation."""
    area, language = crowd.chance.choice(crowd.world.areas), crowd.chance.choice(crowd.world.languages)
    told = [t for t in crowd.usual(size) if t.area != area and (t.language != language or size % 2)]
    return [*told, crowd.one(area, language)]


def _ties(crowd: Crowd, size: int) -> list[Conversation]:
    """The same number in every pair of topic and area, around the threshold."""
    each = crowd.chance.choice([1, 5, 10, 11, 12])
    return [crowd.one(a, topics=[t]) for a in crowd.world.areas for t in crowd.world.topics for _ in range(each)]


def _aligned(crowd: Crowd, size: int) -> list[Conversation]:
    """Each area has its language and its topic."""
    own = {
        a: (crowd.chance.choice(crowd.world.languages), crowd.chance.choice(crowd.world.topics))
        for a in crowd.world.areas
    }
    places = [_draw(crowd.chance, crowd.areas) for _ in range(size)]
    return [crowd.one(area, own[area][0], [own[area][1]]) for area in places]


def _mute(crowd: Crowd, size: int) -> list[Conversation]:
    return [crowd.one(topics=()) for _ in range(size)]


def _crises(crowd: Crowd, size: int) -> list[Conversation]:
    return [crowd.one(topics=sorted(crowd.world.crises)[:1] or None) for _ in range(size)]


Shape = Callable[[Crowd, int], list[Conversation]]
SHAPES: tuple[Shape, ...] = (_usual, _edge, _campaign, _all_topics, _lone, _ties, _aligned, _mute, _crises, _dead)
_OFTEN = (8, 4, 3, 2, 3, 2, 3, 1, 1, 1)


def some_week(seed: int) -> tuple[World, dict[Cell, int]]:
    """Return the world and the true week that belong to a seed, of any size and shape."""
    chance = random.Random(seed)  # noqa: S311 - a seed is the point
    world = World.random(chance)
    shape = chance.choices(SHAPES, _OFTEN)[0]
    return world, world.week(shape(Crowd(world, chance), _size(chance, MOST)))


def some_year(seed: int, *, quarters: int, topics: int, size: int) -> tuple[World, list[list[dict[Cell, int]]]]:
    """Return the world of a seed and its true weeks, 13 in each quarter; seasons, lumps and dead weeks included."""
    chance = random.Random(seed)  # noqa: S311 - a seed is the point
    world = World.random(chance, most_topics=topics, most_entries=2 * topics)
    crowd, usual = Crowd(world, chance), _size(chance, size)
    year: list[list[dict[Cell, int]]] = []
    for quarter in range(quarters):
        sizes = [int(usual * (1 + 0.8 * math.sin((13 * quarter + week) * math.tau / 52))) for week in range(13)]
        shapes = [_usual if chance.random() < 0.7 else chance.choices(SHAPES, _OFTEN)[0] for _ in sizes]
        year.append([world.week(shape(crowd, many)) for shape, many in zip(shapes, sizes, strict=True)])
    return world, year


def _size(chance: random.Random, most: int) -> int:
    """Draw a size from 0 to `most`; each order of magnitude is about as likely."""
    return int(math.exp(chance.uniform(0, math.log(most + 1)))) - chance.choice([0, 1])
