"""Bytes on a wire: requests that no library sends, and everything that comes back."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.e2e.running import FORM, PATIENCE, RunningLine
from tests.line.standins import CAPTURED

#: A request that hides in the body of another. It has an answer of its own, so that nobody can overlook it.
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
HIDDEN_ANSWER = b'"ok"'
#: A request that ends a connection: what was to be answered before it has been answered by then.
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
#: How long silence lasts until it is taken for one, in seconds.
QUIET = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """All that came back, and whether the other side closed the connection."""

    raw: bytes
    closed: bool

    @property
    def statuses(self) -> list[int]:
        """The status of every answer, in order."""
        return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", self.raw)]


def hear(port: int, sent: bytes, patience: float = PATIENCE) -> Heard:
    """Send bytes on a connection of their own; read until it is closed, or nothing has come for some seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        got = b""
        try:
            connection.sendall(sent)
            while piece := connection.recv(65536):
                got += piece
        except TimeoutError:
            return Heard(got, closed=False)
        except OSError:
            # Closed while we still sent: what had come before that may be lost on the way.
            return Heard(got, closed=True)
        return Heard(got, closed=True)


def a_text(number: int = 1, **changes: str) -> dict[str, str]:
    """Return the form of an honest text; each number is another message of another phone."""
    new = {"Body": "food 90057", "MessageSid": f"SMa{number:031x}", "From": f"+1310555{number:04d}"}
    return {**CAPTURED, **new, **changes}


def signed(
    line: RunningLine, form: Mapping[str, str], start: bytes = b"POST /sms HTTP/1.1", path: str = "/sms"
) -> bytes:
    """Return the head of a signed request, without what says how long its body is and without its end."""
    signature = line.sign(list(form.items()), path)
    return start + f"\r\nHost: x\r\nContent-Type: {FORM}\r\nX-Twilio-Signature: {signature}\r\n".encode()


def body_of(form: Mapping[str, str]) -> bytes:
    """Return the body of a form."""
    return urlencode(form).encode()


def chunked(body: bytes) -> bytes:
    """Return a body in one chunk."""
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
