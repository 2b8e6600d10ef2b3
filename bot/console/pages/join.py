"""Joining by invitation: the link lets one person choose a password, once."""

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from flask_security import hash_password, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import ValidationError

from bot.console.desk import desk
from bot.console.passwords import complaint, normal
from bot.console.wording import say
from bot.storage.audit import Act, write
from bot.storage.staff import invitations

bp = Blueprint("join", __name__, url_prefix="/join")
_INITIALS = re.compile(r"[A-Za-z]{2,4}")


class JoinForm(FlaskForm):  # type: ignore[misc]
    """What a new member tells us."""

    initials = StringField()
    password = PasswordField()
    again = PasswordField()

    def __init__(self, email: str) -> None:
        super().__init__()
        self.email = email

    def validate_initials(self, field: StringField) -> None:
        """Checks are signed with them, so they are letters."""
        if not _INITIALS.fullmatch((field.data or "").strip()):
            raise ValidationError(say("Two to four letters, please."))

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that somebody else would try first."""
        field.data = normal(field.data or "")
        if wrong := complaint(field.data, email=self.email):
            raise ValidationError(wrong)

    def validate_again(self, field: PasswordField) -> None:
        """A slip of the finger would lock the new member out."""
        if normal(field.data or "") != self.password.data:
            raise ValidationError(say("The two are not the same."))


@bp.route("/<word>", methods=["GET", "POST"])
def join(word: str) -> Response | tuple[str, int] | str:
    """Let somebody in who holds a link, and lead them to a second factor."""
    the_desk = desk()
    found = invitations.find(the_desk.database, word, now=the_desk.now)
    if found is None:
        return render_template("join_over.html"), 404
    form = JoinForm(found.email)
    if not form.validate_on_submit():
        return render_template("join.html", form=form, invitation=found)
    hashed = hash_password(form.password.data)
    initials = form.initials.data.strip().upper()
    if current_user.is_authenticated:
        logout_user()
    the_desk.store.release()
    try:
        name = invitations.accept(the_desk.database, word, password=hashed, initials=initials, now=the_desk.now)
    except invitations.InvitationError:
        return render_template("join_over.html"), 404
    write(the_desk.database, Act.JOINED, by=found.email, detail={"role": found.role}, now=the_desk.now)
    member = the_desk.store.named(name)
    login_user(member, authn_via=["invitation"])
    flash(say("Welcome. One more step: something beside the password."), "success")
    return redirect(url_for("account.account"))
