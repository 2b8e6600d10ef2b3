"""Put the line together: its doors, what they share, and what every answer carries."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol, cast

from flask import Blueprint, Flask, Response, current_app, jsonify
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot.counts.tally import Tally
from bot.line import sms, voice
from bot.line.door import HEADERS, MOST_BYTES, Answering, Counting, Line, Source, line, line_of
from bot.line.doorway import Doorway
from bot.line.memory.interface import Memory
from bot.line.quiet_logs import place_of
from bot.line.readiness import Checks, Flushed
from bot.line.signature import SignatureCheck
from bot.referral.answer import answer
from bot.referral.content import Content
from bot.settings import Settings
from bot.storage.held import Held

health = Blueprint("health", __name__)
_log = logging.getLogger(__name__)
_CHECKS, _FLUSHED = "quietline-checks", "quietline-flushed"


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
    flushed: Flushed | None = None,
    dev_pages: Sequence[Blueprint] = (),
) -> Flask:
    """Return the line as a WSGI app: /sms, /voice, /healthz, /readyz, and `dev_pages` only with settings.dev.

    There is no session and no secret key, so no cookie can be set. `tally` is told each new answer once; `flushed`
    says when what it counted was last stored.
    """
    app = Flask("bot", static_folder=None, template_folder=None)
    if not settings.dev:
        app.debug = False  # whatever the environment says: a trace on a page would show the text that caused it
    # One byte more than the doors allow: they look at what was really sent.
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES + 1, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False
    check = SignatureCheck(settings.auth_tokens, settings.public_base_url)
    Line(settings, source, memory, check, clock, answering, tally or Tally()).install(app.extensions)
    app.extensions |= {_CHECKS: Checks(), _FLUSHED: flushed or Flushed()}
    for blueprint in (sms.bp, voice.bp, health, *(dev_pages if settings.dev else ())):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    app.after_request(_with_headers)
    app.wsgi_app = Doorway(app.wsgi_app, lambda: cast(Line, line_of(app)))  # type: ignore[method-assign]
    return app


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process is up."""
    return jsonify(ok=True)


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether a text can be answered, from which content, what is away, and which numbers staff must check.

    Nothing is asked of a database or a Redis for it, and it counts no message: a counter that is read every second
    would date one.
    """
    the_line, status = line(), 200
    now = the_line.clock()
    flushed: Flushed = current_app.extensions[_FLUSHED]
    told: dict[str, object] = {"state": the_line.memory.state, "flushed_s": flushed.ago(now)}
    try:
        held = cast(HeldSource, the_line.source).held
    except RuntimeError:
        told |= {"release": None, "source": None, "age_s": None, "overdue": [], "due": 0, "database": "away"}
        status = 503
    else:
        checks: Checks = current_app.extensions[_CHECKS]
        which = held.number, held.origin, held.loaded_at, held.bulletins
        late, due = checks.of(held.content, now.date(), which)
        age = max(0, round((now - held.loaded_at).total_seconds()))
        told |= {"release": held.number, "source": held.origin, "age_s": age, "overdue": late, "due": due}
        told["database"] = "ok" if held.within_reach else "away"
    return jsonify(told), status


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
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
