"""What decides whether an entry is offered, and where: distance, ages, the clock and the checks of each number."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.referral.choose import Choice, Need, choose
from bot.referral.content import Content
from bot.referral.crowd import FEW
from bot.referral.hours import Opening
from tests.referral.small import NIGHT, NOON, content, document, entry

DUPAGE = Need("shelter", area="westmont")
#: 16:30 in Los Angeles, 18:30 in DuPage, on a Monday.
EVENING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
OFFICE = "Mo-Fr 09:00-17:00"
HERE = {"lat": 41.8, "long": -88.0}
NEAR, FAR = {"lat": 41.9, "long": -88.0}, {"lat": 42.4, "long": -88.0}  # 7 and 41 miles away
CALLED = [{"on": "2026-11-22", "how": "called"}]


def made(entry_id: str, **more: Any) -> dict[str, Any]:
    """Make an entry for shelter."""
    return entry(entry_id, more.pop("number", "+16305550105"), ("shelter", 20), **more)


def released(*entries: dict[str, Any], where: str = "westmont") -> Content:
    """Make a release in which these entries are in one area, and one ZIP code lies where they are."""
    middles = {"60559": [HERE["lat"], HERE["long"]]}
    return content(**{f"entries__{where}": {"entry": list(entries)}}, zips={"middles": middles})


def chosen(found: Content, need: Need = DUPAGE, now: datetime = NOON) -> dict[str, Choice]:
    """Return what is chosen but 211 and the line for everybody, best first."""
    return {c.entry.id: c for c in choose(found, need, now) if c.entry.id not in ("211", "hope")}


@pytest.mark.parametrize(
    ("more", "asked", "there"),
    [
        pytest.param({"place": FAR, "radius_miles": 30}, {"zip": "60559"}, False, id="too far"),
        pytest.param({"place": FAR, "radius_miles": 50}, {"zip": "60559"}, True, id="in reach"),
        pytest.param({"place": HERE, "radius_miles": 0}, {"zip": "60559"}, True, id="right there"),
        pytest.param({"place": FAR}, {"zip": "60559"}, True, id="no reach told"),
        pytest.param({"place": FAR, "radius_miles": 30}, {}, True, id="no ZIP code told"),
        pytest.param({"place": FAR, "radius_miles": 0}, {"zip": "60515"}, True, id="a ZIP code that lies nowhere"),
        pytest.param({"radius_miles": 0}, {"zip": "60559"}, True, id="no place told"),
        pytest.param({"place": FAR, "radius_miles": 30}, {"zip": "60559", "named": "it"}, True, id="asked for by name"),
        pytest.param({"ages": [18, 24]}, {"minor": True}, False, id="for adults"),
        pytest.param({"ages": [17, 24]}, {"minor": True}, True, id="from 17"),
        pytest.param({"ages": [12, 17]}, {"minor": True}, True, id="for minors"),
        pytest.param({}, {"minor": True}, True, id="for all"),
        pytest.param({"ages": [18, 24]}, {}, True, id="for adults, and nobody said they are none"),
    ],
)
def test_who_is_offered(more: dict[str, Any], asked: dict[str, Any], *, there: bool) -> None:
    assert ("it" in chosen(released(made("it", **more)), replace(DUPAGE, **asked))) is there


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        pytest.param(replace(DUPAGE, zip="60559"), ["c-here", "d-nowhere", "b-near", "a-far"], id="the nearest"),
        pytest.param(DUPAGE, ["a-far", "b-near", "c-here", "d-nowhere"], id="without a ZIP code: by name"),
        pytest.param(replace(DUPAGE, zip="60515"), ["a-far", "b-near", "c-here", "d-nowhere"], id="one nobody knows"),
    ],
)
def test_of_equals_the_nearest_come_first(need: Need, expected: list[str]) -> None:
    places = [made("a-far", place=FAR), made("b-near", place=NEAR), made("c-here", place=HERE), made("d-nowhere")]
    assert list(chosen(released(*places), need)) == expected


def test_what_is_chosen_follows_the_calendar_of_the_area() -> None:
    # One in the morning of the day on which it steps back in DuPage, an hour before that in Los Angeles.
    now, small = datetime(2027, 5, 21, 6, tzinfo=UTC), content()
    for area, there in (("westmont", False), ("westlake", True), ("", True)):
        assert ("hope" in [c.entry.id for c in choose(small, Need("shelter", area=area), now)]) is there


@pytest.mark.parametrize(
    ("where", "need", "opening"),
    [
        pytest.param("westlake", Need("shelter", area="westlake"), Opening.OPEN, id="in its area"),
        pytest.param("westlake", replace(DUPAGE, named="it"), Opening.OPEN, id="by name from elsewhere: its own clock"),
        pytest.param("westmont", DUPAGE, Opening.CLOSED, id="the other area"),
        pytest.param("westmont", Need("shelter", area="westlake", named="it"), Opening.CLOSED, id="by name from there"),
        pytest.param("national", Need("shelter", area="westlake"), Opening.OPEN, id="everywhere: the texter's clock"),
        pytest.param("national", DUPAGE, Opening.CLOSED, id="everywhere, and it is later there"),
    ],
)
def test_whose_clock_counts(where: str, need: Need, opening: Opening) -> None:
    kept = document()["entries/national.toml"]["entry"] if where == "national" else []
    found = released(made("it", phone={"hours": OFFICE}), *kept, where=where)
    assert chosen(found, need, EVENING)["it"].opening is opening


@pytest.mark.parametrize(
    ("now", "there"),
    [
        pytest.param(EVENING, False, id="half past six in the evening there, half past four here"),
        pytest.param(datetime(2026, 11, 23, 15, 30, tzinfo=UTC), True, id="half past nine there, half past seven here"),
    ],
)
def test_a_text_number_goes_by_its_own_clock_too(now: datetime, *, there: bool) -> None:
    number = {"hours": OFFICE, "ways": ["text"], "languages": ["en"]}
    found = released(made("it", phone=number))
    for need in (Need("shelter", area="westlake", named="it"), Need("shelter", named="it"), DUPAGE):
        choice = chosen(found, need, now).get("it")
        assert (choice is not None and choice.text is not None) is there


def test_on_a_holiday_nobody_spoke_of_a_line_goes_behind_open_ones_and_before_closed_ones() -> None:
    hours = {"a-silent": OFFICE, "b-open": "24/7", "c-shut": "Mo-Fr 09:00-10:00", "z-silent": OFFICE}
    found = released(*(made(name, phone={"hours": said}) for name, said in hours.items()))
    thanksgiving = datetime(2026, 11, 26, 20, tzinfo=UTC)
    assert list(chosen(found, now=thanksgiving)) == ["b-open", "a-silent", "z-silent", "c-shut"]


def test_a_government_page_is_as_good_as_their_own() -> None:
    found = released(made("b-own"), made("a-city", source="government"), made("0-heard", source="secondary"))
    assert list(chosen(found)) == ["a-city", "b-own", "0-heard"]


def test_the_clock_of_their_area_counts_for_very_many_as_well() -> None:
    shut = [made(f"many-{n:03}", phone={"hours": OFFICE}) for n in range(FEW + 80)]
    found = released(*shut, made("z-late", phone={"hours": "Mo-Fr 18:00-20:00"}))
    assert ("shelter", "westmont") in found.crowds
    assert next(iter(chosen(found, now=EVENING))) == "z-late"


@pytest.mark.parametrize(
    ("phone", "now", "there"),
    [
        pytest.param({"hours": OFFICE}, NOON, True, id="open"),
        pytest.param({"hours": OFFICE}, NIGHT, False, id="shut"),
        pytest.param({"hours": OFFICE}, EVENING, False, id="shut where the texter is"),
        pytest.param({"hours": OFFICE, "timezone": "America/Los_Angeles"}, EVENING, True, id="open on its own clock"),
        pytest.param({"hours": OFFICE}, datetime(2026, 11, 26, 20, tzinfo=UTC), False, id="a holiday nobody spoke of"),
        pytest.param({}, NIGHT, True, id="nobody knows"),
    ],
)
def test_when_a_number_to_text_is_offered(phone: dict[str, Any], now: datetime, *, there: bool) -> None:
    text = {"number": "88799", "ways": ["text"], "keyword": {"en": "GO"}, "publish": True, **phone}
    found = released(made("it", phone={"hours": "24/7"}, phones=[text]))
    assert (chosen(found, now=now)["it"].text is not None) is there


def test_who_reads_the_language_goes_before_who_is_not_known_to() -> None:
    text = {"number": "88799", "ways": ["text"], "languages": ["es"], "publish": True}
    found = released(made("a-calls"), made("b-reads", number="+16305550106", phones=[text]))
    assert list(chosen(found)) == ["a-calls", "b-reads"]
    assert list(chosen(found, replace(DUPAGE, language="es"))) == ["b-reads", "a-calls"]


def test_how_sure_we_are_is_asked_of_the_number_to_call() -> None:
    text = {"number": "88799", "ways": ["text"], "publish": True}
    found = released(
        made("a-text", phones=[text | {"checks": CALLED}]),
        made("b-seen", number="+16305550107"),
        made("c-call", number="+16305550106", phone={"checks": CALLED}, phones=[text]),
    )
    assert list(chosen(found)) == ["c-call", "a-text", "b-seen"]


def test_a_site_alone_is_offered_and_nobody_knows_when_it_is_open() -> None:
    found = released(made("it") | {"phone": [], "link": "x.org"})
    it = chosen(found)["it"]
    assert (it.call, it.text, it.opening, it.night) == (None, None, Opening.UNKNOWN, False)
    assert chosen(found, now=NIGHT)["it"].night


@pytest.mark.parametrize(
    ("serves", "own", "there"),
    [
        pytest.param([{"topic": "food", "rank": 1}], None, True, id="another topic"),
        pytest.param([{"topic": "food", "rank": 1}], [], False, id="a number that is for nothing"),
        pytest.param([], [{"topic": "food", "rank": 1}], True, id="a number for another topic"),
        pytest.param([], None, False, id="an entry for nothing"),
    ],
)
def test_who_is_asked_for_by_name_leads_with_any_number_that_is_for_something(
    serves: list[dict[str, Any]], own: list[dict[str, Any]] | None, *, there: bool
) -> None:
    phone = {} if own is None else {"serves": own}
    found = released(made("it", phone=phone) | {"serves": serves})
    named = replace(DUPAGE, named="it")
    assert ("it" in chosen(found, named)) is there
    assert [c.entry.id for c in choose(found, named, NOON)][:1] == (["it"] if there else ["hope"])
