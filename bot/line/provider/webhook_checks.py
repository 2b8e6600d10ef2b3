"""Does the provider bring texts and calls to this line, and does it know what to say when it cannot?"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator

from bot.line.provider.addresses import host_of, shown, without_overrides
from bot.line.provider.client import is_bin
from bot.line.provider.configured import Number, Service, Webhook
from bot.line.provider.faults import ProviderError
from bot.line.provider.finding import Finding, could_not_ask, look, ok, wrong

SERVICE = "the Messaging Service"
_COMPARE = "compare it with what this prints, word for word: quietline fallback-twiml"
#: The provider's own page of that size is refused (error 11750).
_LONGEST_TWIML = 64 * 1024


def text_webhooks(service: Service, numbers: Iterable[Number]) -> dict[str, Webhook]:
    """Return what decides where a text goes, by the place it is set at."""
    if not service.numbers_decide:
        return {SERVICE: service.texts}
    return {number.name: number.texts for number in numbers}


def who_decides(service: Service) -> Finding:
    """Say whether one setting holds for all numbers."""
    if not service.numbers_decide:
        return ok("one address holds for all numbers of the Messaging Service")
    return look(
        "each number of the Messaging Service has its own address for texts",
        f"better: {SERVICE} > Integration > Send a webhook, so that a new number cannot be forgotten",
    )


def brings(where: str, webhook: Webhook, base_url: str, path: str) -> Finding:
    """Say whether texts (/sms) or calls (/voice) come to this line by POST."""
    what = "texts" if path == "/sms" else "calls"
    do = f"set it to {base_url}{path} with POST, at {where}"
    if not webhook.url:
        return wrong(f"{what} go nowhere: no address is set at {where}", do)
    if without_overrides(webhook.url) != base_url + path:
        return wrong(f"{what} go to {shown(webhook.url)}, set at {where}, and not to this line", do)
    if webhook.method.upper() != "POST":
        return wrong(f"{what} come by {webhook.method or 'no method'}: they would stand in access logs", do)
    return ok(f"{what} come to this line by POST (set at {where})")


def has_fallback(where: str, webhook: Webhook, base_url: str, path: str) -> Finding:
    """Say whether somebody else answers texts or calls when this line cannot."""
    what = "texts" if path == "/sms" else "calls"
    made_of = "what `quietline fallback-twiml` prints" if path == "/sms" else "the words in docs/twilio.md, part 4"
    do = f"make a TwiML Bin of {made_of} and set it as the fallback of {where}"
    if not webhook.fallback:
        return wrong(f"when this line is down nobody answers {what}: no fallback at {where}", do)
    if host_of(webhook.fallback) in ("", host_of(base_url)):
        return wrong(f"the fallback for {what} at {where} is down whenever this line is: it is on the same host", do)
    return ok(f"when this line is down, {shown(webhook.fallback)} answers {what} (set at {where})")


def fallback_says(url: str, served: str | ProviderError | None, ours: str) -> Finding:
    """Say whether the fallback for texts says what we want said. `served` is None when it cannot be read."""
    place = shown(url)
    if not is_bin(url):
        return look(f"the fallback for texts is not a TwiML Bin but at {place}", f"open it and {_COMPARE}")
    if served is None:
        return look("the TwiML Bin with the fallback opens to the account's token only", f"open it and {_COMPARE}")
    if isinstance(served, ProviderError):
        return _unread(served)
    if _canonical(served) != _canonical(ours):
        return wrong("the fallback for texts does not say what it should", f"open the TwiML Bin and {_COMPARE}")
    return ok("the fallback for texts says what it should")


def calls_answered(number: Number, base_url: str) -> Iterator[Finding]:
    """Say whether a call to a number reaches this line, and somebody else when it is down."""
    if number.calls_go_elsewhere:
        yield wrong(
            f"calls to {number.name} go to a TwiML App or a SIP trunk",
            f"Phone Numbers > {number.name} > Voice: choose Webhook, {base_url}/voice, POST",
        )
        return
    yield brings(number.name, number.calls, base_url, "/voice")
    yield has_fallback(number.name, number.calls, base_url, "/voice")


def demo_addresses(service: Service, numbers: Iterable[Number]) -> Finding:
    """Say whether an address of the provider's own demonstration was left anywhere."""
    places: dict[str, tuple[str, ...]] = {SERVICE: (service.texts.url, service.texts.fallback, service.status_callback)}
    for number in numbers:
        hooks = (number.texts, number.calls)
        places[number.name] = (number.status_callback, *(url for hook in hooks for url in (hook.url, hook.fallback)))
    found = [place for place, urls in places.items() if any(host_of(url) == "demo.twilio.com" for url in urls)]
    if found:
        return wrong(
            f"an address of Twilio's demonstration is still set: {', '.join(found)}",
            "clear every field that holds demo.twilio.com, or set this line's address",
        )
    return ok("no address of Twilio's demonstration is left")


def _unread(error: ProviderError) -> Finding:
    if error.locked_out:
        return look(f"the TwiML Bin with the fallback does not open to us ({error})", f"open it and {_COMPARE}")
    if error.gone:
        return wrong("the TwiML Bin set as the fallback is gone", "make a new one of: quietline fallback-twiml")
    return could_not_ask("the TwiML Bin with the fallback", error)


def _canonical(twiml: str) -> str | None:
    """Return the one way to write this TwiML; None when it is not XML. Blanks around texts do not count."""
    if len(twiml) > _LONGEST_TWIML:
        return None
    try:
        return ElementTree.canonicalize(twiml.strip(), strip_text=True)
    except ElementTree.ParseError:
        return None
