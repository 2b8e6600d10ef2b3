"""Two people at one part: what came too late waits here with its writer, who says what becomes of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing.together import Aside, aside_of, put_together
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.storage import editing
from bot.storage.editing import Stale, Version

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


@bp.get("/aside")
@needs(Role.EDITOR)
def aside() -> str:
    """Show the texts of whoever asks that came too late, each beside what stands there now."""
    return render_template("aside.html", asides=[_beside(mine) for mine in editing.aside(desk().database, me().name)])


@bp.post("/settle")
@needs(Role.EDITOR)
def settle() -> Response:
    """Do what was chosen: keep theirs, keep mine, or put both together."""
    form = request.form
    part, version, how = form.get("part", ""), form.get("version", ""), form.get("how", "")
    mine = next((v for v in editing.aside(desk().database, me().name) if (v.part, v.version) == (part, version)), None)
    if mine is None:
        flash(say("That is settled already."), "success")
        return redirect(url_for("drafts.aside"))
    beside = _beside(mine)
    if how == "theirs":
        editing.let_go(desk().database, part, version, by=me().name)
        flash(say("Theirs stays. Yours is gone."), "success")
    elif how == "mine":
        _save(beside, mine.body, form.get("theirs", ""))
    elif how == "both" and beside.merged is not None:
        chosen = [path for path in beside.paths if form.get(f"pick.{path}") == "mine"]
        _save(beside, put_together(beside, chosen), form.get("theirs", ""))
    else:
        flash(say("Choose one of the three."), "error")
    return redirect(url_for("drafts.aside"))


@bp.post("/drop")
@needs(Role.EDITOR)
def drop() -> Response:
    """Throw a draft away, if it is still the one that was looked at."""
    part, version = request.form.get("part", ""), request.form.get("version", "")
    there = editing.current(desk().database, part, desk().shelf.in_use().parts.get(part))
    if there.version != version or editing.drop(desk().database, [part], by=me().name, now=desk().now):
        flash(say("There is no such draft any more: somebody changed it or threw it away."), "error")
    else:
        flash(say("The draft is thrown away; what is live stays."), "success")
    return redirect(_back(part))


def _back(part: str) -> str:
    """Return where somebody goes on who worked on a part: its page while it is live, else the list it stood in."""
    live = part in desk().shelf.in_use().parts
    file, _, entry = part.partition("#")
    folder, _, name = file.removesuffix(".toml").partition("/")
    if folder == "entries":
        return url_for("entries.entry", entry=entry) if live else url_for("entries.entries")
    if folder == "topics":
        return url_for("topics.topic", slug=name) if live else url_for("topics.topics")
    return url_for("sentences.sentences") if folder == "wording" else url_for("review.review")


def _beside(mine: Version) -> Aside:
    live = desk().shelf.in_use().parts.get(mine.part)
    theirs = editing.current(desk().database, mine.part, live)
    return aside_of(mine, theirs, editing.history(desk().database, mine.part), live)


def _save(beside: Aside, body: Any, seen: str) -> None:
    """Save over what the person saw; what another wrote meanwhile stands beside it again."""
    live = desk().shelf.in_use().parts.get(beside.mine.part)
    found = editing.save(
        desk().database, beside.mine.part, body, by=me().name, based_on=seen, now=desk().now, live=live
    )
    if isinstance(found, Stale):
        flash(say("It was changed once more meanwhile. Look again: nothing is lost."), "error")
        return
    editing.let_go(desk().database, beside.mine.part, beside.mine.version, by=me().name)
    flash(say("Saved as a draft."), "success")
