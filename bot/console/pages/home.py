"""The first page: where everything is."""

from flask import Blueprint, render_template

from bot.console.places import Place
from bot.console.roles import Role, needs

bp = Blueprint("home", __name__)
PLACE = Place("home.home", "Home", "What there is.", Role.VIEWER)


@bp.get("/")
@needs(Role.VIEWER)
def home() -> str:
    """Show the pages there are."""
    return render_template("home.html")
