"""The first page: what needs a person today, how the provider stands, and where everything is."""

from flask import Blueprint, current_app, render_template

from bot.console.desk import desk, me
from bot.console.places import Place
from bot.console.provider import NAME, Known, Watch
from bot.console.roles import Role, needs
from bot.console.shelf import EmptyShelfError
from bot.console.todo import ToDo, to_do
from bot.console.wording import say
from bot.referral.attention import Kind
from bot.storage import editing

bp = Blueprint("home", __name__)
PLACE = Place("home.home", "Home", "What needs a person today.", Role.VIEWER)
#: The most codes that are shown, those that came most often first.
_MOST_CODES = 20


@bp.get("/")
@needs(Role.VIEWER)
def home() -> str:
    """Show what is to be done today, the provider, and the pages there are."""
    found: ToDo | None = None
    empty = ""
    try:
        found = to_do(desk().shelf.in_use(), desk().now)
    except EmptyShelfError as error:
        empty = str(error)
    known = _provider()
    return render_template(
        "home.html",
        found=found,
        empty=empty,
        titles=_TITLES,
        problem=desk().shelf.problem if found else None,
        known=known,
        errors=_errors(known),
        asides=len(editing.aside(desk().database, me().name)) if me().role.covers(Role.EDITOR) else 0,
    )


def _provider() -> Known | None:
    """Return what is known of the provider, None where nobody gave us its credentials."""
    watch = current_app.extensions.get(NAME)
    return watch.look() if isinstance(watch, Watch) else None


def _errors(known: Known | None) -> list[tuple[int, int, str]]:
    """List the codes of the last day, how often each came, and what it means."""
    if known is None or known.told is None:
        return []
    by_count = sorted((known.told.errors or {}).items(), key=lambda one: (-one[1], one[0]))
    meanings = known.told.meanings
    return [(code, count, say(meanings[code]) if code in meanings else "") for code, count in by_count[:_MOST_CODES]]


_TITLES = {
    Kind.LAST_RESORT: "Numbers that are always given: check them now",
    Kind.UNHEEDED: "Paused, and given all the same",
    Kind.WITHDRAWN: "Stopped, but still in the release",
    Kind.COMPLAINT: "Texters say that these do not work",
    Kind.STEPPED_BACK: "Not given any more, or not yet",
    Kind.UNSEEN: "Published by one person alone: look at it",
    Kind.SAVED: "Saved conversations to save anew",
    Kind.LAW: "Words about the law to read again",
    Kind.DUE: "Due for a check",
    Kind.NO_LOCAL: "Nobody near",
    Kind.LINT: "Faults in what is live",
    Kind.REVIEW: "Waiting for a second person",
    Kind.DRAFTS: "Drafts",
    Kind.RISING: "Rising",
}
