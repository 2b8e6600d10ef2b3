"""What happens around a sign-in: tries are counted, sessions ended, and all of it written down."""

import json
from base64 import urlsafe_b64decode
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
from bot.storage.staff.members import owner_of, people
from bot.storage.staff.sessions import end_all

#: Pages where something secret is typed, and whose it is: an account by its name, or whoever got that far.
_BY_NAME = ("security.login",)
_BY_MEMBER = (
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.verify",
    "security.change_password",
)
#: Where somebody who is in says again that it is them, and where a passkey answers.
_AGAIN = ("security.verify", "security.wan_verify_response")
_PASSKEY = ("security.wan_signin_response", "security.wan_verify_response")
#: What was shown on which page, for the audit.
_WITH = {
    "join.join": "invitation",
    "security.login": "password",
    "security.two_factor_token_validation": "code",
    "security.mf_recovery": "recovery code",
    "security.verify": "password",
    "security.change_password": "password",
    **dict.fromkeys(_PASSKEY, "passkey"),
}


def install(app: Flask) -> None:
    """Listen to Flask-Security, and look at what its pages answer."""
    app.before_request(_count)
    app.after_request(_after)
    for signal, act, factor in (
        (user_authenticated, Act.SIGNED_IN, ""),
        (user_logged_out, Act.SIGNED_OUT, ""),
        (password_changed, Act.PASSWORD_CHANGED, ""),
        (tf_profile_changed, Act.FACTOR_ADDED, "app"),
        (wan_registered, Act.FACTOR_ADDED, "passkey"),
        (wan_deleted, Act.FACTOR_REMOVED, "passkey"),
    ):
        signal.connect(_listener(act, factor), app, weak=False)


def note(act: Act, user: Any, *, factor: str = "") -> None:
    """Have an act written down when the answer is made; all but signing in end the member's other sessions."""
    detail = {"factor": factor} if factor else _shown() if act is Act.SIGNED_IN else {}
    g.setdefault("acts", []).append((act, user.id, user.email, detail))
    if act is Act.SIGNED_IN:
        session.pop("_remember", None)  # nobody is: that would be a second cookie, which nothing here can end
        for held in (session, g):  # the token that a stranger was given ends with them
            held.pop("csrf_token", None)
    else:
        session.renew = True  # type: ignore[attr-defined]  # sessions are ours


def _listener(act: Act, factor: str) -> Any:
    def heard(app: Flask, user: Any, **kwargs: Any) -> None:
        # Flask-Security signs in anew who changed their password; they were in already.
        if act is not Act.SIGNED_IN or kwargs.get("authn_via") != ["change"]:
            note(act, user, factor=factor)

    return heard


def _count() -> Response | None:
    """Refuse a try that comes too early, in the same words for everybody, known or not."""
    g.shown_before = session.get("fs_paa")
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


def _shown() -> dict[str, str]:
    """Return what somebody showed on the page that answers."""
    return {"with": _WITH.get(request.endpoint or "", "")}


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
    if request.method == "POST" and request.endpoint in (*_AGAIN, *_PASSKEY):
        _shown_again(the_desk, ended=response.status_code in (302, 303))
    the_desk.store.release()
    acts = g.get("acts", ())
    for act, member, email, detail in acts:
        if act is not Act.SIGNED_IN:
            end_all(the_desk.database, member)
        write(the_desk.database, act, by=email, detail=detail, now=the_desk.now)
    made = carry.onward(response)
    if the_desk.settings.console_base_url.startswith("https://") and any(act is Act.SIGNED_OUT for act, *_ in acts):
        made.headers["Clear-Site-Data"] = '"cache", "storage"'  # what "back" would show to whoever comes next
    return made


def _shown_again(the_desk: Desk, *, ended: bool) -> None:
    """Give who said again that it is them a new id, and write down a passkey that was not accepted."""
    reached = "shown_before" in g  # else the gate turned them away
    if request.endpoint in _AGAIN and ended and reached and session.get("fs_paa") != g.shown_before:
        session.renew = True  # type: ignore[attr-defined]  # sessions are ours
        acts = g.setdefault("acts", [])
        acts.append((Act.SIGNED_IN, current_user.id, current_user.email, {**_shown(), "again": "yes"}))
    elif request.endpoint in _PASSKEY and not g.get("acts") and (owner := _owner(the_desk)):
        write(the_desk.database, Act.SIGN_IN_FAILED, by="", about=owner, detail=_shown(), now=the_desk.now)


def _owner(the_desk: Desk) -> str:
    """Return whose passkey a browser sent; "" for one that nobody has, which is no try at anybody's account."""
    try:
        name = json.loads(request.form.get("credential", ""))["id"]
        return owner_of(the_desk.database, urlsafe_b64decode(f"{name}=="))
    except (ValueError, KeyError, TypeError):
        return ""


def _failed(the_desk: Desk) -> None:
    """Write down that a sign-in failed: for whom, if there is such a member. What strangers type is kept nowhere."""
    if request.endpoint in _BY_NAME:
        typed = request.form.get("email", "").strip().casefold()
        known = next((one.email for one in people(the_desk.database) if one.email == typed), "")
    else:
        known = current_user.email if current_user.is_authenticated else ""
    the_desk.store.release()
    detail = {**_shown(), **({"then": "a wait"} if the_desk.tries.is_waited_for(*g.tried) else {})}
    write(the_desk.database, Act.SIGN_IN_FAILED, by="", about=known, detail=detail, now=the_desk.now)
