"""Put the staff door together: its pages, its sign-in, its gate, and what every answer carries."""

import logging
from collections.abc import Callable
from datetime import datetime
from types import ModuleType

from flask import Blueprint, Flask, Response, g, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.console import carry, desk, gate, guard, security
from bot.console.headers import Scheme, add_headers, is_from_our_page
from bot.console.pages import (
    account,
    audit,
    banners,
    booklet,
    checks,
    counts,
    drafts,
    duplicates,
    entries,
    home,
    imports,
    join,
    releases,
    review,
    reviewed,
    scrub,
    sentences,
    staff,
    topics,
    tryit,
    urgent,
)
from bot.console.places import Number, Place
from bot.console.provider import NAME, Told, Watch
from bot.console.sessions import StaffSessions
from bot.console.shelf import EmptyShelfError, Shelf, Source
from bot.console.tries import Tries
from bot.console.wording import say
from bot.settings import Settings
from bot.storage.database import Database, DatabaseError, reason
from bot.storage.staff.store import Store

#: Every page module: `bp`, its blueprint; and `PLACE`, where it stands in the menu, if it does. In menu order.
PAGES: tuple[ModuleType, ...] = (
    home, entries, drafts, topics, sentences, tryit, review, reviewed, releases, urgent, banners, checks, imports,
    duplicates, booklet, counts, staff, audit, scrub, account, join,
)  # fmt: skip
#: Addresses that stand under another one in the menu than what they begin with.
_UNDER = {"/drafts/": "/review/"}
#: What a form may hold, in bytes. A page that takes a file says so: `needs(..., most_bytes=...)`.
MOST_BYTES = 1_000_000

health = Blueprint("health", __name__)
_log = logging.getLogger(__name__)


def create_console_app(
    settings: Settings,
    database: Database,
    *,
    clock: Callable[[], datetime] = desk.now_utc,
    source: Source | None = None,
    provider: Callable[[], Told] | None = None,
) -> Flask:
    """Return the staff door as a WSGI app. The database has its tables; `source` gives the release in use.

    `provider` asks the provider how the account stands, and may take its time; None = there are no credentials.
    """
    secure = settings.console_base_url.startswith("https://")
    app = Flask("bot.console", template_folder="templates", static_folder="static", static_url_path="/static")
    app.debug = False  # whatever the environment says: a trace shows what is being worked on
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        # A token lives as long as the session; no referrer is sent that could be looked at.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    the_desk = desk.Desk(settings, database, clock, Store(database), Tries(clock), Shelf(database, source))
    desk.install(app.extensions, the_desk)
    app.extensions[NAME] = Watch(provider, clock) if provider else None
    # Not every browser keeps a secure cookie of http://localhost.
    cookie = "__Host-quietline" if secure else "quietline-dev"
    app.session_interface = StaffSessions(the_desk, cookie=cookie, secure=secure)
    add_headers(app, secure=secure)  # first, so that it sees every answer last
    gate.install(app)
    CSRFProtect(app)
    guard.install(app)
    security.set_up(app, the_desk)
    app.url_map.converters["int"] = Number
    for module in PAGES:
        app.register_blueprint(module.bp)
    app.register_blueprint(health)
    _prepare_templates(app)
    _answer_errors(app)
    app.teardown_request(lambda _: the_desk.store.release())
    app.wsgi_app = Scheme(app.wsgi_app, settings.console_base_url)  # type: ignore[method-assign,assignment]
    return app


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process is up."""
    return jsonify(ok=True)


def menu() -> list[Place]:
    """Return the pages that whoever is signed in may see."""
    member = desk.somebody()
    places: list[Place | None] = [getattr(module, "PLACE", None) for module in PAGES]
    return [place for place in places if place and member and member.role.covers(place.role)]


def current() -> Place | None:
    """Return the page of the menu that the page being shown stands under, by the longest address both begin with."""
    path = f"{request.path.rstrip('/')}/"
    path = next((under for begin, under in _UNDER.items() if path.startswith(begin)), path)
    found = {f"{url_for(place.endpoint).rstrip('/')}/": place for place in menu()}
    fitting = [begin for begin in found if path.startswith(begin) and (begin != "/" or path == "/")]
    return found[max(fitting, key=len)] if fitting else None


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=say,
        menu=menu,
        place_now=current,
        somebody=desk.somebody,
        carried_fields=carry.hidden,
        on_the_way=carry.is_on_the_way,
    )


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(EmptyShelfError, _empty)
    app.register_error_handler(DatabaseError, _away)
    app.register_error_handler(Exception, _failed)


def _stale(error: CSRFError) -> tuple[str, int] | Response:
    """Show what was typed again where the token is not valid any more; never for a page of somebody else."""
    if desk.somebody() and is_from_our_page(request):
        return carry.send_again(request.full_path.rstrip("?"))
    return _page(400, say("That page was too old"), say("Go back, open it again, and send it once more."))


def _refused(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    code = error.code or 500
    if code < 400:
        return error
    if code == 503 and (kept := carry.put_back(code)):
        return kept
    if isinstance(error, RequestEntityTooLarge):
        return _page(413, say("That is too much"), say("Nothing was changed. Send less at once."))
    titles = {
        403: say("You may not do that"),
        404: say("There is no such page"),
        503: say("The database is away; try again in a minute"),
    }
    return _page(code, titles.get(code, say("That did not work")), say("Nothing was changed."))


def _empty(error: EmptyShelfError) -> tuple[str, int]:
    """Say why there is nothing to work on."""
    return _page(503, say("There is no release to work on"), str(error))


def _away(error: DatabaseError) -> tuple[str, int] | Response:
    """Say that the database does not answer, and give back what was typed: a page that is not stored forgets it."""
    _log.error("the staff door: %s", reason(error))
    for asked in ("member", "_login_user"):
        g.setdefault(asked, None)  # the page is made without asking the database once more who is there
    return carry.put_back(503) or _page(
        503, say("The database is away; try again in a minute"), say("Nothing was changed.")
    )


def _failed(error: Exception) -> tuple[str, int] | Response:
    """Never show a trace; the log says where, and nothing of what was being worked on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    _log.error("a request to the staff door failed: %s at %s", type(error).__name__, place)
    return carry.put_back(500) or _page(
        500, say("That did not work"), say("The fault is ours. Try again; if it stays, tell who runs this.")
    )


def _page(status: int, title: str, words: str) -> tuple[str, int]:
    return render_template("problem.html", title=title, words=words), status
