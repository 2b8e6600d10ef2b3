"""A member's own account: with what they sign in."""

from flask import Blueprint, render_template
from flask_login import current_user

from bot.console.desk import desk
from bot.console.places import Place
from bot.console.roles import Role, needs

bp = Blueprint("account", __name__, url_prefix="/account")
PLACE = Place("account.account", "My account", "Password, authenticator app, passkeys, recovery codes.", Role.VIEWER)


@bp.get("")
@needs(Role.VIEWER)
def account() -> str:
    """Show what there is to sign in with, and what is missing."""
    missing = not (desk().settings.dev or current_user.has_factor)
    return render_template(
        "account.html", user=current_user, missing=missing, codes=len(current_user.mf_recovery_codes or ())
    )
