"""What staff said since the release, laid over it: checks, banners, and the sentences that follow from them."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.referral.answer import answer
from bot.referral.bulletin import NO_BULLETINS, Banner, Bulletins, Pause
from bot.referral.check import Check, How, Result
from bot.referral.conversation import Conversation
from bot.referral.overlay import with_bulletins
from bot.referral.sayable import sayable
from tests.referral.small import NOON, content, entry

_INSTEAD = {
    "stopped": "Call {hope} or {911}.",
    "stopped_instead": "Call {911}.",
    "voice_number_1": "Call {hope.spoken}.",
    "voice_number_1_instead": "Call {211.spoken}.",
}
SMALL = content(
    wording__en=_INSTEAD,
    wording__es=_INSTEAD,
    topics__food={
        "lead": {"en": "Ask {pads}.", "es": "Pida a {pads}."},
        "note": {"en": "Or {hope}.", "es": "O {hope}."},
        "facets": {
            "family": {
                "en": ["my kids"],
                "lead": {"en": "Kids: {pads} or {hope}.", "es": "{pads} {hope}"},
                "lead_instead": {"en": "Kids: {hope}.", "es": "{hope}"},
            }
        },
    },
)
TODAY = date(2026, 11, 23)
HOPE, PADS = "800-555-0100", "630-555-0104"
WRONG = (Check(TODAY, How.CALLED, "ab", Result.WRONG_NUMBER),)
GOOD = (Check(TODAY, How.CALLED, "ab"),)
SOON = NOON + timedelta(hours=2)
FULL = Banner("full", {"en": "Beds are full tonight.", "es": "No hay camas hoy."}, SOON)


def test_nothing_told_changes_nothing() -> None:
    assert with_bulletins(SMALL, NO_BULLETINS) == SMALL


def test_checks_stand_behind_those_of_the_release() -> None:
    laid = with_bulletins(SMALL, Bulletins(3, {("hope", ""): GOOD, ("hope", "88788"): WRONG}))
    before, after = SMALL.entries["hope"], laid.entries["hope"]
    assert after.checks == (*before.checks, *GOOD)
    assert [p.checks for p in after.phone] == [(), WRONG]
    assert replace(after, checks=before.checks, phone=before.phone) == before
    assert laid.bulletins.number == 3


def test_checks_of_one_number_stand_behind_its_own() -> None:
    seen = {"on": "2026-11-20", "how": "official page"}
    release = content(
        entries__westmont={"entry": [entry("pads", "+16305550104", ("food", 1), phone={"checks": [seen]})]}
    )
    laid = with_bulletins(release, Bulletins(1, {("pads", "+16305550104"): WRONG}))
    assert laid.entries["pads"].phone[0].checks == (Check(date(2026, 11, 20), How.OFFICIAL_PAGE), *WRONG)


def test_every_way_to_an_entry_leads_to_the_checked_one() -> None:
    laid = with_bulletins(SMALL, Bulletins(1, {("hope", ""): GOOD, ("pads", "+16305550104"): WRONG}))
    for name in ("hope", "pads"):
        assert laid.entries[name] != SMALL.entries[name]
    for entries in (*laid.serving.values(), *laid.printed.values()):
        assert all(entry is laid.entries[entry.id] for entry in entries)
    assert {k: [e.id for e in v] for k, v in laid.serving.items()} == {
        k: [e.id for e in v] for k, v in SMALL.serving.items()
    }
    assert SMALL.entries["hope"].checks == content().entries["hope"].checks  # the release itself is as it was


def test_what_the_release_does_not_have_does_nothing() -> None:
    gone = {("gone", ""): GOOD, ("pads", "+19995550100"): WRONG}
    asked = Banner("b", {"en": "Ask {gone}.", "es": "{gone}"}, SOON)
    laid = with_bulletins(SMALL, Bulletins(1, gone, (Pause("gone", None),), (asked,), {"gone": TODAY}))
    assert laid.entries == SMALL.entries
    assert laid.bulletins.banners == ()
    assert (
        answer("bed 60559", Conversation(), laid, NOON).reply == answer("bed 60559", Conversation(), SMALL, NOON).reply
    )


def test_it_is_laid_in_no_time() -> None:
    told = Bulletins(9, {("hope", ""): GOOD * 40, ("pads", ""): GOOD * 40}, (Pause("day-la", None),), (FULL,))
    took = []
    for _ in range(5):
        began = time.perf_counter()
        with_bulletins(SMALL, told)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.02  # reading the small release anew takes ten times that


def test_a_wrong_number_leaves_the_sentences_of_the_doors_at_once() -> None:
    laid = with_bulletins(SMALL, Bulletins(1, {("hope", "+18005550100"): WRONG}))
    assert laid.wording["en"]["stopped"] == "Call 911."
    assert laid.wording["en"]["voice_number_1"] == "Call 2 1 1."
    assert laid.topics["food"].note == {}
    text_only = with_bulletins(SMALL, Bulletins(1, {("hope", "88788"): WRONG}))
    assert text_only.wording["en"]["stopped"] == "Call 800-555-0100 or 911."
    for last_resort in ("911", "211"):
        kept = with_bulletins(SMALL, Bulletins(1, {(last_resort, ""): WRONG}))
        assert kept.wording == SMALL.wording


@pytest.mark.parametrize(
    ("days", "stopped", "lead", "note", "kids"),
    [
        pytest.param(0, f"Call {HOPE} or 911.", f"Ask {PADS}.", f"Or {HOPE}.", f"Kids: {PADS} or {HOPE}.", id="now"),
        pytest.param(400, "Call 911.", None, None, None, id="all stepped back"),
    ],
)
def test_sentences_leads_and_notes_follow_the_calendar(
    days: int, stopped: str, lead: str | None, note: str | None, kids: str | None
) -> None:
    said = sayable(SMALL, "", NOON + timedelta(days=days))
    food = said.topics["food"]
    assert said.wording["en"]["stopped"] == stopped
    assert (food.lead.get("en"), food.note.get("en"), food.facets["family"].lead.get("en")) == (lead, note, kids)
    assert (said is SMALL) is (days == 0)


def test_a_lead_may_have_another_to_stand_in_for_it() -> None:
    paused = with_bulletins(SMALL, Bulletins(1, pauses=(Pause("pads", SOON),)))
    assert sayable(paused, "", NOON).topics["food"].facets["family"].lead["en"] == f"Kids: {HOPE}."
    assert sayable(paused, "", SOON).topics["food"].facets["family"].lead["en"] == f"Kids: {PADS} or {HOPE}."


def test_answers_say_only_what_may_be_said() -> None:
    talk = Conversation(pending=(("1", "topic:food"),), area="westmont")
    for later, there in ((NOON, True), (NOON + timedelta(days=400), False)):
        reply = answer("1", talk, SMALL, later).reply or ""
        assert [number in reply for number in (PADS, HOPE)] == [there, there]
