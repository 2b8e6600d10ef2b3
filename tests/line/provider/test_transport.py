"""Requests: to the provider alone, five tries at most, and no word about them anywhere."""

import logging
from collections.abc import Callable

import pytest

from bot.line.provider.client import Provider
from bot.line.provider.faults import ForbiddenRequestError, ProviderError
from bot.line.provider.transport import Reply, Transport, pooled
from tests.line.provider.holdings import ACCOUNT, LINE, SERVICE, Holdings
from tests.line.provider.standin import Answer, Twilio, failing, refusal, wire

API = "https://api.twilio.com/2010-04-01/Accounts"
SIGNED_IN = ("user", "secret")


def send_nothing(method: str, url: str, **rest: object) -> Reply:
    raise AssertionError("something was sent")


@pytest.mark.parametrize(
    ("method", "url", "auth"),
    [
        pytest.param("POST", f"{API}/Messages.json", SIGNED_IN, id="sending a text"),
        pytest.param("PUT", API, SIGNED_IN, id="changing something"),
        pytest.param("post", f"{API}/Messages.json", SIGNED_IN, id="in small letters"),
        pytest.param("DELETE", f"{API}/{ACCOUNT}/IncomingPhoneNumbers/PN1.json", SIGNED_IN, id="giving up a number"),
        pytest.param("DELETE", f"{API}/{ACCOUNT}/Messages/../IncomingPhoneNumbers/PN1.json", SIGNED_IN, id="around it"),
        pytest.param("DELETE", f"{API}/{ACCOUNT}/Calls/CA1.json/../../x", SIGNED_IN, id="beyond it"),
        pytest.param("DELETE", f"{API}/{ACCOUNT}/Messages.json", SIGNED_IN, id="deleting a whole list"),
        pytest.param("DELETE", f"https://messaging.twilio.com/v1/Services/{SERVICE}", SIGNED_IN, id="the service"),
        pytest.param("DELETE", "https://handler.twilio.com/twiml/x", None, id="a TwiML Bin"),
        pytest.param("GET", "https://api.twilio.com.example.org/", SIGNED_IN, id="a look-alike"),
        pytest.param("GET", "https://api.twilio.com@example.org/", SIGNED_IN, id="a user name"),
        pytest.param("GET", "https://api.twilio.com:8443/", SIGNED_IN, id="another port"),
        pytest.param("GET", "http://api.twilio.com/", SIGNED_IN, id="in the clear"),
        pytest.param("GET", "https://handler.twilio.com/twiml/x", SIGNED_IN, id="a password for a TwiML Bin"),
        pytest.param("GET", API, None, id="no password"),
    ],
)
def test_what_must_never_be_sent_is_not(method: str, url: str, auth: tuple[str, str] | None) -> None:
    with pytest.raises(ForbiddenRequestError):
        Transport(send_nothing).request(method, url, auth=auth)


@pytest.mark.parametrize("name", ["TWILIO_EDGE", "TWILIO_REGION"])
def test_no_environment_variable_leads_elsewhere(
    name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, twilio: Twilio
) -> None:
    monkeypatch.setenv(name, "elsewhere")
    provider: Provider = request.getfixturevalue("provider")
    provider.senders()
    assert {asked.host for asked in twilio.asked} == {"messaging.twilio.com"}


def test_no_proxy_and_no_password_file_is_used(monkeypatch: pytest.MonkeyPatch, twilio: Twilio) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with pooled(timeout=5) as send:
        assert send("GET", f"{twilio.origin}/").status_code == 401


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(provider: Provider, twilio: Twilio, waits: list[float], status: int) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, refusal(status), times=4))
    assert provider.service().validity_seconds == 600
    assert waits == [1, 2, 4, 8]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_does_not_pass_is_given_up_after_five_tries(
    provider: Provider, twilio: Twilio, waits: list[float], status: int
) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, refusal(status)))
    with pytest.raises(ProviderError, match=f"^HTTP {status}$") as caught:
        provider.service()
    assert (len(twilio.asked), waits, caught.value.passing) == (5, [1, 2, 4, 8], True)


@pytest.mark.parametrize(
    ("asked_for", "waited"),
    [
        pytest.param("7", 7, id="as asked for"),
        pytest.param("0", 1, id="never less than ours"),
        pytest.param("3600", 60, id="a minute at most"),
        pytest.param("9" * 400, 1, id="a number that is none"),
        pytest.param("Tue, 01 Dec 2026 20:00:00 GMT", 1, id="a date"),
        pytest.param("-5", 1, id="the past"),
    ],
)
def test_it_waits_as_long_as_a_429_asks_for(
    provider: Provider, twilio: Twilio, waits: list[float], asked_for: str, waited: float
) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, refusal(429, headers={"Retry-After": asked_for}), times=1))
    provider.service()
    assert waits == [waited]


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409])
def test_a_refusal_is_final(provider: Provider, twilio: Twilio, waits: list[float], status: int) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, refusal(status, headers={"Location": "http://127.0.0.1:9/"})))
    with pytest.raises(ProviderError, match=f"^HTTP {status}$"):
        provider.service()
    assert (len(twilio.asked), waits) == (1, [])


@pytest.mark.parametrize(
    "body",
    ["", "<html>", '{"cut', "[]", "null", "[" * 100_000],
    ids=["nothing", "a page", "cut off", "a list", "null", "deep"],
)
@pytest.mark.parametrize("ask", [Provider.service, Provider.senders], ids=["one", "a list"])
def test_an_answer_that_is_not_json_is_a_fault(
    provider: Provider, twilio: Twilio, body: str, ask: Callable[[Provider], object]
) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, Answer(200, body)))
    with pytest.raises(ProviderError, match="^an answer that is not JSON$"):
        ask(provider)


@pytest.mark.parametrize("body", ["{}", '{"validity_period": "soon"}', '{"meta": 5}', '{"meta": {"key": "x"}}'])
@pytest.mark.parametrize("ask", [Provider.service, Provider.senders], ids=["one", "a list"])
def test_an_answer_of_another_shape_is_a_fault(
    provider: Provider, twilio: Twilio, body: str, ask: Callable[[Provider], object]
) -> None:
    twilio.meddlers.append(failing("GET", SERVICE, Answer(200, body)))
    with pytest.raises(ProviderError, match="^an answer of an unknown shape$"):
        ask(provider)


def test_a_page_that_leads_elsewhere_is_not_followed(provider: Provider, twilio: Twilio) -> None:
    page = '{"phone_numbers": [], "meta": {"key": "phone_numbers", "next_page_url": "https://example.org/"}}'
    twilio.meddlers.append(failing("GET", "PhoneNumbers", Answer(200, page)))
    with pytest.raises(ForbiddenRequestError):
        provider.senders()


def test_who_hangs_is_given_up(twilio: Twilio) -> None:
    twilio.meddlers.append(lambda _: Answer(hang=True))
    waits: list[float] = []
    with wire(twilio.origin, timeout=0.05) as send, pytest.raises(ProviderError, match="^ReadTimeout$") as caught:
        Transport(send, sleep=waits.append).request("GET", API, auth=SIGNED_IN)
    assert (waits, caught.value.status, caught.value.passing) == ([1, 2, 4, 8], 0, True)


def test_nobody_at_home(twilio: Twilio) -> None:
    twilio.close()
    with wire(twilio.origin) as send, pytest.raises(ProviderError, match="^ConnectionError$"):
        Transport(send, sleep=lambda _: None).request("GET", API, auth=SIGNED_IN)


def test_no_library_logs_anything(
    provider: Provider, twilio: Twilio, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    twilio.meddlers.append(failing("GET", "Calls", refusal(500)))
    list(provider.messages(LINE))
    with pytest.raises(ProviderError):
        list(provider.calls(LINE))
    assert caplog.records == []
