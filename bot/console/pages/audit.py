"""The audit, to be read: who of the staff did what."""

from flask import Blueprint, render_template, request

from bot.console.desk import desk
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.storage.audit import TamperedAuditError, entries

bp = Blueprint("audit", __name__, url_prefix="/audit")
PLACE = Place("audit.audit", "Audit", "Who of the staff did what, and when.", Role.ADMIN)
_MOST = 100


@bp.get("")
@needs(Role.ADMIN)
def audit() -> str:
    """Show the newest lines, or those before a number."""
    before = request.args.get("before", type=int)
    before = None if before is None else min(before, 2**31 - 1)
    try:
        lines, broken = entries(desk().database, before=before, most=_MOST), False
    except TamperedAuditError:
        lines, broken = [], True
    older = lines[-1].number if len(lines) == _MOST and lines[-1].number > 1 else None
    return render_template("audit.html", lines=lines, older=older, broken=broken)
