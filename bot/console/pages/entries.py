"""Entries: finding them, changing one with the phone beside it, adding one, taking one out."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing import writing
from bot.console.editing.entry_form import CHOICES, DEFAULT, entry_from, entry_shown
from bot.console.editing.found import Wanted, found, part_of_entry
from bot.console.editing.number_form import PREFIX, TRIED, meanings, new_number
from bot.console.editing.phone import alone, phone
from bot.console.editing.typed import Typed
from bot.console.editing.writing import Opened
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.referral.content import NATIONAL
from bot.referral.entry import Status, Way
from bot.storage import drafts
from bot.storage.drafts import part_of

bp = Blueprint("entries", __name__, url_prefix="/entries")
PLACE = Place("entries.entries", "Entries", "The services texters are pointed to: find, change, add.", Role.VIEWER)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")
#: Names that mean something else in a sentence or in an address.
RESERVED = frozenset({"new", "label", "area", "code", "word", "number"})
_SERVES = "serves"
#: What the states are called on the page.
_SAID: dict[str, str] = {Status.PUBLISH: "texters are pointed to it", Status.CHECK_FIRST: "nobody is pointed to it yet"}


@bp.get("")
@needs(Role.VIEWER)
def entries() -> str:
    """Show the entries that fit what is looked for."""
    asked = request.args
    wanted = Wanted(asked.get("q", "")[:200], asked.get("area", ""), asked.get("topic", ""), asked.get("state", ""))
    use = desk().shelf.in_use()
    listed = found(use.parts, _drafts(), wanted, asked.get("page", 1, type=int))
    return render_template("entries.html", found=listed, wanted=wanted, content=use.content, may=me().role)


@bp.get("/new")
@needs(Role.EDITOR)
def new() -> str:
    """Ask for what an entry cannot be without: where it is, and what it is called."""
    return _new(Typed({"area": NATIONAL}))


@bp.post("/new")
@needs(Role.EDITOR)
def add() -> str | Response:
    """Begin an entry: a draft that nobody is pointed to."""
    typed, use = Typed(request.form), desk().shelf.in_use()
    name, entry = typed.line("name", most=160, needed=True), typed.line("id", most=42, needed=True)
    area = typed.one_of("area", (NATIONAL, *use.content.line.areas))
    if entry and (not _ID.fullmatch(entry) or entry in RESERVED):
        typed.wrong("id", say("Small letters, digits and hyphens, like casa-libre; not {names}.",
                              names=", ".join(sorted(RESERVED))))  # fmt: skip
    elif entry and part_of_entry((*use.parts, *_waiting()), entry):
        typed.wrong("id", say("There is an entry of that name already."))
    if typed.errors:
        return _new(typed)
    now = writing.opened(part_of(area, entry))
    begun = {"id": entry, "name": name, "short": {}, **DEFAULT}
    return writing.save(now, begun, based_on="") or redirect(url_for("entries.entry", entry=entry))


@bp.get("/<entry>")
@needs(Role.VIEWER)
def entry(entry: str) -> str:
    """Show an entry in its form, with what texters get of it."""
    now = _opened(entry)
    typed = entry_shown(now.body, desk().shelf.in_use().content.line.languages)
    return _form(now, typed, now.body, based_on=now.version.version)


@bp.post("/<entry>")
@needs(Role.EDITOR)
def change(entry: str) -> str | Response:
    """Show what the form would do, add a row to it, or save it as a draft."""
    now, based_on, typed = _opened(entry), request.form.get("based_on", ""), Typed(request.form.to_dict())
    action = request.form.get("action", "save")
    _rows(typed, action)
    content = desk().shelf.in_use().content
    base = writing.begun_from(now, based_on)
    table = entry_from(typed, base, content, today=_today(now.part), by=me().initials)
    if action != "save" or typed.errors:
        typed.errors = typed.errors if action in ("save", "preview") else {}
        return _form(now, typed, table, based_on=based_on)
    return writing.save(now, table, based_on=based_on) or redirect(url_for("entries.entry", entry=entry))


@bp.post("/<entry>/remove")
@needs(Role.EDITOR)
def remove(entry: str) -> Response:
    """Save as a draft that the entry is to go; texters get it until that is approved."""
    now = _opened(entry)
    if now.body.get("keep"):
        flash(say("This one is given whatever happens: it cannot go."), "error")
        return redirect(url_for("entries.entry", entry=entry))
    based_on = request.form.get("based_on", "")
    back = url_for("entries.entry", entry=entry) if now.live else url_for("entries.entries")
    return writing.save(now, None, based_on=based_on) or redirect(back)


def _form(now: Opened, typed: Typed, table: Mapping[str, Any], *, based_on: str) -> str:
    use = desk().shelf.in_use()
    shown = None if typed.errors else phone(now.part, None if now.is_going else table)
    return alone(shown, typed) or render_template(
        "entry.html",
        now=now,
        typed=typed,
        table=table,
        based_on=based_on,
        content=use.content,
        phone=shown,
        meanings=meanings(typed),
        topics=sorted(use.content.topics),
        choices={name: [(one.value, say(_SAID.get(one, one.value))) for one in kind] for name, kind in CHOICES.items()},
        ways=Way,
        tried=TRIED,
        may=me().role,
    )


def _new(typed: Typed) -> str:
    return render_template("entry_new.html", typed=typed, content=desk().shelf.in_use().content, national=NATIONAL)


def _rows(typed: Typed, action: str) -> None:
    """Do what a button asks that adds or takes away a row."""
    if action == "add-number":
        typed.focus = new_number(typed)
    elif action == "add-serves":
        typed.focus = f"{typed.next_row(_SERVES)}.topic"
        typed[typed.focus] = ""
    elif action.startswith("without-"):
        row = action.removeprefix("without-")
        if row in (*typed.rows(PREFIX), *typed.rows(_SERVES)):
            typed.without_row(row)


def _opened(entry: str) -> Opened:
    part = part_of_entry((*desk().shelf.in_use().parts, *_waiting()), entry)
    return writing.opened(part) if part else abort(404)


def _waiting() -> list[str]:
    return [part for part, _ in drafts.waiting(desk().database)]


def _drafts() -> dict[str, Any]:
    return {draft.part: draft.body for draft in drafts.drafts(desk().database, imported=True)}


def _today(part: str) -> date:
    area = part.partition("#")[0].removeprefix("entries/").removesuffix(".toml")
    areas = desk().shelf.in_use().content.line.areas
    zone = areas[area].timezone if area in areas else next(iter(areas.values())).timezone
    return desk().now.astimezone(ZoneInfo(zone)).date()
