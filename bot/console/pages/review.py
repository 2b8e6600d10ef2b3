"""Drafts that wait: what each changes, handing them in for another person to look at, throwing them away."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.places import Place
from bot.console.reviewing.differing import Shown, shown, title
from bot.console.reviewing.notes import noted
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.referral.differences import Difference
from bot.storage import editing, reviewing
from bot.storage.reviews import Review, ReviewError, State, reviews
from bot.storage.waiting import Waiting, texts, waiting

bp = Blueprint("review", __name__, url_prefix="/review")
PLACE = Place("review.review", "Review and publish", "Drafts, what they change, and who approves them.", Role.EDITOR)
_AT_ONCE = 50
#: So many reviews that are open are looked through; nobody has more.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A draft on the page: what it changes, whose it is, and the review it was handed in with."""

    draft: Waiting
    shown: Shown
    review: int | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some of the drafts: which page of how many, and how many drafts there are of each kind."""

    rows: tuple[Row, ...]
    number: int
    last: int
    own: int
    imported: int


@bp.get("")
@needs(Role.EDITOR)
def review() -> str:
    """Show the drafts that people wrote, and the reviews that wait."""
    return _list(Typed(), imported=False)


@bp.get("/imported")
@needs(Role.EDITOR)
def imported() -> str:
    """Show the drafts that imports made."""
    return _list(Typed(), imported=True)


@bp.post("")
@needs(Role.EDITOR)
def hand_in() -> str | Response:
    """Hand in the ticked drafts, or ask whether they should be thrown away."""
    is_imported = request.form.get("from") == "imported"
    parts, typed = _chosen(), Typed({"note": request.form.get("note", "")})
    if not parts:
        typed.wrong("parts", say("Tick at least one draft."))
    if request.form.get("do") == "drop" and parts:
        return _ask_to_drop(parts)
    note = noted(typed, "note", parts, needed=True)
    if typed.errors:
        return _list(typed, imported=is_imported, ticked=parts)
    live = desk().shelf.in_use().release.document
    try:
        number = reviewing.submit(desk().database, parts, live, by=me().name, note=note, now=desk().now)
    except ReviewError:
        typed.wrong("parts", say("One of them is no draft any more: somebody was quicker. Look at the list again."))
        return _list(typed, imported=is_imported, ticked=parts)
    flash(say("Handed in as review {number}. Now another person looks at it.", number=number), "success")
    return redirect(url_for("reviewed.one", number=number))


@bp.post("/drop")
@needs(Role.EDITOR)
def drop() -> str | Response:
    """Throw drafts away, because somebody said so twice."""
    parts = _chosen()
    if not parts:
        flash(say("Tick at least one draft."), "error")
    elif editing.drop(desk().database, parts, by=me().name, now=desk().now):
        flash(say("Nothing was thrown away: one of them is no draft any more. Look at the list again."), "error")
    else:
        flash(say("{n} drafts were thrown away. What texters get stays as it is.", n=len(parts)), "success")
    return redirect(url_for("review.review"))


def _chosen() -> list[str]:
    if request.form.get("all") == "yes":
        return [one.part for one in waiting(desk().database) if one.is_imported]
    return list(dict.fromkeys(request.form.getlist("part")))


def _ask_to_drop(parts: Sequence[str]) -> str:
    live = desk().shelf.in_use().parts
    found = [shown(Difference(one.part, live.get(one.part), one.body)) for one in texts(desk().database, parts)]
    everything = request.form.get("all") == "yes"
    return render_template("review_drop.html", rows=found[:_AT_ONCE], parts=parts, everything=everything)


def _list(typed: Typed, *, imported: bool, ticked: Sequence[str] = ()) -> str:
    open_ones = reviews(desk().database, State.OPEN, State.APPROVED, most=_MOST)
    return render_template(
        "review.html",
        typed=typed,
        imported=imported,
        ticked=ticked,
        leaf=_leaf(open_ones, imported=imported),
        unseen=reviews(desk().database, State.UNSEEN, most=_MOST),
        open_ones=open_ones,
        titles={number: names for one in open_ones for number, names in [(one.number, _titles(one))]},
    )


def _leaf(open_ones: Sequence[Review], *, imported: bool) -> Leaf:
    database, live = desk().database, desk().shelf.in_use().parts
    there = waiting(database)
    mine = [one for one in there if one.is_imported is imported]
    last = max(1, -(-len(mine) // _AT_ONCE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    chosen = mine[(number - 1) * _AT_ONCE : number * _AT_ONCE]
    bodies = {one.part: one.body for one in texts(database, [one.part for one in chosen])}
    handed_in = {part: one.number for one in reversed(open_ones) for part in one.parts}
    rows = tuple(
        Row(one, shown(Difference(one.part, live.get(one.part), bodies[one.part])), handed_in.get(one.part))
        for one in chosen
        if one.part in bodies
    )
    drafted = sum(one.is_imported for one in there)
    return Leaf(rows, number, last, len(there) - drafted, drafted)


def _titles(one: Review) -> str:
    live, parts = desk().shelf.in_use().parts, list(one.parts)
    named = ", ".join(title(part, live.get(part)) for part in parts[:3])
    return say("{named} and {n} more", named=named, n=len(parts) - 3) if len(parts) > 3 else named
