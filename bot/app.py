"""Put the line together: its doors, what they share, and what every answer carries."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol, cast

from flask import Blueprint, Flask, Response, jsonify
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot.counts.tally import Tally
from bot.line import sms, voice
from bot.line.door import MOST_BYTES, Answering, Counting, Line, Source, line
from bot.line.memory.interface import Memory
from bot.line.quiet_logs import place_of
from bot.line.signature import SignatureCheck
from bot.referral.answer import answer
from bot.referral.content import Content
from bot.referral.standing import overdue
from bot.settings import Settings
from bot.storage.held import Held

health = Blueprint("health", __name__)
_log = logging.getLogger(__name__)

#: Nothing of ours belongs into a cache, a frame or a referrer. A page that needs more says so itself.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class HeldSource(Source, Protocol):
    """A source that also says what it holds and where that came from: bot.storage.source.ReleaseSource."""

    @property
    def held(self) -> Held[Content]:
        """The content with its number and origin."""


def now_utc() -> datetime:
    """Return the time; everything below the app gets it as an argument."""
    return datetime.now(UTC)


def create_line_app(
    settings: Settings,
    source: HeldSource,
    memory: Memory,
    *,
    clock: Callable[[], datetime] = now_utc,
    answering: Answering = answer,
    tally: Counting | None = None,
    dev_pages: Sequence[Blueprint] = (),
) -> Flask:
    """Return the line as a WSGI app: /sms, /voice, /healthz, /readyz, and `dev_pages` only with settings.dev.

    There is no session and no secret key, so no cookie can be set. `tally` is told each new answer once.
    """
    app = Flask("bot", static_folder=None, template_folder=None)
    if not settings.dev:
        app.debug = False  # whatever the environment says: a trace on a page would show the text that caused it
    # One byte more than the doors allow: they look at what was really sent.
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES + 1, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    check = SignatureCheck(settings.auth_tokens, settings.public_base_url)
    Line(settings, source, memory, check, clock, answering, tally or Tally()).install(app.extensions)
    for blueprint in (sms.bp, voice.bp, health, *(dev_pages if settings.dev else ())):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    app.after_request(_with_headers)
    return app


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process is up."""
    return jsonify(ok=True)


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether a text can be answered, from which content, and which numbers staff must check at once."""
    source = cast(HeldSource, line().source)
    try:
        held = source.held
    except RuntimeError:
        return jsonify(release=None, source=None, age_s=None, overdue=[]), 503
    now = line().clock()
    age = max(0, round((now - held.loaded_at).total_seconds()))
    return jsonify(release=held.number, source=held.origin, age_s=age, overdue=overdue(held.content, now.date())), 200


def _refused(error: HTTPException) -> Response:
    """Turn a request away without a word about why: the status says enough to those it concerns."""
    answered = Response(f"{error.name}\n", status=error.code, content_type="text/plain; charset=utf-8")
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answered.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answered


def _failed(error: Exception) -> Response:
    """Never show a trace. The doors answer for themselves, so no signed request of theirs ends here."""
    _log.error("a request failed: %s", place_of(error))
    return Response("Internal Server Error\n", status=500, content_type="text/plain; charset=utf-8")


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
