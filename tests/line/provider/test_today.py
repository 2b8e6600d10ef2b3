"""How the account stands: totals and codes, from three addresses, and nothing of anybody's texts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from bot.line.provider.account import load
from bot.line.provider.today import Today, today
from tests.line.provider.holdings import ACCOUNT, ENVIRON, NOW, SERVICE, Holdings
from tests.line.provider.standin import Answer, Asked, Twilio, as_json, failing, refusal, wire

BALANCE = f"/2010-04-01/Accounts/{ACCOUNT}/Balance.json"
CAMPAIGNS = f"/v1/Services/{SERVICE}/Compliance/Usa2p"
ALERTS = "/v1/Alerts"
#: What must never be shown: the log may quote a text and a number.
QUOTED = "my ex found me +12135550142"


def page(key: str, found: list[dict[str, Any]], more: str | None = None) -> Answer:
    return as_json({key: found, "meta": {"key": key, "next_page_url": more}})


def alert(code: object) -> dict[str, Any]:
    return {"error_code": str(code), "alert_text": QUOTED, "resource_sid": "SM" + "1" * 32}


def usual(asked: Asked) -> Answer | None:
    """Answer as an account in good order with three errors does, in two pages."""
    if asked.path == BALANCE:
        return as_json({"balance": "1234.5", "currency": "USD", "account_sid": ACCOUNT})
    if asked.path == CAMPAIGNS:
        return page("compliance", [{"campaign_status": "VERIFIED", "description": QUOTED}])
    if asked.path == ALERTS and "Page" not in asked.query:
        more = "https://monitor.twilio.com/v1/Alerts?PageSize=1000&Page=1"
        return page("alerts", [alert(30003), alert(30007)], more)
    return page("alerts", [alert(30003)]) if asked.path == ALERTS else None


@pytest.fixture
def ask(twilio: Twilio, waits: list[float]) -> Iterator[Callable[[], Today]]:
    with ExitStack() as stack:
        send = stack.enter_context(wire(twilio.origin))
        yield lambda: today(load(ENVIRON), NOW, send=send, sleep=waits.append)


@pytest.mark.usefixtures("nothing_about_anybody")
def test_three_addresses_are_read_and_no_message(ask: Callable[[], Today], twilio: Twilio, holdings: Holdings) -> None:
    holdings.exchange(timedelta(hours=1))
    twilio.meddlers.append(usual)
    found = ask()
    assert found == Today("1,234.50 USD", ("VERIFIED",), {30003: 2, 30007: 1}, ())
    assert [(asked.method, asked.host, asked.path) for asked in twilio.asked] == [
        ("GET", "api.twilio.com", BALANCE),
        ("GET", "messaging.twilio.com", CAMPAIGNS),
        ("GET", "monitor.twilio.com", ALERTS),
        ("GET", "monitor.twilio.com", ALERTS),
    ]
    assert twilio.asked[2].query == {"StartDate": "2026-11-30T20:00:00Z", "PageSize": "1000"}
    assert QUOTED not in repr(found)


@pytest.mark.parametrize(
    ("path", "field"),
    [(BALANCE, "balance"), (CAMPAIGNS, "campaigns"), (ALERTS, "errors")],
    ids=["pay", "campaign", "log"],
)
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (refusal(403), "HTTP 403"),
        (refusal(503), "HTTP 503"),
        (Answer(200, "<html>"), "an answer that is not JSON"),
        (Answer(200, "{}"), "an answer of an unknown shape"),
        (as_json({"balance": "much", "compliance": [{}], "alerts": [alert("x")]}), "an answer of an unknown shape"),
        (
            as_json({"balance": "1", "currency": "\x07", "compliance": [{"campaign_status": 7}], "alerts": 4}),
            "an answer of an unknown shape",
        ),
    ],
    ids=["refused", "in trouble", "no JSON", "empty", "nonsense", "another nonsense"],
)
def test_what_cannot_be_asked_hides_nothing_else(
    ask: Callable[[], Today], twilio: Twilio, path: str, field: str, *, answer: Answer, why: str
) -> None:
    twilio.meddlers += [failing("GET", path, answer), usual]
    found = ask()
    told = {name: getattr(found, name) for name in ("balance", "campaigns", "errors")}
    assert [name for name, one in told.items() if one is None] == [field]
    assert found.unasked == (why,)


def test_a_list_that_leads_elsewhere_is_not_followed(ask: Callable[[], Today], twilio: Twilio) -> None:
    def meddle(asked: Asked) -> Answer | None:
        return page("alerts", [alert(30003)], "https://example.org/v1/Alerts") if asked.path == ALERTS else None

    twilio.meddlers += [meddle, usual]
    assert ask().errors is None
    assert {asked.host for asked in twilio.asked} == {"api.twilio.com", "messaging.twilio.com", "monitor.twilio.com"}


def test_a_list_without_an_end_is_left(ask: Callable[[], Today], twilio: Twilio) -> None:
    def meddle(asked: Asked) -> Answer | None:
        more = "https://monitor.twilio.com/v1/Alerts?Page=1"
        return page("alerts", [alert(30003)], more) if asked.path == ALERTS else None

    twilio.meddlers += [meddle, usual]
    assert ask().errors == {30003: 10}


def test_a_long_word_is_cut(ask: Callable[[], Today], twilio: Twilio) -> None:
    def meddle(asked: Asked) -> Answer | None:
        return page("compliance", [{"campaign_status": "X" * 500}]) if asked.path == CAMPAIGNS else None

    twilio.meddlers += [meddle, usual]
    assert ask().campaigns == ("X" * 40,)
