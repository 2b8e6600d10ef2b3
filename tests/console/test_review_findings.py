"""Numbers that were taken away come back by no old draft, release or page without a yes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.console.roles import Role
from bot.referral.bulletin import Pause, Why
from bot.storage import bulletins, editing, releases, reviewing
from bot.storage.reviews import SamePersonError, State, reviews
from tests.console.house import Browser, House
from tests.console.small import live, opened, work, worked_out

PART, NUMBER = "entries/westlake.toml#day-la", "+12135550101"
ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    with opened(tmp_path, migrated) as house:
        yield house


def entry(house: House, name: str = "day-la") -> dict[str, Any]:
    return next(dict(e) for e in live(house)["entries/westlake.toml"]["entry"] if e["id"] == name)


def draft(house: House, body: Mapping[str, Any], part: str = PART) -> None:
    there = next((e for e in live(house)["entries/westlake.toml"]["entry"] if part.endswith(f"#{e['id']}")), None)
    version = editing.current(house.engine, part, there).version
    editing.save(house.engine, part, body, by=ANA, based_on=version, now=house.now, live=there)


def withdrawn(house: House, browser: Browser) -> None:
    browser.get("/urgent/entry/day-la")
    assert browser.post("/urgent/entry/day-la/stop", {"stop": NUMBER, "note": "somebody else has it"}).location
    assert work(house).stop()
    assert releases.newest_number(house.engine) == 2
    assert not any(phone["publish"] for phone in entry(house)["phone"])


def ticked(page: str) -> str:
    found = re.search(r'name="again" type="checkbox" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def test_a_draft_from_before_a_withdrawal_says_in_red_that_the_number_comes_back(stocked: House) -> None:
    ana, ben = stocked.member(Role.EDITOR, ANA), stocked.member(Role.APPROVER, BEN)
    draft(stocked, {**entry(stocked), "note": {"en": "Ring twice.", "es": "Llame dos veces."}})
    withdrawn(stocked, ben)
    number = reviewing.submit(stocked.engine, [PART], live(stocked), by=ANA, note="a note", now=stocked.now)
    path = f"/review/{number}"
    assert "213-555-0101: it was withdrawn at once" in worked_out(stocked, ana, path)
    page = worked_out(stocked, ben, path)
    assert "would get them again: 1." in page
    assert "tick that it is meant so" in ben.post(f"{path}/approve").text
    assert "tick that it is meant so" in ben.post(f"{path}/approve", {"again": "yes"}).text
    assert reviews(stocked.engine, State.APPROVED) == []
    assert ben.post(f"{path}/approve", {"again": ticked(page)}).status_code == 302
    page = worked_out(stocked, ben, path)
    ben.post(f"{path}/publish")
    told = worked_out(stocked, ben, path)
    assert "numbers that were taken away would come back" in told
    assert releases.newest_number(stocked.engine) == 2
    ben.post(f"{path}/publish", {"again": ticked(page)})
    assert "Release 3 is out." in worked_out(stocked, ben, path)


def test_a_number_that_is_withdrawn_at_one_entry_does_not_come_in_by_another(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    withdrawn(stocked, ben)
    other, part = entry(stocked), "entries/westlake.toml#day-two"
    phone = {**other["phone"][0], "publish": True}
    draft(stocked, {**other, "id": "day-two", "status": "publish", "phone": [phone], "aliases": []}, part)
    reviewing.submit(stocked.engine, [part], live(stocked), by=ANA, note="new", now=stocked.now)
    assert "213-555-0101: it was withdrawn at once" in worked_out(stocked, ben, "/review/2")


def test_a_pause_for_good_said_while_a_review_waits_is_told(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    taken = {**entry(stocked), "status": "check-first"}
    taken["phone"] = [{**phone, "publish": False} for phone in taken["phone"]]
    document = live(stocked)
    rest = [e for e in document["entries/westlake.toml"]["entry"] if e["id"] != "day-la"]
    before = entry(stocked)
    releases.publish(
        stocked.engine, {**document, "entries/westlake.toml": {"entry": [*rest, taken]}}, note="", now=stocked.now
    )
    assert stocked.source is not None
    stocked.source.look()
    draft(stocked, before)
    number = reviewing.submit(stocked.engine, [PART], live(stocked), by=ANA, note="back", now=stocked.now)
    assert "213-555-0101: an older release gave it" in worked_out(stocked, ben, f"/review/{number}")
    pause = Pause("day-la", None, Why.CLOSED, NUMBER)
    bulletins.add(stocked.engine, pause, day=stocked.now.date(), by="AB")
    stocked.source.look()
    assert "213-555-0101: it is paused until somebody" in worked_out(stocked, ben, f"/review/{number}")


def test_an_old_release_says_which_numbers_come_back_with_it(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    withdrawn(stocked, ben)
    page = worked_out(stocked, ben, "/review/releases/1/back")
    assert "213-555-0101: it was withdrawn at once" in page
    refused = ben.post("/review/releases/1/back", {"from": "2", "note": "it read better"}).text
    assert "tick that it is meant so" in refused
    assert "it read better" in refused
    assert releases.newest_number(stocked.engine) == 2
    ben.post("/review/releases/1/back", {"from": "2", "again": ticked(page)})
    assert work(stocked).stop()
    assert releases.newest_number(stocked.engine) == 3


def test_a_draft_that_another_saves_as_it_stands_is_still_its_writers(stocked: House) -> None:
    body = {**entry(stocked), "note": {"en": "Ring twice.", "es": "Llame dos veces."}}
    draft(stocked, body)
    there = editing.current(stocked.engine, PART, entry(stocked)).version
    editing.save(stocked.engine, PART, body, by=BEN, based_on=there, now=stocked.now, live=entry(stocked))
    number = reviewing.submit(stocked.engine, [PART], live(stocked), by=BEN, note="a note", now=stocked.now)
    with pytest.raises(SamePersonError):
        reviewing.approve(stocked.engine, number, by=ANA, approvers=2, now=stocked.now)


def test_a_new_number_asks_for_no_tick(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    check = {"on": "2026-11-21", "how": "called", "by": "AB"}
    phone = {**entry(stocked)["phone"][0], "number": "+12135550177", "checks": [check]}
    draft(stocked, {**entry(stocked), "phone": [phone]})
    number = reviewing.submit(stocked.engine, [PART], live(stocked), by=ANA, note="moved", now=stocked.now)
    page = worked_out(stocked, ben, f"/review/{number}")
    assert f'action="/review/{number}/approve"' in page
    assert 'name="again"' not in page


def test_words_that_hide_a_crisis_are_not_published(stocked: House) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    part = "topics/suicide.toml"
    table = live(stocked)[part]
    made = {**table, "unless": {"en": ["want to die"], "es": ["nada de eso"]}}
    editing.save(stocked.engine, part, made, by=ANA, based_on=editing.version_of(table), now=stocked.now, live=table)
    reviewing.submit(stocked.engine, [part], live(stocked), by=ANA, note="fewer alarms", now=stocked.now)
    page = worked_out(stocked, ben, "/review/1")
    assert "<q>i want to die</q>" in page
    assert 'action="/review/1/approve"' not in page
    reviewing.approve(stocked.engine, 1, by=BEN, approvers=2, now=stocked.now)
    ben.post("/review/1/publish")
    assert "Nothing was published" in worked_out(stocked, ben, "/review/1")
    assert releases.newest_number(stocked.engine) == 1


@pytest.mark.parametrize("table", ["draft", "staff", "staff_session", "release"])
def test_what_was_typed_comes_back_while_the_database_is_away(stocked: House, table: str) -> None:
    ana = stocked.member(Role.EDITOR, ANA)
    ana.get("/wording/menu")
    form = {**ana.fields(), "text.en": "A new menu", "text.es": "Otro"}
    with stocked.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO hidden_away")
    answered = ana.post("/wording/menu", form)
    assert answered.status_code == 503
    assert 'name="text.en" value="A new menu"' in answered.text
    assert "<dd>Otro</dd>" in answered.text
    with stocked.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE hidden_away RENAME TO {table}")
    assert ana.post("/wording/menu", ana.fields()).location == "/wording/menu"
    assert "A new menu" in ana.get("/wording/menu").text
