"""What somebody typed is not lost when their session ran out: the pages of the sign-in carry it along.

Nothing is stored. Each page holds the fields hidden in its form; after the last step they stand in a form that is
sent where they belonged, with a token that is valid now. Only for what a page of ours sent, so that nobody else's
page gets its form sent by somebody who signs in. Passwords, codes and files are not carried.
"""

from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from flask import Response, g, make_response, render_template, request, session
from flask_security import LoginForm
from markupsafe import Markup

from bot.console.headers import is_from_our_page

#: What the names of carried fields begin with, and where they are to go in the end.
_PREFIX = "carried."
_WHERE = "carried-to"
_SECRET = ("csrf_token", "password", "new_password", "new_password_confirm", "code", "credential")
#: Where a sign-in goes on from; a redirect to anywhere else is its end.
_STEPS = ("/sign-in",)


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
    kept = [(_PREFIX + name, value) for name, value in _fields() if name not in _SECRET]
    g.carrying = [(_WHERE, where), *kept]
    return make_response(render_template("sign_in.html", login_user_form=LoginForm(formdata=None)), 401)


def send_again(where: str) -> Response:
    """Answer a post whose token is not valid any more: the same fields, to be sent again."""
    kept = [(name, value) for name, value in _fields() if name not in _SECRET]
    return make_response(render_template("interrupted.html", fields=kept, to=where, step="again"), 400)


def onward(response: Response) -> Response:
    """Put a page with the carried fields in the place of a redirect, which would lose them."""
    if response.status_code not in (302, 303) or not (fields := carried()):
        return response
    to = urlsplit(response.headers["Location"])
    where = f"{to.path}?{to.query}" if to.query else to.path
    if not session.get("_user_id") and where.startswith(_STEPS):
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


def _fields() -> Iterator[tuple[str, str]]:
    yield from request.form.items(multi=True)
