"""Taking a text out of everything that was ever published: one admin asks, another one does it."""

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.places import Place
from bot.console.reviewing.packaged import packaged
from bot.console.reviewing.reviewed import failed
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.console.work import Progress, State, work
from bot.storage import scrubbing
from bot.storage.scrubbing import Scrub, ScrubError, found, scrubs

bp = Blueprint("scrub", __name__, url_prefix="/scrub")
PLACE = Place("scrub.scrub", "Scrub", "Take out a text that should never have been kept.", Role.ADMIN)
_LONGEST = 2000


@bp.get("")
@needs(Role.ADMIN)
def scrub() -> str:
    """Show what waits for another admin, what was done, and the form."""
    return _list(Typed())


@bp.post("")
@needs(Role.ADMIN, again=True)
def ask() -> str | Answer:
    """Ask for a text to be taken out. The text itself is not kept, and not written down."""
    typed = Typed({"wanted": request.form.get("wanted", "")})
    wanted = typed["wanted"].strip()
    if not wanted:
        typed.wrong("wanted", say("Something has to stand here."))
    if len(wanted) > _LONGEST:
        typed.wrong("wanted", say("That is {n} characters; {most} at most.", n=len(wanted), most=_LONGEST))
    if typed.errors:
        return _list(typed)
    try:
        number = scrubbing.ask(desk().database, wanted, by=me().name, now=desk().now)
    except ScrubError as error:
        typed.wrong("wanted", str(error))
        return _list(typed)
    flash(say("Asked, as number {n}. Now another admin opens this page and does it.", n=number), "success")
    return redirect(url_for("scrub.scrub"))


@bp.get("/<int:number>")
@needs(Role.ADMIN)
def one(number: int) -> Response:
    """Show another admin the text, and ask whether to take it out."""
    asked, doing, looking = _asked(number), work().state(_key(number)), None
    if asked.done_by is None and (doing is None or doing.error is not None):
        looking = _looked(asked)
    told = {"doing": doing, "looking": looking, "refused": failed(doing), "own": asked.asked_by == me().name}
    made = make_response(render_template("scrub_one.html", asked=asked, **told))
    if any(state is not None and state.running for state in (looking, doing)):
        made.headers["Refresh"] = "2"
    return made


@bp.post("/<int:number>")
@needs(Role.ADMIN, again=True)
def take_out(number: int) -> Answer:
    """Take the text out of everything, because another admin asked for it."""
    asked, the_desk, name = _asked(number), desk(), me().name
    if asked.done_by is not None or asked.asked_by == name:
        flash(say("It is done already.") if asked.done_by else say("Another admin has to do it."), "error")
        return redirect(url_for("scrub.one", number=number))
    keeper = work()

    def taken_out(progress: Progress) -> Scrub:
        progress("look", 0, 1)
        document = packaged(the_desk.settings)
        made = scrubbing.scrub(the_desk.database, number, by=name, now=the_desk.now, packaged=document)
        the_desk.shelf.look()
        keeper.forget(_found(number))  # it holds the text
        return made

    keeper.start(_key(number), taken_out)
    keeper.wait(_key(number), 0.3)
    return redirect(url_for("scrub.one", number=number))


def _list(typed: Typed) -> str:
    return render_template("scrub.html", typed=typed, found=scrubs(desk().database), me=me().name)


def _looked(asked: Scrub) -> State:
    database, key = desk().database, _found(asked.number)

    def looked(progress: Progress) -> str:
        progress("look", 0, 1)
        return found(database, asked.digest) or ""

    state = work().once(key, looked)
    return work().wait(key, 0.15) or state


def _asked(number: int) -> Scrub:
    return next((one for one in scrubs(desk().database) if one.number == number), None) or abort(404)


def _key(number: int) -> str:
    return f"scrub {number}"


def _found(number: int) -> str:
    return f"look for scrub {number}"
