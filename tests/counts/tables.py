"""Tables made by hand: some give a hidden cell away, and one more conversation or one less belief keeps it."""

from collections.abc import Mapping
from dataclasses import replace

from tests.counts.knowledge import ALL, Cell, Knowledge, Published
from tests.counts.truth import OUTCOMES

#: What a hand-made week says of a topic: its total, its areas A and B, its languages en and es.
Asked = tuple[int | None, int | None, int | None, int | None, int | None]
Figures = Mapping[str, int | None]

NOBODY: Asked = (0, 0, 0, 0, 0)
PLAIN = Knowledge(crises=frozenset({"danger", "suicide"}))
FOOD_IN_A: Cell = ("topic_area", "food", "A")
LINKED = replace(PLAIN, links={"pantry": (FOOD_IN_A,), "clinic": (("topic", "food", ""),)})
TASTED = replace(LINKED, always={"pantry": (FOOD_IN_A,)})
WHO: Figures = {"": 40, "A": 20, "B": 20, "en": 20, "es": 20}


def week(who: Figures, ends: Figures | None = None, given: Figures | None = None, **topics: Asked) -> Published:
    """Make a week by hand: conversations (under ""), areas and languages, then endings, entries and topics."""
    cells: dict[Cell, int | None] = {ALL: who[""]}
    cells |= {("area", area, ""): who[area] for area in "AB"}
    cells |= {("language", language, ""): who[language] for language in ("en", "es")}
    cells |= {("outcome", outcome, ""): (ends or {}).get(outcome, 0) for outcome in OUTCOMES}
    cells |= {("entry", entry, ""): (given or {}).get(entry, 0) for entry in ("pantry", "clinic")}
    for name in ("food", "health", "danger", "suicide"):
        total, in_a, in_b, english, spanish = topics.get(name, NOBODY)
        cells[("topic", name, "")] = total
        cells |= {("topic_area", name, "A"): in_a, ("topic_area", name, "B"): in_b}
        cells |= {("topic_language", name, "en"): english, ("topic_language", name, "es"): spanish}
    return cells


ONE: Figures = {"": 1, "A": 1, "B": 0, "en": 0, "es": 1}
PAIR: Figures = {**WHO, "A": None, "B": None}
BOTH = week({**PAIR}, {"local entry": 39}, food=(20, 20, 0, 20, 0), health=(19, 19, 0, 0, 19))
LOCAL_ONCE = week(
    {"": 40, "A": 25, "B": 15, "en": 25, "es": 15},
    {"local entry": None, "national": 13},
    {"pantry": 12, "clinic": 13},
    food=(25, 25, 0, 25, 0),
)
SERVED = week(WHO, {"national": 20, "no entry": 20}, {"pantry": 14}, food=(None, None, None, None, None))
SERVED_TOO = week(WHO, {"national": 20, "no entry": 20}, {"clinic": 24}, food=(None, None, None, None, None))

BROKEN: dict[str, tuple[Published, Knowledge, dict[str, int]]] = {
    "one hidden in a row with its total": (week({**WHO, "A": None}), PLAIN, {"area A": 20}),
    "a hidden pair that adds up to 2": (
        week({"": 2, "A": None, "B": None, "en": 0, "es": 2}),
        PLAIN,
        {"area A": 1, "area B": 1},
    ),
    "a total from its parts": (week({**WHO, "": None}), PLAIN, {"conversations": 40}),
    "an area from what was asked there": (
        week({**PAIR, "": 31, "es": 11}, {"national": 30}, food=(30, 30, 0, 20, 10)),
        PLAIN,
        {"area A": 30, "area B": 1},
    ),
    "a topic through its areas, a language through the topic": (
        week(WHO, {"national": 31}, food=(None, 11, 20, None, 20)),
        PLAIN,
        {"topic food": 31, "topic_language food en": 11},
    ),
    "everybody asked for it": (
        week(WHO, {"national": 40}, food=(40, None, None, 20, 20)),
        PLAIN,
        {"topic_area food A": 20, "topic_area food B": 20},
    ),
    "the only crisis there was": (
        week(WHO, {"crisis": None}, danger=(15, 15, 0, 0, 15)),
        PLAIN,
        {"outcome crisis": 15},
    ),
    "a topic from the crises there were": (
        week(WHO, {"crisis": 15}, danger=(None, None, 0, 0, None)),
        PLAIN,
        {"topic danger": 15, "topic_area danger A": 15, "topic_language danger es": 15},
    ),
    "the only way a topic can have ended": (
        week(WHO, {"local entry": None}, food=(12, 12, 0, 12, 0)),
        PLAIN,
        {"outcome local entry": 12},
    ),
    "a topic through an entry that all of an area got": (
        week(WHO, {"national": 31}, {"pantry": 20}, food=(31, None, None, 20, 11)),
        LINKED,
        {"topic_area food A": 20, "topic_area food B": 11},
    ),
    "an entry that more than everybody could have got": (
        week(ONE, {"national": 1}, {"clinic": None}, food=(1, 1, 0, 0, 1), health=(1, 1, 0, 0, 1)),
        replace(PLAIN, links={"clinic": (("topic", "food", ""), ("topic", "health", ""))}),
        {"entry clinic": 1},
    ),
    "area and language at once": (BOTH, replace(PLAIN, joint=True), {"area A": 39, "area B": 1}),
    "local endings through the only local entry": (
        LOCAL_ONCE,
        replace(LINKED, endings=True),
        {"outcome local entry": 12},
    ),
    "a need that always gets the same entry": (
        SERVED,
        replace(LINKED, always={"pantry": (FOOD_IN_A,)}),
        {"topic_area food A": 14},
    ),
    "a need that gets the same entry everywhere": (
        SERVED_TOO,
        replace(LINKED, always={"clinic": (FOOD_IN_A, ("topic_area", "food", "B"))}),
        {"topic food": 24},
    ),
    "a belief that hidden is small": (week(PAIR), replace(PLAIN, upper=20), {"area A": 20, "area B": 20}),
}
SAFE: dict[str, tuple[Published, Knowledge]] = {
    "nothing hidden": (week(WHO), PLAIN),
    "a hidden pair that adds up to more": (week(PAIR), PLAIN),
    "one more than what was asked there": (
        week({**PAIR, "": 32, "es": 12}, {"national": 30}, food=(30, 30, 0, 20, 10)),
        PLAIN,
    ),
    "everybody but one asked for it": (week(WHO, {"national": 39}, food=(39, None, None, None, None)), PLAIN),
    "two crises": (week(WHO, {"crisis": None}, danger=(15, 15, 0, 0, 15), suicide=(11, 11, 0, 11, 0)), PLAIN),
    "two ways a topic can have ended": (
        week(WHO, {"local entry": None, "no entry": None}, food=(12, 12, 0, 12, 0)),
        PLAIN,
    ),
    "an entry all of an area but one got": (
        week(WHO, {"national": 31}, {"pantry": 19}, food=(31, None, None, 20, 11)),
        LINKED,
    ),
    "area and language, each by itself": (BOTH, PLAIN),
    "local endings without their entries": (LOCAL_ONCE, LINKED),
    "a need that may get the entry": (SERVED, LINKED),
    "a need that may get the entry everywhere": (SERVED_TOO, LINKED),
    "all hidden": (dict.fromkeys(week(WHO)), LINKED),
}
