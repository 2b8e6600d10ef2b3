"""Which need a text speaks of by its wordings, when examples are heard at all, and which facet of it is meant."""

from dataclasses import replace
from typing import Any

import pytest

from bot.referral.hit import Hit
from bot.referral.meaning import Evidence, Kind
from bot.referral.meant import Meant, Role
from bot.referral.need import need, plain_need
from bot.referral.pattern import Pattern
from bot.referral.place import Place
from tests.referral.cases import case, like, named, said, told

TOPIC, CHOICES, UNCLEAR = Kind.TOPIC, Kind.CHOICES, Kind.UNCLEAR


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([], (UNCLEAR, "", ()), id="nothing"),
        pytest.param([said("food")], (TOPIC, "food", ()), id="a word"),
        pytest.param([said("food", 0.5)], (UNCLEAR, "", ()), id="a hint"),
        pytest.param([said("nothing")], (UNCLEAR, "", ()), id="what is no topic here"),
        pytest.param([said("danger")], (Kind.CRISIS, "danger", ()), id="a crisis by a service's name"),
        pytest.param([said("help")], (TOPIC, "help", ()), id="help"),
        pytest.param([said("help"), said("food", start=4, end=5)], (TOPIC, "food", ()), id="help with something"),
        pytest.param(
            [said(name, start=n, end=n + 1) for n, name in enumerate(["food", "shelter", "money", "legal", "new"])],
            (TOPIC, "food", ("shelter", "money", "legal")),
            id="the first of five, and three more",
        ),
        pytest.param(
            [said(name, 0.5, n, n + 1) for n, name in enumerate(["food", "shelter", "food", "shelter"])],
            (CHOICES, "", ("food", "shelter")),
            id="as many hints at two",
        ),
        pytest.param(
            [said(name, 0.5, n, n + 1) for n, name in enumerate(["food", "shelter", "money", "legal"] * 2)],
            (CHOICES, "", ("food", "shelter", "money")),
            id="at four: three are offered",
        ),
    ],
)
def test_by_wordings_alone(found: list[Evidence], expected: Any) -> None:
    meant = need(case(*found))
    assert told(meant) == expected
    assert meant.evidence == tuple(found)
    assert meant.why == (tuple(map(str, found)) or ("nothing known",))


def test_the_facet_of_the_need_is_told_by_its_own_wording() -> None:
    found = said("shelter", facet="family"), said("food", start=4, end=7, facet="pets")
    assert (need(case(*found)).label, need(case(*found)).facet) == ("shelter", "family")


def test_fragments_of_the_last_minute_count_with_wordings() -> None:
    half, before = said("food", 0.5), said("food", 0.5, 0, 0)
    assert told(need(case(half))) == (UNCLEAR, "", ())
    both = need(case(half, traces=(before,)))
    assert told(both) == (TOPIC, "food", ())
    assert (both.evidence, both.why) == ((half,), (str(half), str(before)))


@pytest.mark.parametrize(
    ("entry", "label", "expected"),
    [("pads", "shelter", "pads"), ("pads", "food", ""), ("gone", "shelter", "")],
    ids=["it serves the need", "another need is meant", "no service of ours"],
)
def test_a_service_that_is_named_leads_where_it_serves_the_need(entry: str, label: str, expected: str) -> None:
    assert need(case(said(label), hits=(named(entry),))).named == expected


def test_a_named_service_and_a_new_topic_go_by_wordings_and_not_by_fragments() -> None:
    before = (Evidence("money", 1.0, "a moment ago"),)
    sense = like(food=0.9)
    by_name = case(said("shelter"), traces=before, sense=sense, hits=(named("pads"),))
    assert told(need(by_name)) == (TOPIC, "shelter", ())
    for trained, label in ((True, "new"), (False, "food")):
        assert need(case(said("new"), traces=before, sense=sense, trained=trained)).label == label
    hinted = need(case(said("new", 0.5), traces=before, sense=sense, trained=True))
    assert hinted.label == "food"


@pytest.mark.parametrize(
    ("trained", "features", "found", "facet"),
    [
        pytest.param(True, "some", [], "family", id="as the examples tell"),
        pytest.param(True, None, [], "", id="there is nothing to compare"),
        pytest.param(False, "some", [said("shelter", facet="women")], "women", id="as a wording tells"),
        pytest.param(True, None, [said("shelter", facet="women")], "women", id="as a wording tells, where they do not"),
        pytest.param(False, "some", [said("food", facet="women")], "", id="a wording of another need"),
    ],
)
def test_which_facet_is_meant(*, trained: bool, features: Any, found: list[Evidence], facet: str) -> None:
    sense = replace(like(shelter=0.9), features=features)
    assert need(case(*found, sense=sense, trained=trained)).facet == facet


def test_an_example_tells_the_facet_where_no_wording_does() -> None:
    assert need(case(sense=like("family", shelter=0.9))).facet == "family"


KOREATOWN = Hit(Pattern(Meant(Role.PLACE, "westlake", ""), "koreatown", ()), 1, 2, Role.PLACE, "westlake")
PLACE = Place("westlake", (KOREATOWN,), frozenset(), "")


@pytest.mark.parametrize(
    ("text", "found", "where", "expected"),
    [
        pytest.param("food", [said("food")], None, "food", id="all there is"),
        pytest.param("food pls 90057", [said("food")], None, "food", id="with a filler and a number"),
        pytest.param("food koreatown", [said("food")], PLACE, "food", id="with a place"),
        pytest.param("food koreatown", [said("food")], None, None, id="with a word nobody knows"),
        pytest.param("food tired pls", [said("food")], None, None, id="with more"),
        pytest.param("food", [said("food", 0.5)], None, None, id="a hint"),
        pytest.param("pls", [], None, None, id="nothing found"),
        pytest.param("poison", [said("danger")], None, "danger", id="a crisis by a service's name"),
    ],
)
def test_a_plain_need(text: str, found: list[Evidence], where: Place | None, expected: str | None) -> None:
    meant = plain_need(case(*found, text=text, where=where, traces=(Evidence("money", 1.0, ""),)))
    assert (meant and meant.label) == expected
