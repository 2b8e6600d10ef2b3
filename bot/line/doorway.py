"""The way in: texts that the provider signed are answered here, all else is for the framework."""

import io
import logging
from collections.abc import Callable, Iterable
from typing import Any

from bot.line import last_resort, late
from bot.line.door import FORBIDDEN, FORM, MOST_BYTES, Line, forbidden_headers, form_in, xml_headers
from bot.line.quiet_logs import place_of
from bot.line.sms import incoming_of, late_reply_to, reply_to, twiml

_log = logging.getLogger(__name__)
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class Doorway:
    """Answer texts without a framework, which would take as long as the answer, and byte for byte as it would.

    What is late gets the static reply. A form that nobody signed is turned away here, for to turn it away must cost
    less than to answer it. Whatever is no form of ours goes on to `inner` untouched.
    """

    def __init__(self, inner: WsgiApp, line: Callable[[], Line], timer: Callable[[], float] = late.now) -> None:
        """Stand before `inner`; `line` tells, for each request, the line that both are for."""
        self._inner = inner
        self._line = line
        self._timer = timer

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as WSGI has it."""
        said = self._said(environ)
        if said is None:
            return self._inner(environ, start_response)
        page = said.encode()
        if said == FORBIDDEN:
            start_response("403 FORBIDDEN", forbidden_headers())
        else:
            start_response("200 OK", xml_headers(len(page)))
        return [page]

    def _said(self, environ: Environ) -> str | None:
        """Return the TwiML for a request, FORBIDDEN for a stranger's, None when it is the framework's."""
        path = environ["PATH_INFO"]
        if not late.is_door(environ["REQUEST_METHOD"], path):
            return None
        is_late = late.is_late(environ, self._timer())
        if not is_late and path != "/sms":
            return None
        body = _body(environ)
        if body is None:
            return None
        said = self._late(environ, body) if is_late else self._answer(environ, body)
        if said is None:
            environ["wsgi.input"] = io.BytesIO(body)
        return said

    def _late(self, environ: Environ, body: bytes) -> str | None:
        line = self._line()
        if environ["PATH_INFO"] != "/sms":
            return late.instead(line.check, environ, body)
        form = late.signed(line.check, environ, body)
        return None if form is None else twiml(late_reply_to(line, incoming_of(form, {})))

    def _answer(self, environ: Environ, body: bytes) -> str | None:
        line = self._line()
        try:
            form = form_in(line.check, environ, body)
        except ValueError:
            return None
        if form is None:
            return FORBIDDEN
        try:
            return twiml(reply_to(line, incoming_of(form, line.settings.line_areas)))
        except Exception as error:
            _log.error("a text was answered with the safe reply: %s", place_of(error))
            return twiml(last_resort.sms(""))


def _body(environ: Environ) -> bytes | None:
    """Return a form's bytes; None, with nothing read, for what is no form or longer than the doors allow."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit() and len(length) < 9 and int(length) <= MOST_BYTES):
        return None
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    return body
