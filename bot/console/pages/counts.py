"""Counts: what was published of closed weeks and quarters, as charts, tables and CSV. Hidden figures stay hidden."""

from flask import Blueprint, Response, abort, make_response, render_template, request, session

from bot.console.counting import periods
from bot.console.counting.figures import Part, compared, names, part, share_part, topic_name
from bot.console.counting.spreadsheet import as_csv
from bot.console.desk import desk, me
from bot.console.places import Place
from bot.console.price import CENTS_PER_SEGMENT
from bot.console.roles import Role, needs
from bot.console.shelf import EmptyShelfError
from bot.console.wording import say
from bot.counts.cell import SEGMENTS, Table
from bot.counts.period import monday_of
from bot.counts.report import Column
from bot.counts.sheet import figure
from bot.referral.content import Content
from bot.storage.audit import Act, write

bp = Blueprint("counts", __name__, url_prefix="/counts")
PLACE = Place("counts.counts", "Counts", "What people ask for, by week, topic, area and language.", Role.VIEWER)
TABLES = (Table.CONVERSATIONS, Table.AREA, Table.LANGUAGE, Table.OUTCOME, Table.TOPIC, Table.SEGMENTS)
#: Rows of a long table on one page.
ROWS = 100
#: Where a session remembers the day on which its member was last written down as reading counts.
_READ_ON = "counts_read_on"


@bp.get("")
@needs(Role.VIEWER)
def counts() -> str | Response:
    """Show how many wrote, from where, in which language, what for, and what became of it."""
    return _shown("counts.counts", TABLES, shares=True)


@bp.get("/topic/<slug>")
@needs(Role.VIEWER)
def topic(slug: str) -> str | Response:
    """Show where, and in which language, people asked for one topic."""
    content = _content()
    if content is None or slug not in content.topics:
        abort(404)
    return _shown("counts.topic", (Table.TOPIC, Table.TOPIC_AREA, Table.TOPIC_LANGUAGE), of=slug)


@bp.get("/referred")
@needs(Role.VIEWER)
def referred() -> str | Response:
    """Show to which entries people were referred."""
    return _shown("counts.referred", (Table.ENTRY,))


@bp.get("/compare")
@needs(Role.VIEWER)
def compare() -> str | Response:
    """Show two weeks, or two quarters, beside each other, and what changed where both figures are shown."""
    content, database = _content(), desk().database
    waiting = periods.close_due(desk(), content)
    chosen = periods.chosen(database, {})
    usual = (*chosen.weeks[-2:], *chosen.weeks[-1:])
    asked = (request.args.get("one", usual[0] if usual else ""), request.args.get("other", usual[1] if usual else ""))
    refused = bool(chosen.weeks) and not set(asked) <= set(chosen.options)
    names_of = usual[:2] if refused else asked
    parts: list[Part] = []
    notes: list[str] = []
    if chosen.weeks:
        one, other = periods.named(database, names_of, chosen.weeks[-1], TABLES)
        parts = [compared(table, (one, other), names(content)) for table in TABLES]
        notes = periods.notes((one, other))
    if request.args.get("as") == "csv" and parts and not refused:
        return _csv(parts, notes, "-and-".join(names_of))
    _write_down_reading()
    return render_template(
        "counts_compare.html", parts=parts, notes=notes, waiting=waiting, options=chosen.options, pair=names_of,
        problem=say("Choose two periods that are in the lists.") if refused else "", hidden_to=_hidden_to(),
    )  # fmt: skip


def _shown(endpoint: str, tables: tuple[Table, ...], *, of: str = "", shares: bool = False) -> str | Response:
    content, database = _content(), desk().database
    waiting = periods.close_due(desk(), content)
    chosen = periods.chosen(database, request.args)
    columns, whole = periods.columns(database, chosen, tables)
    parts = [part(table, columns, whole, names(content), of=of) for table in tables] if columns else []
    if parts and shares:
        parts.insert(4, share_part(columns, whole))
    notes = periods.notes(columns)
    if request.args.get("as") == "csv" and parts and not chosen.problem:
        return _csv(parts, notes, "-".join(filter(None, (of, chosen.first, chosen.last))))
    _write_down_reading()
    return render_template(
        "counts.html", endpoint=endpoint, of=of, title=topic_name(content, of), parts=parts, notes=notes,
        chosen=chosen, waiting=waiting, hidden_to=_hidden_to(), rows=ROWS, page=_page(parts), monday_of=monday_of,
        cost=_cost(whole or columns[-1]) if columns and shares else "", priced=f"{CENTS_PER_SEGMENT:g}",
    )  # fmt: skip


def _content() -> Content | None:
    """Return the release in use; counts can be read without one, by the names they are kept under."""
    try:
        return desk().shelf.in_use().content
    except EmptyShelfError:
        return None


def _hidden_to() -> int:
    return desk().settings.counts_smallest - 1


def _page(parts: list[Part]) -> int:
    """Return which page of the longest table is asked for, one that there is."""
    most = max((len(one.lines) for one in parts), default=1)
    return min(max(1, request.args.get("page", 1, type=int)), max(1, -(-most // ROWS)))


def _cost(column: Column) -> str:
    """Return about how many dollars sending cost in a period, "" where the parts sent are hidden."""
    sent = figure(column, SEGMENTS)
    if sent.n is None:
        return ""
    dollars = f"${sent.n * CENTS_PER_SEGMENT / 100:,.2f}"
    return say("at least {dollars}", dollars=dollars) if sent.least else say("about {dollars}", dollars=dollars)


def _write_down_reading() -> None:
    """Write into the audit that somebody read counts: once a day in each session."""
    today = desk().now.date().isoformat()
    if session.get(_READ_ON) != today:
        session[_READ_ON] = today
        write(desk().database, Act.VIEWED_COUNTS, by=me().name, now=desk().now)


def _csv(parts: list[Part], notes: list[str], about: str) -> Response:
    """Answer with a file, after writing down who took it."""
    write(desk().database, Act.EXPORTED, by=me().name, about=f"counts {about}", now=desk().now)
    # Excel reads a file as UTF-8 only with the mark in front.
    answer = make_response("\ufeff" + as_csv(parts, notes))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="quietline-counts-{about}.csv"'
    return answer
