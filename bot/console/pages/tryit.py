"""Try it: a whole conversation with the line, live or with all drafts, and saving it for every later release."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.places import Place
from bot.console.reviewing.differing import place
from bot.console.roles import Role, needs
from bot.console.trying.tried import LONGEST, USUAL, WAITS, Line, Setting, add, replayed, said, setting, transcript
from bot.console.trying.with_drafts import Read, Which, content_of
from bot.console.wording import say
from bot.referral.golden import Miss, TranscriptError
from bot.referral.private import doubts, faults
from bot.storage import transcripts
from bot.storage.transcripts import Transcript

bp = Blueprint("tryit", __name__, url_prefix="/tryit")
PLACE = Place("tryit.tryit", "Try it", "Text the line, with or without the drafts.", Role.VIEWER)
#: So many saved conversations are played for a page.
AT_ONCE = 10
_NAME, _TITLE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}"), 120


@bp.get("")
@needs(Role.VIEWER)
def tryit() -> str:
    """Show an empty conversation."""
    return _page(Typed({"which": Which.LIVE, "wait": str(USUAL)}))


@bp.post("")
@needs(Role.VIEWER)
def talk() -> str:
    """Answer the conversation that the page carries, with one more text if there is one. Nothing of it is kept."""
    typed = Typed(request.form.to_dict())
    return _page(typed, adds=request.form.get("action", "say") == "say")


@bp.post("/keep")
@needs(Role.EDITOR)
def keep() -> str | Response:
    """Save the conversation: every later release has to answer it so."""
    typed = Typed(request.form.to_dict())
    read, how, lines = _replay(typed)
    name, title = typed.line("name", most=40, needed=True), typed.line("title", most=_TITLE, needed=True)
    if name and not _NAME.fullmatch(name):
        typed.wrong("name", say("Small letters, digits and hyphens, like food-at-night."))
    _look(typed, lines, read, name)
    if not typed.errors:
        body = transcript(title, lines, how)
        try:
            transcripts.save(desk().database, name, body, read.content, by=me().name, now=desk().now)
        except TranscriptError as error:
            typed.wrong("name", say("It cannot be played again as it is: {why}", why=error))
        else:
            flash(say("Saved. Every later release has to answer it so."), "success")
            return redirect(url_for("tryit.saved"))
    return _shown(typed, read, how, lines)


@bp.get("/saved")
@needs(Role.VIEWER)
def saved() -> str:
    """Show the saved conversations, and whether what is live answers them as they stand there."""
    found = transcripts.transcripts(desk().database)
    last = max(1, -(-len(found) // AT_ONCE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    content = desk().shelf.in_use().content
    rows = [(one, len(transcripts.missed(content, [one]))) for one in found[(page - 1) * AT_ONCE : page * AT_ONCE]]
    return render_template("tryit_saved.html", rows=rows, page=page, last=last, total=len(found))


@bp.get("/saved/<name>")
@needs(Role.VIEWER)
def one(name: str) -> str:
    """Show a saved conversation, and every reply that is not what it was."""
    return _one(_found(name), Typed())


@bp.post("/saved/<name>/remove")
@needs(Role.APPROVER)
def remove(name: str) -> str | Response:
    """Remove a saved conversation for good, when that was ticked."""
    typed = Typed(request.form.to_dict())
    if not typed.ticked("sure"):
        typed.wrong("sure", say("Tick this first."))
        return _one(_found(name), typed)
    if transcripts.remove(desk().database, name, by=me().name, now=desk().now):
        flash(say("Removed."), "success")
    else:
        flash(say("There is no such conversation any more."), "error")
    return redirect(url_for("tryit.saved"))


def _page(typed: Typed, *, adds: bool = False) -> str:
    return _shown(typed, *_replay(typed, adds=adds))


def _replay(typed: Typed, *, adds: bool = False) -> tuple[Read, Setting, list[Line]]:
    which = typed["which"] if typed["which"] in list(Which) else Which.LIVE
    typed["which"] = which
    read = content_of(Which(which))
    how, texts = setting(typed, read.content), said(typed)
    if adds:
        add(typed, texts)
    return read, how, replayed(read.content, texts, how)


def _shown(typed: Typed, read: Read, how: Setting, lines: list[Line]) -> str:
    content = read.content
    return render_template(
        "tryit.html",
        typed=typed,
        read=read,
        how=how,
        lines=lines,
        content=content,
        waits=[(str(wait), say(words)) for wait, words in WAITS.items()],
        which=[
            (Which.LIVE, say("What is live")),
            (Which.DRAFTS, say("With all drafts of staff")),
            (Which.IMPORTED, say("With all drafts, imports too")),
        ],
        problems=[(place(problem), problem.message) for problem in read.problems[:30]],
        areas=[(slug, area.name) for slug, area in content.line.areas.items()],
        names=_names(read, lines),
        longest=LONGEST,
        segments=sum(line.reply.segments for line in lines if line.reply),
        may=me().role,
    )


def _look(typed: Typed, lines: list[Line], read: Read, name: str) -> None:
    """Say what keeps a conversation from being saved: what may be somebody's own, above all."""
    if not lines:
        typed.wrong("name", say("Nothing was texted yet."))
    for line in lines:
        for fault in faults(line.text):
            typed.wrong("title", say("The text “{text}” {fault}. Only made-up texts are saved; name a place by 1 or 2.",
                                     text=line.text[:40], fault=say(fault)))  # fmt: skip
    for fault in faults(typed["title"][:_TITLE]):
        typed.wrong("title", say("It {fault}: take that out.", fault=say(fault)))
    if _names(read, lines) and not typed.ticked("names"):
        typed.wrong("names", say("Tick this, or take the words out."))
    there = any(one.name == name for one in transcripts.transcripts(desk().database))
    if there and not me().role.covers(Role.APPROVER):
        typed.wrong("name", say("There is one of that name; an approver may replace it. Choose another name."))
    elif there and not typed.ticked("replace"):
        typed.wrong("replace", say("There is one of that name. Tick this to put the new one in its place."))


def _names(read: Read, lines: list[Line]) -> list[str]:
    return list(dict.fromkeys(word for line in lines for word in doubts(read.content, line.text)))


def _found(name: str) -> Transcript:
    found = next((one for one in transcripts.transcripts(desk().database) if one.name == name), None)
    return found or abort(404)


def _one(found: Transcript, typed: Typed) -> str:
    misses: list[Miss] = transcripts.missed(desk().shelf.in_use().content, [found])
    return render_template("tryit_one.html", one=found, misses=misses, typed=typed, may=me().role)
