"""Who gets through: every request passes here first, and what is not allowed in so many words is refused."""

from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask_login import current_user
from flask_security import logout_user
from werkzeug.wrappers import Response as Answer

from bot.console import carry
from bot.console.again import was_shown_lately
from bot.console.desk import desk, somebody
from bot.console.headers import is_forged, is_from_our_page
from bot.console.roles import asks_again, most_bytes_of, needed_by
from bot.console.security import mark
from bot.console.wording import say
from bot.storage.audit import Act, write

#: For everybody, from anywhere: whether the process is up, and the files of the pages.
OPEN = ("health.healthz", "static")
#: For everybody: the ways in.
WAYS_IN = (
    "security.login",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_signin_response",
    "join.join",
)
#: For whoever is signed in, also before they have a second factor: what leads to one, and out.
OWN = (
    "account.account",
    "security.logout",
    "security.verify",
    "security.wan_verify",
    "security.wan_verify_response",
    "security.change_password",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_register",
    "security.wan_register_response",
    "security.wan_delete",
    "security.mf_recovery_codes",
)
#: What ends a ceremony that a passkey began.
_CEREMONIES = ("security.wan_signin_response", "security.wan_register_response", "security.wan_verify_response")


def install(app: Flask) -> None:
    """Put the gate before every page; what looks at tokens comes after it."""
    app.before_request(_check)


def _check() -> Answer | None:
    where = request.endpoint
    if where in OPEN:
        g.static = True
        return None
    if is_forged(request, desk().settings.console_base_url):
        return _plain(say("Open this page at {address}.", address=desk().settings.console_base_url), 403)
    if session.away:  # type: ignore[attr-defined]  # sessions are ours
        abort(503)
    if where is None:
        return None  # no such page: 404 or 405, which say nothing about who may see what
    if where in _CEREMONIES and session.pop("ceremony", "") != mark((request.view_args or {}).get("token", "")):
        flash(say("That took too long. Please begin again."), "error")
        return redirect(url_for(where.removesuffix("_response")))
    if where.startswith("security.") and _leads_elsewhere():
        return redirect(url_for("security.login"))
    if where in WAYS_IN:
        if where.startswith("security.wan_") and request.method == "POST":
            _start_over()
        return None
    return _signed_in(where)


def _signed_in(where: str) -> Answer | None:
    """Let members of staff go on to what their role may do."""
    if request.method == "POST" and where.startswith("security."):
        desk().store.write_ahead()
    member = somebody()
    if member is None:
        return _sign_in_first()
    if not where.startswith("security."):
        desk().store.release()
    if not (desk().settings.dev or current_user.has_factor):
        return _factor_first(where)
    if where == "security.wan_delete" and _is_last_factor():
        flash(say("It is the last beside your password: set up another first."), "error")
        return redirect(url_for("security.wan_register"))
    if where in OWN:
        return None
    view = current_app.view_functions.get(where)
    role = needed_by(view)
    if role is None or not member.role.covers(role):
        told = {"page": where, "role": member.role.value}
        desk().store.release()  # it may hold the lock that writing this down needs
        write(desk().database, Act.REFUSED, by=member.name, about=request.path, detail=told, now=desk().now)
        abort(403)
    if asks_again(view) and not was_shown_lately():
        return _again()
    request.max_content_length = most_bytes_of(view) or request.max_content_length
    return None


def _is_last_factor() -> bool:
    """Say whether a member without it would have their password alone."""
    only = not current_user.tf_totp_secret and len(current_user.webauthn) <= 1
    return request.method == "POST" and only and not desk().settings.dev


def _leads_elsewhere() -> bool:
    """Say whether a request would have us send somebody to another site afterwards."""
    given = (request.args.get("next"), request.form.get("next"))
    ours = desk().settings.console_base_url
    paths = [one.removeprefix(ours) for one in given if one]
    return any(path != "/" and carry.local(path) == "/" for path in paths)


def _factor_first(where: str) -> Answer | None:
    """Lead who has no second factor to one, for three days after they joined; then they need a new invitation."""
    due = current_user.factor_due
    if due is not None and desk().now < due:
        return None if where in OWN else redirect(url_for("account.account"))
    logout_user()
    flash(say("Your account has no second factor. Ask an admin for a new invitation."), "error")
    return redirect(url_for("security.login"))


def _sign_in_first() -> Answer:
    desk().store.release()
    if request.method in ("GET", "HEAD"):
        here = request.full_path.rstrip("?")
        return redirect(url_for("security.login", next=here if here != "/" else None))
    if request.endpoint == "security.logout" or not is_from_our_page(request):
        return redirect(url_for("security.login"))
    return carry.interrupted(request.full_path.rstrip("?"))


def _again() -> Answer:
    """Have somebody show again that it is them; what they typed is carried through to the end."""
    if not is_from_our_page(request):
        return redirect(url_for("security.verify"))
    return carry.asked_again(request.full_path.rstrip("?"), current_user)


def _start_over() -> None:
    """A passkey stands alone, whether or not a password was typed before."""
    for name in ("tf_state", "tf_user_id"):
        session.pop(name, None)


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
