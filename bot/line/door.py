"""What both doors share: what a running line consists of, and who is let in."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from urllib.parse import unquote

from flask import Flask, Response, abort, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from bot.counts.record import Record, Seen
from bot.line.memory.interface import Memory
from bot.line.signature import SignatureCheck
from bot.referral.answer import Answer, OptOutMode
from bot.referral.content import Content
from bot.referral.conversation import Conversation
from bot.settings import Settings

FORM = "application/x-www-form-urlencoded"
#: A real form is under 4 kB; a body of more bytes than this is turned away unread.
MOST_BYTES = 64 * 1024
#: The provider sends about 21 fields.
_MOST_FIELDS = 500
_EXTENSION = "quietline"
#: Nothing of ours belongs into a cache, a frame or a referrer. A page that needs more says so itself.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_XML, _PLAIN = "text/xml; charset=utf-8", "text/plain; charset=utf-8"
#: What a stranger is told.
FORBIDDEN = "Forbidden\n"


class Source(Protocol):
    """Where the published content comes from; reading it never waits for anything."""

    @property
    def current(self) -> Content:
        """The content to answer from."""


class Answering(Protocol):
    """The shape of bot.referral.answer.answer."""

    def __call__(
        self, text: str, conversation: Conversation, content: Content, now: datetime, *, opt_out: OptOutMode
    ) -> Answer:
        """Answer one text."""


class Counting(Protocol):
    """The shape of bot.counts.tally.Tally: neither of the two may wait for anything."""

    def note(self, before: Record, what: Seen, now: datetime) -> Record:
        """Count an answer and return what to remember of it."""

    def sent(self, segments: int, now: datetime) -> None:
        """Count the parts of a message that went out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A running line, as its doors see it. `clock` gives aware times; `tally` is told each answer once."""

    settings: Settings
    source: Source
    memory: Memory
    check: SignatureCheck
    clock: Callable[[], datetime]
    answer: Answering
    tally: Counting

    def install(self, extensions: dict[str, Any]) -> None:
        """Make this the line that the requests of an app are for."""
        extensions[_EXTENSION] = self


def line() -> Line:
    """Return the line the request at hand is for."""
    return cast(Line, current_app.extensions[_EXTENSION])


def line_of(app: Flask) -> Line | None:
    """Return the line an app is the doors of, None for any other app."""
    return app.extensions.get(_EXTENSION)


def signed_form() -> MultiDict[str, str]:
    """Return the form of the request at hand, untouched, if the provider signed it.

    Turns all else away: 415 for another content type, 413 for more than 64 kB, 403 without a valid signature.
    """
    if request.mimetype != FORM:
        abort(415)
    body = request.stream.read()
    if len(body) > MOST_BYTES:
        abort(413)
    try:
        form = form_in(line().check, request.environ, body)
    except ValueError:
        abort(413)
    return abort(403) if form is None else form


def form_in(check: SignatureCheck, environ: Mapping[str, Any], body: bytes) -> MultiDict[str, str] | None:
    """Return the form that is a body, untouched, if the provider signed it, else None.

    It waits for nothing and needs no framework. Raises ValueError for a form of too many fields.
    """
    header = environ.get("HTTP_X_TWILIO_SIGNATURE")
    if header:
        for form in _readings(body):
            if check.passes(environ, form, header):
                return form
    return None


def xml(text: str) -> Response:
    """Return a TwiML answer. Never text/plain: the provider would send that to the texter word for word."""
    return Response(text, content_type=_XML)


def xml_headers(size: int) -> list[tuple[str, str]]:
    """Return what goes above a TwiML answer of so many bytes."""
    return [("Content-Type", _XML), ("Content-Length", str(size)), *HEADERS.items()]


def forbidden_headers() -> list[tuple[str, str]]:
    """Return what goes above the answer to a stranger."""
    return [("Content-Type", _PLAIN), ("Content-Length", str(len(FORBIDDEN))), *HEADERS.items()]


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return the fields of a form in order, as urllib.parse.parse_qsl would, in half of its time.

    Raises ValueError for too many fields.
    """
    if text.count("&") >= _MOST_FIELDS:
        raise ValueError("more fields than a form has")
    pairs = []
    for field in text.replace("+", " ").split("&"):
        name, _, value = field.partition("=")
        if "%" in field:
            name, value = unquote(name), unquote(value)
        if field:
            pairs.append((name, value))
    return pairs


def _readings(body: bytes) -> Iterator[MultiDict[str, str]]:
    """Read a form; bytes that are no UTF-8 have two readings, and nobody knows which one was signed."""
    pairs = pairs_in(body.decode("utf-8", "replace"))
    yield MultiDict(pairs)
    if any("\ufffd" in name or "\ufffd" in value for name, value in pairs):
        yield FormDataParser().parse(io.BytesIO(body), FORM, len(body))[1]
