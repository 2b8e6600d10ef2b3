"""Banners: sentences that staff have said before the entries, for a while."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.referral.answer import answer
from bot.referral.bulletin import Banner, Bulletins
from bot.referral.choose import Need
from bot.referral.compose import page
from bot.referral.conversation import Conversation
from bot.referral.items import items_for
from bot.referral.lint import BANNER_MOST, banner_faults
from bot.referral.overlay import with_bulletins
from bot.referral.segments import count
from tests.referral.small import NOON, content

SMALL = content()
HOPE = "800-555-0100"
SOON = NOON + timedelta(hours=2)
FULL = Banner("full", {"en": "Beds are full tonight.", "es": "No hay camas hoy."}, SOON)


def said(release_banners: tuple[Banner, ...], need: Need, now: datetime = NOON) -> list[str]:
    """List what there is to say on a need while these banners hold."""
    laid = with_bulletins(SMALL, Bulletins(1, banners=release_banners))
    return [item.text for item in items_for(laid, need, now)]


def test_a_banner_is_said_before_the_entries_until_its_moment() -> None:
    need = Need("shelter", area="westlake")
    assert said((FULL,), need)[:2] == ["Beds are full tonight.", "211-la line: 211, 24/7."]
    assert said((FULL,), replace(need, language="es"))[0] == "No hay camas hoy."
    assert said((FULL,), need, SOON - timedelta(seconds=1))[0] == "Beds are full tonight."
    assert said((FULL,), need, SOON) == said((), need, SOON)


@pytest.mark.parametrize(
    ("areas", "topics", "shown"),
    [
        pytest.param((), (), {"westlake", "westmont", "", "elsewhere"}, id="everywhere"),
        pytest.param(("westlake",), (), {"westlake"}, id="one area"),
        pytest.param(("unknown", "elsewhere"), (), {"", "elsewhere"}, id="no area of ours"),
        pytest.param((), ("shelter",), {"westlake", "westmont", "", "elsewhere"}, id="this topic"),
        pytest.param((), ("food",), set(), id="another topic"),
        pytest.param(("westmont",), ("shelter", "food"), {"westmont"}, id="both"),
    ],
)
def test_a_banner_is_said_where_it_applies(areas: tuple[str, ...], topics: tuple[str, ...], shown: set[str]) -> None:
    banner = replace(FULL, areas=areas, topics=topics)
    places = ("westlake", "westmont", "", "elsewhere")
    assert {area for area in places if FULL.text["en"] in said((banner,), Need("shelter", area=area))} == shown


def test_in_a_crisis_nothing_is_said_before_what_to_do() -> None:
    items = said((FULL,), Need("danger"))
    assert items[:2] == ["Call 911 or 800-555-0100.", "Beds are full tonight."]
    laid = with_bulletins(SMALL, Bulletins(1, banners=(FULL,)))
    first = answer("he has a gun", Conversation(), laid, NOON)
    assert first.reply == answer("he has a gun", Conversation(), SMALL, NOON).reply
    assert (answer("more", first.conversation, laid, NOON).reply or "").startswith("Beds are full tonight.")


def test_the_most_particular_banner_is_said_first_and_too_many_wait_behind_a_number() -> None:
    texts = ["Everywhere " + "a " * 40, "Here " + "b " * 40, "This " + "c " * 40]
    banners = tuple(
        Banner(slug, {"en": text.strip(), "es": text.strip()}, SOON, areas, topics)
        for slug, text, areas, topics in (
            ("a", texts[0], (), ()),
            ("b", texts[1], ("westlake",), ()),
            ("c", texts[2], (), ("shelter",)),
        )
    )
    items = said(banners, Need("shelter", area="westlake"))
    assert [text.split()[0] for text in items[:4]] == ["This", "211-la", "Here", "Everywhere"]


@pytest.mark.parametrize("minor", [False, True])
@pytest.mark.parametrize(
    ("topic", "area"), [("shelter", "westlake"), ("food", "westmont"), ("counseling", ""), ("law", "")]
)
def test_the_longest_banner_leaves_room_for_a_number(topic: str, area: str, minor: bool) -> None:
    before = {"place": "before", "text": {"en": "w " * 59 + "w.", "es": "w " * 59 + "w."}}
    laid = content(**{f"topics__{topic}": {"block": [before]}})
    longest = "n " * (BANNER_MOST // 2 - 1) + "n."
    banner = Banner("x", {"en": longest, "es": longest}, SOON)
    need = Need(topic, area=area, minor=minor)
    laid = with_bulletins(laid, Bulletins(1, banners=(banner,)))
    first = page(laid, need, items_for(laid, need, NOON), 0, first=True).text
    assert longest in first
    assert "211" in first or HOPE in first
    assert count(first).parts <= 3


def test_a_banner_may_name_a_number_and_goes_when_it_may_not_be_given() -> None:
    banner = Banner("call", {"en": "Call {hope} tonight.", "es": "Llame al {hope}."}, NOON + timedelta(days=999))
    need = Need("shelter", area="westlake")
    assert said((banner,), need)[0] == f"Call {HOPE} tonight."
    assert said((banner,), need, NOON + timedelta(days=400)) == said((), need, NOON + timedelta(days=400))


BAD = [
    pytest.param({"text": {"en": "Full."}}, "es: is missing", id="one language"),
    pytest.param({"text": {"en": "Full.", "es": "x", "fr": "y"}}, "no language 'fr'", id="a language too many"),
    pytest.param({"text": {"en": "It’s full.", "es": "x"}}, "U+2019", id="alphabet"),
    pytest.param({"text": {"en": "a" * (BANNER_MOST + 1), "es": "x"}}, "more than 120", id="too long"),
    pytest.param({"text": {"en": "For abused people.", "es": "x"}}, "shows 'abused'", id="sensitive"),
    pytest.param({"text": {"en": "It is secret.", "es": "x"}}, "nobody can promise", id="promise"),
    pytest.param({"text": {"en": "Call {gone}.", "es": "x"}}, "no published number for {gone}", id="no such entry"),
    pytest.param({"text": {"en": "Call 213-555-0199.", "es": "x"}}, "no published number; write", id="digits"),
    pytest.param({"text": {"en": "In {area}.", "es": "x"}}, "still holds '{'", id="a placeholder of entries"),
    pytest.param({"areas": ("mars",)}, "no area 'mars'", id="area"),
    pytest.param({"topics": ("golf",)}, "no topic 'golf'", id="topic"),
    pytest.param({"until": datetime(2026, 12, 1)}, "without a time zone", id="moment"),
]


@pytest.mark.parametrize(("change", "fault"), BAD)
def test_a_faulty_banner_is_told_and_never_said(change: dict[str, object], fault: str) -> None:
    banner = replace(FULL, **change)  # type: ignore[arg-type]
    assert banner_faults(SMALL, FULL) == []
    assert any(fault in told for told in banner_faults(SMALL, banner)), banner_faults(SMALL, banner)
    assert with_bulletins(SMALL, Bulletins(1, banners=(banner,))).bulletins.banners == ()


def test_a_banner_for_frank_topics_alone_may_be_frank() -> None:
    abuse = {"en": "For abuse: none.", "es": "x"}
    assert banner_faults(SMALL, replace(FULL, text=abuse, topics=("law", "danger"))) == []
    assert banner_faults(SMALL, replace(FULL, text=abuse, topics=("law", "food"))) != []
