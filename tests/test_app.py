from datetime import timedelta

import pytest
from flask import Blueprint

from bot.app import create_line_app
from bot.line.memory.interface import Allowances, State
from bot.line.memory.ram import RamMemory
from bot.line.readiness import Flushed
from bot.referral.check import Check, How
from bot.referral.entry import Entry, Kind, Phone, Source, Status, Way
from bot.referral.standing import overdue
from bot.storage.held import UNANSWERED, UNREADABLE, Origin
from tests.line.standins import NOON, Clock, FakeSource, House, make_content, make_settings

#: Every address of the line and who may call it: "signed" by the provider only, "open" to anybody.
REVIEWED = {
    ("/sms", "POST"): "signed",
    ("/voice", "POST"): "signed",
    ("/voice/choice", "POST"): "signed",
    ("/voice/after", "POST"): "signed",
    ("/healthz", "GET"): "open",
    ("/healthz", "HEAD"): "open",
    ("/readyz", "GET"): "open",
    ("/readyz", "HEAD"): "open",
}


@pytest.fixture
def house() -> House:
    return House(make_settings())


def routes(house: House) -> set[tuple[str, str]]:
    return {(rule.rule, method) for rule in house.app.url_map.iter_rules() for method in rule.methods or ()}


def test_every_address_was_reviewed(house: House) -> None:
    assert routes(house) == set(REVIEWED)


@pytest.mark.parametrize(("path", "method"), [pair for pair, who in REVIEWED.items() if who == "signed"])
def test_the_doors_let_nobody_in_unsigned(house: House, path: str, method: str) -> None:
    form = {"Body": "help", "From": "+12135550142"}
    assert house.app.test_client().open(path, method=method, data=form).status_code == 403


@pytest.mark.parametrize("dev", [True, False])
def test_pages_for_a_laptop_are_there_only_on_a_laptop(dev: bool) -> None:
    page = Blueprint("try_page", __name__)
    page.add_url_rule("/try", view_func=lambda: "a page")
    memory = RamMemory(Allowances())
    app = create_line_app(make_settings(dev=dev), FakeSource(), memory, dev_pages=(page,))
    assert app.test_client().get("/try").status_code == (200 if dev else 404)


@pytest.mark.parametrize("path", ["/", "/sms/", "/voice//choice", "/SMS", "/static/x", "/console", "/.env"])
def test_nothing_else_is_there_and_nobody_is_sent_elsewhere(house: House, path: str) -> None:
    assert house.app.test_client().post("/", environ_overrides={"PATH_INFO": path}).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/sms", "/nowhere"])
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    headers = house.app.test_client().get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers
    assert "ETag" not in headers


def test_a_page_may_say_more_about_itself() -> None:
    page = Blueprint("page", __name__)
    page.add_url_rule("/try", view_func=lambda: ("a page", {"Content-Security-Policy": "script-src 'self'"}))
    app = create_line_app(make_settings(dev=True), FakeSource(), RamMemory(Allowances()), dev_pages=(page,))
    assert app.test_client().get("/try").headers["Content-Security-Policy"] == "script-src 'self'"


def test_there_is_no_session(house: House) -> None:
    assert house.app.secret_key is None


def test_a_page_that_fails_shows_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    page = Blueprint("page", __name__)

    @page.get("/try")
    def fail() -> str:
        raise RuntimeError("a secret")

    app = create_line_app(make_settings(dev=True), FakeSource(), RamMemory(Allowances()), dev_pages=(page,))
    answered = app.test_client().get("/try")
    assert (answered.status_code, answered.text) == (500, "Internal Server Error\n")
    assert "a secret" not in caplog.text
    assert "RuntimeError at test_app.py:" in caplog.text


def test_healthz(house: House) -> None:
    assert house.app.test_client().get("/healthz").json == {"ok": True}


#: What it says of a line that is as it should be.
READY = {"overdue": [], "due": 0, "database": "ok", "state": "memory", "flushed_s": None}


@pytest.mark.parametrize(("origin", "number"), [(Origin.DATABASE, 7), (Origin.COPY, 6), (Origin.PACKAGED, None)])
def test_readyz_says_where_the_content_came_from(house: House, origin: Origin, number: int | None) -> None:
    house.source.origin, house.source.number = origin, number
    house.clock.tick(90.4)
    answered = house.app.test_client().get("/readyz")
    assert answered.status_code == 200
    assert answered.json == {**READY, "release": number, "source": str(origin), "age_s": 90}


def test_readyz_before_there_is_content() -> None:
    class Nothing(FakeSource):
        @property
        def held(self) -> None:  # type: ignore[override]
            raise RuntimeError("the release source was not started")

    answered = House(make_settings(), source=Nothing()).app.test_client().get("/readyz")
    assert answered.status_code == 503
    nothing = {"release": None, "source": None, "age_s": None, "database": "away"}
    assert answered.json == {**READY, **nothing}


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        pytest.param(None, "ok", id="no problem"),
        pytest.param("release 4 was refused: bad", "ok", id="it answered with a bad release"),
        pytest.param(UNANSWERED, "away", id="not yet"),
        pytest.param(f"{UNREADABLE}: OperationalError", "away", id="no longer"),
    ],
)
def test_readyz_says_whether_the_database_answered_last(house: House, problem: str | None, said: str) -> None:
    house.source.problem = problem
    answered = house.app.test_client().get("/readyz")
    assert answered.status_code == 200
    assert answered.json == {**READY, "release": 3, "source": "database", "age_s": 0, "database": said}


@pytest.mark.parametrize("state", State)
def test_readyz_says_where_conversations_are_held(state: State) -> None:
    class Elsewhere(RamMemory):
        @property
        def state(self) -> State:
            return state

    house = House(make_settings(), memory=Elsewhere(Allowances()))
    assert house.app.test_client().get("/readyz").json["state"] == str(state)  # type: ignore[index]


def test_readyz_says_when_counts_were_last_stored() -> None:
    flushed, clock = Flushed(), Clock()
    app = create_line_app(make_settings(), FakeSource(), RamMemory(Allowances()), clock=clock, flushed=flushed)
    told = []
    for at in (None, NOON, NOON + timedelta(seconds=61), NOON + timedelta(hours=1)):
        flushed.at = at
        clock.now = NOON + timedelta(seconds=90.4)
        told.append(app.test_client().get("/readyz").json["flushed_s"])  # type: ignore[index]
    # Never less than nothing, though clocks may jump.
    assert told == [None, 90, 29, 0]


def test_readyz_does_not_work_out_again_what_it_knows(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[object] = []

    def note(*given: object) -> list[object]:
        worked.append(given)
        return []

    monkeypatch.setattr("bot.line.readiness.late_list", note)
    client = house.app.test_client()
    assert [client.get("/readyz").status_code for _ in range(5)] == [200] * 5
    assert len(worked) == 1
    house.clock.tick(24 * 3600)
    client.get("/readyz")
    house.source.number = 4
    client.get("/readyz")
    assert len(worked) == 3


def make_entry(id_: str, days_ago: int, *, keep: bool) -> Entry:
    checks = (Check(NOON.date() - timedelta(days=days_ago), How.CALLED),)
    phone = (Phone("+18005550100", (Way.CALL,), publish=True),)
    return Entry(
        id_,
        id_,
        {},
        "national",
        Status.PUBLISH,
        Source.OFFICIAL,
        phone=phone,
        keep=keep,
        checks=checks,
        kind=Kind.HOTLINE,
    )


def test_overdue_are_the_entries_that_never_step_back() -> None:
    entries = [
        make_entry("fresh", 90, keep=True),
        make_entry("late", 91, keep=True),
        make_entry("later", 500, keep=True),
        make_entry("steps back", 500, keep=False),
    ]
    content = make_content(entries={entry.id: entry for entry in entries})
    assert overdue(content, NOON.date()) == ["late", "later"]
    # Whoever watches is told of these, and how many are past their term in all.
    told = House(make_settings(), FakeSource(content)).app.test_client().get("/readyz").json
    assert told == {**READY, "release": 3, "source": "database", "age_s": 0, "overdue": ["late", "later"], "due": 3}
