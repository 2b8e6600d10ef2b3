"""Look at everything that is set and kept at the provider, point by point."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from bot.line.provider import keeping_checks, webhook_checks
from bot.line.provider.client import Provider, is_bin
from bot.line.provider.configured import Number, Sender, Service
from bot.line.provider.faults import ProviderError
from bot.line.provider.finding import Finding, State, could_not_ask, wrong
from bot.line.provider.keeping_checks import MOST_COUNTED, Kept
from bot.line.provider.records import Record
from bot.referral.answer import OptOutMode

#: Redaction may take a day. https://www.twilio.com/docs/messaging/guides/privacy-message-redaction
_REDACTED_AFTER = timedelta(hours=24)
_MOST_JUDGED = 20
#: An hourly purge of what is older than an hour leaves nothing older than this, its own few minutes included.
_TWO_HOURS = timedelta(hours=2, minutes=10)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What should be there. `now` is aware; `numbers` are this line's beside those of the Messaging Service."""

    base_url: str
    fallback_twiml: str
    opt_out_mode: OptOutMode
    now: datetime
    numbers: tuple[str, ...] = ()
    held: bool = False


def examine(provider: Provider, expected: Expected) -> Iterator[Finding]:
    """Yield what is found, one point after the other. What cannot be asked is a finding, never an exception."""
    service, senders = _asked(provider.service), _asked(provider.senders)
    pool = () if isinstance(senders, ProviderError) else senders
    asked = [_asked(partial(provider.number, sender, name)) for sender, name in _named(pool)]
    numbers = [number for number in asked if isinstance(number, Number)]
    unseen = [answer for answer in (senders, *asked) if isinstance(answer, ProviderError)]
    if isinstance(service, ProviderError):
        yield could_not_ask("the Messaging Service", service)
    else:
        yield from _texts(provider, service, numbers, expected)
        yield from _service(service, numbers, unseen)
    for number in numbers:
        yield from webhook_checks.calls_answered(number, expected.base_url)
    if isinstance(senders, ProviderError):
        yield could_not_ask("the numbers of the Messaging Service, and with them all that is kept", senders)
    else:
        yield from (could_not_ask("a number of the Messaging Service", error) for error in unseen)
        yield from _records(provider, line_numbers(senders, expected.numbers), expected)
    yield keeping_checks.retention()


def line_numbers(senders: Iterable[Sender], others: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of this line, each once: those of the sender pool and `others`."""
    return tuple(dict.fromkeys((*(sender.number for sender in senders), *others)))


def _texts(provider: Provider, service: Service, numbers: Sequence[Number], expected: Expected) -> Iterator[Finding]:
    yield webhook_checks.who_decides(service)
    webhooks = webhook_checks.text_webhooks(service, numbers)
    fallbacks = {}
    for where, webhook in webhooks.items():
        yield webhook_checks.brings(where, webhook, expected.base_url, "/sms")
        fallback = webhook_checks.has_fallback(where, webhook, expected.base_url, "/sms")
        yield fallback
        if not fallback.bad:
            fallbacks[webhook.fallback] = is_bin(webhook.fallback) and provider.opens_bins()
    for url, readable in fallbacks.items():
        served = _asked(partial(provider.twiml_bin, url)) if readable else None
        yield webhook_checks.fallback_says(url, served, expected.fallback_twiml)


def _service(service: Service, numbers: Sequence[Number], unseen: Sequence[ProviderError]) -> Iterator[Finding]:
    yield keeping_checks.validity(service)
    yield keeping_checks.encoding(service)
    for finding in (
        webhook_checks.demo_addresses(service, numbers),
        *keeping_checks.callbacks(service, numbers),
    ):
        # Of numbers that were not seen nobody can say that all is well.
        yield could_not_ask(f"whether {finding.what}", unseen[0]) if unseen and finding.state is State.OK else finding


def _records(provider: Provider, numbers: Sequence[str], expected: Expected) -> Iterator[Finding]:
    if not numbers:
        yield wrong("the Messaging Service has no number", "put this line's number into its sender pool")
        return
    seen = _asked(partial(_newest_redacted, provider, numbers, expected.now))
    if isinstance(seen, ProviderError):
        yield could_not_ask("the messages redaction is judged by", seen)
    else:
        yield keeping_checks.redaction(seen, expected.opt_out_mode)
    found = _asked(partial(_count_kept, provider, numbers, expected.now))
    if isinstance(found, ProviderError):
        yield could_not_ask("how many messages and calls are kept", found)
    else:
        yield keeping_checks.kept(found, held=expected.held)


def _newest_redacted(provider: Provider, numbers: Iterable[str], now: datetime) -> list[Record]:
    """Return the newest messages of which redaction should be through. A picture may have no text anyway."""
    before = now - _REDACTED_AFTER
    # The provider compares whole days: a day more than needed, and what is too young is left out here.
    until = (before + timedelta(days=1)).date()
    found = (record for number in numbers for record in provider.messages(number, until=until))
    return list(islice((record for record in found if record.is_old(before) and not record.media), _MOST_JUDGED))


def _count_kept(provider: Provider, numbers: Iterable[str], now: datetime) -> Kept:
    over_1_hour = over_2_hours = 0
    for record in provider.records(numbers):
        over_1_hour += record.is_old(now - timedelta(hours=1))
        over_2_hours += record.is_old(now - _TWO_HOURS)
        if over_2_hours > MOST_COUNTED:
            break
    return Kept(min(over_1_hour, MOST_COUNTED + 1), over_2_hours)


def _named(senders: Sequence[Sender]) -> Iterator[tuple[Sender, str]]:
    """Yield the numbers with a name each that staff can tell and nobody can dial; short codes take no calls."""
    for place, sender in enumerate(senders, start=1):
        if sender.sid:
            yield sender, f"number {place} of {len(senders)}, ending in {sender.number[-2:]}"


def _asked(question: Callable[[], T]) -> T | ProviderError:
    try:
        return question()
    except ProviderError as error:
        return error
