"""The try page: text the line from a browser, see what it costs and why it answered so. Only with --dev."""

from collections.abc import Sequence
from importlib.resources import files

from flask import Blueprint, Response, abort, jsonify, request

from bot.line.door import line
from bot.referral.answer import Answer
from bot.referral.conversation import Conversation
from bot.referral.explain import why as explain
from bot.referral.segments import count, printable

bp = Blueprint("try_page", __name__, url_prefix="/try")

_PAGES = files("bot.line") / "pages"
#: Only what this page brings along; nothing from anywhere else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@bp.get("")
def page() -> Response:
    """Show the phone."""
    return _file("try.html", "text/html; charset=utf-8")


@bp.get("/try.css")
def style() -> Response:
    """Serve how it looks."""
    return _file("try.css", "text/css; charset=utf-8")


@bp.get("/try.js")
def script() -> Response:
    """Serve what makes it answer."""
    return _file("try.js", "text/javascript; charset=utf-8")


@bp.get("/try.svg")
def icon() -> Response:
    """Serve its one picture."""
    return _file("try.svg", "image/svg+xml")


@bp.post("/say")
def say() -> Response:
    """Answer one text; the page holds the conversation and hands it back with the next one."""
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        abort(400)
    the_line = line()
    told = the_line.answer(
        asked["text"],
        _talk(asked.get("conversation"), asked.get("area")),
        the_line.source.current,
        the_line.clock(),
        opt_out=the_line.settings.opt_out_mode,
    )
    return jsonify(_shown(told, explain(the_line.source.current, asked["text"], told.meaning)))


def _talk(held: object, area: object) -> Conversation:
    if not isinstance(held, str):
        return Conversation(area=area if isinstance(area, str) else "")
    try:
        return Conversation.load(held)
    except (ValueError, KeyError, TypeError):
        abort(400)


def _shown(told: Answer, reasons: Sequence[str]) -> dict[str, object]:
    reply = printable(told.reply) if told.reply else None
    cost = count(reply) if reply else None
    return {
        "reply": reply,
        "segments": cost.parts if cost else 0,
        "units": cost.units if cost else 0,
        "encoding": cost.encoding if cost else None,
        "kind": told.meaning.kind,
        "label": told.meaning.label,
        "language": told.conversation.language,
        "area": told.conversation.area,
        "why": list(reasons),
        "conversation": told.conversation.dump(),
    }


def _file(name: str, content_type: str) -> Response:
    return Response(
        (_PAGES / name).read_bytes(), content_type=content_type, headers={"Content-Security-Policy": _POLICY}
    )
