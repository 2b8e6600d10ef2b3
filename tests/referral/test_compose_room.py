"""One message out of what there is to say: what goes first when room is short, and how many entries it holds."""

import pytest

from bot.referral.choose import Need
from bot.referral.compose import page
from bot.referral.items import Item
from bot.referral.segments import Encoding
from tests.referral.messages import AIM, ALL, CAP, EN, NEED, content, entry, made, text

ORDER = (
    *("<police_ask>", "<night_unknown>", "<opening>", "<danger>", "<place_or_211>"),
    *("<also food>", "<more_hint>", "<lead>", "<note>", "<forget_hint>"),
)


@pytest.mark.parametrize("kept", range(len(ORDER) + 1))
def test_what_goes_first_when_room_is_short(kept: int) -> None:
    size = AIM - sum(len(part) + 1 for part in ORDER[:kept])
    items = (entry(size=size, hours_unknown_at_night=True), entry("b", 150))
    found = made(*items, need=Need("shelter"), first=True, also="food", **ALL)
    assert len(found.text) == AIM
    assert {part for part in ORDER if part in found.text} == set(ORDER[:kept])
    if kept:
        wider = (entry(size=size + 1, hours_unknown_at_night=True), items[1])
        assert ORDER[kept - 1] not in made(*wider, need=Need("shelter"), first=True, also="food", **ALL).text


def test_a_smaller_part_takes_the_room_that_a_larger_one_has_not() -> None:
    found = made(entry(size=AIM - len(" <note>")), note={EN: "<note>"})
    assert found.text == f"{'a' * (AIM - 7)} <note>"


@pytest.mark.parametrize(("lead", "there"), [("Call 800-555-0100.", True), ("Some words.", False)])
def test_a_lead_that_holds_a_number_is_never_left_out(lead: str, there: bool) -> None:
    found = made(entry(size=AIM - 4), lead={EN: lead})
    assert (lead in found.text) is there
    assert "a" * (AIM - 4) in found.text


@pytest.mark.parametrize(
    ("sizes", "start", "taken", "following"),
    [
        pytest.param([70, 80], 0, 2, None, id="as many as fit: 151 and what is to be said of danger"),
        pytest.param([70, 81], 0, 1, 1, id="one more is too much"),
        pytest.param([40, 40, 40, 40], 0, 3, 3, id="three of four"),
        pytest.param([40, 40, 40, 40], 1, 3, None, id="from the second on all are left"),
        pytest.param([40, 40, 40, 28], 3, 1, None, id="the last"),
        pytest.param([200, 10], 0, 1, 1, id="one that takes two segments stands by itself"),
    ],
)
def test_how_many_entries_stand_in_a_message(sizes: list[int], start: int, taken: int, following: int | None) -> None:
    items = tuple(entry("abcd"[n], size) for n, size in enumerate(sizes))
    found = made(*items, start=start)
    assert (found.items, found.next) == (items[start : start + taken], following)
    assert ("<more_hint>" in found.text) is (following is not None and len(found.text) <= AIM or sizes[0] == 200)


def test_entries_stand_in_the_order_they_were_chosen_in() -> None:
    assert page(content(), NEED, (entry("b"), entry("a")), 0, first=False).text == "bbb aaa <danger>"


def test_what_leads_nowhere_brings_nothing_along() -> None:
    items = (text(100), text(70))
    assert (made(*items).items, made(*items).next) == (items[:1], 1)


@pytest.mark.parametrize(("size", "there"), [(61, True), (62, False), (125, True), (126, False)])
def test_a_language_beyond_gsm_7_has_less_room(size: int, *, there: bool) -> None:
    dear = content()
    dear.alphabets["en"] = Encoding.UCS_2  # type: ignore[index]
    assert ("<danger>" in page(dear, NEED, (entry(size=size),), 0, first=False).text) is there


def test_what_stands_alone_ends_a_message() -> None:
    found = made(entry(), Item("<do>", alone=True), entry("b"))
    assert (found.text, found.next) == ("aaa <more_hint> <danger>", 1)


@pytest.mark.parametrize(
    ("paragraph", "number", "together"),
    [
        pytest.param(100, 80, True, id="two segments for both"),
        pytest.param(100, 84, True, id="as much as leaves room for a notice"),
        pytest.param(100, 85, False, id="one more"),
    ],
)
def test_what_is_said_first_brings_a_number_along(paragraph: int, number: int, together: bool) -> None:
    items = (text(paragraph), entry(size=number))
    found = made(*items)
    assert found.items == (items if together else items[:1])
    assert found.next == (None if together else 1)


def test_what_must_be_said_beside_it_may_take_the_number_away() -> None:
    items, lead = (text(100), entry(size=80)), "Call 800-555-0100. ".ljust(CAP - 100 - 80 - 2, "x")
    fits = made(*items, lead={EN: lead})
    assert (len(fits.text), fits.items, fits.next) == (CAP, items, None)
    tight = made(*items, lead={EN: f"{lead}x"})
    assert (tight.items, tight.next) == (items[:1], 1)
    assert tight.text == f"{lead}x {'t' * 100} <more_hint> <danger>"
