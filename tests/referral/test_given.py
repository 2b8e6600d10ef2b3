"""Which numbers may be given at a moment, and what is said when one of them may not."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.referral.bulletin import Banner, Bulletins, Pause, Target
from bot.referral.check import Check, How, Result
from bot.referral.choose import Need, choose
from bot.referral.content import Content
from bot.referral.given import Given, unheeded
from bot.referral.items import items_for
from bot.referral.overlay import with_bulletins
from tests.referral.small import NOON, content, document, entry

#: A last-resort line with three ways in, as the National Domestic Violence Hotline has.
LAST = entry(
    "last",
    "+18005550199",
    ("shelter", 15),
    ("danger", 20),
    keep=True,
    phone={"hours": "24/7", "languages": ["en", "es"]},
    phones=[
        {"number": "22522", "ways": ["text"], "keyword": {"en": "GO"}, "publish": True},
        {"number": "+18005550198", "ways": ["call"], "publish": True},
    ],
)
WINTER = entry("winter", "+12135550110", ("shelter", 22), season="11-15/03-31")
_LA = document()["entries/westlake.toml"]["entry"]
_NATIONAL = document()["entries/national.toml"]["entry"]
RELEASE = content(
    entries__westlake={"entry": [*_LA, WINTER]},
    entries__national={"entry": [*_NATIONAL, LAST]},
)
LA = Need("shelter", area="westlake")
TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def wrong(number: str = "") -> tuple[Check, ...]:
    """Make the check of somebody who reached a stranger today."""
    return (Check(TODAY, How.CALLED, "ab", Result.WRONG_NUMBER),)


def told(
    checks: Mapping[Target, tuple[Check, ...]] | None = None, *pauses: Pause, banners: tuple[Banner, ...] = ()
) -> Content:
    """Lay checks, pauses and banners over the release."""
    return with_bulletins(RELEASE, Bulletins(1, checks or {}, pauses, banners))


def numbers(release: Content, entry_id: str, now: datetime = NOON) -> list[str]:
    """List the numbers of an entry that may be given, as printed."""
    return [p.printed for p in Given.at(release, "westlake", now).phones(release.entries[entry_id])]


def offered(release: Content, need: Need = LA, now: datetime = NOON) -> dict[str, tuple[str, str]]:
    """Return the number to call and the one to text of each entry that is offered."""
    return {
        c.entry.id: (c.call.printed if c.call else "", c.text.printed if c.text else "")
        for c in choose(release, need, now)
    }


def said(release: Content, need: Need = LA, now: datetime = NOON) -> list[str]:
    """List what there is to say on a need."""
    return [item.text for item in items_for(release, need, now)]


def test_a_number_alone_is_left_out_and_the_rest_of_its_entry_stays() -> None:
    assert offered(told())["hope"] == ("800-555-0100", "88788")
    assert offered(told({("hope", "88788"): wrong()}))["hope"] == ("800-555-0100", "")
    assert offered(told({("hope", "+18005550100"): wrong()}))["hope"] == ("", "88788")
    assert "hope" not in offered(told({("hope", ""): wrong()}))


def test_sentences_follow_the_number_and_not_the_entry() -> None:
    danger = Need("danger")
    assert said(told(), danger)[0] == "Call 911 or 800-555-0100."
    assert said(told({("hope", "88788"): wrong()}), danger)[0] == "Call 911 or 800-555-0100."
    assert said(told({("hope", "+18005550100"): wrong()}), danger)[0] == "Call 911."
    assert said(told(None, Pause("hope", None, phone="+18005550100")), danger)[0] == "Call 911."


def test_a_pause_ends_by_itself() -> None:
    paused = told(None, Pause("day-la", NOON + HOUR))
    assert "day-la" not in offered(paused)
    assert "day-la" not in offered(paused, now=NOON + HOUR - timedelta(seconds=1))
    assert "day-la" in offered(paused, now=NOON + HOUR)


def test_a_pause_without_an_end_goes_on() -> None:
    for days in (0, 30):
        assert "day-la" not in offered(told(None, Pause("day-la", None)), now=NOON + timedelta(days=days))


def test_one_number_of_an_entry_is_paused() -> None:
    assert offered(told(None, Pause("hope", None, phone="88788")))["hope"] == ("800-555-0100", "")


@pytest.mark.parametrize(
    ("now", "there"),
    [
        pytest.param(datetime(2026, 11, 24, 20, tzinfo=UTC), True, id="winter"),
        pytest.param(datetime(2027, 3, 31, 20, tzinfo=UTC), True, id="its last day"),
        # It is still the last day of March in Los Angeles when it is April in London.
        pytest.param(datetime(2027, 4, 1, 6, tzinfo=UTC), True, id="its last evening"),
        pytest.param(datetime(2027, 4, 1, 8, tzinfo=UTC), False, id="the day after"),
    ],
)
def test_a_service_is_there_in_its_season(now: datetime, there: bool) -> None:
    checked = told({("winter", ""): (Check(date(2027, 3, 1), How.CALLED),)})
    assert ("winter" in offered(checked, now=now)) is there
    assert (numbers(checked, "winter", now) != []) is there


LAST_CASES = [
    pytest.param({}, (), ["800-555-0199", "22522", "800-555-0198"], id="all is well"),
    pytest.param({("last", "+18005550199"): wrong()}, (), ["22522", "800-555-0198"], id="one is wrong"),
    pytest.param({}, (Pause("last", None, phone="+18005550199"),), ["22522", "800-555-0198"], id="one is paused"),
    pytest.param({}, (Pause("last", None, phone="22522"),), ["800-555-0199", "800-555-0198"], id="its text number"),
    pytest.param({}, (Pause("last", None),), ["800-555-0199", "800-555-0198"], id="all of it is paused"),
    pytest.param(
        {("last", "+18005550199"): wrong()},
        (Pause("last", None, phone="+18005550198"),),
        ["22522", "800-555-0198"],
        id="the last that is right is given although it is paused",
    ),
    pytest.param({("last", ""): wrong()}, (), [], id="all of it is wrong"),
]


@pytest.mark.parametrize(("checks", "pauses", "given"), LAST_CASES)
def test_of_a_last_resort_line_the_last_right_number_stays(
    checks: dict[Target, tuple[Check, ...]], pauses: tuple[Pause, ...], given: list[str]
) -> None:
    assert numbers(told(checks, *pauses), "last") == given


@pytest.mark.parametrize("entry_id", ["911", "211", "211-la"])
def test_a_code_of_three_digits_is_given_even_when_found_wrong(entry_id: str) -> None:
    release = told({(entry_id, ""): wrong()}, Pause(entry_id, None))
    assert numbers(release, entry_id) == [entry_id[:3]]
    assert said(release, Need("danger"))[0].startswith("Call 911")
    assert "211" in " ".join(said(release))


def test_last_resorts_never_step_back_and_keep_their_place() -> None:
    later = NOON + timedelta(days=3 * 365)
    assert numbers(told(), "last", later) == ["800-555-0199", "22522", "800-555-0198"]
    assert list(offered(told(), now=later)) == ["211-la", "last"]
    # Three months on all are due but one; what is always given does not lose its place by that.
    fresh = told({("day-la", ""): (Check(date(2027, 2, 20), How.STORED_PAGE),)})
    assert list(offered(fresh, now=NOON + timedelta(days=92)))[:2] == ["211-la", "last"]


def test_in_a_crisis_nobody_is_led_past_911_by_a_number_that_was_dialled_lately() -> None:
    sure = told({("hope", ""): (Check(TODAY, How.CALLED),)})
    hope = [*_NATIONAL[:2], _NATIONAL[2] | {"serves": [{"topic": "danger", "rank": 20}, {"topic": "food", "rank": 50}]}]
    sure = with_bulletins(content(entries__national={"entry": hope}), sure.bulletins)
    assert list(offered(sure, Need("danger"))) == ["911", "hope"]
    assert list(offered(sure, Need("food"))) == ["hope", "211"]


def test_what_is_due_comes_last_among_its_like() -> None:
    sure = {(name, ""): (Check(date(2027, 2, 20), How.STORED_PAGE),) for name in ("youth-la", "unsaid-la", "winter")}
    assert list(offered(told(sure), now=NOON + timedelta(days=92))) == [
        *("211-la", "last", "winter", "youth-la", "unsaid-la"),
        *("day-la", "hope"),
    ]


def test_with_everything_stepped_back_211_answers() -> None:
    later = NOON + timedelta(days=365)
    assert said(content(), Need("counseling", area="westlake"), later) == ["en none here"]
    assert items_for(content(), Need("counseling", area="westlake"), later)[0].entry == "211"


def test_an_unheeded_pause_is_told() -> None:
    whole, one = Pause("last", None), Pause("last", None, phone="22522")
    assert unheeded(told(None, whole), whole, NOON) == ("800-555-0199", "800-555-0198")
    assert unheeded(told(None, one), one, NOON) == ()
    assert unheeded(told(None, Pause("911", None)), Pause("911", None), NOON) == ("911",)
    assert unheeded(told(None, Pause("hope", None)), Pause("hope", None), NOON) == ()
    assert unheeded(told(), Pause("nobody", None), NOON) == ()


def test_a_law_past_due_names_a_lawyer_who_may_be_called() -> None:
    law, later = Need("law", area="westlake"), datetime(2027, 1, 2, 20, tzinfo=UTC)
    assert [item.outdated for item in items_for(told(), law, later)][:1] == ["Laws change: ask a lawyer, 800-555-0100."]
    gone = told({("hope", "+18005550100"): wrong()})
    assert [item.outdated for item in items_for(gone, law, later)][:1] == ["Laws change: ask a lawyer."]
    assert [item.outdated for item in items_for(told(), law, NOON)][:1] == [""]
