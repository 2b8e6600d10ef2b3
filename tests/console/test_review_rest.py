"""A review that changes very many replies: it waits for the first of them, and all of them are listed in the end."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.console.reviewing import proposal
from bot.console.roles import Role
from bot.referral.booklet.compared import changed_replies
from bot.storage import editing, reviewing
from bot.storage.reviews import State, reviews
from tests.console.house import Browser, House
from tests.console.small import kept_rules, live, opened, work, worked_out

EN = "wording/en.toml"
ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def stocked(tmp_path: Path, migrated: Path) -> Iterator[House]:
    """Give a door with a review that changes a sentence which stands in replies about every topic."""
    with opened(tmp_path, migrated) as house:
        there = live(house)[EN]
        body = {**there, "more_hint": there["more_hint"].replace("MORE", "MORE now")}
        assert body != there
        version = editing.current(house.engine, EN, there).version
        editing.save(house.engine, EN, body, by=ANA, based_on=version, now=house.now, live=there)
        reviewing.submit(house.engine, [EN], live(house), by=ANA, note="plainer", now=house.now)
        yield house


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let a review wait for one reply alone; the others come when this is set."""
    go, found = Event(), list[Any]()

    def slow(*contents: Any, topics: list[str]) -> Any:
        assert len(found) < proposal.FIRST or go.wait(30)
        changed = list(changed_replies(*contents, topics=topics))
        found.extend(changed)
        return changed

    monkeypatch.setattr(proposal, "FIRST", 1)
    monkeypatch.setattr(proposal, "changed_replies", slow)
    yield go
    go.set()


def listed(browser: Browser, path: str) -> list[str]:
    """Give what is shown of every reply, page after page."""
    found: list[str] = []
    for page in range(1, 100):
        text = browser.get(f"{path}?page={page}").text
        replies = text.partition("<h2>The messages that change")[2].partition("<h2>Other sentences")[0]
        found += re.findall(r'<div class="review-reply">(.*?)</h4>', replies, re.S)
        if f"page={page + 1}" not in text:
            break
    return found


def opened_once(house: House, browser: Browser) -> str:
    """Give the page of the review when its first replies are there."""
    while "Refresh" in (answered := browser.get("/review/1")).headers:
        work(house).wait(next(key for key in keys(house) if not key.endswith("rest")), 1)
    return answered.text


def keys(house: House) -> list[str]:
    return list(work(house)._states)


def test_it_is_approved_before_all_replies_are_worked_out(stocked: House, held: Event) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    page = opened_once(stocked, ben)
    kept_rules(page)
    assert re.search(r"The messages that change: [1-9]\d* so far", page)
    assert "You need not wait for them" in page
    assert 'action="/review/1/approve"' in page
    assert ben.post("/review/1/approve").status_code == 302
    assert reviews(stocked.engine)[0].state is State.APPROVED


def test_in_the_end_every_reply_is_listed(stocked: House, held: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    first = len(listed(ben, "/review/1")) if opened_once(stocked, ben) else 0
    held.set()
    assert work(stocked).stop()
    page = ben.get("/review/1").text
    assert "so far" not in page
    assert "You need not wait" not in page
    every = listed(ben, "/review/1")
    assert f"The messages that change: {len(every)}<" in page
    assert 0 < first < len(every)
    monkeypatch.setattr(proposal, "FIRST", 10_000)
    ben.post("/review/1/look")
    worked_out(stocked, ben, "/review/1")
    assert listed(ben, "/review/1") == every


def test_a_fault_in_the_rest_is_told_and_it_is_worked_out_again(
    stocked: House, held: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    ben = stocked.member(Role.APPROVER, BEN)
    opened_once(stocked, ben)
    monkeypatch.setattr(proposal._Pair, "replies", broken)
    held.set()
    assert work(stocked).stop()
    page = ben.get("/review/1").text
    assert "the fault is ours" in page
    assert "so far" in page
    assert "secret" not in page
    monkeypatch.undo()
    ben.post("/review/1/look")
    assert "so far" not in worked_out(stocked, ben, "/review/1")


def test_what_was_forgotten_is_worked_out_anew(stocked: House, held: Event) -> None:
    ben = stocked.member(Role.APPROVER, BEN)
    opened_once(stocked, ben)
    held.set()
    assert work(stocked).stop()
    work(stocked).forget(next(key for key in keys(stocked) if key.endswith("rest")))
    opened_once(stocked, ben)
    assert work(stocked).stop()
    assert "so far" not in ben.get("/review/1").text
