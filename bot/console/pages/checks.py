"""Checks: which numbers wait for somebody to try them, and what came of a call."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from bot.console.checking.call_sheet_page import Served, as_page
from bot.console.checking.letter import LETTERS, letter
from bot.console.checking.recording import HOURS, namesakes, read
from bot.console.checking.recording import record as write_down
from bot.console.checking.standings import Wanted, check_line, due_said, fitting, means, queue, short
from bot.console.checking.tried import HOURS_SAID, printed_of, tried_of, ways_of
from bot.console.desk import desk, me
from bot.console.editing.typed import Typed
from bot.console.places import Place
from bot.console.roles import Role, needs
from bot.console.wording import say
from bot.referral.call_sheet import sheet
from bot.referral.content import NATIONAL, Content
from bot.referral.entry import Entry
from bot.referral.given import today_in
from bot.referral.moments import zone_for
from bot.referral.standing import due_list
from bot.referral.trying import is_tried
from bot.storage.audit import Act, write

bp = Blueprint("checks", __name__, url_prefix="/checks")
PLACE = Place("checks.checks", "Checks", "Numbers that wait for a call, and what came of it.", Role.VIEWER)
#: So many numbers a page shows, and so many one sheet holds: some forty sheets of paper.
PAGE, SHEET_MOST = 50, 200
_MOST_DAYS = 400


@bp.get("")
@needs(Role.VIEWER)
def checks() -> str:
    """Show the numbers that fit, the most urgent first."""
    content, now = _content(), desk().now
    typed = Typed(request.args.to_dict())
    wanted = _wanted(typed, content)
    today = today_in(content, "", now)
    everything = due_list(content, today)
    found = fitting(everything, today, wanted)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "checks.html",
        found=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        late=sum(one.late for one in everything),
        untried=sum(not is_tried(one) for one in everything),
        numbers=len(everything),
        page=page,
        pages=pages,
        typed=typed,
        asked={name: typed[name] for name in ("area", "within", "untried") if typed[name]},
        areas=_areas(content),
        sheet_most=SHEET_MOST,
        due_said=due_said,
        short=short,
        check_line=check_line,
    )


@bp.get("/_sheet")  # no entry begins with this sign
@needs(Role.VIEWER)
def call_sheet() -> Response:
    """Show the same numbers as a call sheet to print; names stand on it in full, so it is written down who had it."""
    content, now = _content(), desk().now
    typed = Typed(request.args.to_dict())
    found = queue(content, now, _wanted(typed, content))[:SHEET_MOST]
    asked = {name: typed[name] for name in ("area", "within", "untried") if typed[name] and name not in typed.errors}
    write(desk().database, Act.EXPORTED, by=me().name, about="call sheet", detail={**asked, "numbers": f"{len(found)}"},
          now=now)  # fmt: skip
    back = url_for("checks.checks", **asked)  # type: ignore[arg-type]  # its own arguments have other names
    served = Served(url_for("static", filename="call_sheet.css"), back, say("Back to the checks"))
    made = sheet(content, found, now.astimezone(zone_for(content)).date())
    return Response(as_page(made, served), mimetype="text/html")


@bp.get("/<entry>")
@needs(Role.VIEWER)
def entry(entry: str) -> str:
    """Show the numbers of an entry: what is known, what to ask, and a form for each."""
    return _page(_entry(entry), None)


@bp.post("/<entry>")
@needs(Role.EDITOR)
def record(entry: str) -> str | Answer:
    """Write down what came of a call to one number of an entry, or of its page where it has no number at all."""
    one, content, now = _entry(entry), _content(), desk().now
    number = request.form.get("number")
    phone = next((phone for phone in one.phone if phone.number == number), None)
    if phone is None and (one.phone or number != ""):
        flash(say("That number is not in this entry any more. Nothing was recorded."), "error")
        return redirect(url_for("checks.entry", entry=entry))
    typed, today = Typed(request.form.to_dict()), now.astimezone(zone_for(content, one, phone)).date()
    made = read(typed, content, today=today, by=me().initials, ways=ways_of(phone))
    if made is None:
        return _page(one, typed)
    before = means(content, one, number or "", now)
    write_down(desk(), me(), one, phone, made=made, today=today)
    after = means(_content(), _entry(entry), number or "", now)
    flash(say("{number} is recorded. Before: {before} Now: {after}",
              number=printed_of(one, phone), before=before, after=after), "success")  # fmt: skip
    for other in namesakes(content, one, phone):
        flash(say("{name} has the same number: record it there as well.", name=other), "success")
    return redirect(url_for("checks.entry", entry=entry, hours="changed" if made.hours == "changed" else None))


@bp.get("/<entry>/letter")
@needs(Role.VIEWER)
def agency_letter(entry: str) -> str:
    """Show a letter to the agency with all that we say of it."""
    one, language = _entry(entry), request.args.get("language", LETTERS[0])
    if language not in LETTERS:
        abort(404)
    return render_template("checks_letter.html", entry=one, text=letter(_content(), one, language), language=language)


def _content() -> Content:
    return desk().shelf.in_use().content


def _entry(name: str) -> Entry:
    return _content().entries.get(name) or abort(404)


def _wanted(typed: Typed, content: Content) -> Wanted:
    """Read what is looked for; what is no such thing is told and left out."""
    area = typed.one_of("area", ("", *_areas(content)))
    within = typed.whole("within", least=0, most=_MOST_DAYS)
    return Wanted("" if "area" in typed.errors else area, within, typed.ticked("untried"))


def _areas(content: Content) -> dict[str, str]:
    return {NATIONAL: say("Everywhere"), **{area.slug: area.name for area in content.line.areas.values()}}


def _page(one: Entry, typed: Typed | None) -> str:
    """Show an entry; `typed` is what was refused, and stands in the form it came from."""
    return render_template(
        "checks_entry.html",
        entry=one,
        numbers=tried_of(_content(), one, typed, desk().now),
        may_record=me().role.covers(Role.EDITOR),
        hours_changed=request.args.get("hours") == "changed",
        hours=[(value, say(HOURS_SAID[value])) for value in HOURS],
        unpublished=bool(one.phone) and not any(phone.publish for phone in one.phone),
        check_line=check_line,
    )
