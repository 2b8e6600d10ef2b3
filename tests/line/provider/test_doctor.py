"""All points together, asked over the wire."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.line.last_resort import sms
from bot.line.provider.client import Provider
from bot.line.provider.doctor import Expected, examine
from bot.line.provider.finding import Finding, State
from bot.line.sms import twiml
from bot.referral.answer import OptOutMode
from tests.line.provider.holdings import BASE_URL, BIN, LINE, NOW, OTHER, SECOND, Holdings
from tests.line.provider.standin import Answer, Twilio, failing, refusal

HOUR = timedelta(hours=1)
EXPECTED = Expected(
    base_url=BASE_URL, fallback_twiml=twiml(sms("")), opt_out_mode=OptOutMode.APP, now=NOW, numbers=(LINE,)
)


pytestmark = pytest.mark.usefixtures("nothing_about_anybody")


def examined(provider: Provider, holdings: Holdings, expected: Expected = EXPECTED) -> list[Finding]:
    found = list(examine(provider, expected))
    assert not [(secret, finding) for finding in found for secret in holdings.secrets if secret in f"{finding}"]
    return found


def bad(found: list[Finding]) -> list[str]:
    return [finding.what for finding in found if finding.bad]


def test_all_is_well(provider: Provider, twilio: Twilio, holdings: Holdings) -> None:
    holdings.short_codes.append("55501")
    found = examined(provider, holdings)
    assert bad(found) == []
    assert [finding.what for finding in found if finding.state is State.OK][:4] == [
        "one address holds for all numbers of the Messaging Service",
        "texts come to this line by POST (set at the Messaging Service)",
        "when this line is down, https://handler.twilio.com/twiml/... answers texts (set at the Messaging Service)",
        "the fallback for texts says what it should",
    ]
    assert sum("ending in 00" in finding.what for finding in found) == 2
    assert {asked.method for asked in twilio.asked} == {"GET"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inbound_request_url": None}, "texts go nowhere"),
        ({"inbound_method": "GET"}, "access logs"),
        ({"fallback_url": None}, "nobody answers texts"),
        ({"validity_period": 36_000}, "10 hours late"),
        ({"smart_encoding": False}, "smart encoding is off"),
        ({"status_callback": "https://demo.twilio.com/x"}, "demonstration"),
    ],
    ids=str,
)
def test_one_thing_at_the_service(
    provider: Provider, holdings: Holdings, changes: dict[str, object], said: str
) -> None:
    holdings.service |= changes
    (what,) = bad(examined(provider, holdings))
    assert said in what


def test_numbers_that_decide_for_themselves(provider: Provider, holdings: Holdings) -> None:
    holdings.service["use_inbound_webhook_on_number"] = True
    holdings.numbers[0] |= {"sms_url": f"{BASE_URL}/sms", "sms_fallback_url": BIN}
    what = bad(examined(provider, holdings))
    assert len(what) == 2
    assert all("number 2 of 2, ending in 09" in each for each in what)


def test_every_number_is_looked_at(provider: Provider, holdings: Holdings) -> None:
    holdings.numbers[1] |= {"voice_url": "https://demo.twilio.com/welcome/voice/", "voice_fallback_url": ""}
    assert len(bad(examined(provider, holdings))) == 3


def test_another_twiml_in_the_bin(provider: Provider, holdings: Holdings) -> None:
    holdings.bins[BIN] = twiml("Call 911.")
    assert bad(examined(provider, holdings)) == ["the fallback for texts does not say what it should"]


def test_a_fallback_on_our_own_host_is_not_opened(provider: Provider, holdings: Holdings) -> None:
    holdings.service["fallback_url"] = f"{BASE_URL}/fallback"
    found = examined(provider, holdings)
    assert [finding.what for finding in found if "fallback for texts" in finding.what] == bad(found)


def test_a_service_without_numbers(provider: Provider, holdings: Holdings) -> None:
    holdings.numbers.clear()
    found = examined(provider, holdings, replace(EXPECTED, numbers=()))
    assert bad(found) == ["the Messaging Service has no number"]
    assert not any("older than" in finding.what for finding in found), "nothing is said of what nobody looked at"
    assert bad(examined(provider, holdings)) == []


def test_redaction_is_judged_by_what_is_older_than_a_day(provider: Provider, holdings: Holdings) -> None:
    holdings.exchange(23 * HOUR)
    holdings.text(72 * HOUR, pictures=1)
    holdings.text(72 * HOUR, to=OTHER)
    assert "no message older than a day" in " ".join(finding.what for finding in examined(provider, holdings))
    holdings.text(25 * HOUR, body="", sent_from="+1213555XXXX")
    assert any(finding.what.startswith("texts and phone numbers are red") for finding in examined(provider, holdings))
    holdings.exchange(73 * HOUR, line=SECOND)
    assert bad(examined(provider, holdings))[0].startswith("of 3 messages older than a day, 2 show their text and 2 ")


def test_only_so_many_messages_are_judged(provider: Provider, holdings: Holdings) -> None:
    for _ in range(25):
        holdings.text(72 * HOUR)
    assert bad(examined(provider, holdings))[0].startswith("of 20 messages")


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ([0.5], "no message or call older than an hour"),
        ([1.5, 2.1], "4 messages and calls are between one and two hours"),
        ([1.5, 2.5, 3], "4 messages and calls older than two hours"),
        ([1.5] * 30 + [9] * 40, "more than 50"),
    ],
    ids=["young", "waiting", "left over", "never purged"],
)
def test_what_is_still_kept_is_counted(provider: Provider, holdings: Holdings, ages: list[float], said: str) -> None:
    for age in ages:
        holdings.text(age * HOUR, body="", sent_from="+1213555XXXX")
        holdings.call(age * HOUR, to=SECOND)
        holdings.exchange(99 * HOUR, line=OTHER)
    holdings.reply(99 * HOUR, status="queued")
    assert [finding for finding in examined(provider, holdings) if said in finding.what]


def test_a_hold_is_said(provider: Provider, holdings: Holdings) -> None:
    holdings.call(9 * HOUR)
    found = examined(provider, holdings, replace(EXPECTED, held=True))
    assert bad(found) == []
    assert any("PURGE_HOLD" in finding.what for finding in found)


UNSEEN = [
    "whether no address of Twilio's demonstration is left (HTTP 404)",
    "whether nobody else is told about texts and calls (no status callback is set) (HTTP 404)",
]


@pytest.mark.parametrize(
    ("part", "answer", "could_not_ask"),
    [
        (
            "/PhoneNumbers",
            refusal(404),
            [*UNSEEN, "the numbers of the Messaging Service, and with them all that is kept (HTTP 404)"],
        ),
        ("/IncomingPhoneNumbers", refusal(404), [*UNSEEN, *["a number of the Messaging Service (HTTP 404)"] * 2]),
        ("/twiml/", Answer(500), ["the TwiML Bin with the fallback (HTTP 500)"]),
        ("/Calls", Answer(200, "<html>"), ["how many messages and calls are kept (an answer that is not JSON)"]),
        (
            "/Messages",
            refusal(429),
            ["the messages redaction is judged by (HTTP 429)", "how many messages and calls are kept (HTTP 429)"],
        ),
    ],
    ids=["senders", "numbers", "bin", "calls", "messages"],
)
def test_one_question_unanswered_leaves_the_others(
    provider: Provider, twilio: Twilio, holdings: Holdings, *, part: str, answer: Answer, could_not_ask: list[str]
) -> None:
    well = {finding.what for finding in examined(provider, holdings) if finding.state is State.OK}
    twilio.meddlers.append(failing("GET", part, answer))
    found = examined(provider, holdings)
    assert [finding.what for finding in found if finding.state is State.COULD_NOT_ASK] == could_not_ask
    still = {finding.what for finding in found if finding.state is State.OK}
    assert still < well
    assert len(still) >= 6


def test_an_address_found_wrong_is_said_although_not_all_were_seen(
    provider: Provider, twilio: Twilio, holdings: Holdings
) -> None:
    holdings.service["status_callback"] = "https://demo.twilio.com/x"
    twilio.meddlers.append(failing("GET", "/IncomingPhoneNumbers", refusal(404)))
    assert any("demonstration is still set" in what for what in bad(examined(provider, holdings)))


def test_nothing_can_be_asked(provider: Provider, twilio: Twilio, holdings: Holdings) -> None:
    twilio.meddlers.append(lambda _: refusal(401, 20003))
    found = examined(provider, holdings)
    assert [finding.state for finding in found] == [State.COULD_NOT_ASK] * 2 + [State.LOOK]
