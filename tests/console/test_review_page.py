"""Drafts, the second person, publishing, and going back: the way through the pages to what texters get."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.console.reviewing import proposal
from bot.console.roles import Role
from bot.referral.golden import play
from bot.storage import audit, drafts, editing, releases, reviewing, transcripts
from bot.storage.publishing import publish_at_once
from bot.storage.reviews import State, reviews
from tests.console.house import House
from tests.console.small import acts, kept_rules, live, opened, work, worked_out

FOOD = "topics/food.toml"
ANA, BEN, CYD = "ana@example.org", "ben@example.org", "cyd@example.org"
LEAD = "Food close by:"
#: A saved conversation that goes wrong when the first sentence about food changes.
TALK = "# food\nat: 2026-11-24T12:00 America/Los_Angeles\n\n> food westlake\n"


def food(house: House, lead: str = LEAD) -> dict[str, Any]:
    return {**live(house)[FOOD], "lead": {"en": lead, "es": "Comida cerca:"}}


def draft(house: House, body: Mapping[str, Any] | None, *, by: str = ANA, part: str = FOOD) -> None:
    there = live(house).get(part)
    version = editing.current(house.engine, part, there).version
    editing.save(house.engine, part, body, by=by, based_on=version, now=house.now, live=there)


def handed_in(house: House, body: Mapping[str, Any] | None, *, by: str = ANA) -> int:
    draft(house, body, by=by)
    return reviewing.submit(house.engine, [FOOD], live(house), by=by, note="shorter", now=house.now)


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    with opened(tmp_path, migrated) as house:
        yield house


def test_from_a_draft_to_the_next_reply_and_back(stocked: House) -> None:
    ana, ben = stocked.member(Role.EDITOR, ANA), stocked.member(Role.APPROVER, BEN)
    draft(stocked, food(stocked))
    page = ana.get("/review").text
    assert "Topic: food" in page
    assert LEAD in page
    assert ANA in page
    assert "first sentence, English" in page
    assert ana.post("/review", {"part": FOOD, "note": "It reads better", "do": "hand-in"}).location == "/review/1"
    page = worked_out(stocked, ana, "/review/1")
    assert "It reads better" in page
    assert "An approver" not in page
    assert "somebody else approves it" in page
    assert page.count(LEAD) > 4
    assert "The messages that change" in page
    assert "Every sentence and number" in page
    assert "Publish it" not in page

    page = worked_out(stocked, ben, "/review/1")
    assert 'action="/review/1/approve"' in page
    assert 'name="reason"' not in page
    assert ben.post("/review/1/approve").location == "/review/1"
    page = worked_out(stocked, ben, "/review/1")
    assert 'action="/review/1/publish"' in page
    assert stocked.source is not None
    assert LEAD not in stocked.source.held.content.topics["food"].lead.values()
    ben.post("/review/1/publish", {"note": "shorter lead"})
    page = worked_out(stocked, ben, "/review/1")
    assert "Release 2 is out." in page
    assert stocked.source.held.content.topics["food"].lead["en"] == LEAD
    assert releases.history(stocked.engine)[0].note == "shorter lead"
    assert drafts.waiting(stocked.engine) == []

    page = ben.get("/review/releases").text
    assert "live now" in page
    assert "ana@example.org, ben@example.org" in page
    assert LEAD in worked_out(stocked, ben, "/review/releases/2")
    page = worked_out(stocked, ben, "/review/releases/1/back")
    assert "Live now is release 2" in page
    assert LEAD in page
    answered = ben.post("/review/releases/1/back", {"from": "2", "note": "it was right before"})
    assert answered.location == "/review/releases/1/back/2"
    work(stocked).stop()
    assert ben.get("/review/releases/1/back/2").location == "/review/releases"
    assert "Release 3 is live" in ben.get("/review/releases").text
    assert live(stocked) == releases.read(stocked.engine, 1).document
    assert stocked.source.held.content.topics["food"].lead.get("en") != LEAD
    assert acts(stocked)[-5:] == ["draft saved", "submitted", "approved", "published", "rolled back"]


def test_the_only_approver_says_why_and_it_is_marked(stocked: House) -> None:
    ana = stocked.member(Role.ADMIN, ANA)
    handed_in(stocked, food(stocked))
    assert 'name="reason"' in worked_out(stocked, ana, "/review/1")
    page = ana.post("/review/1/approve", {"reason": "soon"}).text
    assert "in 12 letters or more" in page
    assert 'value="soon"' in page.replace(">soon</textarea>", 'value="soon"')
    assert reviews(stocked.engine)[0].state is State.OPEN
    assert ana.post("/review/1/approve", {"reason": "The shelter moved tonight"}).status_code == 302
    assert "The shelter moved tonight" in worked_out(stocked, ana, "/review/1")
    assert next(line for line in audit.entries(stocked.engine) if line.act == "approved").detail == {
        "alone": "The shelter moved tonight"
    }


def test_nobody_approves_their_own_when_there_is_somebody_else(stocked: House) -> None:
    ana = stocked.member(Role.APPROVER, ANA)
    stocked.member(Role.ADMIN, BEN)
    handed_in(stocked, food(stocked))
    assert 'action="/review/1/approve"' not in worked_out(stocked, ana, "/review/1")
    assert "somebody else has to approve it" in ana.post("/review/1/approve", {"reason": "I am in a hurry"}).text
    assert reviews(stocked.engine)[0].state is State.OPEN


def test_somebody_who_was_shut_out_or_never_came_is_no_second_approver(stocked: House) -> None:
    ana = stocked.member(Role.APPROVER, ANA)
    stocked.member(Role.APPROVER, BEN)
    stocked.invite(CYD, Role.APPROVER)
    with stocked.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET active = false WHERE email = 'ben@example.org'")
    handed_in(stocked, food(stocked))
    assert 'name="reason"' in worked_out(stocked, ana, "/review/1")


def test_what_may_not_be_published_says_every_reason_and_publishes_nothing(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    number = handed_in(stocked, {**food(stocked, "Food – now"), "note": {"en": "call 213-555-0100"}})
    page = worked_out(stocked, ben, f"/review/{number}")
    assert "things are wrong" in page
    assert "213-555-0100" in page
    assert "Topic: food" in page
    assert f'action="/review/{number}/approve"' not in page
    reviewing.approve(stocked.engine, number, by=BEN, approvers=2, now=stocked.now)
    ben.post(f"/review/{number}/publish")
    page = worked_out(stocked, ben, f"/review/{number}")
    assert "It was not published" in page
    assert "Nothing was published" in page
    assert releases.newest_number(stocked.engine) == 1


def test_a_saved_conversation_that_goes_wrong_is_shown(stocked: House) -> None:
    assert stocked.source is not None
    content = stocked.source.held.content
    said = proposal_reply(content)
    transcripts.save(stocked.engine, "food", TALK + said, content, by=ANA, now=stocked.now)
    ben = stocked.member(Role.APPROVER, BEN)
    page = worked_out(stocked, ben, f"/review/{handed_in(stocked, food(stocked))}")
    assert "One reply is not what the saved conversations say" in page
    assert "It should be" in page


def proposal_reply(content: Any) -> str:
    return play(content, TALK + "x\n")[0].given + "\n"


def test_what_changed_since_is_handed_in_again(stocked: House) -> None:
    ana, ben = stocked.member(Role.EDITOR, ANA), stocked.member(Role.APPROVER, BEN)
    handed_in(stocked, food(stocked))
    draft(stocked, food(stocked, "Food nearby:"))
    page = ben.get("/review/1").text
    assert "Something changed since it was handed in" in page
    assert "Food nearby:" in page
    assert 'action="/review/1/approve"' not in page
    assert ben.post("/review/1/approve").status_code == 302
    assert reviews(stocked.engine)[0].state is State.OPEN
    ana.get("/review/1")
    assert ana.post("/review/1/again").location == "/review/2"
    assert [one.state for one in reviews(stocked.engine)] == [State.OPEN, State.WITHDRAWN]


def test_a_review_is_taken_back_and_its_drafts_stay(stocked: House) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    handed_in(stocked, food(stocked))
    ana.get("/review/1")
    assert ana.post("/review/1/back").location == "/review"
    assert "is taken back" in ana.get("/review").text
    assert drafts.waiting(stocked.engine) == [(FOOD, ANA)]
    ana.post("/review/1/back")
    assert "review 1 is withdrawn" in ana.get("/review/1").text


def test_pressing_twice_publishes_once(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    handed_in(stocked, food(stocked))
    reviewing.approve(stocked.engine, 1, by=BEN, approvers=2, now=stocked.now)
    worked_out(stocked, ben, "/review/1")
    for _ in range(3):
        ben.post("/review/1/publish")
    worked_out(stocked, ben, "/review/1")
    assert releases.newest_number(stocked.engine) == 2
    assert acts(stocked).count("published") == 1


def test_only_what_is_approved_is_published(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    handed_in(stocked, food(stocked))
    ben.get("/review/1")
    ben.post("/review/1/publish")
    assert "there is nothing to publish" in ben.get("/review/1").text
    assert releases.newest_number(stocked.engine) == 1


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param({"note": "why"}, "Tick at least one draft.", id="nothing ticked"),
        pytest.param({"part": FOOD, "note": ""}, "Something has to stand here.", id="no reason"),
        pytest.param({"part": FOOD, "note": "a <b>bold</b> one"}, "Plain words only", id="markup"),
        pytest.param({"part": FOOD, "note": "a\u202eb"}, "nobody sees", id="bidi"),
        pytest.param({"part": FOOD, "note": "x" * 301}, "300 at most", id="overlong"),
        pytest.param({"part": "topics/none.toml", "note": "why"}, "no draft any more", id="not a draft"),
    ],
)
def test_what_cannot_be_handed_in(stocked: House, form: dict[str, str], told: str) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    draft(stocked, food(stocked))
    ana.get("/review")
    page = ana.post("/review", {**form, "do": "hand-in"}).text
    assert told in page
    assert form["note"].replace("<", "&lt;").replace(">", "&gt;") in page
    assert reviews(stocked.engine) == []


def test_drafts_are_thrown_away_after_a_second_question(stocked: House) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    draft(stocked, food(stocked))
    ana.get("/review")
    page = ana.post("/review", {"part": FOOD, "do": "drop"}).text
    assert "Throw drafts away?" in page
    assert drafts.waiting(stocked.engine)
    assert ana.post("/review/drop", {"part": FOOD}).status_code == 302
    assert drafts.waiting(stocked.engine) == []
    assert acts(stocked)[-1] == "draft dropped"
    ana.get("/review")
    ana.post("/review/drop", {"part": FOOD})
    assert "Nothing was thrown away" in ana.get("/review").text


def test_imported_drafts_stand_apart_and_are_handed_in_whole(stocked: House) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    body = {"id": "x", "name": "Harbor Pantry", "short": {"en": "Pantry", "es": "Comida"}, "status": "check-first"}
    parts = [f"entries/westlake.toml#pantry-{n}" for n in range(60)]
    drafts.put(stocked.engine, [drafts.Draft(part, {**body, "id": part[-5:]}, "import county") for part in parts])
    page = ana.get("/review").text
    assert "60 drafts that imports made" in page
    assert "Harbor Pantry" not in page
    page = ana.get("/review/imported").text
    assert page.count('name="part"') == 50
    assert "import county" in page
    assert "Page 1 of 2" in page
    assert ana.get("/review/imported?page=2").text.count('name="part"') == 10
    answered = ana.post("/review", {"from": "imported", "all": "yes", "note": "new pantries", "do": "hand-in"})
    assert answered.location == "/review/1"
    assert len(reviews(stocked.engine)[0].parts) == 60


def test_what_one_published_at_once_is_looked_at_by_another(stocked: House) -> None:
    ana, ben = stocked.member(Role.EDITOR, ANA), stocked.member(Role.APPROVER, BEN)
    cyd = stocked.member(Role.EDITOR, CYD)
    at_once(stocked)
    assert "Already live: look at it now" in ben.get("/review").text
    for browser, told in ((ana, "An approver has to look at it."), (cyd, "An approver has to look at it.")):
        browser.get("/review/1")
        browser.post("/review/1/seen")
        assert told in browser.get("/review/1").text
    ben.get("/review/1")
    assert ben.post("/review/1/seen").location == "/review"
    assert reviews(stocked.engine)[0].state is State.PUBLISHED
    assert "Already live" not in ben.get("/review").text


def test_nobody_looks_at_their_own(stocked: House) -> None:
    ana = stocked.member(Role.ADMIN, ANA)
    at_once(stocked)
    ana.get("/review/1")
    ana.post("/review/1/seen")
    assert "somebody else has to look at it" in ana.get("/review/1").text


def at_once(house: House) -> None:
    file = "entries/westlake.toml"
    table = next(e for e in live(house)[file]["entry"] if e.get("phone") and not e.get("keep"))
    phone = {**table["phone"][0], "hours": "Mo-Fr 10:00-16:00"}
    changed = {f"{file}#{table['id']}": {**table, "phone": [phone, *table["phone"][1:]]}}
    publish_at_once(house.engine, changed, by=ANA, note="new hours", now=house.now)


def test_going_back_asks_again_when_something_was_published_meanwhile(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    at_once(stocked)
    ben.get("/review/releases/1/back")
    assert ben.post("/review/releases/1/back", {"from": "1"}).location == "/review/releases/1/back"
    assert "Another release was published meanwhile" in ben.get("/review/releases").text
    assert ben.get("/review/releases/2/back").status_code == 404
    assert ben.get("/review/releases/9").status_code == 404
    assert ben.get("/review/9").status_code == 404
    assert releases.newest_number(stocked.engine) == 2


def test_an_error_of_ours_is_told_without_its_words(stocked: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    ben = stocked.member(Role.APPROVER, BEN)
    handed_in(stocked, food(stocked))
    monkeypatch.setattr(proposal, "proposed", broken)
    page = worked_out(stocked, ben, "/review/1")
    assert "the fault is ours" in page
    assert "secret" not in page
    monkeypatch.undo()
    ben.post("/review/1/look")
    assert "The messages that change" in worked_out(stocked, ben, "/review/1")


def test_the_pages_keep_the_rules_of_all_pages(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    draft(stocked, food(stocked))
    pages = [ben.get("/review").text, ben.post("/review", {"part": FOOD, "do": "drop"}).text]
    handed_in(stocked, food(stocked))
    pages += [worked_out(stocked, ben, "/review/1"), ben.get("/review").text]
    at_once(stocked)
    ways = ["/review", "/review/2", "/review/releases", "/review/releases/2", "/review/releases/1/back"]
    pages += [worked_out(stocked, ben, path) for path in ways]
    for page in pages:
        kept_rules(page)
