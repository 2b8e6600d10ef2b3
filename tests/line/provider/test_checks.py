"""Each point of the doctor on its own: how it should be, and every way it can be wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.line.last_resort import sms
from bot.line.provider import content_checks, keeping_checks, webhook_checks
from bot.line.provider.addresses import shown
from bot.line.provider.configured import Number, Service, Webhook
from bot.line.provider.faults import ProviderError
from bot.line.provider.finding import Finding, State, could_not_ask
from bot.line.provider.keeping_checks import Kept
from bot.line.provider.records import Kind, Record
from bot.line.sms import twiml
from bot.referral.answer import OptOutMode
from tests.line.provider.holdings import BASE_URL, BIN, LINE, NOW

OK, WRONG, LOOK, NOT_ASKED = State.OK, State.WRONG, State.LOOK, State.COULD_NOT_ASK
DEMO = "https://demo.twilio.com/welcome/sms/reply/"
TEXTS = Webhook(f"{BASE_URL}/sms", "POST", BIN)
CALLS = Webhook(f"{BASE_URL}/voice", "POST", BIN)
SERVICE = Service(TEXTS, "", True, 600, False)
NUMBER = Number("number 1 of 1", Webhook("", "POST", ""), CALLS, "", False)
OURS = twiml(sms(""))
SEEN = Record(Kind.MESSAGE, "SM1", NOW - timedelta(days=2), "delivered", text_hidden=True, number_hidden=True)


def check(finding: Finding, state: State) -> None:
    """See the state, and that whatever is not right comes with something to do."""
    assert finding.state is state, finding
    assert bool(finding.do) is (state is not OK)
    assert finding.bad is (state in (WRONG, NOT_ASKED))
    assert LINE not in f"{finding}"


@pytest.mark.parametrize(
    ("url", "method", "state"),
    [
        pytest.param(f"{BASE_URL}/sms", "POST", OK, id="right"),
        pytest.param(f"{BASE_URL}/sms#rc=1&rp=ct,rt,5xx", "post", OK, id="with overrides"),
        pytest.param("", "POST", WRONG, id="not set"),
        pytest.param(f"{BASE_URL}/sms", "GET", WRONG, id="by GET"),
        pytest.param(f"{BASE_URL}/sms", "", WRONG, id="no method"),
        pytest.param(f"{BASE_URL}/sms/", "POST", WRONG, id="a slash more"),
        pytest.param(f"{BASE_URL}/voice", "POST", WRONG, id="the other door"),
        pytest.param(f"{BASE_URL}/sms?x=1", "POST", WRONG, id="with a query"),
        pytest.param("http://line.example.org/sms", "POST", WRONG, id="in the clear"),
        pytest.param("https://old.example.org/sms", "POST", WRONG, id="another host"),
        pytest.param("https://[", "POST", WRONG, id="no address at all"),
    ],
)
def test_where_texts_go(url: str, method: str, state: State) -> None:
    check(webhook_checks.brings("the service", Webhook(url, method, ""), BASE_URL, "/sms"), state)


@pytest.mark.parametrize(
    ("url", "state"),
    [
        pytest.param(BIN, OK, id="a TwiML Bin"),
        pytest.param("https://elsewhere.example.net/fallback.xml", OK, id="elsewhere"),
        pytest.param("", WRONG, id="none"),
        pytest.param(f"{BASE_URL}/fallback", WRONG, id="on our host"),
        pytest.param("https://LINE.example.org:8443/fallback", WRONG, id="on our host, written otherwise"),
        pytest.param("fallback.xml", WRONG, id="no host"),
    ],
)
@pytest.mark.parametrize("path", ["/sms", "/voice"])
def test_who_answers_when_we_are_down(url: str, state: State, path: str) -> None:
    check(webhook_checks.has_fallback("the service", Webhook("", "", url), BASE_URL, path), state)


@pytest.mark.parametrize(
    ("url", "served", "state"),
    [
        pytest.param(BIN, OURS, OK, id="the same"),
        pytest.param(BIN, OURS.replace("<Message>", "\n  <Message>\n    ").replace('"', "'"), OK, id="laid out"),
        pytest.param(BIN, OURS.replace("911", "912", 1), WRONG, id="another number"),
        pytest.param(BIN, OURS.replace("Message", "Sms"), WRONG, id="another verb"),
        pytest.param(BIN, OURS.replace("<Message>", '<Message to="+1">'), WRONG, id="to somebody else"),
        pytest.param(BIN, "<Response/>", WRONG, id="empty"),
        pytest.param(BIN, "", WRONG, id="nothing"),
        pytest.param(BIN, OURS[:-5], WRONG, id="cut off"),
        pytest.param(BIN, "<!-- " + "x" * 70_000 + " -->" + OURS, WRONG, id="too long"),
        pytest.param(BIN, None, LOOK, id="no token to open it with"),
        pytest.param(BIN, ProviderError("HTTP 403", status=403), LOOK, id="shut"),
        pytest.param(BIN, ProviderError("HTTP 404", status=404), WRONG, id="gone"),
        pytest.param(BIN, ProviderError("ReadTimeout"), NOT_ASKED, id="no answer"),
        pytest.param("https://elsewhere.example.net/f.xml", None, LOOK, id="not a TwiML Bin"),
        pytest.param("http" + BIN[5:], None, LOOK, id="a TwiML Bin in the clear"),
    ],
)
def test_what_the_fallback_says(url: str, served: str | ProviderError | None, state: State) -> None:
    check(webhook_checks.fallback_says(url, served, OURS), state)


@pytest.mark.parametrize(
    ("number", "states"),
    [
        pytest.param(NUMBER, [OK, OK], id="right"),
        pytest.param(replace(NUMBER, calls=replace(CALLS, url="")), [WRONG, OK], id="no address"),
        pytest.param(replace(NUMBER, calls=replace(CALLS, url=f"{BASE_URL}/sms")), [WRONG, OK], id="the other door"),
        pytest.param(replace(NUMBER, calls=replace(CALLS, method="GET")), [WRONG, OK], id="by GET"),
        pytest.param(replace(NUMBER, calls=replace(CALLS, fallback="")), [OK, WRONG], id="no fallback"),
        pytest.param(replace(NUMBER, calls_go_elsewhere=True), [WRONG], id="a TwiML App"),
    ],
)
def test_where_calls_go(number: Number, states: list[State]) -> None:
    found = list(webhook_checks.calls_answered(number, BASE_URL))
    assert len(found) == len(states)
    for finding, state in zip(found, states, strict=True):
        check(finding, state)


@pytest.mark.parametrize(
    ("service", "number", "state"),
    [
        pytest.param(SERVICE, NUMBER, OK, id="none"),
        pytest.param(replace(SERVICE, texts=replace(TEXTS, url=DEMO)), NUMBER, WRONG, id="service"),
        pytest.param(replace(SERVICE, texts=replace(TEXTS, fallback=DEMO)), NUMBER, WRONG, id="service fallback"),
        pytest.param(replace(SERVICE, status_callback=DEMO), NUMBER, WRONG, id="service callback"),
        pytest.param(SERVICE, replace(NUMBER, texts=replace(TEXTS, url=DEMO)), WRONG, id="unused text address"),
        pytest.param(SERVICE, replace(NUMBER, texts=replace(TEXTS, fallback=DEMO)), WRONG, id="unused text fallback"),
        pytest.param(SERVICE, replace(NUMBER, calls=replace(CALLS, url=DEMO.upper())), WRONG, id="calls, capitals"),
        pytest.param(SERVICE, replace(NUMBER, calls=replace(CALLS, fallback=DEMO)), WRONG, id="call fallback"),
        pytest.param(SERVICE, replace(NUMBER, status_callback=DEMO), WRONG, id="number callback"),
    ],
)
def test_demonstration_addresses(service: Service, number: Number, state: State) -> None:
    check(webhook_checks.demo_addresses(service, [number]), state)


def test_whose_address_counts() -> None:
    theirs = replace(SERVICE, numbers_decide=True)
    check(webhook_checks.who_decides(SERVICE), OK)
    check(webhook_checks.who_decides(theirs), LOOK)
    assert webhook_checks.text_webhooks(SERVICE, [NUMBER]) == {"the Messaging Service": TEXTS}
    assert webhook_checks.text_webhooks(theirs, [NUMBER]) == {"number 1 of 1": NUMBER.texts}


@pytest.mark.parametrize(("seconds", "state"), [(1, OK), (600, OK), (601, WRONG), (7199, WRONG), (36_000, WRONG)])
def test_how_late_a_reply_may_be(seconds: int, state: State) -> None:
    check(keeping_checks.validity(replace(SERVICE, validity_seconds=seconds)), state)


@pytest.mark.parametrize(("on", "state"), [(True, OK), (False, WRONG)])
def test_smart_encoding(on: bool, state: State) -> None:
    check(keeping_checks.encoding(replace(SERVICE, smart_encoding=on)), state)


@pytest.mark.parametrize(
    ("service", "number", "states"),
    [
        ("", "", [OK]),
        ("https://crm.example.net/?key=secret", "", [LOOK]),
        ("", "https://crm.example.net/", [LOOK]),
        ("https://crm.example.net/", "nowhere", [LOOK, LOOK]),
    ],
)
def test_who_else_is_told(service: str, number: str, states: list[State]) -> None:
    told = keeping_checks.callbacks(
        replace(SERVICE, status_callback=service), [replace(NUMBER, status_callback=number)]
    )
    for finding, state in zip(told, states, strict=True):
        check(finding, state)
        assert "secret" not in finding.what


@pytest.mark.parametrize(
    ("seen", "mode", "state", "do"),
    [
        ([], OptOutMode.APP, LOOK, "Message redaction"),
        ([SEEN] * 20, OptOutMode.APP, OK, ""),
        ([SEEN, replace(SEEN, text_hidden=False)], OptOutMode.APP, WRONG, "body on"),
        ([SEEN, replace(SEEN, number_hidden=False)], OptOutMode.APP, WRONG, "phone numbers on"),
        ([replace(SEEN, number_hidden=False)], OptOutMode.PROVIDER_CUSTOM, WRONG, "purge-provider"),
        ([replace(SEEN, text_hidden=False, number_hidden=False)], OptOutMode.PROVIDER_CUSTOM, WRONG, "body on"),
    ],
    ids=["nothing to judge by", "all hidden", "a text", "a number", "a number, Twilio handles STOP", "both"],
)
def test_redaction(seen: list[Record], mode: OptOutMode, state: State, do: str) -> None:
    finding = keeping_checks.redaction(seen, mode)
    check(finding, state)
    assert do in finding.do


@pytest.mark.parametrize(
    ("found", "held", "state", "said"),
    [
        (Kept(0, 0), False, OK, "no message or call"),
        (Kept(3, 0), False, LOOK, "3 messages and calls"),
        (Kept(51, 50), False, WRONG, "50 messages and calls"),
        (Kept(51, 51), False, WRONG, "more than 50"),
        (Kept(51, 51), True, LOOK, "hold"),
    ],
)
def test_what_is_kept(found: Kept, held: bool, state: State, said: str) -> None:
    finding = keeping_checks.kept(found, held=held)
    check(finding, state)
    assert said in finding.what


@pytest.mark.parametrize("mode", list(OptOutMode))
def test_the_reserved_words_are_for_a_person_to_compare(mode: OptOutMode) -> None:
    check(content_checks.reserved_words(mode), LOOK)


@pytest.mark.parametrize(("overdue", "state"), [([], OK), (["us-911", "us-988"], WRONG)])
def test_numbers_that_are_always_sent(overdue: list[str], state: State) -> None:
    finding = content_checks.last_resorts(overdue)
    check(finding, state)
    assert all(name in finding.what for name in overdue)


@pytest.mark.parametrize(
    ("error", "do"),
    [
        (ProviderError("ReadTimeout"), "try again"),
        (ProviderError("HTTP 500", status=500), "try again"),
        (ProviderError("HTTP 401", status=401), "TWILIO_ACCOUNT_SID and the API key"),
        (ProviderError("HTTP 404", status=404), "TWILIO_MESSAGING_SERVICE_SID"),
    ],
)
def test_why_nothing_could_be_asked(error: ProviderError, do: str) -> None:
    finding = could_not_ask("the service", error)
    check(finding, NOT_ASKED)
    assert str(error) in finding.what
    assert do in finding.do


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (BIN, "https://handler.twilio.com/twiml/..."),
        ("https://user:pass@example.net/x?key=1#rc=1", "https://example.net/x"),
        ("https://example.net/hooks/0123456789abcdef0123/x", "https://example.net/hooks/.../x"),
        (f"https://example.net/{LINE}", "https://example.net/+..."),
        ("https://[", "an address that is none"),
        ("nothing", "no address"),
    ],
)
def test_how_an_address_is_shown(url: str, safe: str) -> None:
    assert shown(url) == safe
