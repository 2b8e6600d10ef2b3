"""How long the staff door takes with a large directory: 2,000 entries and 200 topics, on SQLite.

CPU time of the whole process, for others may use the machine: a page that begins work beside it pays for that as well.
Every page is to take less than 300 ms, every phone beside an editor less than 150 ms, publishing less than 10 s.
"""

import random
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bot.console.roles import Role
from bot.console.work import Work
from bot.counts.cell import Table
from bot.counts.period import end_of_week, quarter_of, week_of, weeks_in
from bot.counts.universe import cells_of
from bot.referral.content import Content
from bot.storage import drafts, releases, reviewing
from bot.storage.closing import Decided, Figures, close_quarter, close_week
from bot.storage.counts import Flush, add
from bot.storage.database import Database, connect
from bot.storage.migrate import migrate
from tests.benchmarks.many_entries import grown, wide
from tests.console.editors import fields_of
from tests.console.house import Browser, House
from tests.console.releases import Releases

ENTRIES, TOPICS, WEEKS, DRAFTS, ROUNDS = 2_000, 200, 13, 1_200, 5
SENTENCES = "wording/en.toml"
#: Pages as somebody opens them, by name.
PAGES = {
    "home": "/", "entries": "/entries", "found": "/entries?q=legal", "entry": "/entries/cast-la", "topics": "/topics",
    "topic": "/topics/shelter", "try_text": "/topics/try", "wording": "/wording", "sentence": "/wording/menu",
    "try": "/tryit", "saved": "/tryit/saved", "review": "/review", "imported": "/review/imported",
    "releases": "/review/releases", "urgent": "/urgent", "urgent_entry": "/urgent/entry/cast-la",
    "banners": "/urgent/banners", "checks": "/checks", "check": "/checks/cast-la", "import": "/import",
    "duplicates": "/import/duplicates", "scrub": "/scrub", "booklet": "/booklet",
    "booklet_topic": "/booklet/topic/shelter", "booklet_sentences": "/booklet/sentences", "cards": "/booklet/cards",
    "posters": "/booklet/posters", "counts": "/counts", "counts_quarter": "/counts?by=quarter",
    "counts_referred": "/counts/referred", "counts_topic": "/counts/topic/shelter", "counts_compare": "/counts/compare",
    "staff": "/staff", "audit": "/audit", "account": "/account",
}  # fmt: skip
#: Editors whose phone is asked for, as it is while somebody types.
PREVIEWS = {"entry": "/entries/cast-la", "topic": "/topics/shelter", "sentence": "/wording/menu"}


def measure(document: Mapping[str, Any]) -> dict[str, float | None]:
    """Return what each page takes, each phone beside an editor, and a review from looking at it to being live."""
    with tempfile.TemporaryDirectory() as folder:
        house = _house(f"sqlite:///{Path(folder) / 'line.db'}", wide(grown(document, ENTRIES), TOPICS))
        try:
            browser = house.member(Role.ADMIN)
            found = {"page_first_ms": _once(lambda: _open(browser, "/"))}
            found |= {f"page_{name}_ms": _time(partial(_open, browser, path)) for name, path in PAGES.items()}
            for name, path in PREVIEWS.items():
                fields = fields_of(browser, path)
                found[f"phone_{name}_ms"] = _time(partial(_show, browser, path, fields))
            return {**found, **_review(house, browser)}
        finally:
            house.app.extensions["quietline-work"].stop()
            house.close()


def _house(url: str, document: Mapping[str, Any]) -> House:
    """Give a door whose line has the document and closed its figures for a quarter of a year."""
    engine = connect(url)
    migrate(engine)
    releases.publish(engine, document, note="large", now=datetime.now(UTC))
    engine.dispose()
    house = House(url, source=Releases)
    assert house.source is not None
    count(house.engine, house.source.held.content, house.now)
    return house


def count(engine: Database, content: Content, now: datetime) -> None:
    """Close weeks in which every figure there can be was counted; small ones are hidden."""
    draw = random.Random(7)  # noqa: S311 - a seed is the point
    cells = [cell for cell in cells_of(content) if cell.table != Table.COMPLAINT]
    weeks = [week_of(now - timedelta(weeks=ago)) for ago in range(WEEKS, 0, -1)]
    for week in weeks:
        true: Figures = {cell: draw.choice((0, 0, 4, 20, 60)) for cell in cells}
        add(engine, Flush(f"writer of {week}", 1, {week: true}), week=week, cells=(), into=lambda name, _: name)
        shown = {cell: None if 0 < n <= 10 else n for cell, n in true.items()}
        decided = Decided(shown, true, mended=False)
        close_week(engine, week, quarter_of(week), partial(lambda kept, _: kept, decided))
    for quarter in dict.fromkeys(map(quarter_of, weeks)):
        if end_of_week(weeks_in(quarter)[-1]) < now:
            close_quarter(engine, quarter, [week for week in weeks_in(quarter) if week in weeks], lambda _, sums: sums)


def _review(house: House, browser: Browser) -> dict[str, float]:
    """Look at a review of very many drafts until it can be approved, publish it, and open what is shown after that."""
    live = releases.latest(house.engine)
    assert live is not None
    _draft(house, live.document)
    beside: Work = house.app.extensions["quietline-work"]
    found = {"page_review_drafts_ms": _once(lambda: _open(browser, "/review"))}
    found["page_review_one_ms"] = _once(lambda: _open(browser, "/review/1"))
    found["review_look_s"] = _beside(lambda: _until(browser, "The messages that change"))
    found["review_look_rest_s"] = _beside(lambda: beside.stop(600))
    found["page_review_one_again_ms"] = _time(lambda: _open(browser, "/review/1"))
    reviewing.approve(house.engine, 1, by="ben@example.org", approvers=2, now=house.now)
    found["review_publish_s"] = _beside(lambda: (browser.post("/review/1/publish"), beside.stop(600)))
    assert releases.newest_number(house.engine) == 2
    found["page_after_publish_ms"] = _once(lambda: _open(browser, "/entries"))
    found["page_release_first_ms"] = _once(lambda: _open(browser, "/review/releases/2"))
    beside.stop(60)
    found["page_release_ms"] = _time(lambda: _open(browser, "/review/releases/2"))
    found["page_back_first_ms"] = _once(lambda: _open(browser, "/review/releases/1/back"))
    beside.stop(60)
    found["page_back_ms"] = _time(lambda: _open(browser, "/review/releases/1/back"))
    return found


def _draft(house: House, live: Mapping[str, Any]) -> None:
    """Hand in a new note for many entries, and a sentence that stands in replies about every topic."""
    there = [(file, one) for file in live if file.startswith("entries/") for one in live[file]["entry"]]
    bodies = {
        f"{file}#{one['id']}": {**one, "note": {"en": "Ring twice", "es": "Llame dos veces"}} for file, one in there
    }
    some = dict(list(bodies.items())[-DRAFTS:])
    some[SENTENCES] = {**live[SENTENCES], "more_hint": live[SENTENCES]["more_hint"].replace("MORE", "MORE now")}
    drafts.put(house.engine, [drafts.Draft(part, body, "ana@example.org") for part, body in some.items()])
    reviewing.submit(house.engine, some, live, by="ana@example.org", note="all at once", now=house.now)


def _until(browser: Browser, words: str) -> None:
    while words not in browser.get("/review/1").text:
        time.sleep(0.5)


def _open(browser: Browser, path: str) -> None:
    answered = browser.get(path)
    assert answered.status_code == 200, (path, answered.status_code)


def _show(browser: Browser, path: str, fields: Mapping[str, str]) -> None:
    answered = browser.post(path, {**fields, "action": "preview"})
    assert answered.status_code == 200
    assert 'id="phone"' in answered.text


def _beside(call: Callable[[], object]) -> float:
    """Return the CPU seconds until something is done, with all that is done for it beside the pages."""
    began = time.process_time()
    call()
    return round(time.process_time() - began, 2)


def _once(call: Callable[[], object]) -> float:
    """Return the milliseconds of the thread that answers: what it begins beside the page goes on without it."""
    began = time.thread_time()
    call()
    return round((time.thread_time() - began) * 1e3, 1)


def _time(call: Callable[[], object]) -> float:
    """Return the median of some times, after one that is not counted: it compiles the page."""
    call()
    return round(median(_once(call) for _ in range(ROUNDS)), 1)
