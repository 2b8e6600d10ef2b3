"""The staff: who there is, inviting, roles, letting somebody out and in again."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import ValidationError

from bot.console.desk import desk, me
from bot.console.places import Place
from bot.console.roles import Role, needs, role_of
from bot.console.wording import say
from bot.storage.audit import Act, write
from bot.storage.staff import invitations, members

bp = Blueprint("staff", __name__, url_prefix="/staff")
PLACE = Place("staff.staff", "Staff", "Who may sign in, as what; invitations.", Role.ADMIN)
_EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']+\.[^@\s<>\"']{2,}")


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite, as what."""

    email = StringField()
    role = StringField()

    def validate_role(self, field: StringField) -> None:
        """Take one of the roles there are."""
        if role_of(field.data or "") is None:
            raise ValidationError(say("Choose a role."))

    def validate_email(self, field: StringField) -> None:
        """Take what looks like an address; the link is handed over by a person, so nothing is sent there."""
        field.data = (field.data or "").strip().lower()
        if not _EMAIL.fullmatch(field.data) or len(field.data) > 254 or not field.data.isprintable():
            raise ValidationError(say("That is no e-mail address."))
        if any(one.email == field.data and one.active and one.joined_at for one in members.people(desk().database)):
            raise ValidationError(say("They are on the list below. To let them start over, open their name."))


@bp.get("")
@needs(Role.ADMIN)
def staff() -> str:
    """Show who there is and who was invited."""
    return _list(InviteForm(formdata=None))


@bp.post("")
@needs(Role.ADMIN, again=True)
def invite() -> str:
    """Make a link for somebody, to be copied: no e-mail is sent."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _list(form)
    return _link(form.email.data, form.role.data)


@bp.post("/withdraw")
@needs(Role.ADMIN)
def withdraw() -> Response:
    """Make the link of somebody who was invited void."""
    email = request.form.get("email", "")
    invitations.withdraw(desk().database, email)
    write(desk().database, Act.INVITED, by=me().name, about=email, detail={"withdrawn": "yes"}, now=desk().now)
    flash(say("The link for {email} holds no more.", email=email), "success")
    return redirect(url_for("staff.staff"))


@bp.get("/<int:number>")
@needs(Role.ADMIN)
def person(number: int) -> str:
    """Show one member, and what can be done."""
    return render_template("person.html", person=_person(number), roles=list(Role), me=me())


@bp.post("/<int:number>/role")
@needs(Role.ADMIN, again=True)
def role(number: int) -> Response:
    """Give a member another role; they are signed out."""
    one, chosen = _person(number), role_of(request.form.get("role", ""))
    if chosen is None:
        abort(400)
    try:
        members.set_role(desk().database, number, chosen)
    except members.LastAdminError:
        return _last_admin(number)
    _write(Act.ROLE_CHANGED, one, {"from": one.role, "to": chosen.value})
    return _done(say("{name} is {role} now.", name=one.email, role=chosen.value), number)


@bp.post("/<int:number>/active")
@needs(Role.ADMIN, again=True)
def active(number: int) -> Response:
    """Let a member in no more, at once, or again."""
    one, wanted = _person(number), request.form.get("active") == "yes"
    try:
        members.set_active(desk().database, number, active=wanted)
    except members.LastAdminError:
        return _last_admin(number)
    _write(Act.ENABLED if wanted else Act.DISABLED, one)
    return _done(say("{name} may sign in again.", name=one.email) if wanted else
                 say("{name} is signed out and may not sign in.", name=one.email), number)  # fmt: skip


@bp.post("/<int:number>/again")
@needs(Role.ADMIN, again=True)
def again(number: int) -> str | Response:
    """Take away all a member signs in with, and invite them anew: for a lost phone or a lost password."""
    one = _person(number)
    try:
        members.strip(desk().database, number)
    except members.LastAdminError:
        return _last_admin(number)
    _write(Act.FACTOR_REMOVED, one, {"all": "yes"})
    return _link(one.email, one.role)


def _list(form: InviteForm) -> str:
    the_desk = desk()
    people = members.people(the_desk.database)
    waiting = invitations.waiting(the_desk.database, now=the_desk.now)
    return render_template("staff.html", form=form, people=people, waiting=waiting)


def _link(email: str, role: str) -> str:
    the_desk = desk()
    word = invitations.invite(the_desk.database, email, role, now=the_desk.now)
    write(the_desk.database, Act.INVITED, by=me().name, about=email, detail={"role": role}, now=the_desk.now)
    link = f"{the_desk.settings.console_base_url}{url_for('join.join', word=word)}"
    return render_template("invited.html", email=email, role=role, link=link)


def _person(number: int) -> members.Person:
    return members.person(desk().database, number) or abort(404)


def _write(act: Act, one: members.Person, detail: dict[str, str] | None = None) -> None:
    write(desk().database, act, by=me().name, about=one.email, detail=detail, now=desk().now)


def _done(words: str, number: int) -> Response:
    flash(words, "success")
    return redirect(url_for("staff.person", number=number))


def _last_admin(number: int) -> Response:
    flash(say("Nobody could let others in any more: make somebody else an admin first."), "error")
    return redirect(url_for("staff.person", number=number))
