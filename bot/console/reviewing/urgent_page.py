"""The page of one entry for what cannot wait: what texters get now, what is paused, what is being published."""

from collections.abc import Mapping, Sequence

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.editing.phone import area_name
from bot.console.editing.typed import Typed
from bot.console.reviewing.alone import kept
from bot.console.reviewing.differing import language, plain_hours, printed, topic_name
from bot.console.reviewing.lifting import WAYS, key
from bot.console.reviewing.reviewed import failed
from bot.console.reviewing.urgent import match, pauses_on, texters_get, until_said, why_said
from bot.console.wording import say
from bot.console.work import work
from bot.referral.bulletin import Why
from bot.referral.check import How
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.moments import said, zone_for
from bot.storage.drafts import part_of

#: Why something is paused for a while; what is wrong for good is taken away instead.
WHYS = (Why.FULL, Why.CLOSED, Why.OUTAGE)
_HOW = {How.CALLED: "Somebody called", How.TEXTED: "Somebody texted", How.VISITED: "Somebody went there"}
_FIELDS = ("number", "until", "why", "note", "hours", "stop")


def entry_page(one: Entry, typed: Typed, *, read: str = "", means: Sequence[tuple[str, str]] = ()) -> Response:
    """Return the page of an entry; `read` and `means`: hours that were typed, read back."""
    content, now, state = desk().shelf.in_use().content, desk().now, work().state(at_once_key(one))
    for field, value in (("number", ""), ("why", Why.CLOSED.value), ("stop", "")):
        typed.values.setdefault(field, value)
    made = make_response(
        render_template(
            "urgent_entry.html",
            one=match(content, one, now),
            typed=typed,
            did=request.path.rpartition("/")[2] if request.method == "POST" else "",
            read=read,
            means=means,
            pauses=pauses_on(content, now, one.id),
            replies=texters_get(content, one, now),
            state=state,
            refused=failed(state),
            kept=kept(desk(), me(), part_of(one.area, one.id)) if failed(state) else "",
            here=said(now, zone_for(content, one)),
            whys=WHYS,
            **wordings(content),
        )
    )
    if state is not None and state.running and request.method == "GET":
        made.headers["Refresh"] = "2"
    return made


def lift_page(typed: Typed, name: str, number: str, *, wanted: Sequence[Phone | None]) -> str:
    """Return the question before a pause is lifted: whether each of the `wanted` was reached today."""
    content = desk().shelf.in_use().content
    return render_template(
        "urgent_lift.html",
        typed=typed,
        name=name,
        number=number,
        wanted=[(key(phone), phone.printed if phone else content.entries[name].link) for phone in wanted],
        ticked=request.form.getlist("reached"),
        ways=[(way.value, say(_HOW[way])) for way in WAYS] if None not in wanted else [],
        **wordings(content),
    )


def wordings(content: Content) -> Mapping[str, object]:
    """Return what every page about urgent things says things with."""
    return {
        "until_said": lambda one: until_said(content, one),
        "why_said": why_said,
        "language": language,
        "printed": printed,
        "plain": plain_hours,
        "topic_name": lambda slug: topic_name(content, slug),
        "entries": content.entries,
        "zoned": lambda when: said(when, zone_for(content)),
        "area_name": lambda slug: area_name(content, slug),
    }


def sent() -> Typed:
    """Return the fields of the form that was sent."""
    return Typed({name: request.form.get(name, "") for name in _FIELDS})


def entry_named(name: str) -> Entry:
    """Return an entry of the release in use; without one there is no such page."""
    return desk().shelf.in_use().content.entries.get(name) or abort(404)


def given_anyway(left: tuple[str, ...]) -> str:
    """Say that numbers are always given, and what to do instead."""
    told = "{numbers} is given all the same: nothing could take its place. Say what is wrong with a banner instead."
    return say(told, numbers=", ".join(left))


def at_once_key(one: Entry) -> str:
    """Return the key under which an entry is published at once."""
    return f"at once {one.id}"


def to_page(one: Entry) -> Answer:
    """Return the way to the page of an entry."""
    return redirect(url_for("urgent.entry", name=one.id))
