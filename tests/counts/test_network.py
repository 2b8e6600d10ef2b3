"""Which flows can have one value only, against trying every value; and a quarter as flows."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from bot.counts.attack_graph import ContradictionError, Edge, Network
from bot.counts.quarter_network import network
from tests.counts.written import cell, everybody, food, shown, true

#: No flow of a made-up network is larger than this.
MOST = 5


def made_up(chance: random.Random) -> Network:
    """Return a network of four nodes and up to five unknown flows, one known, and what goes in and out."""
    made, left = Network(), Counter[str]()
    pairs = chance.sample([(a, b) for a in "abcd" for b in "abcd" if a < b], chance.randint(2, 6))
    for number, pair in enumerate(pairs):
        source, target = chance.sample(pair, 2)
        least = chance.choice([0, 0, 1, 2])
        flow = chance.randint(least, 3)
        left[source], left[target] = left[source] + flow, left[target] - flow
        if number:
            made.unknown(source, target, least=least, most=chance.choice([flow, 3, None]))
        else:
            made.fixed(source, target, flow)
    for node, amount in left.items():
        if amount:
            made.into(node, amount - 1)
            made.into(node, 1)
    return made


def fitting(made: Network) -> Iterator[dict[Edge, int]]:
    """Give every choice of flows that fits."""
    choices = [range(least, (MOST if most is None else most) + 1) for least, most in made.free.values()]
    for values in product(*choices):
        flows = {**made.known, **dict(zip(made.free, values, strict=True))}
        left = Counter(made.supply)
        for (source, target), amount in flows.items():
            left[source] -= amount
            left[target] += amount
        if not any(left.values()):
            yield flows


@pytest.mark.parametrize("seed", range(60))
def test_what_cannot_be_diverted_has_one_value_only(seed: int) -> None:
    made = made_up(random.Random(seed))  # noqa: S311 - a seed is the point
    possible = list(fitting(made))
    assert possible
    assert made.pinned() == {edge for edge in made.free if len({flows[edge] for flows in possible}) == 1}


@pytest.mark.parametrize(
    ("least", "most", "amount"),
    [
        pytest.param(3, None, 2, id="less than there is at least"),
        pytest.param(0, 3, 4, id="more than there can be"),
        pytest.param(0, None, -1, id="the wrong way"),
    ],
)
def test_figures_that_cannot_be_are_said(least: int, most: int | None, amount: int) -> None:
    made = Network()
    assert made.unknown("a", "b", least=least, most=most) == ("a", "b")
    made.into("a", amount)
    made.into("b", -amount)
    with pytest.raises(ContradictionError, match="^published figures do not fit together$"):
        made.pinned()


def test_what_comes_in_goes_out_again() -> None:
    made = Network()
    made.unknown("a", "b", least=0)
    made.into("a", 3)
    with pytest.raises(ContradictionError):
        made.pinned()


WEEKS = (
    "conversations 60, area a ?, area b ?, area c 20, language en ?, language es ?, language fr 0",
    "conversations ?, area a ?, area b 0, area c ?, language en ?, language es 0",
    "conversations 45, area a 20, area b 25, area c 0, language en ?, language es ?, language fr 15",
    "conversations 45, area a ?, area b ?, area c 15, language en 45, language es 0, language fr 0",
    "",
)


def test_a_quarter_of_all_conversations_as_flows() -> None:
    made = network(everybody(*WEEKS), [shown(week) for week in WEEKS], true("area a 50, language en 90"))
    a, b, c = (cell(f"area {name}") for name in "abc")
    en, es = cell("language en"), cell("language es")
    inside: dict[Edge, tuple[int, int | None]] = {
        (area, ("left", week)): (1, None) for area, week in ((a, 0), (b, 0), (a, 1), (c, 1), (a, 3), (b, 3))
    }
    inside |= {(("right", week), one): (1, None) for week, one in ((0, en), (0, es), (1, en), (2, en), (2, es))}
    inside[("left", 1), ("right", 1)] = (1, None)
    inside |= {("first", area): (0, None) for area in (b, c)} | {(es, "last"): (0, None), ("last", "first"): (0, None)}
    assert made.free == inside
    assert made.known == {("first", a): 50, (en, "last"): 90}
    assert made.supply == {
        ("left", 0): -40, ("right", 0): 60, ("right", 2): 30, ("left", 3): -30, "first": 70, "last": -90,
    }  # fmt: skip


TOPIC = (
    "conversations 60, area a 40, area b 20, language en 60, topic food 30, topic_area food a ?, topic_area food b ?,"
    "topic_language food en ?",
    "conversations 60, area a 40, area b ?, language en ?, topic food ?, topic_area food a ?, topic_area food b ?,"
    "topic_language food en ?",
)


def test_a_quarter_of_a_topic_as_flows() -> None:
    made = network(food(*TOPIC), [shown(week) for week in TOPIC], true("topic food 90"))
    a, b, en = cell("topic_area food a"), cell("topic_area food b"), cell("topic_language food en")
    assert made.free == {
        (a, ("left", 0)): (1, 40),
        (b, ("left", 0)): (1, 20),
        (a, ("left", 1)): (1, 40),
        (b, ("left", 1)): (1, None),
        (("right", 0), en): (1, 60),
        (("right", 1), en): (1, None),
        (("left", 1), ("right", 1)): (1, 60),
        ("first", a): (0, None),
        ("first", b): (0, None),
        (en, "last"): (0, None),
    }
    assert made.known == {("last", "first"): 90}
    assert made.supply == {("left", 0): -30, "first": 30, ("right", 0): 30, "last": -30}


def test_flows_both_ways_between_two_nodes_are_refused() -> None:
    made = Network()
    made.unknown("a", "b", least=0)
    with pytest.raises(ValueError, match="both ways"):
        made.unknown("b", "a", least=0)
