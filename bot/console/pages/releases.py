"""What was published: every release, what it changed, and going back to one in two clicks."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.reviewing.coming_back import back_of, in_result, unticked
from bot.console.reviewing.differing import Shown, shown
from bot.console.reviewing.notes import noted
from bot.console.reviewing.packaged import packaged
from bot.console.reviewing.reviewed import failed, on_page, pages
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.console.work import Progress, State, work
from bot.referral.differences import differences
from bot.storage.given_again import Again, given_again
from bot.storage.publishing import roll_back
from bot.storage.releases import Published, history, read
from bot.storage.reviews import State as Stands
from bot.storage.reviews import reviews

bp = Blueprint("releases", __name__, url_prefix="/review/releases")
_AT_ONCE = 25
_REFRESH, _PATIENCE = "2", 0.15


@dataclass(frozen=True, slots=True)
class Coming:
    """The numbers that would come back with an older release."""

    again: tuple[Again, ...]


@bp.get("")
@needs(Role.EDITOR)
def releases() -> str:
    """Show what was published, the newest first."""
    before = request.args.get("before", type=int)
    before = None if before is None else min(before, 2**31 - 1)
    found = history(desk().database, before=before, most=_AT_ONCE)
    told = reviews(desk().database, Stands.PUBLISHED, Stands.UNSEEN, most=500)
    older = found[-1].number if found and found[-1].number > 1 else None
    return render_template(
        "review_releases.html",
        found=found,
        by_release={one.release: one for one in told},
        live=desk().shelf.in_use().number,
        older=older,
        may=me().role.covers(Role.APPROVER),
    )


@bp.get("/<int:number>")
@needs(Role.EDITOR)
def release(number: int) -> Response:
    """Show what a release changed."""
    one = _published(number)
    state = _differing(_published(number - 1), one) if number > 1 else None
    return _answer("review_release.html", state, one=one)


@bp.get("/<int:number>/back")
@needs(Role.APPROVER)
def ask_back(number: int) -> Response:
    """Show what would change by going back to a release, and ask whether to."""
    return _ask(number, Typed())


@bp.post("/<int:number>/back")
@needs(Role.APPROVER)
def back(number: int) -> Answer | Response:
    """Go back to a release: it is published again, under the next number."""
    one, live = _published(number), desk().shelf.in_use().number
    typed = Typed({"note": request.form.get("note", "")})
    note, again = noted(typed, "note"), request.form.get("again", "")
    if request.form.get("from", "") != str(live):
        flash(say("Another release was published meanwhile. Look again before you go back."), "error")
        return redirect(url_for("releases.ask_back", number=number))
    if one.number != live and (words := unticked(in_result(_coming_back(one)), again)):
        typed.wrong("again", words)
    if typed.errors:
        return _ask(number, typed)
    the_desk, name = desk(), me().name

    def gone_back(progress: Progress) -> int:
        progress("read", 0, 1)
        document = packaged(the_desk.settings)
        made = roll_back(
            the_desk.database, one.number, by=name, note=note, now=the_desk.now, packaged=document, again=again
        )
        the_desk.shelf.look()
        return made

    work().start(_key(number, live), gone_back)
    work().wait(_key(number, live), 0.5)
    return redirect(url_for("releases.going_back", number=number, live=live))


@bp.get("/<int:number>/back/<int:live>")
@needs(Role.APPROVER)
def going_back(number: int, live: int) -> Response | Answer:
    """Show how far going back has come."""
    state = work().state(_key(number, live))
    if state is not None and state.result is not None:
        flash(say("Release {n} is live: it is release {old} again.", n=state.result, old=number), "success")
    if state is None or state.result is not None:
        return redirect(url_for("releases.releases"))
    return _answer("review_going_back.html", state, one=_published(number))


def _ask(number: int, typed: Typed) -> Response:
    one, live = _published(number), desk().shelf.in_use().release
    if one.number == live.number:
        abort(404)
    state, coming = _differing(_published(live.number), one), _coming_back(one)
    looking, back = coming.running, back_of(in_result(coming), desk().shelf.in_use().parts)
    return _answer("review_back.html", state, one=one, live=live, typed=typed, looking=looking, back=back)


def _answer(template: str, state: State | None, **told: object) -> Response:
    found: list[Shown] = state.result if state is not None and isinstance(state.result, list) else []
    page = min(max(1, request.args.get("page", 1, type=int)), pages(found))
    more = {"state": state, "refused": failed(state), "page": page, "last": pages(found)}
    made = make_response(render_template(template, parts=on_page(found, page), many=len(found), **more, **told))
    if state is not None and state.running:
        made.headers["Refresh"] = _REFRESH
    return made


def _differing(before: Published, after: Published) -> State:
    """Work out what differs: half a second for each of two large releases."""
    database, key = desk().database, f"differ {before.digest} {after.digest}"

    def differing(progress: Progress) -> list[Shown]:
        progress("read", 0, 1)
        old, new = (read(database, one.number).document for one in (before, after))
        return [shown(found) for found in differences(old, new)]

    state = work().once(key, differing)
    return work().wait(key, _PATIENCE) or state


def _coming_back(older: Published) -> State:
    """Work out which numbers an older release would give again, once for each release and bulletin that is out."""
    database, use = desk().database, desk().shelf.in_use()
    key = f"back {older.digest} {use.release.digest} {use.content.bulletins.number}"

    def coming_back(progress: Progress) -> Coming:
        progress("read", 0, 1)
        return Coming(given_again(database, use.release.document, read(database, older.number).document))

    state = work().once(key, coming_back)
    state = work().wait(key, _PATIENCE) or state
    if state.error is not None:
        work().forget(key)  # the next look works it out anew
    return state


def _published(number: int) -> Published:
    found = history(desk().database, before=number + 1, most=1)
    if not found or found[0].number != number:
        abort(404)
    return found[0]


def _key(number: int, live: int) -> str:
    return f"roll back {number} from {live}"
