"""What happens around a sign-in: tries are counted, sessions ended, and all of it written down."""

from typing import Any

from flask import Flask, Response, flash, g, make_response, render_template, request, session
from flask_login import current_user, user_logged_out
from flask_security import (
    LoginForm,
    password_changed,
    tf_profile_changed,
    user_authenticated,
    wan_deleted,
    wan_registered,
)

from bot.console import carry
from bot.console.desk import Desk, desk
from bot.console.tries import ADDRESS, address_of
from bot.console.wording import say
from bot.storage.audit import Act, write
from bot.storage.staff.members import people
from bot.storage.staff.sessions import end_all

#: Pages where something secret is typed, and whose it is: an account by its name, or whoever got that far.
_BY_NAME = ("security.login",)
_BY_MEMBER = (
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.verify",
    "security.change_password",
)


def install(app: Flask) -> None:
    """Listen to Flask-Security, and look at what its pages answer."""
    app.before_request(_count)
    app.after_request(_after)
    for signal, act in (
        (user_authenticated, Act.SIGNED_IN),
        (user_logged_out, Act.SIGNED_OUT),
        (password_changed, Act.PASSWORD_CHANGED),
        (tf_profile_changed, Act.FACTOR_ADDED),
        (wan_registered, Act.FACTOR_ADDED),
        (wan_deleted, Act.FACTOR_REMOVED),
    ):
        signal.connect(_listener(act), app, weak=False)


def note(act: Act, user: Any) -> None:
    """Have an act written down when the answer is made; all but signing in end the member's other sessions."""
    g.setdefault("acts", []).append((act, user.id, user.email))
    if act is Act.SIGNED_IN:
        session.pop("_remember", None)  # nobody is: that would be a second cookie, which nothing here can end
        for held in (session, g):  # the token that a stranger was given ends with them
            held.pop("csrf_token", None)
    else:
        session.renew = True  # type: ignore[attr-defined]  # sessions are ours


def _listener(act: Act) -> Any:
    def heard(app: Flask, user: Any, **kwargs: Any) -> None:
        # Flask-Security signs in anew who changed their password; they were in already.
        if act is not Act.SIGNED_IN or kwargs.get("authn_via") != ["change"]:
            note(act, user)

    return heard


def _count() -> Response | None:
    """Refuse a try that comes too early, in the same words for everybody, known or not."""
    if request.method != "POST" or request.endpoint not in (*_BY_NAME, *_BY_MEMBER) or carry.is_on_the_way():
        return None
    address = address_of(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""))
    g.tried = _account(), f"{ADDRESS}{address}"
    wait = desk().tries.wait(*g.tried)
    if not wait:
        return None
    g.tried = ()
    flash(say("Too many tries. Wait {n} seconds, then try again.", n=wait), "error")
    page = make_response(render_template("sign_in.html", login_user_form=LoginForm(formdata=None)), 429)
    page.headers["Retry-After"] = str(wait)
    return page


def _account() -> str:
    if request.endpoint in _BY_NAME:
        return f"name {request.form.get('email', '').strip().casefold()[:320]}"
    return f"code {session.get('tf_user_id') or session.get('_user_id') or ''}"


def _after(response: Response) -> Response:
    the_desk = desk()
    if tried := g.get("tried"):
        if response.status_code in (302, 303):
            the_desk.tries.succeeded(*tried)
        elif response.status_code == 200:
            _failed(the_desk)
    the_desk.store.release()
    for act, member, email in g.get("acts", ()):
        if act is not Act.SIGNED_IN:
            end_all(the_desk.database, member)
        write(the_desk.database, act, by=email, now=the_desk.now)
    return carry.onward(response)


def _failed(the_desk: Desk) -> None:
    """Write down that a sign-in failed: for whom, if there is such a member. What strangers type is kept nowhere."""
    if request.endpoint in _BY_NAME:
        typed = request.form.get("email", "").strip().casefold()
        known = next((one.email for one in people(the_desk.database) if one.email == typed), "")
    else:
        known = current_user.email if current_user.is_authenticated else ""
    the_desk.store.release()
    write(the_desk.database, Act.SIGN_IN_FAILED, by="", about=known, now=the_desk.now)
