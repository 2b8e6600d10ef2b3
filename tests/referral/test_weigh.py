"""Which need the wordings of a text speak for, from wordings as the lexicon finds them."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.referral.content import Content
from bot.referral.hit import Hit, Reading
from bot.referral.meaning import Evidence
from bot.referral.meant import Meant, Role
from bot.referral.pattern import Pattern
from bot.referral.place import Place
from bot.referral.weigh import are_equals, evidence, facet_of, rank

TOPICS = {name: SimpleNamespace(crisis=name == "danger") for name in ("shelter", "food", "danger")}


def served(*serves: tuple[str, int]) -> SimpleNamespace:
    """Return an entry that serves these topics with these ranks."""
    return SimpleNamespace(serves=[SimpleNamespace(topic=topic, rank=rank) for topic, rank in serves])


ENTRIES = {"pads": served(("gone", 1), ("danger", 2), ("food", 9), ("shelter", 5)), "odd": served(("gone", 1))}
LEXICON = SimpleNamespace(fillers=frozenset({"pls"}), need_fillers=frozenset({"want"}))
CONTENT = cast(Content, SimpleNamespace(topics=TOPICS, entries=ENTRIES, lexicon=LEXICON))


def hit(role: Role, label: str, start: int, end: int, facet: str = "") -> Hit:
    """Return a wording found at some words of a text; its source says where it stands."""
    return Hit(Pattern(Meant(role, label, "en", facet), f"{label} {start}", ()), start, end, role, label)


def reading(text: str, *how: str) -> Reading:
    """Return a text as it was read."""
    words = tuple(text.split())
    return Reading(tuple(frozenset({word}) for word in words), words, how or ("",) * len(words))


def told(hits: list[Hit], text: str = "a b c d e f", where: Place | None = None) -> list[tuple[str, float, str]]:
    """Return what a text says about needs: topic, weight and which wording said so."""
    return [(one.label, one.weight, one.source) for one in evidence(CONTENT, reading(text), hits, where)]


WORD, HINT = hit(Role.WORD, "shelter", 2, 4), hit(Role.HINT, "shelter", 2, 4)
SHELTER, HALF = ("shelter", 1.0, "shelter 2"), ("shelter", 0.5, "shelter 2")
ALONE = hit(Role.ALONE, "shelter", 0, 1)
KOREATOWN = Place("westlake", (hit(Role.PLACE, "westlake", 1, 2),), frozenset(), "")
ZIP = Place("westlake", (), frozenset({"90057"}), "")


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        pytest.param([WORD], [SHELTER], id="a word"),
        pytest.param([HINT], [HALF], id="a hint"),
        pytest.param([hit(Role.WORD, "danger", 2, 4)], [], id="a crisis was weighed before"),
        pytest.param([hit(Role.WHOLE, "food", 2, 4)], [], id="a command"),
        pytest.param([WORD, hit(Role.WORD, "food", 1, 4)], [("food", 1.0, "food 1")], id="inside a longer word"),
        pytest.param([WORD, hit(Role.WORD, "food", 2, 4)], [SHELTER, ("food", 1.0, "food 2")], id="as long as another"),
        pytest.param(
            [WORD, hit(Role.WORD, "food", 3, 6)], [SHELTER, ("food", 1.0, "food 3")], id="overlapping another"
        ),
        pytest.param(
            [WORD, hit(Role.HINT, "food", 1, 4)], [SHELTER, ("food", 0.5, "food 1")], id="inside a longer hint"
        ),
        pytest.param([HINT, hit(Role.HINT, "food", 1, 4)], [("food", 0.5, "food 1")], id="a hint inside a hint"),
        pytest.param([HINT, hit(Role.WORD, "food", 1, 4)], [("food", 1.0, "food 1")], id="a hint inside a word"),
        pytest.param([WORD, hit(Role.UNLESS, "shelter", 3, 5)], [], id="unless"),
        pytest.param([WORD, hit(Role.UNLESS, "shelter", 4, 5)], [SHELTER], id="unless, further on"),
        pytest.param([WORD, hit(Role.UNLESS, "food", 3, 5)], [SHELTER], id="unless of another need"),
        pytest.param(
            [hit(Role.WORD, "shelter", 2, 4, "family"), hit(Role.WORD, "shelter", 1, 4)],
            [("shelter", 1.0, "shelter 1"), ("shelter", 0.0, "shelter 2")],
            id="what a longer wording covers still tells its facet",
        ),
        pytest.param(
            [hit(Role.WORD, "shelter", 2, 4, "family")], [SHELTER], id="what stands tells its facet by itself"
        ),
        pytest.param(
            [
                hit(Role.WORD, "shelter", 2, 4, "family"),
                hit(Role.WORD, "shelter", 1, 4),
                hit(Role.UNLESS, "shelter", 3, 5),
            ],
            [],
            id="what is void tells none",
        ),
    ],
)
def test_what_a_text_says_about_needs(hits: list[Hit], expected: list[tuple[str, float, str]]) -> None:
    assert told(hits) == expected


@pytest.mark.parametrize(
    ("text", "where", "there"),
    [
        pytest.param("bed", None, True, id="all there is"),
        pytest.param("bed want", None, True, id="with a filler of needs"),
        pytest.param("bed pls", None, False, id="a filler of places"),
        pytest.param("bed koreatown", KOREATOWN, True, id="with a place"),
        pytest.param("bed koreatown pls", KOREATOWN, True, id="with a place and a filler"),
        pytest.param("bed koreatown want", KOREATOWN, False, id="with a place and a filler of needs"),
        pytest.param("bed 90057 pls", ZIP, True, id="with a ZIP code and a filler"),
        pytest.param("bed 90058", ZIP, False, id="another number"),
        pytest.param("bed tired", None, False, id="more"),
    ],
)
def test_when_a_wording_counts_that_has_to_be_alone(text: str, where: Place | None, *, there: bool) -> None:
    assert (told([ALONE], text, where) != []) is there


def test_a_wording_inside_the_name_of_a_place_says_nothing() -> None:
    park = Place("westlake", (hit(Role.PLACE, "westlake", 1, 4),), frozenset(), "")
    assert told([WORD], where=park) == []


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        pytest.param("pads", "shelter", id="what it serves best and is no crisis"),
        pytest.param("odd", "odd", id="nothing that the release has"),
        pytest.param("food", "food", id="a name that stands for a topic"),
    ],
)
@pytest.mark.parametrize(("how", "says"), [("", "name"), ("typo: pads", "typo: pads")], ids=["plain", "with a slip"])
def test_the_name_of_a_service_stands_for_what_it_is_for(label: str, topic: str, how: str, says: str) -> None:
    named = hit(Role.NAMED, label, 1, 2, "family")
    found = evidence(CONTENT, reading("the x", "", how), [named], None)
    assert found == [Evidence(topic, 1.0, f"{label} 1", says, "", "en", 1, 2)]


def said(label: str, weight: float, start: int, end: int, facet: str = "") -> Evidence:
    """Return evidence for a topic."""
    return Evidence(label, weight, "", facet=facet, start=start, end=end)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([said("a", 0.5, 0, 1), said("b", 1, 4, 5)], [("b", 1), ("a", 0.5)], id="the heaviest"),
        pytest.param([said("b", 1, 4, 5), said("a", 1, 6, 7)], [("b", 1), ("a", 1)], id="of equals the first"),
        pytest.param(
            [said("b", 1, 1, 2), said("a", 1, 4, 5), said("b", 0, 8, 9)], [("b", 1), ("a", 1)], id="wherever it goes on"
        ),
        pytest.param([said("b", 1, 4, 5), said("a", 1, 4, 5)], [("a", 1), ("b", 1)], id="of the same place by name"),
        pytest.param([said("b", 0.5, 0, 1), said("b", 0.5, 4, 5), said("a", 1, 2, 3)], [("b", 1), ("a", 1)], id="sums"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_needs_are_ranked(found: list[Evidence], expected: list[tuple[str, float]]) -> None:
    assert rank(found) == expected


@pytest.mark.parametrize(
    ("found", "facet"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param([said("a", 1, 0, 1)], "", id="none named"),
        pytest.param([said("b", 1, 0, 9, "x"), said("a", 1, 0, 1)], "", id="of another topic"),
        pytest.param([said("b", 1, 0, 9, "x"), said("a", 1, 0, 1, "y")], "y", id="its own"),
        pytest.param([said("a", 1, 4, 5, "x"), said("a", 0, 0, 2, "y")], "y", id="the longest wording"),
        pytest.param([said("a", 1, 0, 2, "y"), said("a", 1, 7, 8, "x")], "y", id="the longest, not the last"),
        pytest.param([said("a", 0.5, 0, 1, "x"), said("a", 1, 4, 5, "y")], "y", id="as long: the heaviest"),
        pytest.param([said("a", 1, 4, 5, "x"), said("a", 1, 0, 1, "y")], "y", id="as heavy: the first"),
    ],
)
def test_which_facet_is_named(found: list[Evidence], facet: str) -> None:
    assert facet_of(found, "a") == facet


@pytest.mark.parametrize(
    ("ranked", "strong", "equal"),
    [
        pytest.param([("a", 0.5)], "", False, id="one"),
        pytest.param([], "", False, id="none"),
        pytest.param([("a", 1.0), ("b", 1.0)], "", True, id="two of hints"),
        pytest.param([("a", 1.0), ("b", 0.6)], "", True, id="close"),
        pytest.param([("a", 1.0), ("b", 0.5)], "", False, id="not close enough"),
        pytest.param([("a", 2.0), ("b", 1.0), ("c", 1.0)], "", False, id="the first is far ahead"),
        pytest.param([("a", 1.0), ("b", 1.0)], "a", True, id="one has a word of its own"),
        pytest.param([("a", 1.0), ("b", 1.0)], "b", True, id="the second has one"),
        pytest.param([("a", 1.0), ("b", 1.0)], "ab", False, id="both have one"),
        pytest.param([("a", 1.0), ("b", 1.0)], "ac", True, id="a third has one"),
    ],
)
def test_when_the_texter_has_to_choose(ranked: list[tuple[str, float]], strong: str, *, equal: bool) -> None:
    found = [said(label, 1.0 if label in strong else 0.5, 0, 1) for label in "abc"]
    assert are_equals(ranked, found) is equal
