"""Topics and words: what each is understood by, what is said around its entries, and trying a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import desk, me
from bot.console.editing import clashing, writing
from bot.console.editing.block_form import PREFIX, areas_known, new_block
from bot.console.editing.example_look import doubtful, new_examples
from bot.console.editing.phone import alone, phone
from bot.console.editing.topic_form import WORDS, examples_from, examples_shown, topic_from, topic_shown
from bot.console.editing.typed import Typed
from bot.console.editing.writing import Opened
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.trying import teaching
from bot.console.trying.understood import meant, percent, reasons
from bot.console.wording import say
from bot.referral.teach import Taught, Why, why
from bot.storage import drafts

bp = Blueprint("topics", __name__, url_prefix="/topics")
PLACE = Place("topics.topics", "Topics & words", "What people ask for, in their words; try a text.", Role.VIEWER)
_LANGUAGES = {"en": "English", "es": "Spanish"}
_FOLDER, _END = "topics/", ".toml"
#: A text message has no more characters.
LONGEST = 1600
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A topic in the list, with how many examples and wordings it has."""

    slug: str
    table: Table
    wordings: int
    examples: int
    draft: bool


@bp.get("")
@needs(Role.VIEWER)
def topics() -> str:
    """Show every topic."""
    waiting = {part for part, _ in drafts.waiting(desk().database)}
    live = desk().shelf.in_use().parts
    rows = [_row(part, live[part], draft=part in waiting) for part in sorted(live) if part.startswith(_FOLDER)]
    return render_template("topics.html", rows=rows, content=desk().shelf.in_use().content)


@bp.get("/try")
@needs(Role.VIEWER)
def trial() -> str:
    """Ask for a text to try."""
    return _trial(Typed())


@bp.post("/try")
@needs(Role.VIEWER)
def tried() -> str:
    """Show how a text is understood, and why. It is kept nowhere."""
    typed = Typed(request.form.to_dict())
    text = _text(typed)
    return _trial(typed, found=None if typed.errors else why(desk().shelf.in_use().content, text))


@bp.post("/try/teach")
@needs(Role.EDITOR)
def teach() -> str | Response:
    """Make a text an example of a topic: show first what that does, then save it as a draft."""
    typed, content = Typed(request.form.to_dict()), desk().shelf.in_use().content
    _text(typed)
    wanted = teaching.wish(typed, content)
    now = writing.opened(wanted.part) if wanted else None
    found = teaching.taught(typed, content, wanted, now) if wanted and now else None
    if not found or not now or request.form.get("action") != "save" or not teaching.is_confirmed(typed, found):
        return _trial(typed, taught=found)
    # Only what became of the draft is told on the next page: the text itself goes into no session.
    saved = writing.save(now, found.body, based_on=now.version.version)
    return saved or redirect(url_for("topics.trial"))


@bp.get("/<slug>")
@needs(Role.VIEWER)
def topic(slug: str) -> str:
    """Show a topic in its form, with what texters get."""
    now = _opened(slug)
    typed = topic_shown(now.body, desk().shelf.in_use().content.line.languages)
    return _form(now, typed, now.body, based_on=now.version.version)


@bp.post("/<slug>")
@needs(Role.EDITOR)
def change(slug: str) -> str | Response:
    """Show what the form would do, add a paragraph to it, or save it as a draft."""
    now, based_on, typed = _opened(slug), request.form.get("based_on", ""), Typed(request.form.to_dict())
    action, use = request.form.get("action", "save"), desk().shelf.in_use()
    if action == "add-block":
        new_block(typed)
    elif action.removeprefix("without-") in typed.rows(PREFIX):
        typed.without_row(action.removeprefix("without-"))
    base = writing.begun_from(now, based_on)
    table = topic_from(typed, base, use.content)
    files = {language: use.parts.get(f"words/{language}.toml", {}) for language in use.content.line.languages}
    clashing.look(typed, files, table, base)
    if action != "save" or typed.errors:
        typed.errors = typed.errors if action in ("save", "preview") else {}
        return _form(now, typed, table, based_on=based_on)
    return writing.save(now, table, based_on=based_on) or redirect(url_for("topics.topic", slug=slug))


@bp.get("/<slug>/examples")
@needs(Role.VIEWER)
def examples(slug: str) -> str:
    """Show the examples of a topic, one a line."""
    now = _opened(slug)
    typed = examples_shown(now.body, desk().shelf.in_use().content.line.languages)
    return _examples(now, typed, now.body, based_on=now.version.version)


@bp.post("/<slug>/examples")
@needs(Role.EDITOR)
def change_examples(slug: str) -> str | Response:
    """Look at examples that were added, or save them as a draft."""
    now, based_on, typed = _opened(slug), request.form.get("based_on", ""), Typed(request.form.to_dict())
    base, content = writing.begun_from(now, based_on), desk().shelf.in_use().content
    table = examples_from(typed, base, content.line.languages)
    looks = request.form.get("action") == "preview"
    if not looks and not typed.ticked("names") and doubtful(content, table, base):
        typed.wrong("names", say("Tick this, or take the words out."))
    if looks or typed.errors:
        return _examples(now, typed, table, based_on=based_on)
    return writing.save(now, table, based_on=based_on) or redirect(url_for("topics.examples", slug=slug))


def _form(now: Opened, typed: Typed, table: Table, *, based_on: str) -> str:
    use, slug = desk().shelf.in_use(), _slug(now.part)
    clashes = clashing.clashes(use.content, slug, table, now.live or {})
    shown = None if typed.errors else phone(now.part, table)
    return alone(shown, typed, template="topic_phone.html", clashes=clashes) or render_template(
        "topic.html", now=now, slug=slug, typed=typed, table=table, based_on=based_on, content=use.content,
        areas=areas_known(use.content), may=me().role, phone=shown, clashes=clashes)  # fmt: skip


def _examples(now: Opened, typed: Typed, table: Table, *, based_on: str) -> str:
    content = desk().shelf.in_use().content
    return render_template("topic_examples.html", now=now, slug=_slug(now.part), typed=typed, table=table,
                           based_on=based_on, content=content, fresh=new_examples(content, table, now.live or {}),
                           names=doubtful(content, table, now.live or {}), may=me().role)  # fmt: skip


def _trial(typed: Typed, *, found: Why | None = None, taught: Taught | None = None) -> str:
    content = desk().shelf.in_use().content
    languages = [(one, say(_LANGUAGES.get(one, one))) for one in content.line.languages]
    return render_template("topic_try.html", typed=typed, found=found, taught=taught, content=content,
                           targets=teaching.targets(content), languages=languages, meant=meant,
                           reasons=reasons, percent=percent, may=me().role)  # fmt: skip


def _text(typed: Typed) -> str:
    text = typed["text"].strip()
    if not text or len(text) > LONGEST:
        typed.wrong("text", say("Write a text of 1 to {most} characters.", most=LONGEST))
    return text


def _opened(slug: str) -> Opened:
    now = writing.opened(f"{_FOLDER}{slug}{_END}")
    return now if now.live is not None or now.version.body is not None else abort(404)


def _slug(part: str) -> str:
    return part.removeprefix(_FOLDER).removesuffix(_END)


def _row(part: str, table: Table, *, draft: bool) -> Row:
    owners = [table, *table.get("facets", {}).values()]
    lists = [table.get(name, {}) for name in WORDS] + [
        {key: one for key, one in facet.items() if isinstance(one, list)} for facet in owners[1:]
    ]
    texts = [text for owner in owners for text in owner.get("examples", {}).values()]
    return Row(_slug(part), table, sum(len(one) for each in lists for one in each.values()),
               sum(text.count("\n") for text in texts), draft)  # fmt: skip
