"""What one person does alone and at once: pausing, taking away a number that is wrong, new hours."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.places import Place
from bot.console.reviewing.alone import at_once
from bot.console.reviewing.lifting import reached, still_to_reach, write_reached
from bot.console.reviewing.notes import noted
from bot.console.reviewing.urgent import (
    named,
    pauses_on,
    phone_of,
    said_by,
    search,
    still_given,
    tell,
    until_said,
    with_hours,
    without_number,
)
from bot.console.reviewing.urgent_page import (
    WHYS,
    at_once_key,
    entry_named,
    entry_page,
    given_anyway,
    lift_page,
    sent,
    to_page,
    wordings,
)
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.console.work import work
from bot.referral.bulletin import Pause, Why
from bot.referral.moments import moment, zone_for
from bot.referral.plain_hours import PlainHoursError, meaning
from bot.referral.plain_hours import read as read_hours
from bot.storage.audit import Act
from bot.storage.bulletins import fold, rows
from bot.storage.drafts import part_of
from bot.storage.said import Lifted

bp = Blueprint("urgent", __name__, url_prefix="/urgent")
PLACE = Place("urgent.urgent", "Urgent", "Pause or withdraw a number, new hours, banners: alone, at once.", Role.EDITOR)


@bp.get("")
@needs(Role.EDITOR)
def urgent() -> str:
    """Show what is paused and which banners are up, and find a number."""
    content, now, wanted = desk().shelf.in_use().content, desk().now, request.args.get("q", "").strip()[:100]
    told = rows(desk().database)
    return render_template(
        "urgent.html",
        wanted=wanted,
        found=search(content, wanted, now),
        pauses=pauses_on(content, now),
        banners=[one for one in fold(told).bulletins.banners if one.until > now],
        by=said_by(told),
        **wordings(content),
    )


@bp.get("/entry/<name>")
@needs(Role.EDITOR)
def entry(name: str) -> Response:
    """Show one entry, what texters get now, and what can be done."""
    return entry_page(entry_named(name), Typed())


@bp.post("/entry/<name>/pause")
@needs(Role.EDITOR)
def pause(name: str) -> Response | Answer:
    """Leave an entry or a number out for a while, at once."""
    one, typed, content = entry_named(name), sent(), desk().shelf.in_use().content
    number = typed.one_of("number", ["", *(phone.number for phone in one.phone)])
    why, until = typed.one_of("why", WHYS), typed.line("until")
    when = None
    if until and "until" not in typed.errors:
        try:
            when = moment(until, desk().now, zone_for(content, one, phone_of(one, number)))
        except ValueError as error:
            typed.wrong("until", str(error))
    if typed.errors:
        return entry_page(one, typed)
    wanted = Pause(one.id, when, Why(why), number)
    if left := still_given(content, wanted, desk().now):
        typed.wrong("number", given_anyway(left))
        return entry_page(one, typed)
    told = {"why": why, "until": when.isoformat() if when else "lifted"}
    tell(desk(), me(), wanted, act=Act.PAUSED, about=named(one.id, number), detail=told)
    flash(say("Paused {until}. Every line heeds it within 5 seconds.", until=until_said(content, wanted)), "success")
    return to_page(one)


@bp.route("/lift", methods=["GET", "POST"])
@needs(Role.EDITOR)
def lift() -> str | Answer:
    """End a pause; what was stopped as wrong comes back only when somebody says that they reached it today."""
    name, number = request.values.get("entry", ""), request.values.get("phone", "")
    content = desk().shelf.in_use().content
    if not any((one.entry, one.phone) == (name, number) for one in pauses_on(content, desk().now, name)):
        flash(say("That is not paused any more."), "error")
        return redirect(url_for("urgent.urgent"))
    wanted, typed = still_to_reach(content, desk(), name, number), Typed({"how": request.form.get("how", "")})
    how = reached(typed, wanted, request.form.getlist("reached")) if wanted and request.method == "POST" else None
    if request.method == "GET" or (wanted and how is None):
        return lift_page(typed, name, number, wanted=wanted)
    if how is not None:
        write_reached(desk(), me(), content.entries[name], wanted, how=how)
    tell(desk(), me(), Lifted(name, number), act=Act.RESUMED, about=named(name, number), detail={})
    flash(say("Lifted. Texters get it again, wherever it is what fits best."), "success")
    return redirect(url_for("urgent.entry", name=name) if name in content.entries else url_for("urgent.urgent"))


@bp.post("/entry/<name>/stop")
@needs(Role.EDITOR)
def stop(name: str) -> Response | Answer:
    """Give a number no more that is wrong: it is paused in this moment, and then taken out of the release."""
    one, typed, content = entry_named(name), sent(), desk().shelf.in_use().content
    number = typed.one_of("stop", ["", *(phone.number for phone in one.phone if phone.publish)])
    note = noted(typed, "note", [part_of(one.area, one.id)], needed=True)
    if not typed.errors and (left := still_given(content, Pause(one.id, None, Why.WITHDRAWN, number), desk().now)):
        typed.wrong("stop", given_anyway(left))
    if typed.errors:
        return entry_page(one, typed)
    told, wanted = {"why": Why.WITHDRAWN.value, "note": note}, Pause(one.id, None, Why.WITHDRAWN, number)
    body = without_number(desk().shelf.in_use().parts[part_of(one.area, one.id)], number)
    tell(desk(), me(), wanted, act=Act.PAUSED, about=named(one.id, number), detail=told)
    flash(say("Texters do not get it any more. Now it is taken out of the release as well."), "success")
    lifted = Lifted(one.id, number)
    work().start(at_once_key(one), at_once(desk(), me(), part_of(one.area, one.id), body, note=note, lifted=lifted))
    work().wait(at_once_key(one), 0.3)
    return to_page(one)


@bp.post("/entry/<name>/hours")
@needs(Role.EDITOR)
def hours(name: str) -> Response | Answer:
    """Read new hours back; the second time, publish them at once."""
    one, typed = entry_named(name), sent()
    number = typed.one_of("number", [phone.number for phone in one.phone])
    note = noted(typed, "note", [part_of(one.area, one.id)], needed=True)
    read = ""
    try:
        read = read_hours(typed.line("hours", needed=True)) if not typed.errors.get("hours") else ""
    except PlainHoursError as error:
        typed.wrong("hours", str(error))
    phone = phone_of(one, number)
    if read and phone is not None and phone.hours == read:
        typed.wrong("hours", say("These are its hours already."))
    if typed.errors:
        return entry_page(one, typed)
    if request.form.get("sure") != read:
        return entry_page(one, typed, read=read, means=meaning(read))
    part = part_of(one.area, one.id)
    body = with_hours(desk().shelf.in_use().parts[part], number, read)
    work().start(at_once_key(one), at_once(desk(), me(), part, body, note=note))
    work().wait(at_once_key(one), 0.3)
    return to_page(one)
