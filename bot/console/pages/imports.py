"""Importing another directory: a file goes in, its plan is read row by row, and a person says yes."""

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me, somebody
from bot.console.importing.import_desk import keeper
from bot.console.importing.plan_keeper import Keeper
from bot.console.importing.plan_view import view_of
from bot.console.importing.plans import BusyError, Plan, Stage
from bot.console.importing.upload_form import UploadForm, put, safe
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.storage.imports import sources

bp = Blueprint("imports", __name__, url_prefix="/import")
PLACE = Place("imports.imports", "Import", "Take in another directory: a plan first, then your yes.", Role.EDITOR)
#: A state's directory of 5,000 services, zipped, is about 3 MB. The server takes no more than this.
MOST_BYTES = 16 * 1024 * 1024
_MOST_TAKEN = 2000
_SECONDS = "2"


@bp.get("")
@needs(Role.EDITOR)
def imports() -> str:
    """Show where a file goes in, and the plan that waits for who looks."""
    return _start(UploadForm(formdata=None))


@bp.post("")
@needs(Role.EDITOR, most_bytes=MOST_BYTES)
def upload() -> str | Answer:
    """Take a file, and have its plan drawn beside the pages."""
    form, keeping = UploadForm(), keeper()
    if not form.validate_on_submit():
        return _start(form)
    if keeping is None:
        form.file.errors = [say("Nothing can be imported on this door.")]
        return _start(form)
    name = safe(form.file.data.filename or "")
    try:
        plan = keeping.begin(me().id, name, lambda folder: put(folder, name, form))
    except BusyError:
        form.file.errors = [_busy(keeping)]
        return _start(form)
    except OSError:
        form.file.errors = [say("There is no room for the file on the server. Tell who runs this.")]
        return _start(form)
    return redirect(url_for("imports.plan", token=plan.token), 303)


@bp.get("/plan/<token>")
@needs(Role.EDITOR)
def plan(token: str) -> Response:
    """Show how far a plan is; once it is drawn, row by row what would happen and why."""
    found = _mine(token)[1]
    try:
        view = view_of(found, request.args)
    except FileNotFoundError:  # it was thrown away while it was looked for
        abort(404)
    page = make_response(render_template("import_plan.html", plan=found, view=view))
    if found.works:
        page.headers["Refresh"] = _SECONDS
    return page


@bp.get("/plan/<token>/mapping")
@needs(Role.EDITOR)
def mapping(token: str) -> Response:
    """Give how the columns were read, as a file to correct and send along next time."""
    sheet = _mine(token)[1].sheet
    if sheet is None or not sheet.mapping:
        abort(404)
    page = make_response(sheet.mapping)
    page.headers["Content-Type"] = "text/plain; charset=utf-8"
    page.headers["Content-Disposition"] = 'attachment; filename="mapping.toml"'
    return page


@bp.post("/plan/<token>/again")
@needs(Role.EDITOR)
def again(token: str) -> Answer:
    """Draw a plan anew, with what is to be taken from the source."""
    keeping, found = _mine(token)
    shown, ticked = set(request.form.getlist("shown")), request.form.getlist("take")
    kept = [each for each in found.wanted.taken if each not in shown]
    taken = tuple(dict.fromkeys([*kept, *(each for each in ticked if each in shown)]))
    if len(taken) > _MOST_TAKEN:
        flash(say("That is too much at once: {n} at most.", n=_MOST_TAKEN), "error")
    elif found.stage not in (Stage.DRAWN, Stage.REFUSED) or (found.stage is Stage.REFUSED and not found.moved):
        flash(say("This plan cannot be drawn again. Choose the file once more."), "error")
    else:
        try:
            keeping.again(found, taken)
        except BusyError:
            flash(_busy(keeping), "error")
    return _back(token)


@bp.post("/plan/<token>/confirm")
@needs(Role.EDITOR)
def confirm(token: str) -> Answer:
    """Carry a plan out: the very one that was shown."""
    keeping, found = _mine(token)
    if found.stage in (Stage.WRITING, Stage.WRITTEN):
        return _back(token)  # a button that was pressed twice
    if found.stage is not Stage.DRAWN or request.form.get("version") != str(found.version):
        flash(say("The plan was drawn again since you looked at it. Look once more, then say yes."), "error")
    elif found.sheet is None or found.sheet.changes_nothing:
        flash(say("There is nothing to write."), "error")
    else:
        try:
            keeping.confirm(found, by=me().name)
        except BusyError:
            flash(_busy(keeping), "error")
    return _back(token)


@bp.post("/plan/<token>/cancel")
@needs(Role.EDITOR)
def cancel(token: str) -> Answer:
    """Throw a plan and its file away."""
    keeping, found = _mine(token)
    if found.stage is Stage.WRITTEN:
        keeping.cancel(found)
    elif keeping.cancel(found):
        flash(say("The plan of {name} and the file are gone. Nothing was written.", name=found.name), "success")
    else:
        flash(say("It is being written already."), "error")
        return _back(token)
    return redirect(url_for("imports.imports"), 303)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    """Say beside the field that the file is too large; or that nobody is signed in to send one."""
    if somebody() is None:
        words = say("You were signed out, and files are not kept. Sign in, then choose it again.")
        return render_template("problem.html", title=say("The file was not taken"), words=words), 413
    # What was sent is not read: the page asks for its fields, and finds none.
    vars(request).update(form=ImmutableMultiDict(), files=ImmutableMultiDict())
    form = UploadForm(formdata=None)
    most = MOST_BYTES // 1024**2
    words = say("The file is larger than {n} MB, the most that can be taken here. Zip it, or cut it in parts.", n=most)
    form.file.errors = [words, say("Nothing was changed, and nothing of it was kept.")]
    return _start(form), 413


def _start(form: UploadForm) -> str:
    keeping = keeper()
    waiting = keeping.mine(me().id) if keeping else None
    return render_template("import.html", form=form, plan=waiting, sources=sources(desk().database))


def _mine(token: str) -> tuple[Keeper, Plan]:
    keeping = keeper()
    found = keeping.find(me().id, token) if keeping else None
    return (keeping, found) if keeping and found else abort(404)


def _back(token: str) -> Answer:
    return redirect(url_for("imports.plan", token=token), 303)


def _busy(keeping: Keeper) -> str:
    mine = keeping.mine(me().id)
    if mine is not None and mine.works:
        return say("Your file {name} is being worked on. Open its plan, or wait.", name=mine.name)
    return say("Another file is being read or written. Try again in a minute.")
