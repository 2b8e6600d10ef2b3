"""What a moment of a release is in an area: its calendar day, what is kept for that day, and sites without a number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.referral.bulletin import Bulletins, Pause
from bot.referral.content import Content
from bot.referral.day import FEW_ENTRIES, MOST_DAYS
from bot.referral.given import Given, today_in, unheeded, zone_of
from bot.referral.overlay import with_bulletins
from bot.referral.standing import State
from tests.referral.small import NOON, content, entry

#: One in the morning of 21 May in DuPage, an hour before its midnight in Los Angeles.
MAY = datetime(2027, 5, 21, 6, tzinfo=UTC)
LA, DUPAGE = "America/Los_Angeles", "America/Chicago"
CALLED = [{"on": "2026-11-22", "how": "called"}]
WRONG = [{"on": "2026-11-22", "how": "called", "result": "wrong number"}]


def released(*entries: dict[str, Any], pauses: tuple[Pause, ...] = ()) -> Content:
    """Make a release in which these entries are in DuPage."""
    return with_bulletins(content(entries__westmont={"entry": list(entries)}), Bulletins(1, pauses=pauses))


def site(**more: Any) -> dict[str, Any]:
    """Make an entry that has a site, and no number unless told."""
    return entry("site", "+16305550104", ("shelter", 20)) | {"phone": [], "link": "x.org"} | more


@pytest.mark.parametrize(
    ("area", "zone", "day"),
    [
        pytest.param("westlake", LA, 20, id="the first area"),
        pytest.param("westmont", DUPAGE, 21, id="another"),
        pytest.param("", LA, 20, id="unknown: the first"),
        pytest.param("elsewhere", LA, 20, id="elsewhere: the first"),
    ],
)
def test_a_moment_is_a_day_on_the_calendar_of_the_area(area: str, zone: str, day: int) -> None:
    small = content()
    assert zone_of(small, area) == zone
    assert today_in(small, area, MAY).day == Given.at(small, area, MAY).today.day == day


@pytest.mark.parametrize(
    ("more", "pauses", "there"),
    [
        pytest.param({}, (), True, id="it has nothing else"),
        pytest.param({"link": ""}, (), False, id="it has no site"),
        pytest.param({"status": "check-first"}, (), False, id="not published"),
        pytest.param({"season": "05-01/09-30"}, (), False, id="out of season"),
        pytest.param({"season": "11-01/03-31"}, (), True, id="in season"),
        pytest.param({"phone": entry("a", "+16305550105")["phone"]}, (), False, id="it has a number"),
        pytest.param(
            {"phone": entry("a", "+16305550105", phone={"publish": False})["phone"]},
            (),
            True,
            id="one that is not told",
        ),
        pytest.param({"checks": []}, (), False, id="nobody checked it"),
        pytest.param({"checks": [{"on": "2025-01-01", "how": "called"}]}, (), False, id="stepped back"),
        pytest.param({}, (Pause("site", None),), False, id="paused"),
        pytest.param({}, (Pause("pads", None),), True, id="another is paused"),
        pytest.param({}, (Pause("site", NOON),), True, id="its pause is over"),
        pytest.param({"checks": []}, (Pause("pads", None),), False, id="nobody checked it, and another is paused"),
    ],
)
@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_when_a_site_may_be_given(more: dict[str, Any], pauses: tuple[Pause, ...], *, there: bool, again: bool) -> None:
    found = released(entry("pads", "+16305550199", ("shelter", 20)), site(**more), pauses=pauses)
    if again:
        Given.at(found, "westmont", NOON)
    assert Given.at(found, "westmont", NOON).site(found.entries["site"]) is there


def test_a_day_is_worked_out_whole_and_once() -> None:
    own = entry("own", "+16305550105", ("shelter", 20), phone={"checks": CALLED})
    kept_on = entry("last", "+16305550106", ("shelter", 30), keep=True, phone={"checks": CALLED})
    found = released(own, kept_on, site())
    first = Given.at(found, "westmont", NOON)
    numbers = dict(first.day.phones)
    assert set(numbers) == set(found.entries)
    # Whatever is asked later, nothing is added: what is kept tells of no text.
    with_checks = {("own", "+16305550105"), ("last", "+16305550106")}
    assert set(first.day.states) == {(name, "") for name in found.entries} | with_checks
    again = Given.at(found, "westmont", NOON + timedelta(minutes=1))
    assert again.day is first.day
    for kept in found.entries.values():
        assert again.phones(kept) is numbers[kept.id]
    assert again.state(found.entries["own"], found.entries["own"].phone[0]) is State.VERIFIED
    assert again.state(found.entries["own"], None) is State.EVIDENCED


def test_few_days_are_kept() -> None:
    small = content()
    for days in range(24):
        Given.at(small, "", NOON + timedelta(days=days))
        assert 0 < len(small.by_day) <= MOST_DAYS


@pytest.mark.parametrize("many", [FEW_ENTRIES, FEW_ENTRIES + 1])
def test_with_many_entries_a_day_keeps_none_and_gives_the_same(many: int) -> None:
    pads, paused = entry("pads", "+16305550104", ("shelter", 20)), (Pause("e1", None), Pause("e2", NOON))
    base = released(pads, site(), pauses=paused)
    like = base.entries["pads"]
    found = replace(
        base, entries={f"e{n}": replace(like, id=f"e{n}") for n in range(many - 1)} | {"site": base.entries["site"]}
    )
    given = Given.at(found, "westmont", NOON)
    assert Given.at(found, "westmont", NOON).day is given.day
    assert len(given.day.phones) == (many if many <= FEW_ENTRIES else 0)
    assert [bool(given.phones(found.entries[f"e{n}"])) for n in range(3)] == [True, False, True]
    assert given.state(found.entries["e0"], like.phone[0]) is State.EVIDENCED
    assert given.site(found.entries["site"])
    assert given.allows("630-555-0104")
    assert given.content is found


def test_of_a_last_resort_line_that_is_only_known_to_be_wrong_nothing_is_given() -> None:
    found = released(entry("last", "+16305550105", ("shelter", 1), keep=True, checks=WRONG))
    assert Given.at(found, "westmont", NOON).phones(found.entries["last"]) == ()


def test_whether_a_pause_is_heeded_is_asked_where_the_entry_is() -> None:
    pause = Pause("last", None)
    found = released(entry("last", "+16305550105", ("shelter", 1), keep=True, season="01-01/05-20"), pauses=(pause,))
    assert unheeded(found, pause, MAY - timedelta(days=1)) == ("630-555-0105",)
    assert unheeded(found, pause, MAY) == ()  # its season is over there
