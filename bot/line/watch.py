"""The watch: whatever the threads do, every signed request to a door is answered in time."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waitress.utilities import build_http_date

from bot.line import late
from bot.line.door import FORBIDDEN, forbidden_headers, xml_headers
from bot.line.patience import PatientChannel, PatientParser
from bot.line.signature import SignatureCheck


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many seconds a request to a door may be unanswered before the watch answers it.

    `unanswered`: after the two seconds a turn waits for and a slow memory, and so that, looking twice a second, no
    answer comes after ten. `all_hang`: when as many threads hang as there are, nobody else will ever answer.
    """

    unanswered: float = 8.0
    all_hang: float = 1.0
    look_every: float = 0.5


#: The deadlines of a line.
DEADLINES = Deadlines()


class Watch:
    """Look through the connections of a server, on the thread of its main loop, and answer what nobody answers.

    Nothing here waits for a lock that somebody keeps: a thread that hangs hangs in answering, before its first
    byte is written. What it produces when it wakes up is thrown away.
    """

    def __init__(self, sockets: Mapping[int, Any], check: SignatureCheck, threads: int, deadlines: Deadlines) -> None:
        self._sockets = sockets
        self._check = check
        self._threads = threads
        self._deadlines = deadlines
        self._looked = 0.0
        #: Requests that were answered in place of a thread that still works at them.
        self._hanging: list[PatientParser] = []

    def look(self) -> None:
        """Answer what is overdue, if it is time to look again."""
        now = late.now()
        if now - self._looked < self._deadlines.look_every:
            return
        self._looked = now
        self._hanging = [request for request in self._hanging if not request.done]
        all_hang = len(self._hanging) >= self._threads
        patience = self._deadlines.all_hang if all_hang else self._deadlines.unanswered
        for channel in list(self._sockets.values()):
            request = channel.oldest if isinstance(channel, PatientChannel) else None
            if request is not None and _is_overdue(request, now - patience) and request.claim():
                if request.begun and not request.done:
                    self._hanging.append(request)
                channel.answer_instead(self._answer(request))

    def _answer(self, request: PatientParser) -> bytes:
        environ = _environ(request)
        said = late.instead(self._check, environ, _body(request))
        status, page = ("200 OK", said) if said is not None else ("403 Forbidden", FORBIDDEN)
        headers = [
            *(xml_headers(len(page.encode())) if said is not None else forbidden_headers()),
            ("Connection", "close"),
            ("Date", build_http_date(int(time.time()))),
        ]
        head = "".join(f"{name}: {value}\r\n" for name, value in sorted(headers))
        return f"HTTP/{request.version} {status}\r\n{head}\r\n{page}".encode()


def _is_overdue(request: PatientParser, before: float) -> bool:
    """Say whether it arrived before that and is for a door. All else may take its time."""
    if request.error is not None or request.arrived is None or request.arrived > before:
        return False
    return late.is_door(str(request.command), _path(request))


def _path(request: Any) -> str:
    return "/" + str(request.path).lstrip("/")


def _environ(request: Any) -> dict[str, Any]:
    """Return as much of a WSGI environment as the signature is about."""
    return {
        "PATH_INFO": _path(request),
        "SCRIPT_NAME": "",
        "REQUEST_URI": request.request_uri,
        "QUERY_STRING": request.query,
        "HTTP_X_TWILIO_SIGNATURE": request.headers.get("X_TWILIO_SIGNATURE"),
    }


def _body(request: Any) -> bytes:
    """Return the body without moving where a thread reads it; nothing when it cannot be read that way."""
    try:
        buffer = request.body_rcv.getbuf()
        return bytes(buffer.strbuf if buffer.buf is None else buffer.buf.file.getvalue())
    except (AttributeError, ValueError):
        # No body at all, one so long that it lies elsewhere, or one just closed: none of them is a text.
        return b""
