"""A member's own account: with what they sign in, and where they are signed in now."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.storage.audit import Act, write
from bot.storage.staff import sessions

bp = Blueprint("account", __name__, url_prefix="/account")
PLACE = Place(
    "account.account", "My account", "Password, authenticator app, passkeys, recovery codes, sessions.", Role.VIEWER
)


@bp.get("")
@needs(Role.VIEWER)
def account() -> str:
    """Show what there is to sign in with, what is missing, and every session of one's own."""
    missing = not (desk().settings.dev or current_user.has_factor)
    return render_template(
        "account.html",
        user=current_user,
        missing=missing,
        codes=len(current_user.mf_recovery_codes or ()),
        sessions=sessions.seen(desk().database, current_user.id, now=desk().now),
        here=_here(),
    )


@bp.post("/sessions")
@needs(Role.VIEWER, again=True)
def end() -> Response:
    """End one session of one's own, or all others; never this one, for which there is the button to sign out."""
    only = request.form.get("session", "")
    ended = 0 if only == _here() else sessions.end_some(desk().database, me().id, only=only, but=_here())
    if ended:
        detail = {"elsewhere": f"{ended}"}
        write(desk().database, Act.SIGNED_OUT, by=me().name, detail=detail, now=desk().now)
    flash(say("Ended: {n}.", n=ended) if ended else say("That session is over already."), "success")
    return redirect(url_for("account.account"))


def _here() -> str:
    """Return what the session of this very browser is kept under."""
    return sessions.digest(session.name)  # type: ignore[attr-defined]  # sessions are ours
