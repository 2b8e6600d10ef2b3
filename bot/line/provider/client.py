"""The provider as this line needs it: what is set, what is kept, and deleting it. It cannot send."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

from bot.line.provider.account import Account
from bot.line.provider.configured import Number, Sender, Service, number_of, service_of
from bot.line.provider.faults import ProviderError
from bot.line.provider.records import Kind, Record, call_of, leg_of, message_of
from bot.line.provider.transport import BINS, Send, Transport, pooled, silence

#: The most the provider gives at once.
_PAGE = 1000
#: Ten million records. A list that goes on beyond them leads in circles.
_MOST_PAGES = 10_000
#: Given instead of the process' environment, in which the library would look for other addresses of the provider.
_NO_ENVIRONMENT = {"TWILIO_REGION": ""}


class Provider:
    """One account at the provider. Every method raises ProviderError when it gets no usable answer."""

    def __init__(self, client: Any, account: Account, transport: Transport) -> None:
        self._client = client
        self._account = account
        self._transport = transport

    def service(self) -> Service:
        """Return what is set at the Messaging Service."""
        with _readable():
            return service_of(self._service().fetch())

    def senders(self) -> tuple[Sender, ...]:
        """Return the numbers and short codes of the Messaging Service's sender pool."""
        with _readable():
            numbers = [Sender(str(n.phone_number), str(n.sid)) for n in _listed(self._service().phone_numbers.page())]
            codes = [Sender(str(code.short_code)) for code in _listed(self._service().short_codes.page())]
        return (*numbers, *codes)

    def number(self, sender: Sender, name: str) -> Number:
        """Return what is set at a number."""
        with _readable():
            return number_of(self._client.incoming_phone_numbers(sender.sid).fetch(), name)

    def messages(self, number: str, *, until: date | None = None) -> Iterator[Record]:
        """Yield the messages to and from a number, newest first in either direction.

        `until` leaves out what was sent after that day began (UTC); the provider compares whole days, and
        passes over a message that was never sent and so has no such day.
        """
        day = {"date_sent_before": until.isoformat()} if until else {}
        with _readable():
            for side in ({"to": number}, {"from_": number}):
                for found in _listed(self._client.messages.page(**side, **day, page_size=_PAGE)):
                    if record := message_of(found, number):
                        yield record

    def calls(self, number: str) -> Iterator[Record]:
        """Yield the calls to a number and the legs that left from it, newest first in either direction."""
        with _readable():
            for side in ({"to": number}, {"from_": number}):
                for found in _listed(self._client.calls.page(**side, page_size=_PAGE)):
                    if record := call_of(found, number):
                        yield record

    def records(self, numbers: Iterable[str]) -> Iterator[Record]:
        """Yield all messages and calls of some numbers.

        Not filtered by date at the provider: it compares whole days, and the day a message was sent or a call
        began, which those that never got so far do not have. Nobody would ever find them again.
        """
        for number in numbers:
            yield from self.messages(number)
            yield from self.calls(number)

    def delete(self, record: Record) -> frozenset[str]:
        """Delete a record and what hangs on it, and return the SIDs of all that are gone, be it by somebody else.

        The record itself goes last: when it is stopped in between, the rest is found again through it.
        """
        with _readable():
            if record.kind is Kind.MESSAGE:
                return self._delete_message(record)
            return self._delete_call(record)

    def twiml_bin(self, url: str) -> str:
        """Return what a TwiML Bin answers. It opens to requests signed with the account's token only.

        Source: Twilio's support article 223132187.
        """
        parts = urlsplit(url)
        signed = parts._replace(query=f"AccountSid={self._account.sid}", fragment="").geturl()
        signature = RequestValidator(self._account.token).compute_signature(signed, {})
        return self._transport.request("GET", signed, headers={"X-Twilio-Signature": signature}).text

    def opens_bins(self) -> bool:
        """Say whether the token is known that TwiML Bins ask for."""
        return bool(self._account.token)

    def _service(self) -> Any:
        return self._client.messaging.v1.services(self._account.service)

    def _delete_message(self, record: Record) -> frozenset[str]:
        message = self._client.messages(record.sid)
        if record.media:
            for medium in _there(lambda: list(_listed(message.media.page()))):
                _gone(medium.delete)
        _gone(message.delete)
        return frozenset({record.sid})

    def _delete_call(self, record: Record) -> frozenset[str]:
        legs = [leg_of(found) for found in _listed(self._client.calls.page(parent_call_sid=record.sid))]
        if any(leg.under_way for leg in legs):
            raise ProviderError("a leg of the call goes on", code=20009)
        for leg in (*legs, record):
            _gone(self._client.calls(leg.sid).delete)
        return frozenset({record.sid, *(leg.sid for leg in legs)})


@contextmanager
def connect(
    account: Account, *, send: Send | None = None, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Provider]:
    """Give the provider for the length of the block. Asks nothing yet. `send` is for tests."""
    # Heavy (60 ms, 20 MB), and of no use to a running line.
    from twilio.rest import Client

    silence()
    with pooled() if send is None else nullcontext(send) as chosen:
        transport = Transport(chosen, sleep=sleep)
        client = Client(
            account.user, account.secret, account.sid, http_client=transport, environment=dict(_NO_ENVIRONMENT)
        )
        yield Provider(client, account, transport)


def is_bin(url: str) -> bool:
    """Say whether an address is that of a TwiML Bin."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.netloc == BINS


@contextmanager
def _readable() -> Iterator[None]:
    """Turn what the library makes of a strangely shaped answer into a ProviderError."""
    from twilio.base.exceptions import TwilioException

    try:
        yield
    except (TwilioException, ValueError, TypeError, KeyError, AttributeError):
        raise ProviderError("an answer of an unknown shape") from None


def _listed(page: Any) -> Iterator[Any]:
    for _ in range(_MOST_PAGES):
        yield from page
        page = page.next_page()
        if page is None:
            return
    raise ProviderError("a list without an end")


def _gone(delete: Callable[[], object]) -> None:
    try:
        delete()
    except ProviderError as error:
        if not error.gone:
            raise


def _there(listing: Callable[[], list[Any]]) -> list[Any]:
    """Return what is listed; nothing when that which it hangs on is gone."""
    try:
        return listing()
    except ProviderError as error:
        if not error.gone:
            raise
        return []
