"""Texts as the provider sends them: signed forms as whole HTTP requests, made before anything is measured."""

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

BASE, TOKEN = "https://line.example.org", "bench"
_serial = count()


def requests(texts: Sequence[str], number: int) -> list[bytes]:
    """Make so many requests, the texts in turn, each a message of its own from a phone of its own."""
    return [_signed(texts[n % len(texts)]) for n in range(number)]


def write(requests: Iterable[bytes], path: Path) -> None:
    """Write requests as the client reads them, each after a line with its length."""
    path.write_bytes(b"".join(b"%d\n%b" % (len(one), one) for one in requests))


def _signed(text: str) -> bytes:
    n = next(_serial)
    form = {
        "MessageSid": f"SM{n:032x}",
        "AccountSid": f"AC{'b' * 32}",
        "From": f"+1213{n % 10_000_000:07d}",
        "To": "+16305550199",
        "Body": text,
        "NumMedia": "0",
        "FromCity": "",
        "FromZip": "",
    }
    signature = RequestValidator(TOKEN).compute_signature(f"{BASE}/sms", form)
    body = urlencode(form).encode()
    head = (
        f"POST /sms HTTP/1.1\r\nHost: line\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
