"""What one person does at once: pauses, a number that is wrong, new hours, banners. Each is in the next reply."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.console.editing.typed import Typed
from bot.console.reviewing.lifting import key, reached, to_reach
from bot.console.roles import Role
from bot.referral.answer import answer
from bot.referral.bulletin import Pause, Why
from bot.referral.check import How, Result
from bot.referral.conversation import Conversation
from bot.referral.entry import Status
from bot.storage import audit, bulletins, drafts, editing, releases, transcripts
from bot.storage.reviews import State, reviews
from bot.storage.said import Lifted, said_in
from tests.console.house import Browser, House
from tests.console.small import acts, kept_rules, live, opened, work, worked_out

DAY_LA, NUMBER = "213-555-0101", "+12135550101"
PAGE = "/urgent/entry/day-la"


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    with opened(tmp_path, migrated) as house:
        yield house


@pytest.fixture
def eva(stocked: House) -> Browser:
    stocked.member(Role.ADMIN)
    return stocked.member(Role.EDITOR, "eva@example.org")


def texted(house: House, text: str) -> str:
    """Give all that the line answers, as far as MORE goes."""
    assert house.source is not None
    content, talk, said = house.source.held.content, Conversation(area="westlake", language="en"), []
    for word in (text, "more", "more"):
        turn = answer(word, talk, content, house.now)
        said.append(str(turn.reply))
        talk = turn.conversation
    return "\n".join(said)


def entry(house: House, name: str = "day-la") -> dict[str, object]:
    found: dict[str, object] = next(e for e in live(house)["entries/westlake.toml"]["entry"] if e["id"] == name)
    return found


@pytest.mark.parametrize("wanted", ["day", "555-0101", "5550101", "+1 (213) 555-0101", "DAY-LA"])
def test_a_number_is_found_by_name_and_by_digits(eva: Browser, wanted: str) -> None:
    page = eva.get(f"/urgent?q={wanted.replace('+', '%2B')}").text
    assert f'href="{PAGE}"' in page
    assert DAY_LA in page


def test_what_nobody_has_is_not_found(eva: Browser) -> None:
    assert "Nothing fits" in eva.get("/urgent?q=zzzz<script>").text


def test_a_pause_is_in_the_next_reply_and_is_lifted(stocked: House, eva: Browser) -> None:
    assert DAY_LA in texted(stocked, "shelter")
    eva.get(PAGE)
    until = (stocked.now + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    assert eva.post(f"{PAGE}/pause", {"number": NUMBER, "why": "full", "until": until}).location == PAGE
    page = eva.get(PAGE).text
    assert "Paused until" in page
    assert "Los Angeles time" in page
    assert "Texters do not get it now." in page
    assert DAY_LA not in texted(stocked, "shelter")
    page = eva.get("/urgent").text
    assert "they are full" in page
    assert "said by AB" in page
    assert eva.post("/urgent/lift", {"entry": "day-la", "phone": NUMBER}).location == PAGE
    assert DAY_LA in texted(stocked, "shelter")
    assert acts(stocked) == ["paused", "resumed"]
    line = audit.entries(stocked.engine)[-1]
    assert (line.by, line.about, line.detail["why"]) == ("eva@example.org", f"day-la {NUMBER}", "full")
    eva.post("/urgent/lift", {"entry": "day-la", "phone": NUMBER})
    assert "not paused any more" in eva.get("/urgent").text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param({"until": "soon"}, "is no moment", id="no moment"),
        pytest.param({"until": "2020-01-01"}, "is over", id="over"),
        pytest.param({"until": "2026-02-30"}, "is no moment", id="no such day"),
        pytest.param({"number": "+15555555555"}, "Choose one from the list.", id="not its number"),
        pytest.param({"why": "withdrawn"}, "Choose one from the list.", id="not a reason"),
        pytest.param({"until": "<b>tonight</b>"}, "Plain words only", id="markup"),
    ],
)
def test_a_pause_that_cannot_be(stocked: House, eva: Browser, form: dict[str, str], told: str) -> None:
    eva.get(PAGE)
    page = eva.post(f"{PAGE}/pause", {"number": "", "why": "closed", "until": "", **form}).text
    assert told in page
    assert form.get("until", "").replace("<", "&lt;").replace(">", "&gt;") in page
    assert bulletins.rows(stocked.engine) == []


@pytest.mark.parametrize(
    ("action", "form"),
    [
        pytest.param("pause", {"number": "", "why": "closed", "until": "tonight"}, id="pause"),
        pytest.param("stop", {"stop": "", "note": "their voicemail says so"}, id="stop"),
    ],
)
def test_what_is_always_given_is_not_taken_away(
    stocked: House, eva: Browser, action: str, form: dict[str, str]
) -> None:
    eva.get("/urgent/entry/211-la")
    page = eva.post(f"/urgent/entry/211-la/{action}", form).text
    assert "211 is given all the same" in page
    assert 'href="/urgent/banners"' in page
    assert bulletins.rows(stocked.engine) == []
    assert releases.newest_number(stocked.engine) == 1


def test_a_wrong_number_is_gone_at_once_and_looked_at_after(stocked: House, eva: Browser) -> None:
    eva.get(PAGE)
    assert eva.post(f"{PAGE}/stop", {"stop": NUMBER, "note": "their voicemail says closed"}).location == PAGE
    page = worked_out(stocked, eva, PAGE)
    assert "Release 2 is out." in page
    assert "Texters do not get it now." in page
    assert DAY_LA not in texted(stocked, "shelter")
    table = entry(stocked)
    assert table["status"] == "check-first"
    (review,) = reviews(stocked.engine)
    assert (review.state, review.note) == (State.UNSEEN, "their voicemail says closed")
    # The pause that held until then ends: when the entry is put right and published, nothing keeps it silent.
    assert bulletins.fold(bulletins.rows(stocked.engine)).bulletins.pauses == ()
    assert acts(stocked) == ["paused", "published", "resumed"]


def test_one_number_of_several_goes_and_the_others_stay(stocked: House, eva: Browser) -> None:
    eva.get("/urgent/entry/hope")
    eva.post("/urgent/entry/hope/stop", {"stop": "88788", "note": "no answer to any text"})
    assert "Release 2 is out." in worked_out(stocked, eva, "/urgent/entry/hope")
    hope = next(e for e in live(stocked)["entries/national.toml"]["entry"] if e["id"] == "hope")
    assert hope["status"] == "publish"
    assert [(p["number"], p["publish"]) for p in hope["phone"]] == [("+18005550100", True), ("88788", False)]


def saved_talk(house: House) -> None:
    """Save a conversation in which texters get the number."""
    assert house.source is not None
    talk = f"# beds\nat: {house.now:%Y-%m-%dT%H:%M} UTC\n\n> shelter westlake\n"
    content = house.source.held.content
    said = transcripts.missed(content, [transcripts.Transcript("beds", f"{talk}x\n", "a", house.now)])[0].given
    transcripts.save(house.engine, "beds", f"{talk}{said}\n", content, by="ana@example.org", now=house.now)


def told_in_a_sentence(house: House, words: str = "Or call {day-la}.") -> None:
    """Publish a release with other words, which the number cannot be taken out of."""
    document = live(house)
    words_of = {**document["wording/en.toml"], "deaf": words}
    releases.publish(house.engine, {**document, "wording/en.toml": words_of}, note="words", now=house.now)
    assert house.source is not None
    house.source.look()


def test_a_wrong_number_stays_away_even_when_the_release_cannot_do_without_it(stocked: House, eva: Browser) -> None:
    told_in_a_sentence(stocked)
    eva.get(PAGE)
    eva.post(f"{PAGE}/stop", {"stop": NUMBER, "note": "closed for good"})
    page = worked_out(stocked, eva, PAGE)
    assert "The release was not changed" in page
    assert "It stays paused all the same" in page
    assert releases.newest_number(stocked.engine) == 2
    assert DAY_LA not in texted(stocked, "shelter")
    assert drafts.waiting(stocked.engine) == []
    home = eva.get("/").text
    assert "is stopped, but still in the release: write a draft." in home
    assert 'href="/entries/day-la"' in home


def stopped_as_wrong(house: House, number: str) -> None:
    """Pause it as it is when publishing was refused."""
    pause = Pause("day-la", None, Why.WITHDRAWN, number)
    bulletins.add(house.engine, pause, day=house.now.date(), by="CD")
    assert house.source is not None
    house.source.look()


LIFT = {"entry": "day-la", "phone": NUMBER}


@pytest.mark.parametrize(
    ("ticked", "told"),
    [
        pytest.param({}, "Tick each of them", id="one click"),
        pytest.param({"how": "called"}, "Tick each of them", id="not reached"),
        pytest.param({"reached": NUMBER}, "Choose one from the list.", id="not said how"),
        pytest.param({"reached": NUMBER, "how": "official page"}, "Choose one from the list.", id="only read"),
        pytest.param({"reached": "88788", "how": "called"}, "Tick each of them", id="another number"),
    ],
)
def test_a_stopped_number_does_not_come_back_unless_somebody_reached_it(
    stocked: House, eva: Browser, ticked: dict[str, str], told: str
) -> None:
    stopped_as_wrong(stocked, NUMBER)
    for path in ("/urgent", PAGE):
        page = eva.get(path).text
        assert "Lift it: give it again" not in page
        assert f"/urgent/lift?entry=day-la&amp;phone={NUMBER.replace('+', '%2B')}" in page
    assert "Somebody reached them at this number today: 213-555-0101" in eva.get(f"/urgent/lift?{urlencode(LIFT)}").text
    page = eva.post("/urgent/lift", {**LIFT, **ticked}).text
    kept_rules(page)
    assert told in page
    assert len(bulletins.rows(stocked.engine)) == 1
    eva.post("/urgent/lift", {"entry": "day-la", "phone": ""})
    assert DAY_LA not in texted(stocked, "shelter")


def test_a_stopped_number_comes_back_with_a_check_of_today(stocked: House, eva: Browser) -> None:
    stopped_as_wrong(stocked, "")
    whole = {"entry": "day-la", "phone": ""}
    eva.get(f"/urgent/lift?{urlencode(whole)}")
    assert eva.post("/urgent/lift", {**whole, "reached": NUMBER, "how": "called"}).location == PAGE
    assert DAY_LA in texted(stocked, "shelter")
    folded = bulletins.fold(bulletins.rows(stocked.engine)).bulletins
    (check,) = folded.checks["day-la", NUMBER]
    assert (check.how, check.result, check.by) == (How.CALLED, Result.OK, "AB")
    assert folded.pauses == ()
    assert acts(stocked) == ["checked", "resumed"]
    assert audit.entries(stocked.engine)[1].detail["number"] == DAY_LA


def test_a_stopped_number_is_not_made_easy_to_lift_by_another_pause(stocked: House, eva: Browser) -> None:
    stopped_as_wrong(stocked, NUMBER)
    eva.get(PAGE)
    eva.post(f"{PAGE}/pause", {"number": NUMBER, "why": "full", "until": ""})
    eva.post(f"{PAGE}/pause", {"number": "", "why": "full", "until": ""})
    eva.post("/urgent/lift", {"entry": "day-la", "phone": ""})
    eva.post("/urgent/lift", LIFT)
    assert DAY_LA not in texted(stocked, "shelter")
    assert Lifted("day-la") not in [said_in(row) for row in bulletins.rows(stocked.engine)]


@pytest.mark.parametrize(
    ("changed", "number", "wanted"),
    [
        pytest.param({}, "", [NUMBER], id="its numbers"),
        pytest.param({}, NUMBER, [], id="another pause is lifted"),
        pytest.param({"phone": ()}, "", ["page"], id="its page"),
        pytest.param({"status": Status.CHECK_FIRST}, "", [], id="not in the release"),
    ],
)
def test_what_has_to_be_reached(stocked: House, changed: dict[str, Any], number: str, wanted: list[str]) -> None:
    assert stocked.source is not None
    content = stocked.source.held.content
    one = replace(content.entries["day-la"], **changed)
    there = replace(content, entries={**content.entries, "day-la": one})
    found = to_reach(there, [Pause("day-la", None, Why.WITHDRAWN, "")], "day-la", number)
    assert [key(phone) for phone in found] == wanted


def test_a_page_is_read_and_not_called() -> None:
    assert reached(Typed(), [None], ["page"]) is How.OFFICIAL_PAGE
    assert reached(Typed(), [None], []) is None


def test_a_saved_conversation_holds_nothing_up_and_has_to_be_saved_anew(stocked: House, eva: Browser) -> None:
    saved_talk(stocked)
    eva.get(PAGE)
    eva.post(f"{PAGE}/stop", {"stop": NUMBER, "note": "closed for good"})
    page = worked_out(stocked, eva, PAGE)
    assert "Release 2 is out." in page
    assert "Saved conversations are answered otherwise now:</strong> beds." in page
    eva.get("/")
    assert work(stocked).stop()
    home = eva.get("/").text
    assert "1 saved conversation is answered otherwise now" in home
    assert 'href="/tryit/saved"' in home


@pytest.mark.parametrize("another", [False, True], ids=["no draft yet", "a draft of another"])
def test_hours_that_were_refused_are_kept(stocked: House, eva: Browser, another: bool) -> None:
    part = "entries/westlake.toml#day-la"
    told_in_a_sentence(stocked, "For victims.")
    if another:
        theirs = {**entry(stocked), "note": {"en": "Ring", "es": "Toque"}}
        drafts.put(stocked.engine, [drafts.Draft(part, theirs, "ana")])
    form = {"number": NUMBER, "hours": "Mon-Fri 10am-4pm, closed holidays", "note": "they told us by phone"}
    eva.get(PAGE)
    eva.post(f"{PAGE}/hours", form)
    eva.post(f"{PAGE}/hours", {**form, "sure": eva.hidden("sure")})
    page = worked_out(stocked, eva, PAGE)
    assert "Nothing was published: one thing is wrong." in page
    assert ("kept beside the draft" if another else "What you typed is kept as a draft.") in page
    mine = editing.aside(stocked.engine, "eva@example.org") if another else [editing.current(stocked.engine, part, {})]
    assert mine[0].body is not None
    assert mine[0].body["phone"][0]["hours"] == "Mo-Fr 10:00-16:00; PH off"
    assert "1 draft waits to be handed in." in eva.get("/").text


@pytest.mark.parametrize(
    ("note", "told"),
    [
        pytest.param("their new one is 213 555 0199", "a number that may be somebody", id="another number"),
        pytest.param("she moved to 12 Oak Street", "holds an address", id="address"),
        pytest.param("it was Rosalinda who called", "may be a name", id="name"),
        pytest.param("ana@example.org said so", "an address of the net", id="mail"),
        pytest.param("the number (213) 555-0101 rings at a bakery", "", id="its own number"),
        pytest.param("+1 213.555.0101 rings at a bakery", "", id="its own number, written otherwise"),
    ],
)
def test_a_note_holds_nothing_of_anybody(stocked: House, eva: Browser, note: str, told: str) -> None:
    eva.get(PAGE)
    for action, form in (("stop", {"stop": NUMBER}), ("hours", {"number": NUMBER, "hours": "Mon-Fri 10-4"})):
        page = eva.post(f"{PAGE}/{action}", {**form, "note": note}).text
        if told:
            assert told in page
            assert 'class="error"' in page
    assert (acts(stocked) == []) is bool(told)


def test_the_note_of_a_review_holds_nothing_of_anybody(stocked: House, eva: Browser) -> None:
    part = "entries/westlake.toml#day-la"
    drafts.put(stocked.engine, [drafts.Draft(part, {**entry(stocked), "note": {"en": "Ring", "es": "Toque"}}, "ana")])
    eva.get("/review")
    assert "holds an address" in eva.post("/review", {"part": part, "note": "he is at 12 Oak Street"}).text
    assert reviews(stocked.engine) == []
    assert eva.post("/review", {"part": part, "note": f"{DAY_LA} rings twice"}).location == "/review/1"


@pytest.mark.parametrize("note", ["", "x" * 301, "a\u202eb"])
def test_a_number_does_not_go_without_a_reason(stocked: House, eva: Browser, note: str) -> None:
    eva.get(PAGE)
    assert 'class="error"' in eva.post(f"{PAGE}/stop", {"stop": "", "note": note}).text
    assert bulletins.rows(stocked.engine) == []


def test_new_hours_are_read_back_and_then_published(stocked: House, eva: Browser) -> None:
    form = {"number": NUMBER, "hours": "Mon-Fri 10am-4pm, closed holidays", "note": "they told us by phone"}
    eva.get(PAGE)
    page = eva.post(f"{PAGE}/hours", form).text
    assert "This is how it was read" in page
    assert "10" in page
    assert releases.newest_number(stocked.engine) == 1
    sure = eva.hidden("sure")
    # Somebody who typed on after it was read back sees it read back again.
    again = eva.post(f"{PAGE}/hours", {**form, "hours": "Mon-Fri 11am-4pm", "sure": sure}).text
    assert "This is how it was read" in again
    assert eva.post(f"{PAGE}/hours", {**form, "sure": sure}).location == PAGE
    assert "Release 2 is out." in worked_out(stocked, eva, PAGE)
    phones = entry(stocked)["phone"]
    assert isinstance(phones, list)
    assert phones[0]["hours"] == sure
    assert reviews(stocked.engine)[0].state is State.UNSEEN
    eva.get(PAGE)
    assert "its hours already" in eva.post(f"{PAGE}/hours", form).text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param({"hours": ""}, "Something has to stand here.", id="empty"),
        pytest.param({"hours": "whenever they like"}, "We are not sure about", id="nonsense"),
        pytest.param({"hours": "Mo-Fr 25:00-26:00"}, "We are not sure about", id="no such time"),
        pytest.param({"number": "911"}, "Choose one from the list.", id="not its number"),
        pytest.param({"note": ""}, "Something has to stand here.", id="no reason"),
    ],
)
def test_hours_that_cannot_be(stocked: House, eva: Browser, form: dict[str, str], told: str) -> None:
    eva.get(PAGE)
    page = eva.post(f"{PAGE}/hours", {"number": NUMBER, "hours": "Mon-Fri 10-4", "note": "asked", **form}).text
    assert told in page
    assert form.get("hours", "Mon-Fri 10-4") in page
    assert releases.newest_number(stocked.engine) == 1


def test_a_draft_of_the_entry_stays(stocked: House, eva: Browser) -> None:
    part = "entries/westlake.toml#day-la"
    drafts.put(stocked.engine, [drafts.Draft(part, {**entry(stocked), "note": {"en": "Ring", "es": "Toque"}}, "ana")])
    eva.get(PAGE)
    eva.post(f"{PAGE}/stop", {"stop": NUMBER, "note": "closed for good"})
    worked_out(stocked, eva, PAGE)
    assert [one for one, _ in drafts.waiting(stocked.engine)] == [part]


BANNER = {"slug": "icy-roads", "text.en": "Icy roads today. Call first.", "text.es": "Calles con hielo. Llame antes."}


def test_a_banner_is_looked_at_raised_and_lowered(stocked: House, eva: Browser) -> None:
    until = (stocked.now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    eva.get("/urgent/banners")
    page = eva.post("/urgent/banners", {**BANNER, "until": until, "do": "look"}).text
    assert "How it reads" in page
    assert "1 segment" in page
    assert bulletins.rows(stocked.engine) == []
    assert eva.post("/urgent/banners", {**BANNER, "until": until, "do": "raise"}).location == "/urgent/banners"
    assert "Icy roads today." in texted(stocked, "food")
    page = eva.get("/urgent/banners").text
    assert "said by AB" in page
    assert "Calles con hielo" in page
    assert "Icy roads today." in eva.get("/urgent").text
    assert eva.post("/urgent/banners/lower", {"slug": "icy-roads"}).location == "/urgent/banners"
    assert "Icy roads today." not in texted(stocked, "food")
    eva.get("/urgent/banners")
    eva.post("/urgent/banners/lower", {"slug": "none"})
    assert "not up any more" in eva.get("/urgent/banners").text
    assert acts(stocked) == ["banner", "banner"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        pytest.param({"slug": "Icy Roads"}, "Small letters, digits and hyphens", id="name"),
        pytest.param({"text.en": ""}, "Something has to stand here.", id="no English"),
        pytest.param({"text.es": "Llame al 213-555-0199"}, "no published number", id="digits"),
        pytest.param({"text.en": "Call {nobody}"}, "No published number for", id="unknown entry"),
        pytest.param({"text.en": "x" * 200}, "septets", id="overlong"),
        pytest.param({"text.en": "Icy \u201croads\u201d"}, "Icy", id="dear quotes"),
        pytest.param({"until": "2020-01-01"}, "is over", id="over"),
        pytest.param({"areas": "nowhere"}, "No area", id="no such area"),
        pytest.param({"topics": "nothing"}, "No topic", id="no such need"),
    ],
)
def test_a_banner_that_cannot_be_said(stocked: House, eva: Browser, form: dict[str, str], told: str) -> None:
    eva.get("/urgent/banners")
    page = eva.post("/urgent/banners", {**BANNER, "until": "tonight", "do": "raise", **form}).text
    assert told in page
    assert 'class="error"' in page
    assert bulletins.rows(stocked.engine) == []


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("Warming center at 123 Main St.", id="a street"),
        pytest.param("Warming center at 450 Oak Drive.", id="a drive"),
        pytest.param("Warming center, 1200 Vermont.", id="a number alone"),
    ],
)
def test_a_place_is_said_only_when_somebody_vouches_for_it(stocked: House, eva: Browser, place: str) -> None:
    form = {**BANNER, "text.en": place, "until": "tonight", "do": "raise"}
    eva.get("/urgent/banners")
    for other in ({}, {"known": "yes"}):
        page = eva.post("/urgent/banners", {**form, **other}).text
        kept_rules(page)
        assert "It may name a place." in page
    (known,) = re.findall(r'name="known" type="checkbox" value="([0-9a-f]+)"', page)
    assert (
        "It may name a place."
        in eva.post("/urgent/banners", {**form, "text.es": "Centro: 124 Main St.", "known": known}).text
    )
    assert bulletins.rows(stocked.engine) == []
    assert eva.post("/urgent/banners", {**form, "known": known}).location == "/urgent/banners"
    assert audit.entries(stocked.engine)[0].detail["place"] == "known to everybody"


def test_a_banner_without_a_place_needs_no_word_for_it(stocked: House, eva: Browser) -> None:
    eva.get("/urgent/banners")
    form = {**BANNER, "text.en": "Closed May 5 from 10am. Call first.", "until": "tonight", "do": "raise"}
    assert eva.post("/urgent/banners", form).location == "/urgent/banners"
    eva.get("/urgent/banners")
    refused = eva.post("/urgent/banners", {**form, "text.en": "Write ana@example.org. My name is Ana."}).text
    assert "holds an address of the net: leave that out." in refused
    assert "name: leave that out." in refused


def test_a_pause_of_an_entry_that_is_gone_can_be_lifted(stocked: House, eva: Browser) -> None:
    eva.get(PAGE)
    eva.post(f"{PAGE}/pause", {"number": "", "why": "closed", "until": ""})
    bulletins.add(stocked.engine, Lifted("day-la"), day=stocked.now.date(), by="CD")
    assert stocked.source is not None
    stocked.source.look()
    assert "Nothing is paused." in eva.get("/urgent").text
    assert eva.get("/urgent/entry/none").status_code == 404


def test_a_viewer_may_not(stocked: House) -> None:
    vera = stocked.member(Role.VIEWER, "vera@example.org")
    vera.get("/account")
    for path in ("/urgent", PAGE, "/urgent/banners"):
        assert vera.get(path).status_code == 403
    vera.get("/account")
    assert vera.post(f"{PAGE}/pause", {"why": "closed"}).status_code == 403
    assert bulletins.rows(stocked.engine) == []


def test_the_pages_keep_the_rules_of_all_pages(stocked: House, eva: Browser) -> None:
    pages = [eva.get(PAGE).text, eva.post(f"{PAGE}/pause", {"until": "x", "why": "z"}).text]
    eva.post(f"{PAGE}/pause", {"number": "", "why": "closed", "until": ""})
    form = {"number": NUMBER, "hours": "Mon-Fri 10am-4pm", "note": "asked"}
    pages += [eva.post(f"{PAGE}/hours", form).text, eva.post(f"{PAGE}/stop", {"stop": "z"}).text]
    pages += [eva.get(path).text for path in ("/urgent?q=la", PAGE, "/urgent/banners")]
    pages += [eva.post("/urgent/banners", {**BANNER, "until": "tonight"}).text, eva.post("/urgent/banners", {}).text]
    for page in pages:
        kept_rules(page)
    assert work(stocked).stop()
