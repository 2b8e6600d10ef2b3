"""What somebody typed is not lost when their session ran out: the pages of the sign-in carry it along.

Nothing is stored. Each page holds the fields hidden in its form; after the last step they stand in a form that is
sent where they belonged, with a token that is valid now. Only for what a page of ours sent, so that nobody else's
page gets its form sent by somebody who signs in. Passwords, codes and files are not carried.
"""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, g, make_response, render_template, request, session
from flask_security import LoginForm
from markupsafe import Markup

from bot.console.again import AgainForm
from bot.console.headers import is_from_our_page

#: What the names of carried fields begin with, and where they are to go in the end.
_PREFIX = "carried."
_WHERE = "carried-to"
_SECRET = ("csrf_token", "password", "new_password", "new_password_confirm", "code", "credential")
#: Where a sign-in goes on from, and saying again that it is you; a redirect to anywhere else is the end.
_STEPS, _AGAIN = "/sign-in", "/sign-in/again"


def carried() -> list[tuple[str, str]]:
    """Return the names and values that the page being made must carry."""
    if "carrying" in g:
        return cast(list[tuple[str, str]], g.carrying)
    if not is_from_our_page(request) or not request.form.get(_WHERE):
        return []
    pairs = [(name, value) for name, value in _fields() if name.startswith(_PREFIX)]
    return [(_WHERE, request.form[_WHERE]), *pairs]


def hidden() -> Markup:
    """Return them as fields of a form."""
    line = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(line.format(name, value) for name, value in carried())


def interrupted(where: str) -> Response:
    """Answer a post of somebody whose session ran out: the sign-in, which carries what they typed."""
    _carry(where)
    return make_response(render_template("sign_in.html", login_user_form=LoginForm(formdata=None)), 401)


def asked_again(where: str, user: Any) -> Response:
    """Answer a post of somebody who has to show again that it is them: the page for that carries what they typed."""
    _carry(where)
    form = AgainForm(formdata=None, user=user)
    form.next.data = ""
    has_passkey = bool(user.webauthn)
    page = render_template("sign_in_again.html", verify_form=form, has_webauthn_verify_credential=has_passkey)
    return make_response(page, 401)


def send_again(where: str) -> Response:
    """Answer a post whose token is not valid any more: the same fields, to be sent again."""
    kept = [(name, value) for name, value in _fields() if name not in _SECRET]
    return make_response(render_template("interrupted.html", fields=kept, to=where, step="again"), 400)


def put_back(status: int) -> Response | None:
    """Answer a post that could not be done just now: what was typed, to be read and sent again.

    None where nothing was typed, or what was sent cannot be kept: a password, a file, what a page of others sent.
    """
    inside = not (request.endpoint or "").startswith(("security.", "join."))
    if request.method != "POST" or not inside or not is_from_our_page(request) or request.files:
        return None
    kept = [(name, value) for name, value in _fields() if name not in _SECRET]
    if not any(value for _, value in kept):
        return None
    # The token is the one that was sent: while the database is away nobody can be asked whose it is.
    told = {"to": request.full_path.rstrip("?"), "step": "back", "token": request.form.get("csrf_token", "")}
    return make_response(render_template("interrupted.html", fields=kept, **told), status)


def onward(response: Response) -> Response:
    """Put a page with the carried fields in the place of a redirect, which would lose them."""
    if response.status_code not in (302, 303) or not (fields := carried()):
        return response
    to = urlsplit(response.headers["Location"])
    where = f"{to.path}?{to.query}" if to.query else to.path
    if where.startswith(_AGAIN if session.get("_user_id") else _STEPS):
        page = render_template("interrupted.html", fields=fields, to=where, step="on")
    else:
        final = [(name.removeprefix(_PREFIX), value) for name, value in fields if name.startswith(_PREFIX)]
        page = render_template("interrupted.html", fields=final, to=local(fields[0][1]), step="end")
    # No page of the next step is asked for yet, so what it would be told must not be lost either.
    made = make_response(page)
    made.headers.extend([("Set-Cookie", value) for value in response.headers.getlist("Set-Cookie")])
    return made


def local(where: str) -> str:
    """Return a path of ours; the first page for anything that leads elsewhere."""
    url = urlsplit(where.replace("\\", "/"))
    ours = where.startswith("/") and not url.scheme and not url.netloc and where.isprintable()
    return where if ours and not where.startswith(("//", "/\\")) else "/"


def is_on_the_way() -> bool:
    """Say whether a post only brings carried fields to the next page of the sign-in: nothing was typed there yet."""
    return "step" in request.form and bool(carried())


def _carry(where: str) -> None:
    """Have the page being made carry what was sent; what was under way already goes where it was going."""
    kept = [(_PREFIX + name, value) for name, value in _fields() if name not in _SECRET]
    g.carrying = carried() or [(_WHERE, where), *kept]


def _fields() -> Iterator[tuple[str, str]]:
    yield from request.form.items(multi=True)
