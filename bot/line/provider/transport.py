"""How requests reach the provider: to its own addresses only, patiently, and without a word in any log."""

import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.line.provider.faults import PASSING, ForbiddenRequestError, ProviderError

TIMEOUT_SECONDS = 10.0
#: Between five tries; what a 429 asks for counts when it is longer.
WAITS_SECONDS = (1.0, 2.0, 4.0, 8.0)
LONGEST_WAIT_SECONDS = 60.0

#: Where TwiML Bins are served. It gets a signature, never a password.
BINS = "handler.twilio.com"
_SIGNED_IN = frozenset({"api.twilio.com", "messaging.twilio.com", "monitor.twilio.com"})
#: All that is ever deleted. The same word, sent elsewhere, would give up a phone number or the whole service.
_DELETABLE = re.compile(r"/2010-04-01/Accounts/AC\w{32}/(Messages/\w+(/Media/\w+)?|Calls/\w+)\.json")
#: They write addresses, and with them phone numbers, into their logs.
_TALKATIVE = ("twilio", "requests", "urllib3", "charset_normalizer")


class Reply(Protocol):
    """What came back over the wire."""

    status_code: int
    headers: Any

    @property
    def text(self) -> str:
        """The body."""


class Send(Protocol):
    """One request over the wire, tried once. Raises OSError when no answer comes."""

    def __call__(self, method: str, url: str, **rest: Any) -> Reply:
        """Send it and wait for the answer."""


class Transport:
    """The http client the provider's library sends with. Whatever is not an answer is a ProviderError."""

    is_async = False

    def __init__(self, send: Send, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._send = send
        self._sleep = sleep

    def request(
        self,
        method: str,
        url: str,
        *,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, object] | None = None,
        **_: object,
    ) -> Reply:
        """Return the answer, tried up to five times while the fault may pass. Redirects are not followed.

        Raises ProviderError, and ForbiddenRequestError for anything but reading and deleting at the provider's.
        """
        _refuse_strangers(method, url, signed_in=auth is not None)
        for wait in (*WAITS_SECONDS, None):
            try:
                reply = self._send(method, url, auth=auth, headers=headers, params=params, allow_redirects=False)
            except OSError as error:
                # What requests raises is an OSError; its text names the address, so only the type goes on.
                fault, asked = ProviderError(type(error).__name__), 0.0
            else:
                if reply.status_code not in PASSING:
                    return _understood(reply, expect_json=method == "GET" and urlsplit(url).hostname != BINS)
                fault, asked = _refusal(reply), _asked_to_wait(reply)
            if wait is None:
                break
            self._sleep(min(LONGEST_WAIT_SECONDS, max(wait, asked)))
        raise fault


@contextmanager
def pooled(timeout: float = TIMEOUT_SECONDS) -> Iterator[Send]:
    """Give the library's own way of sending, over kept connections, for the length of the block."""
    from twilio.http.http_client import TwilioHttpClient

    http = TwilioHttpClient(timeout=timeout, logger=logging.getLogger(_TALKATIVE[0]), max_retries=0)
    # No proxy, no certificates and no password file that an environment variable names.
    http.session.trust_env = False
    try:
        yield http.request
    finally:
        http.session.close()


def silence() -> None:
    """Keep the libraries below us from logging at all, at whatever level the rest logs."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _refuse_strangers(method: str, url: str, *, signed_in: bool) -> None:
    address = urlsplit(url)
    hosts = _SIGNED_IN if signed_in else {BINS}
    # Nothing but GET and DELETE: nothing here can send a text, for the line never speaks first.
    if method != "GET" and not (method == "DELETE" and signed_in and _DELETABLE.fullmatch(address.path)):
        raise ForbiddenRequestError("only reading, and deleting messages and calls, is ever asked of the provider")
    if address.scheme != "https" or address.netloc not in hosts:
        raise ForbiddenRequestError("an address that is not the provider's")


def _understood(reply: Reply, *, expect_json: bool) -> Reply:
    if reply.status_code >= 300:
        raise _refusal(reply)
    if expect_json and not isinstance(_json(reply), dict):
        raise ProviderError("an answer that is not JSON", status=reply.status_code)
    return reply


def _refusal(reply: Reply) -> ProviderError:
    body = _json(reply)
    code = body.get("code") if isinstance(body, dict) else None
    number = int(code) if isinstance(code, int | str) and str(code).isdecimal() else 0
    return ProviderError(f"HTTP {reply.status_code}", status=reply.status_code, code=number)


def _json(reply: Reply) -> Any:
    try:
        return json.loads(reply.text)
    except (ValueError, RecursionError):
        return None


def _asked_to_wait(reply: Reply) -> float:
    """Return the seconds of Retry-After; 0 when there is none or it is a date."""
    value = str((reply.headers or {}).get("Retry-After", "")).strip()
    return float(value) if value.isdecimal() and len(value) < 9 else 0.0
