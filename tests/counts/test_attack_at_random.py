"""The attack at random: it breaks what hides too little, is never wrong about it, and misses nothing."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import pytest

from tests.counts.attack import REST, Attack
from tests.counts.knowledge import ALL, ENDINGS, Cell, Published
from tests.counts.truth import Conversation, World
from tests.counts.worlds import MOST, Crowd, some_week, some_year

SEEDS = range(30)


def hide(true: Mapping[Cell, int], chance: random.Random, *, more: float = 0.0) -> Published:
    """Hide the small cells, and each other one (but 0) by chance, with no thought for what that gives away."""
    return {
        cell: None if 0 < value < 11 or (value and chance.random() < more) else value for cell, value in true.items()
    }


def hidden_weeks(seed: int) -> tuple[World, dict[Cell, int], Published]:
    """Return a world, its true week and that week with too little hidden."""
    world, true = some_week(seed)
    chance = random.Random(seed)  # noqa: S311 - a seed is the point
    return world, true, hide(true, chance, more=chance.choice([0, 0.2, 0.5]))


def test_hiding_only_small_cells_is_broken_again_and_again() -> None:
    broken = 0
    for seed in SEEDS:
        world, true, published = hidden_weeks(seed)
        pinned = Attack([published], None, world.known()).pinned()
        assert {place.cell: true[place.cell] for place in pinned} == {p.cell: value for p, value in pinned.items()}
        broken += bool(pinned)
    assert broken >= len(SEEDS) / 4


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_probes_find_what_asking_each_cell_finds(seed: int) -> None:
    world, true, published = hidden_weeks(seed)
    attack = Attack([published], None, world.known())
    ranges = attack.ranges()
    assert {place for place, between in ranges.items() if between.pinned} == attack.pinned().keys()
    assert all(between.least <= true[place.cell] + 1e-6 for place, between in ranges.items())
    assert all(between.most >= true[place.cell] - 1e-6 for place, between in ranges.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_believed_rightly_the_truth_stays_possible(seed: int) -> None:
    world, true, published = hidden_weeks(seed)
    most = max((true[cell] for cell, value in published.items() if value is None), default=0)
    plain = Attack([published], None, world.known()).pinned()
    for known in (
        replace(world.known(), joint=True),
        replace(world.known(), endings=True),
        replace(world.known(), upper=most),
    ):
        pinned = Attack([published], None, known).pinned()
        assert {place.cell: true[place.cell] for place in pinned} == {p.cell: value for p, value in pinned.items()}
        assert pinned.keys() >= plain.keys()


def test_quarters_are_broken_too_and_never_wrongly() -> None:
    broken = 0
    for seed in range(6):
        world, year = some_year(seed, quarters=1, topics=4, size=300)
        weeks = [hide(true, random.Random(seed)) for true in year[0]]  # noqa: S311 - a seed is the point
        sums = rests(weeks, year[0])
        rest = {cell: value if value >= 11 else None for cell, value in sums.items()}
        pinned = Attack(weeks, rest, world.known()).pinned()
        true = {place: sums[place.cell] if place.week == REST else year[0][place.week][place.cell] for place in pinned}
        assert pinned == true
        broken += bool(pinned)
    assert broken >= 4


def rests(weeks: list[Published], true: list[dict[Cell, int]]) -> dict[Cell, int]:
    """Sum the true values of each cell over the weeks in which it was hidden."""
    sums: dict[Cell, int] = {}
    for published, week in zip(weeks, true, strict=True):
        for cell in (cell for cell, value in published.items() if value is None):
            sums[cell] = sums.get(cell, 0) + week[cell]
    return sums


SMALL = World(
    topics=("food", "danger"),
    crises=frozenset({"danger"}),
    areas=("A", "B"),
    languages=("en", "es"),
    links={"pantry": (("topic_area", "food", "A"),), "line": (("topic", "danger", ""), ("topic", "food", ""))},
)


@pytest.mark.parametrize("seed", range(60))
def test_trying_every_table_finds_the_same(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed is the point
    true = SMALL.week(Crowd(SMALL, chance).usual(chance.randint(1, 5)))
    can_hide = [cell for cell, value in true.items() if value and cell != ALL]
    hidden = chance.sample(can_hide, min(5, len(can_hide)))
    published = {cell: None if cell in hidden else value for cell, value in true.items()}
    possible = [table for table in tables(true, hidden) if fits(table)]
    seen = {cell: {table[cell] for table in possible} for cell in hidden}
    pinned = Attack([published], None, SMALL.known()).pinned()
    assert {place.cell: {value} for place, value in pinned.items()} == {c: v for c, v in seen.items() if len(v) == 1}


def tables(true: Mapping[Cell, int], hidden: list[Cell]) -> Iterator[dict[Cell, int]]:
    """Give the week with every choice of whole numbers for its hidden cells, up to all conversations."""
    for values in product(range(1, true[ALL] + 1), repeat=len(hidden)):
        yield {**true, **dict(zip(hidden, values, strict=True))}


def fits(t: Mapping[Cell, int]) -> bool:
    """Say whether a week of the small world can be, written out as the promise has it."""
    n = t[ALL]
    if n != t["area", "A", ""] + t["area", "B", ""] or n != t["language", "en", ""] + t["language", "es", ""]:
        return False
    for topic in ("food", "danger"):
        by_area = {a: t["topic_area", topic, a] for a in "AB"}
        by_language = {k: t["topic_language", topic, k] for k in ("en", "es")}
        if {sum(by_area.values()), sum(by_language.values())} != {t["topic", topic, ""]}:
            return False
        if any(value > t["area", a, ""] for a, value in by_area.items()):
            return False
        if any(value > t["language", k, ""] for k, value in by_language.items()):
            return False
    food, danger = t["topic", "food", ""], t["topic", "danger", ""]
    if t["outcome", "crisis", ""] != danger or food > sum(t[ending] for ending in ENDINGS):
        return False
    if any(t[ending] > food for ending in ENDINGS) or any(t[c] > n for c in t if c[0] in ("topic", "outcome", "entry")):
        return False
    return t["entry", "pantry", ""] <= t["topic_area", "food", "A"] and t["entry", "line", ""] <= food + danger


def test_a_week_is_counted_as_promised() -> None:
    told = Conversation("A", "es", {"food": "local entry", "danger": "crisis"}, frozenset({"line"}), frozenset())
    asked = Conversation("B", "es", {"food": "no entry"}, others=frozenset({"unclear"}))
    cells = SMALL.week([told, asked, asked])
    assert cells[ALL] == cells["language", "es", ""] == cells["topic", "food", ""] == 3
    assert cells["topic_area", "food", "B"] == cells["outcome", "unclear", ""] == cells["outcome", "no entry", ""] == 2
    assert cells["entry", "line", ""] == cells["outcome", "crisis", ""] == cells["topic_language", "danger", "es"] == 1
    assert cells["entry", "pantry", ""] == cells["topic_area", "danger", "B"] == cells["language", "en", ""] == 0
    assert len(cells) == 1 + 2 + 2 + 2 + 7 + 2 + 4 + 4


def test_the_worlds_are_as_odd_as_they_claim() -> None:
    weeks = [some_week(seed) for seed in range(200)]
    sizes = {true[ALL] for _, true in weeks}
    assert sizes >= {0, 10, 11, 12}
    assert MOST / 2 < max(sizes)
    assert {len(world.areas) for world, _ in weeks} == {2, 3, 4, 5, 6}
    assert {len(world.languages) for world, _ in weeks} == {1, 2, 3}
    assert any(true[ALL] > 100 and true["area", a, ""] == 1 for world, true in weeks for a in world.areas)
    assert any(true[ALL] > 10 and all(true["topic", t, ""] == true[ALL] for t in w.topics) for w, true in weeks)
    assert some_week(7) == weeks[7]
