"""What is set at the provider: the Messaging Service and its numbers."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the provider turns with a text or a call, and where when that fails; "" where nothing is set."""

    url: str
    method: str
    fallback: str


@dataclass(frozen=True, slots=True)
class Service:
    """The line's Messaging Service."""

    texts: Webhook
    status_callback: str
    smart_encoding: bool
    validity_seconds: int
    #: Then not `texts` above counts but what is set at each number.
    numbers_decide: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """A number of the Messaging Service, and what the provider calls it. "" for a short code: it has no voice."""

    number: str = field(repr=False)
    sid: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Number:
    """What is set at one number. `name` tells it apart for staff without printing it."""

    name: str
    texts: Webhook
    calls: Webhook
    status_callback: str
    #: A TwiML App or a SIP trunk takes the calls; then `calls` does not count.
    calls_go_elsewhere: bool


def service_of(found: Any) -> Service:
    """Return a Messaging Service as fetched. Raises TypeError or ValueError when it is not one."""
    return Service(
        Webhook(found.inbound_request_url or "", found.inbound_method or "", found.fallback_url or ""),
        found.status_callback or "",
        found.smart_encoding is True,
        int(found.validity_period),
        found.use_inbound_webhook_on_number is True,
    )


def number_of(found: Any, name: str) -> Number:
    """Return an incoming phone number as fetched."""
    return Number(
        name,
        Webhook(found.sms_url or "", found.sms_method or "", found.sms_fallback_url or ""),
        Webhook(found.voice_url or "", found.voice_method or "", found.voice_fallback_url or ""),
        found.status_callback or "",
        bool(found.voice_application_sid or found.trunk_sid),
    )
