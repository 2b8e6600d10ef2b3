"""The first page: what needs a person today, each where it is done; the provider; and never a wait for either."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from bot.commands import console as command
from bot.console import todo
from bot.console.provider import EVERY, NAME, Told, Watch
from bot.console.roles import Role
from bot.console.work import work
from bot.line.provider.codes import MEANINGS
from bot.line.provider.today import Today
from bot.referral.attention import Kind
from bot.referral.problem import Problem
from bot.referral.turn import Outcome
from bot.storage import bulletins, drafts
from bot.storage.audit import Act, entries, write
from bot.storage.closing import Decided, close_week
from bot.storage.counts import Flush, add
from bot.storage.said import Asked
from tests.console.house import Browser, House
from tests.console.test_pages import Reading
from tests.line.provider.holdings import ENVIRON


def words(browser: Browser) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", browser.last.partition("<main")[2])).split())


def groups(browser: Browser) -> list[str]:
    """Give the headings of what is to be done, in order."""
    return [unescape(one) for one in re.findall(r"<h3[^>]*>([^<]*)</h3>", browser.last)]


def looked_through(house: House) -> None:
    """Wait until the release was looked through for faults."""
    with house.app.app_context():
        assert work().stop(60)


def test_without_a_release_the_places_are_there_and_a_sentence(house: House) -> None:
    ana = house.member(Role.ADMIN)
    assert ana.get("/").status_code == 200
    assert "There is no release to work on yet" in words(ana)
    assert 'href="/staff"' in ana.last


def test_what_needs_somebody_stands_there_the_most_urgent_first(stocked: House) -> None:
    editor = stocked.member(Role.EDITOR)
    for entry in ("ndvh", "cast-la"):
        bulletins.add(stocked.engine, Asked(entry), day=date(2026, 11, 20), by="")
    drafts.put(
        stocked.engine,
        [
            drafts.Draft("topics/food.toml", {}, ""),
            drafts.Draft("entries/westlake.toml#a", {}, f"{drafts.IMPORT}x"),
            drafts.Draft("entries/westlake.toml#b", {}, f"{drafts.IMPORT}x"),
        ],
    )
    assert stocked.source is not None
    stocked.source.look()
    editor.get("/")
    assert [one.rpartition(" (")[0] for one in groups(editor)] == [
        "Numbers that are always given: check them now",
        "Texters say that these do not work",
        "Nobody near",
        "Drafts",
    ]
    assert 'href="/checks/ndvh"' in editor.last
    assert 'href="/checks/cast-la"' in editor.last
    assert "1 draft waits to be handed in." in words(editor)
    assert "2 imported entries wait to be chosen." in words(editor)


def test_links_lead_only_to_pages_that_there_are_and_that_may_be_opened(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulletins.add(stocked.engine, Asked("cast-la"), day=date(2026, 11, 20), by="")
    drafts.put(stocked.engine, [drafts.Draft("topics/food.toml", {}, "")])
    assert stocked.source is not None
    stocked.source.look()
    monkeypatch.setitem(todo._AT, Kind.NO_LOCAL, "/nowhere/{about}")
    viewer = stocked.member(Role.VIEWER)
    viewer.get("/")
    assert "Nobody in Los Angeles is given for food, but 211." in words(viewer)
    assert "/nowhere" not in viewer.last
    assert 'href="/checks/cast-la"' in viewer.last
    assert "1 draft waits to be handed in." in words(viewer)
    assert 'href="/review"' not in viewer.last, "a viewer may not open it"
    links = [str(one["href"]) for one in Reading(viewer.last.partition("<main")[2]).of("a")]
    assert {path: viewer.get(path).status_code for path in links} == dict.fromkeys(links, 200)


def test_when_all_is_well_it_says_so_once_the_release_was_looked_through(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    monkeypatch.setattr(todo, "attention", lambda content, now, lying: [])
    monkeypatch.setattr(todo, "lint", lambda content: [] if held.wait(60) else [])
    monkeypatch.setattr(todo, "PATIENCE", 0.001)
    viewer = stocked.member(Role.VIEWER)
    viewer.get("/")
    assert "Nothing else needs you today. The release is being looked through" in words(viewer)
    held.set()
    looked_through(stocked)
    viewer.get("/")
    assert "Nothing needs you today." in words(viewer)


def test_faults_of_what_is_live_are_worked_out_once_and_told_where_to_mend_them(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    faults = [
        Problem("topics/food.toml", "lead.en", "is <odd>"),
        Problem("entries/westlake.toml", "entry[cast-la].note", "is odd"),
        Problem("line.toml", "areas", "is odd"),
    ] + [Problem("wording/en.toml", f"x{n:03}", "is odd") for n in range(70)]

    def look(content: object) -> list[Problem]:
        asked.append(content)
        return faults

    monkeypatch.setattr(todo, "lint", look)
    viewer = stocked.member(Role.VIEWER)
    viewer.get("/")
    looked_through(stocked)
    for _ in range(2):
        viewer.get("/")
    assert len(asked) == 1
    assert "Faults in what is live (73)" in groups(viewer)
    assert "and 23 more" in words(viewer)
    assert "is &lt;odd&gt;" in viewer.last
    assert "<odd>" not in viewer.last


def test_looking_through_that_fails_is_told(stocked: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: object) -> list[Problem]:
        raise ValueError("of ours")

    monkeypatch.setattr(todo, "lint", fail)
    viewer = stocked.member(Role.VIEWER)
    viewer.get("/")
    looked_through(stocked)
    viewer.get("/")
    assert "The release could not be looked through for faults." in words(viewer)
    assert "of ours" not in viewer.last


WEEKS: dict[str, Mapping[tuple[str, str, str], int | None]] = {
    "2026-W40": {("conversations", "", ""): 1, ("outcome", "unclear", ""): 1},
    "2026-W41": {("conversations", "", ""): 100, ("outcome", "unclear", ""): 10, ("outcome", "no entry", ""): None},
    "2026-W42": {("conversations", "", ""): 100, ("outcome", "unclear", ""): 10},
    "2026-W43": {("conversations", "", ""): None, ("outcome", "unclear", ""): 10},
    "2026-W44": {("conversations", "", ""): 100, ("outcome", "unclear", ""): 10},
    "2026-W45": {("conversations", "", ""): 100, ("outcome", "unclear", ""): 30},
}


def test_shares_are_those_of_the_last_closed_weeks(stocked: House) -> None:
    for number, (week, shown) in enumerate(WEEKS.items(), start=1):
        raw = {key: n or 0 for key, n in shown.items()}
        add(stocked.engine, Flush("w", number, {week: raw}), week=week, cells=[], into=lambda name, closed: name)
        close_week(stocked.engine, week, "2026-Q4", lambda raw, shown=shown: Decided(shown, raw))  # type: ignore[misc]
    assert todo.shares(stocked.engine) == {
        Outcome.UNCLEAR: [0.1, 0.1, None, 0.1, 0.3],
        Outcome.NO_ENTRY: [None, 0.0, None, 0.0, 0.0],
        Outcome.ONLY_211: [0.0, 0.0, None, 0.0, 0.0],
    }
    viewer = stocked.member(Role.VIEWER)
    viewer.get("/")
    assert "Texts that were not understood: 30% last week, 10% in the weeks before." in words(viewer)
    assert 'href="/counts"' in viewer.last


# The provider.

SAID = Told("12.34 USD", ("VERIFIED",), {30003: 2, 11200: 7, 99999: 1}, (), MEANINGS)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_nobody_waits_for_the_provider_and_it_is_asked_every_quarter_of_an_hour() -> None:
    clock, asked, let_go = Clock(), list[int](), threading.Event()

    def ask() -> Told:
        asked.append(1)
        assert let_go.wait(60)
        return SAID

    watch = Watch(ask, clock)
    assert watch.look().told is None
    clock.now += 2 * EVERY
    assert watch.look().told is None, "it is being asked still, and not a second time"
    let_go.set()
    watch.wait(60)
    assert (watch.look().told, watch.look().at) == (SAID, clock.now)
    watch.wait(60)
    clock.now += EVERY - timedelta(seconds=1)
    watch.look()
    watch.wait(60)
    assert len(asked) == 2, "30 minutes after it was first asked, and not before another 15"
    clock.now += timedelta(seconds=1)
    watch.look()
    watch.wait(60)
    assert len(asked) == 3


def test_whatever_happens_while_it_is_asked_is_told_by_its_type_alone() -> None:
    def ask() -> Told:
        raise ValueError("AC" + "b" * 32)

    watch = Watch(ask, Clock())
    watch.look()
    watch.wait(60)
    assert watch.look().told == Told(None, None, None, ("ValueError",))


SHOWN: dict[str, tuple[Told, list[str]]] = {
    "all": (
        SAID,
        [
            "Balance 12.34 USD Campaign VERIFIED Errors in the last day 10",
            "11200 7 The line did not answer",
            "30003 2 The phone could not be reached",
            "99999 1 Look the code up at the provider.",
        ],
    ),
    "nothing wrong": (
        replace(SAID, campaigns=(), errors={}),
        ["None is registered: replies may not arrive. Errors in the last day None."],
    ),
    "no answer": (
        Told(None, None, None, ("HTTP 401",)),
        ["Balance It gave no answer. Campaign It gave no answer.", "Not all could be asked (HTTP 401)."],
    ),
}


@pytest.mark.parametrize(("told", "sentences"), SHOWN.values(), ids=SHOWN)
def test_the_provider_stands_on_the_page_with_the_time_it_was_asked(
    house: House, told: Told, sentences: list[str]
) -> None:
    watch = house.app.extensions[NAME] = Watch(lambda: told, lambda: house.now)
    viewer = house.member(Role.VIEWER)
    viewer.get("/")
    watch.wait(60)
    viewer.get("/")
    said = words(viewer)
    assert [sentence for sentence in sentences if sentence not in said] == []
    assert house.now.strftime("As it said on %Y-%m-%d at %H:%M UTC.") in said


def test_without_credentials_the_provider_is_not_spoken_of(house: House) -> None:
    viewer = house.member(Role.VIEWER)
    viewer.get("/")
    assert "The provider" not in words(viewer)


# The command.


CREDENTIALS = {name: value for name, value in ENVIRON.items() if name != "PUBLIC_BASE_URL"}


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give the environment, without credentials."""
    for name in ENVIRON:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        pytest.param({}, False, id="none"),
        pytest.param(CREDENTIALS, True, id="all"),
        pytest.param({"TWILIO_ACCOUNT_SID": CREDENTIALS["TWILIO_ACCOUNT_SID"]}, False, id="half"),
        pytest.param({**CREDENTIALS, "TWILIO_API_KEY": "SK1"}, False, id="misshapen"),
    ],
)
def test_the_command_asks_the_provider_where_there_are_credentials(
    environ: pytest.MonkeyPatch, *, given: Mapping[str, str], asks: bool
) -> None:
    for name, value in given.items():
        environ.setenv(name, value)
    environ.setattr(command, "today", lambda who, now: Today("1.00 USD", (), {11200: 1}, ("HTTP 403",)))
    ask = command._provider()
    assert (ask is not None) is asks
    assert ask is None or ask() == Told("1.00 USD", (), {11200: 1}, ("HTTP 403",), MEANINGS)


def test_the_command_lets_old_lines_of_the_audit_go(
    stocked: House, tmp_path: Path, environ: pytest.MonkeyPatch
) -> None:
    write(stocked.engine, Act.CHECKED, by="old@example.org", now=datetime.now(UTC) - timedelta(days=364))
    ticks: list[tuple[float, str]] = []

    @contextmanager
    def ticking(do: Callable[[], None], every: float, name: str) -> Iterator[None]:
        ticks.append((every, name))
        yield

    environ.setenv("CACHE_DIR", str(tmp_path / "cache"))
    environ.setenv("DATABASE_URL", stocked.settings.database_url)
    environ.setattr(command, "ticking", ticking)
    environ.setattr(command, "now_utc", lambda: datetime.now(UTC) + timedelta(days=2))
    environ.setattr(command, "serve", lambda *told, **more: None)
    assert command.console.callback is not None
    command.console.callback(host="127.0.0.1", port=1, dev=True)
    assert [line.by for line in entries(stocked.engine)] == [""], "only the line that says so is left"
    assert ticks == [(86_400.0, "audit")]
