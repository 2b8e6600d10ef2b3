"""Wording: every sentence that the line says by itself, in every language side by side."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing import writing
from bot.console.editing.phone import alone
from bot.console.editing.sentence_form import (
    DAYS,
    part_of,
    sentence_from,
    sentence_phone,
    sentence_shown,
    sisters,
    slots,
)
from bot.console.editing.typed import Typed
from bot.console.editing.writing import Opened
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.referral.booklet.own import Said, every_sentence
from bot.referral.content import Content
from bot.referral.sayable import INSTEAD

bp = Blueprint("sentences", __name__, url_prefix="/wording")
PLACE = Place("sentences.sentences", "Wording", "Every sentence the line says by itself.", Role.VIEWER)
_KEY = re.compile(r"[a-z0-9_]{1,60}")
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in the list: its texts by language, and whether a draft says it otherwise."""

    key: str
    texts: Mapping[str, str]
    draft: bool


@bp.get("")
@needs(Role.VIEWER)
def sentences() -> str:
    """Show every sentence, or those that hold some words."""
    words = request.args.get("q", "")[:200].strip()
    content, opened = desk().shelf.in_use().content, _opened()
    rows = [row for row in _rows(opened) if _fits(row, words.lower())]
    said = _said(content)
    groups = [
        (kind.value, found)
        for kind in (Said.WHOLE, Said.PASTED, Said.SPOKEN, Said.PIECE)
        if (found := [row for row in rows if said.get(row.key, Said.PIECE) is kind])
    ]
    return render_template("sentences.html", groups=groups, words=words, total=len(rows), languages=list(opened))


@bp.get("/<key>")
@needs(Role.VIEWER)
def sentence(key: str) -> str:
    """Show a sentence in its form, with the phone for every language."""
    opened = _known(key)
    tables = {language: now.body for language, now in opened.items()}
    based_on = {language: now.version.version for language, now in opened.items()}
    return _form(key, sentence_shown(key, tables), tables, opened, based_on=based_on)


@bp.post("/<key>")
@needs(Role.EDITOR)
def change(key: str) -> str | Response:
    """Show the phone for what the form says, or save it as a draft of each language that it changes."""
    opened, typed = _known(key), Typed(request.form.to_dict())
    based_on = {language: request.form.get(f"based_on.{language}", "") for language in opened}
    bases = {language: writing.begun_from(now, based_on[language]) for language, now in opened.items()}
    made = sentence_from(typed, key, bases)
    if request.form.get("action", "save") != "save" or typed.errors:
        return _form(key, typed, made, opened, based_on=based_on)
    changed = [language for language in opened if made[language] != bases[language]]
    # Both languages are tried even where one came too late: neither text is lost.
    answers = [
        writing.save(opened[language], made[language], based_on=based_on[language], tells=False) for language in changed
    ]
    if late := next((answer for answer in answers if answer), None):
        return late
    told = say("Nothing was changed, or it is what is live already: no draft is needed.")
    if any(made[language] != opened[language].live for language in changed):
        told = say("Saved as a draft. Texters get it when somebody else has approved it.")
    flash(told, "success")
    is_there = any(key in table for table in made.values())
    return redirect(url_for("sentences.sentence", key=key) if is_there else url_for("sentences.sentences"))


def _form(
    key: str, typed: Typed, tables: Mapping[str, Table], opened: Mapping[str, Opened], *, based_on: Mapping[str, str]
) -> str:
    content = desk().shelf.in_use().content
    texts = [typed[f"text.{language}"] for language in opened]
    before, instead = sisters(key, tables.values())
    shown = None if typed.errors else sentence_phone(key, tables)
    return alone(shown, typed) or render_template(
        "sentence.html",
        key=key,
        typed=typed,
        opened=opened,
        based_on=based_on,
        days=key == DAYS,
        said=_said(content).get(key, Said.PIECE).value,
        stands_for=before,
        instead=instead,
        may_have_instead=key != DAYS and any("{" in text for text in texts),
        suffix=INSTEAD,
        slots=slots(content, texts),
        phone=shown,
        may=me().role,
    )


def _opened() -> dict[str, Opened]:
    return {one: writing.opened(part_of(one)) for one in desk().shelf.in_use().content.line.languages}


def _known(key: str) -> dict[str, Opened]:
    """Return the sentences of every language as they stand; there is no page for a key that nobody says."""
    opened = _opened()
    there = {name for now in opened.values() for name in (*now.body, *(now.live or {}))}
    if not _KEY.fullmatch(key) or (key not in there and key.removesuffix(INSTEAD) not in there):
        abort(404)
    return opened


def _rows(opened: Mapping[str, Opened]) -> list[Row]:
    keys = sorted({key for now in opened.values() for key in now.body})
    return [
        Row(
            key,
            {language: _text(now.body.get(key, "")) for language, now in opened.items()},
            any(now.body.get(key) != (now.live or {}).get(key) for now in opened.values()),
        )
        for key in keys
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))


def _fits(row: Row, words: str) -> bool:
    return words in row.key or any(words in text.lower() for text in row.texts.values())


def _said(content: Content) -> dict[str, Said]:
    first = content.line.languages[:1]
    return {one.key: one.said for one in every_sentence(content, languages=first) if one.said is not Said.FIRST}
