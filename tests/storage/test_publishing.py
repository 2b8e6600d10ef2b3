"""From a draft to what texters get, and back: two people, lint, saved conversations, and nothing half done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.referral.document import parse
from bot.referral.golden import TranscriptError, play
from bot.referral.problem import ContentError
from bot.referral.release import load
from bot.storage import audit, drafts, editing, releases, reviewing, transcripts
from bot.storage.audit_chain import verify
from bot.storage.drafts import Draft
from bot.storage.publishing import TranscriptsError, proposed, publish, publish_at_once, roll_back
from bot.storage.reviews import MovedError, ReviewError, SamePersonError, State, reviews
from tests.databases import Database
from tests.referral.small import document
from tests.storage.publishable import publishable
from tests.storage.races import race

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
FOOD, PADS = "topics/food.toml", "entries/westmont.toml#pads"
ANA, BEN, CYD = "ana@example.org", "ben@example.org", "cyd@example.org"
LIVE = publishable()
TALK = "# food\nat: 2026-11-24T12:00 America/Los_Angeles\n\n> menu\n"


@pytest.fixture
def live(engine: Engine) -> Engine:
    """Give a database with one release."""
    releases.publish(engine, LIVE, note="the first", now=NOON)
    return engine


def food(lead: str) -> dict[str, Any]:
    return {**LIVE[FOOD], "lead": {"en": lead, "es": "Para comida:"}}


def pads(**more: Any) -> dict[str, Any]:
    made = next(e for e in LIVE["entries/westmont.toml"]["entry"] if e["id"] == "pads")
    return {**made, **more}


def draft(engine: Engine, part: str, body: dict[str, Any] | None, by: str = ANA) -> str:
    was = drafts.applied(LIVE, [])
    there = editing.current(engine, part, was.get(part) if part == FOOD else pads())
    made = editing.save(
        engine, part, body, by=by, based_on=there.version, now=NOON, live=there.body if not there.at else None
    )
    assert isinstance(made, editing.Saved)
    return made.version


def handed_in(engine: Engine, *parts: str, by: str = ANA) -> int:
    there = releases.latest(engine)
    assert there is not None
    return reviewing.submit(engine, parts, there.document, by=by, note="for a reason", now=NOON)


def approved(engine: Engine, *parts: str) -> int:
    number = handed_in(engine, *parts)
    reviewing.approve(engine, number, by=BEN, approvers=2, now=NOON)
    return number


def current(engine: Engine) -> dict[str, Any]:
    there = releases.latest(engine)
    assert there is not None
    return there.document


def acts(engine: Engine) -> list[str]:
    return [line.act for line in audit.entries(engine)][::-1]


def test_two_people_publish_what_was_chosen_and_nothing_else(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    draft(live, PADS, pads(note={"en": "Ring twice.", "es": "Llame dos veces."}))
    number = approved(live, FOOD)
    told: list[tuple[str, int, int]] = []
    assert publish(live, number, by=BEN, now=NOON, progress=lambda *step: told.append(step)) == 2
    assert current(live) == {**LIVE, FOOD: food("Food here:")}
    assert [part for part, _ in drafts.waiting(live)] == [PADS]
    assert editing.history(live, FOOD) == []
    (review,) = reviews(live, State.PUBLISHED)
    assert (review.release, review.submitted_by, review.approved_by, review.alone) == (2, ANA, BEN, "")
    assert [step[0] for step in told] == ["read", "lint", "transcripts", "write", "write"]
    assert acts(live) == ["draft saved", "draft saved", "submitted", "approved", "published"]
    assert verify(live).whole
    assert releases.history(live)[0].note == "for a reason"


@pytest.mark.parametrize(
    ("writer", "submitter", "approver"),
    [
        pytest.param(ANA, ANA, ANA, id="all of it"),
        pytest.param(ANA, BEN, ANA, id="wrote it"),
        pytest.param(ANA, BEN, BEN, id="handed it in"),
    ],
)
def test_nobody_approves_their_own_unless_they_are_alone_and_say_why(
    live: Engine, writer: str, submitter: str, approver: str
) -> None:
    draft(live, FOOD, food("Food here:"), by=writer)
    number = handed_in(live, FOOD, by=submitter)
    with pytest.raises(SamePersonError, match="somebody else"):
        reviewing.approve(live, number, by=approver, approvers=2, now=NOON, reason="I am in a great hurry")
    for reason in ("", "  urgent        "):
        with pytest.raises(SamePersonError, match="say why"):
            reviewing.approve(live, number, by=approver, approvers=1, now=NOON, reason=reason)
    reviewing.approve(live, number, by=approver, approvers=1, now=NOON, reason="The shelter moved tonight")
    publish(live, number, by=approver, now=NOON)
    lines = {line.act: line.detail for line in audit.entries(live)}
    assert lines["approved"]["alone"] == lines["published"]["alone"] == "The shelter moved tonight"


def test_a_third_person_needs_no_reason(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"), by=ANA)
    number = handed_in(live, FOOD, by=BEN)
    reviewing.approve(live, number, by=CYD, approvers=1, now=NOON)
    assert reviews(live, State.APPROVED)[0].alone == ""


MOVES: dict[str, Callable[[Engine], object]] = {
    "the draft was edited": lambda engine: draft(engine, FOOD, food("Other food:")),
    "the draft was dropped": lambda engine: drafts.drop(engine, [FOOD]),
    "an import came": lambda engine: drafts.put(engine, [Draft(FOOD, food("x"), "import ohana")]),
    "another release has the part": lambda engine: releases.publish(
        engine, {**LIVE, FOOD: food("Live:")}, note="", now=NOON
    ),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_what_moved_since_it_was_handed_in_has_to_be_looked_at_again(
    live: Engine, move: Callable[[Engine], object]
) -> None:
    draft(live, FOOD, food("Food here:"))
    number = approved(live, FOOD)
    move(live)
    before = releases.newest(live)
    with pytest.raises(MovedError) as caught:
        publish(live, number, by=BEN, now=NOON)
    assert caught.value.parts == (FOOD,)
    assert releases.newest(live) == before


def test_another_release_that_left_the_part_alone_does_not_matter(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    number = approved(live, FOOD)
    changed = {**LIVE, "wording/en.toml": {**LIVE["wording/en.toml"], "menu": "Text one word: food."}}
    releases.publish(live, changed, note="", now=NOON)
    assert publish(live, number, by=BEN, now=NOON) == 3
    assert current(live) == {**changed, FOOD: food("Food here:")}


def test_an_edit_after_it_was_handed_in_cannot_be_approved(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    number = handed_in(live, FOOD)
    draft(live, FOOD, food("Sneaky:"))
    with pytest.raises(MovedError):
        reviewing.approve(live, number, by=BEN, approvers=2, now=NOON)


@pytest.mark.parametrize("state", ["open", "withdrawn", "published"])
def test_only_what_is_approved_is_published_and_only_once(live: Engine, state: str) -> None:
    draft(live, FOOD, food("Food here:"))
    number = handed_in(live, FOOD)
    if state == "withdrawn":
        reviewing.take_back(live, number, by=ANA, now=NOON)
    if state == "published":
        reviewing.approve(live, number, by=BEN, approvers=2, now=NOON)
        publish(live, number, by=BEN, now=NOON)
        draft(live, FOOD, food("Food here:"))
    before = releases.newest(live)
    with pytest.raises(ReviewError):
        publish(live, number, by=BEN, now=NOON)
    assert releases.newest(live) == before
    if state != "open":
        with pytest.raises(ReviewError, match=state):
            reviewing.approve(live, number, by=BEN, approvers=2, now=NOON)


def test_what_lint_refuses_is_not_published(live: Engine) -> None:
    draft(live, FOOD, food("Food for victims:"))
    number = approved(live, FOOD)
    with pytest.raises(ContentError, match="victims"):
        publish(live, number, by=BEN, now=NOON)
    assert releases.newest_number(live) == 1
    assert [part for part, _ in drafts.waiting(live)] == [FOOD]
    assert reviews(live)[0].state is State.APPROVED


def test_a_saved_conversation_has_to_be_answered_as_it_was(live: Engine) -> None:
    content = load(LIVE)
    told = play(content, TALK)[0].given
    with pytest.raises(TranscriptError, match="is answered with"):
        transcripts.save(live, "menu", f"{TALK}Something else.\n", content, by=ANA, now=NOON)
    transcripts.save(live, "menu", f"{TALK}{told}\n", content, by=ANA, now=NOON)
    words = {**LIVE["wording/en.toml"], "menu": "Text one word: food."}
    editing.save(
        live,
        "wording/en.toml",
        words,
        by=ANA,
        based_on=editing.version_of(LIVE["wording/en.toml"]),
        now=NOON,
        live=LIVE["wording/en.toml"],
    )
    number = approved(live, "wording/en.toml")
    with pytest.raises(TranscriptsError) as caught:
        publish(live, number, by=BEN, now=NOON)
    (miss,) = caught.value.misses
    assert (miss.name, miss.text, miss.expected) == ("menu", "menu", told)
    assert transcripts.remove(live, "menu", by=BEN, now=NOON)
    assert publish(live, number, by=BEN, now=NOON) == 2


def test_a_number_that_nobody_checked_is_not_published_and_a_checked_one_is(live: Engine) -> None:
    phone = {**pads()["phone"][0], "number": "+16305550199"}
    draft(live, PADS, pads(phone=[phone]))
    number = approved(live, PADS)
    with pytest.raises(ContentError, match="was not checked"):
        publish(live, number, by=BEN, now=NOON)
    checked = {**phone, "checks": [{"on": "2026-11-24", "how": "called", "by": "AN"}]}
    draft(live, PADS, pads(phone=[checked]))
    assert publish(live, approved(live, PADS), by=BEN, now=NOON) == 2


def test_an_imported_entry_stays_unverified(live: Engine) -> None:
    phone = {**pads()["phone"][0], "number": "+16305550188", "publish": False}
    table = pads(id="new", phone=[phone], status="check-first", checks=[], aliases=[])
    drafts.put(live, [Draft("entries/westmont.toml#new", table, "import ohana"), Draft(PADS, None, "import ohana")])
    publish(live, approved(live, "entries/westmont.toml#new"), by=BEN, now=NOON)
    content = parse(current(live))
    assert content.entries["new"].status == "check-first"
    assert "630-555-0188" not in content.printed
    assert "pads" in content.entries


def test_what_is_proposed_is_told_over_what_is_live_now(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    number = handed_in(live, FOOD)
    held = releases.latest(live)
    assert proposed(live, number, held)[1] is held
    changed = {**LIVE, "wording/en.toml": {**LIVE["wording/en.toml"], "menu": "Text one word: food."}}
    releases.publish(live, changed, note="", now=NOON)
    review, now, document = proposed(live, number, held)
    assert (review.number, now.number, document) == (number, 2, {**changed, FOOD: food("Food here:")})


def test_a_release_comes_back_in_one_step_under_the_next_number(live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    publish(live, approved(live, FOOD), by=BEN, now=NOON)
    with pytest.raises(ReviewError, match="is what is live"):
        roll_back(live, 2, by=BEN, note="", now=NOON, packaged={})
    assert roll_back(live, 1, by=BEN, note="it read badly", now=NOON + timedelta(minutes=1), packaged={}) == 3
    assert current(live) == LIVE
    assert audit.entries(live)[0].detail == {"back to": "1", "note": "it read badly"}
    with pytest.raises(releases.UnknownReleaseError):
        roll_back(live, 9, by=BEN, note="", now=NOON, packaged={})


def test_a_release_of_older_rules_can_come_back(engine: Engine) -> None:
    rude = {**LIVE, FOOD: food("Food for victims:")}
    releases.publish(engine, rude, note="before the rule", now=NOON)
    releases.publish(engine, LIVE, note="", now=NOON)
    assert roll_back(engine, 1, by=BEN, note="", now=NOON, packaged={}) == 3


def test_a_release_that_is_deaf_to_a_crisis_does_not_come_back(engine: Engine) -> None:
    deaf = {**LIVE, "topics/suicide.toml": {**LIVE["topics/suicide.toml"], "crisis": False}}
    releases.publish(engine, deaf, note="before the rule", now=NOON)
    releases.publish(engine, LIVE, note="", now=NOON)
    with pytest.raises(TranscriptsError) as refused:
        roll_back(engine, 1, by=BEN, note="", now=NOON, packaged={})
    assert "i want to die" in [miss.text for miss in refused.value.misses]
    assert releases.newest_number(engine) == 2


PUBLISH_TOGETHER = """
import sys
from datetime import UTC, datetime
from bot.storage.database import connect
from bot.storage.publishing import publish
from bot.storage.reviews import ReviewError
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    print(publish(engine, 1, by="ben@example.org", now=datetime(2026, 11, 24, 20, tzinfo=UTC)))
except ReviewError:
    print("refused")
engine.dispose()
"""


def test_two_who_press_publish_at_once_publish_once(database: Database, live: Engine) -> None:
    draft(live, FOOD, food("Food here:"))
    approved(live, FOOD)
    printed = race(PUBLISH_TOGETHER, database.url, runners=2)
    assert sorted(line for lines in printed for line in lines) == ["2", "refused"]
    assert [release.number for release in releases.history(live)] == [2, 1]
    assert verify(live).whole


URGENT: dict[str, tuple[dict[str, Any], bool]] = {
    "hours": ({"phone": [{**pads()["phone"][0], "hours": "Mo-Fr 10:00-12:00"}]}, True),
    "no longer given": ({"status": "check-first", "phone": [{**pads()["phone"][0], "publish": False}]}, True),
    "a note": ({"note": {"en": "Ring twice.", "es": "Llame dos veces."}}, False),
    "another number": ({"phone": [{**pads()["phone"][0], "number": "+16305550199"}]}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize(("change", "allowed"), URGENT.values(), ids=URGENT)
def test_one_person_at_once_changes_only_hours_or_takes_away(
    live: Engine, change: dict[str, Any], allowed: bool
) -> None:
    if not allowed:
        with pytest.raises((ReviewError, ContentError)):
            publish_at_once(live, {PADS: pads(**change)}, by=ANA, note="they called", now=NOON)
        assert releases.newest_number(live) == 1
        return
    assert publish_at_once(live, {PADS: pads(**change)}, by=ANA, note="they called", now=NOON) == 2
    (review,) = reviews(live, State.UNSEEN)
    with pytest.raises(SamePersonError):
        reviewing.looked_at(live, review.number, by=ANA, now=NOON)
    reviewing.looked_at(live, review.number, by=BEN, now=NOON)
    assert reviews(live)[0].state is State.PUBLISHED
    assert audit.entries(live)[1].detail["alone"] == "at once"


def test_giving_a_hidden_number_is_never_urgent(engine: Engine) -> None:
    hidden = document()
    for one in hidden["entries/westmont.toml"]["entry"]:
        if one["id"] == "pads":
            one |= {"status": "check-first", "phone": [{**one["phone"][0], "publish": False}]}
    releases.publish(engine, {**LIVE, "entries/westmont.toml": hidden["entries/westmont.toml"]}, note="", now=NOON)
    with pytest.raises(ReviewError, match="only hours"):
        publish_at_once(engine, {PADS: pads()}, by=ANA, note="", now=NOON)


def test_a_part_without_a_draft_cannot_be_handed_in(live: Engine) -> None:
    with pytest.raises(ReviewError, match="no draft of topics/food.toml"):
        handed_in(live, FOOD)
    with pytest.raises(ReviewError, match="no draft was chosen"):
        handed_in(live)
    with pytest.raises(ReviewError, match="no review 7"):
        proposed(live, 7)
