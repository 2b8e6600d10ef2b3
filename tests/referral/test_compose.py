"""One message out of what there is to say: what stands in it, and in which order."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.referral.choose import Need
from bot.referral.compose import Page
from bot.referral.items import Item
from tests.referral.messages import A211, ALL, EN, MINOR, NEED, entry, made


def test_everything_stands_in_its_place() -> None:
    found = made(A211, entry("b", 200), need=MINOR, first=True, also="food", **ALL)
    assert found.text == (
        "<opening> <minor_notice> <lead> <211> <police_ask> <note> <also food> <talk_hint> <place_question>"
        " <more_hint> <forget_hint> <danger>"
    )
    assert (found.next, found.items) == (1, (A211,))


@pytest.mark.parametrize(
    ("items", "need", "topic", "expected"),
    [
        pytest.param([entry()], NEED, {}, "aaa <danger>", id="an entry"),
        pytest.param([entry()], NEED, {"lead": {EN: "<lead>"}}, "<lead> aaa <danger>", id="a lead"),
        pytest.param([entry()], NEED, {"note": {EN: "<note>"}}, "aaa <note> <danger>", id="a note"),
        pytest.param([entry()], NEED, {"police": True}, "aaa <police_ask> <danger>", id="police"),
        pytest.param([entry()], NEED, {"notice": {EN: "<notice>"}}, "<notice> aaa <danger>", id="a notice"),
        pytest.param([entry()], MINOR, {"notice": {EN: "<notice>"}}, "<minor_notice> aaa <danger>", id="a minor"),
        pytest.param(
            [entry()], MINOR, {"notice": {EN: "<notice>"}, "minors": False}, "<notice> aaa <danger>", id="of no matter"
        ),
        pytest.param([entry()], MINOR, {"minors": False}, "aaa <danger>", id="a minor, of no matter, no notice"),
        pytest.param([entry()], MINOR, {"local": True}, "<minor_notice> aaa <place_or_211> <danger>", id="no place"),
        pytest.param([A211], Need("shelter"), {"local": True}, "<211> <talk_hint> <place_question> <danger>", id="211"),
        pytest.param([A211], Need("shelter"), {}, "<211> <talk_hint> <danger>", id="a need without a place"),
        pytest.param(
            [A211], Need("shelter", area="elsewhere"), {"local": True}, "<211> <talk_hint> <danger>", id="far"
        ),
        pytest.param([A211], NEED, {"local": True}, "<211> <danger>", id="a place that is known"),
        pytest.param([A211, entry()], Need("shelter"), {}, "<211> aaa <danger>", id="211 and another"),
        pytest.param([entry(hours_unknown_at_night=True)], NEED, {}, "aaa <night_unknown> <danger>", id="at night"),
        pytest.param([entry(outdated="<law>")], NEED, {}, "aaa <law> <danger>", id="a law past due"),
        pytest.param(
            [entry(outdated="<law>"), entry("b", outdated="<law>")], NEED, {}, "aaa bbb <law> <danger>", id="said once"
        ),
        pytest.param([Item("<do>", alone=True)], MINOR, ALL, "<do>", id="what stands alone"),
        pytest.param(
            [Item("<do>", alone=True), entry()], MINOR, ALL, "<do> <more_hint>", id="alone, and there is more"
        ),
    ],
)
def test_what_a_message_holds(items: list[Item], need: Need, topic: dict[str, Any], expected: str) -> None:
    assert made(*items, need=need, **topic).text == expected


@pytest.mark.parametrize(
    ("facet", "lead", "note"),
    [
        ("", "<lead>", "<note>"),
        ("kids", "<kids>", "<kids note>"),
        ("pets", "<lead>", "<note>"),
        ("x", "<lead>", "<note>"),
    ],
)
def test_a_facet_has_words_of_its_own(facet: str, lead: str, note: str) -> None:
    facets = {
        "kids": SimpleNamespace(lead={EN: "<kids>"}, note={EN: "<kids note>"}),
        "pets": SimpleNamespace(lead={}, note={}),
    }
    need = Need("shelter", facet=facet, area="westlake")
    found = made(entry(), need=need, lead={EN: "<lead>"}, note={EN: "<note>"}, facets=facets)
    assert found.text == f"{lead} aaa {note} <danger>"


def test_a_first_message_says_that_it_is_automatic_and_a_later_one_leaves_out_what_was_said() -> None:
    items = (entry(), entry("b", 140), entry("c", 20))
    assert made(*items, first=True, also="food").text == "<opening> aaa <also food> <more_hint> <forget_hint> <danger>"
    later = made(*items, need=MINOR, start=1, **ALL)
    assert later == Page(f"{'b' * 140} <danger>", 2, items[1:2])
    assert made(*items, need=Need("shelter"), start=2, local=True) == Page(f"{'c' * 20} <danger>", None, items[2:])
    assert made(A211, A211, need=Need("shelter"), start=1, local=True).text == "<211> <danger>"
