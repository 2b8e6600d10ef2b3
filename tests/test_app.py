from datetime import timedelta

import pytest
from flask import Blueprint

from bot.app import create_line_app
from bot.line.memory.interface import Allowances
from bot.line.memory.ram import RamMemory
from bot.referral.check import Check, How
from bot.referral.entry import Entry, Kind, Phone, Source, Status, Way
from bot.referral.standing import overdue
from bot.storage.held import Origin
from tests.line.standins import NOON, FakeSource, House, make_content, make_settings

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


@pytest.mark.parametrize(("origin", "number"), [(Origin.DATABASE, 7), (Origin.COPY, 6), (Origin.PACKAGED, None)])
def test_readyz_says_where_the_content_came_from(house: House, origin: Origin, number: int | None) -> None:
    house.source.origin, house.source.number = origin, number
    house.clock.tick(90.4)
    answered = house.app.test_client().get("/readyz")
    assert answered.status_code == 200
    assert answered.json == {"release": number, "source": str(origin), "age_s": 90, "overdue": []}


def test_readyz_before_there_is_content() -> None:
    class Nothing(FakeSource):
        @property
        def held(self) -> None:  # type: ignore[override]
            raise RuntimeError("the release source was not started")

    answered = House(make_settings(), source=Nothing()).app.test_client().get("/readyz")
    assert answered.status_code == 503
    assert answered.json == {"release": None, "source": None, "age_s": None, "overdue": []}


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
