"""Among very many entries the best are found as if all had been looked at."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.referral.bulletin import Bulletins, Pause
from bot.referral.check import Check, How, Result
from bot.referral.choose import Need, choose
from bot.referral.content import Content
from bot.referral.crowd import ENOUGH, FEW, Crowd
from bot.referral.lane import Leads
from bot.referral.overlay import with_bulletins
from tests.conftest import THOROUGH
from tests.referral.small import NIGHT, NOON, content, entry

HERE = [34.06, -118.28]
FAR_AWAY = {"lat": 34.8, "long": -118.2}
LA = Need("shelter", area="westlake")
Change = dict[str, Any]


def looked_at(found: Content, need: Need, now: datetime = NOON) -> list[str]:
    """List the ids of the chosen entries."""
    return [choice.entry.id for choice in choose(found, need, now)]


def released(*entries: Change, **files: Any) -> Content:
    """Make a release in which these entries serve Westlake, and one ZIP code lies where they are."""
    return content(entries__westlake={"entry": list(entries)}, zips={"middles": {"90057": HERE}}, **files)


def made(entry_id: str, rank: int = 10, **more: Any) -> Change:
    """Make an entry for shelter that answers day and night, unless told otherwise."""
    phone = {"hours": "24/7", **more.pop("phone", {})}
    return entry(entry_id, more.pop("number", "+13105550100"), ("shelter", rank), phone=phone, **more)


def checked(day: str) -> list[Change]:
    """Return the checks of an entry that was last seen on a day."""
    return [{"on": day, "how": "stored page"}]


SEEN = {"checks": checked("2026-11-21")}
#: (what all but one are, what that one is, what is asked, when): the one is the best, and by rank and id the last.
ONE_OF_MANY = [
    pytest.param({"phone": {"hours": "Mo-Fr 09:00-17:00"}}, {}, {}, NIGHT, id="open now"),
    pytest.param({"phone": {"hours": ""}}, {}, {}, NIGHT, id="known to be open at night"),
    pytest.param({}, {"phone": {"languages": ["es"]}}, {"language": "es"}, NOON, id="speaks the language"),
    pytest.param({}, {"phone": {"languages": ["*"]}}, {"language": "es"}, NOON, id="has interpreters"),
    pytest.param({"checks": checked("2026-07-01")}, SEEN, {}, NOON, id="not due"),
    pytest.param({"checks": checked("2024-01-01")}, SEEN, {}, NOON, id="not stepped back"),
    pytest.param({"checks": checked("2024-01-01")}, {"checks": checked("2026-07-01")}, {}, NOON, id="only due"),
    pytest.param(SEEN, {"checks": [{"on": "2026-11-20", "how": "called"}]}, {}, NOON, id="verified"),
    pytest.param({"ages": [18, 99]}, {}, {"minor": True}, NOON, id="takes minors"),
    pytest.param({"season": "05-01/09-30"}, {}, {}, NOON, id="there all year"),
    pytest.param(
        {"place": {"lat": 34.8, "long": -118.2}, "radius_miles": 5}, {}, {"zip": "90057"}, NOON, id="in reach"
    ),
    pytest.param({"phone": {"serves": [{"topic": "food", "rank": 1}]}}, {}, {}, NOON, id="its number is for the topic"),
]


@pytest.mark.parametrize(("others", "best", "asked", "now"), ONE_OF_MANY)
def test_the_one_worth_giving_is_found_behind_hundreds(others: Change, best: Change, asked: Any, now: datetime) -> None:
    many = [made(f"many-{n:03}", **others) for n in range(FEW + 80)]
    found = looked_at(released(*many, made("the-one", 900, **best)), replace(LA, **asked), now)
    assert next(name for name in found if name.startswith(("the-one", "many"))) == "the-one"


def test_of_equals_the_nearest_come_first_wherever_they_are_in_the_list() -> None:
    far = [made(f"far-{n:03}", place={"lat": 34.3 + n / 1000, "long": -118.3}) for n in range(FEW + 80)]
    near = [made(f"near-{n}", place={"lat": 34.06 + n / 100, "long": -118.28}) for n in range(5)]
    found = looked_at(released(*far, *near), replace(LA, zip="90057"))
    assert [name for name in found if name.startswith(("far", "near"))][:7] == [
        *("near-0", "near-1", "near-2", "near-3", "near-4", "far-000", "far-001")
    ]


@pytest.mark.parametrize("paused", [0, 10, 90], ids=lambda many: f"{many} paused")
def test_pauses_take_no_room(paused: int) -> None:
    small = released(*(made(f"many-{n:03}") for n in range(FEW + 80)))
    pauses = tuple(Pause(f"many-{n:03}", None) for n in range(paused))
    found = [
        name for name in looked_at(with_bulletins(small, Bulletins(1, pauses=pauses)), LA) if name.startswith("many")
    ]
    assert found[:ENOUGH] == [f"many-{n:03}" for n in range(paused, paused + ENOUGH)]


def test_a_check_since_the_release_brings_back_what_had_stepped_back() -> None:
    small = released(*(made(f"many-{n:03}", checks=checked("2024-01-01")) for n in range(FEW + 80)))
    calls = {("many-077", ""): (Check(date(2026, 11, 22), How.CALLED),)}
    assert "many-077" not in looked_at(small, LA)
    assert "many-077" in looked_at(with_bulletins(small, Bulletins(1, checks=calls)), LA)


def test_what_is_always_given_is_given() -> None:
    kept = made("always", 990, keep=True, checks=checked("2020-01-01"))
    assert "always" in looked_at(released(*(made(f"many-{n:03}") for n in range(FEW + 80)), kept), LA)


@pytest.mark.parametrize(("size", "sorted_ahead"), [(FEW, False), (FEW + 1, True)], ids=["few", "one more"])
def test_only_very_many_are_sorted_ahead(size: int, sorted_ahead: bool) -> None:
    small = released(*(made(f"many-{n:03}") for n in range(FEW + 1)))
    crowd = Crowd.of("shelter", small.serving["shelter", "westlake"][:size], Leads(small.line.terms))
    assert (crowd is not None) is sorted_ahead


def any_entry(chance: Random, number: int) -> Change:
    """Make an entry of any kind; what they have in common is common enough that many are equals."""
    days = ("2026-11-21", "2026-11-21", "2026-10-01", "2026-06-15", "2025-12-01")
    facet = chance.choice([{}, {}, {"facets": ["women"]}, {"facets": ["pets"]}])
    more: Change = {"checks": [{"on": chance.choice(days), "how": chance.choice(["stored page", "called"])}]}
    more |= {"source": chance.choice(["official", "secondary"])}
    more |= chance.choice([{}, {}, {"ages": [18, 99]}, {"season": "05-01/09-30"}])
    if chance.random() < 0.7:
        lat, long = HERE[0] + chance.uniform(-0.4, 0.4), HERE[1] + chance.uniform(-0.4, 0.4)
        more |= {"place": {"lat": lat, "long": long}} | chance.choice([{}, {}, {"radius_miles": 12}])
    phone = {
        "hours": chance.choice(["24/7", "Mo-Fr 09:00-17:00", "Tu 10:00-12:00; PH off", "Sa-Su 08:00-20:00", ""]),
        "languages": chance.choice([[], ["es"], ["*"]]),
        "ways": chance.choice([["call"], ["call", "text"], ["text"]]),
    }
    serves = {"topic": "shelter", "rank": chance.choice([10, 20, 500, 500, 500]), **facet}
    return made(f"e{number:04}", phone=phone, **more) | {"serves": [serves]}


def all_alike(chance: Random, number: int) -> Change:
    """Make an entry that differs from the others by its place, here and there by whether it is official."""
    lat, long = HERE[0] + chance.gauss(0, 0.15), HERE[1] + chance.gauss(0, 0.15)
    source = chance.choice(["official", "secondary"])
    return made(f"e{number:04}", place={"lat": round(lat, 2), "long": round(long, 2)}, source=source)


def any_need(chance: Random) -> Need:
    """Ask for shelter in any way."""
    return Need(
        "shelter",
        facet=chance.choice(["", "", "women", "pets"]),
        area=chance.choice(["westlake", "westlake", "westmont"]),
        language=chance.choice(["en", "es"]),
        minor=chance.random() < 0.2,
        named=chance.choice(["", "", "e0007"]),
        zip=chance.choice(["", "90057", "90057"]),
    )


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(60 if THOROUGH else 6))
def test_the_best_are_those_one_would_find_by_looking_at_all(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same entries every time
    kind, size = (all_alike, 600) if seed % 3 == 0 else (any_entry, chance.choice([FEW + 1, 200, 600]))
    small = released(*(kind(chance, number) for number in range(size)))
    pauses = tuple(Pause(f"e{chance.randrange(size):04}", None) for _ in range(20))
    wrong = (Check(date(2026, 11, 22), How.CALLED, result=Result.WRONG_NUMBER),)
    told = Bulletins(1, pauses=pauses, checks={(f"e{chance.randrange(size):04}", ""): wrong for _ in range(20)})
    crowded = with_bulletins(small, told)
    everything = replace(crowded, crowds={})
    assert crowded.crowds
    for _ in range(40):
        need, now = any_need(chance), NOON + timedelta(hours=chance.randrange(24 * 9))
        assert looked_at(crowded, need, now)[:ENOUGH] == looked_at(everything, need, now)[:ENOUGH], (need, now)
