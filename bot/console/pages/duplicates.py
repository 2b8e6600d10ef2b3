"""The same service twice: side by side, and made one by a person, who says which entry stays and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.importing.import_desk import keeper
from bot.console.importing.told import told
from bot.console.importing.twice import entry_of, other_of
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.directory.merging import merged, sides
from bot.referral.partly import can_change, with_part
from bot.storage import editing, imports
from bot.storage.audit import Act, write
from bot.storage.imports import EditedDraftError, UnknownServiceError

bp = Blueprint("duplicates", __name__, url_prefix="/import/duplicates")
GROUPS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries for one service: which stays, and the imported one that goes into it."""

    stays: editing.Version
    live: Mapping[str, Any] | None
    goes: Mapping[str, Any]
    service: str


@bp.get("")
@needs(Role.EDITOR)
def duplicates() -> str:
    """Show what may be there twice, some groups on a page."""
    keeping = keeper()
    found = keeping.groups.of(keeping.importer, desk()) if keeping else None
    pages = max(1, -(-len(found or ()) // GROUPS))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    start = (page - 1) * GROUPS
    shown = found[start : start + GROUPS] if found else []
    return render_template("duplicates.html", groups=shown, known=found is not None, page=page, pages=pages)


@bp.get("/merge")
@needs(Role.EDITOR)
def compare() -> str | Answer:
    """Show two entries field by field."""
    stays, goes = request.args.get("stays", ""), request.args.get("goes", "")
    pair = _pair(stays, goes)
    if pair is None:
        return redirect(url_for("duplicates.duplicates"))
    taken = [side.field for side in sides(pair.stays.body or {}, pair.goes)] if request.args.get("all") else []
    return _compared(pair, stays, goes, taken=taken)


@bp.post("/merge")
@needs(Role.EDITOR)
def merge() -> str | Answer:
    """Make one of two: a draft of the entry that stays, and the other is that entry from now on."""
    stays, goes = request.form.get("stays", ""), request.form.get("goes", "")
    pair = _pair(stays, goes)
    if pair is None:
        return redirect(url_for("duplicates.duplicates"))
    body = pair.stays.body or {}
    picked = {side.field: request.form.get(f"field.{side.field}", "stays") for side in sides(body, pair.goes)}
    taken = [field for field, side in picked.items() if side == "goes"]
    if set(picked.values()) - {"stays", "goes"}:
        return _compared(pair, stays, goes, taken=taken, problems=[say("Choose one of the two for each field.")])
    made = merged(body, pair.goes, taken)
    if problems := _problems(pair.stays.part, body, made):
        return _compared(pair, stays, goes, taken=taken, problems=problems)
    if request.form.get("version") != pair.stays.version:
        words = say("Somebody changed the entry while you looked. Here is what it says now: look, and choose again.")
        return _compared(pair, stays, goes, taken=taken, problems=[words])
    return _merged(pair, stays, goes, made=made)


def _merged(pair: Pair, stays: str, goes: str, *, made: Mapping[str, Any]) -> Answer:
    the_desk, part = desk(), pair.stays.part
    if made != pair.stays.body:
        saved = editing.save(
            the_desk.database, part, made, by=me().name, based_on=pair.stays.version, now=the_desk.now, live=pair.live
        )
        if isinstance(saved, editing.Stale):
            flash(
                say("Somebody saved {part} just now. Yours waits beside theirs; nothing was merged.", part=part),
                "error",
            )
            return redirect(url_for("duplicates.compare", stays=stays, goes=goes), 303)
    try:
        imports.merge(the_desk.database, pair.service, stays)
    except (EditedDraftError, UnknownServiceError):
        flash(say("Somebody worked on {id} just now, so both are still there. Look again.", id=goes), "error")
        return redirect(url_for("duplicates.duplicates"), 303)
    detail = {"merged": goes}
    write(the_desk.database, Act.IMPORTED, by=me().name, about=stays, detail=detail, now=the_desk.now)
    flash(say("{goes} is {stays} from now on. What you chose waits as a draft.", goes=goes, stays=stays), "success")
    return redirect(url_for("duplicates.duplicates"), 303)


def _pair(stays: str, goes: str) -> Pair | None:
    """Return two entries that can be made one; None, with the reason told, when they cannot."""
    if stays == goes or not (stays and goes):
        flash(say("Choose two different entries: one that stays, one that goes."), "error")
        return None
    the_desk = desk()
    there = entry_of(the_desk, stays)
    if there is None or there.now.body is None:
        flash(say("There is no entry {id}, neither published nor as a draft.", id=stays), "error")
        return None
    other = other_of(the_desk, goes)
    if other is None:
        flash(say("{id} was not imported, or is published: let it stay, and let the other one go.", id=goes), "error")
        return None
    if other.edited:
        words = say("Somebody worked on the draft of {id}: let that one stay, or throw its draft away first.", id=goes)
        flash(words, "error")
        return None
    return Pair(there.now, there.live, other.table, other.service)


def _problems(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what would keep the merged entry from being read, as far as the entry was readable before."""
    if not can_change(part):
        abort(404)
    live = desk().shelf.in_use().live
    there = set(with_part(live, part, before).problems)
    return [str(each) for each in with_part(live, part, after).problems if each not in there]


def _compared(pair: Pair, stays: str, goes: str, *, taken: list[str], problems: list[str] | None = None) -> str:
    rows = [
        (side, told(side.stays), told(side.goes), side.field in taken)
        for side in sides(pair.stays.body or {}, pair.goes)
    ]
    return render_template(
        "duplicates_merge.html",
        stays=stays,
        goes=goes,
        rows=rows,
        version=pair.stays.version,
        problems=problems or [],
        turns=pair.live is None,
    )
