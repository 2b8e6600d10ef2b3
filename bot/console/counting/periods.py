"""Which closed weeks and quarters a page of counts shows, and closing what is over before it is shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import reckoning
from bot.console.desk import Desk
from bot.console.wording import say
from bot.console.work import work
from bot.counts.cell import Cell
from bot.counts.period import end_of_week, is_period, weeks_in
from bot.counts.report import Column
from bot.counts.sheet import quarter_column, quarters_of, total, weeks_between
from bot.counts.universe import rules_of
from bot.referral.content import Content
from bot.storage import closing, published
from bot.storage.database import Database

#: Under which closing is done beside the pages, and how many seconds a page waits for it.
CLOSING, PATIENCE = "close counts", 1.0
#: Shown at first, and the most side by side.
USUAL_WEEKS, MOST_WEEKS, MOST_QUARTERS = 8, 14, 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of the closed `weeks`; `problem` says what is wrong with it, and the usual weeks stand in."""

    weeks: tuple[str, ...]
    first: str = ""
    last: str = ""
    quarterly: bool = False
    problem: str = ""
    #: The weeks to show.
    shown: tuple[str, ...] = field(default=())

    @property
    def query(self) -> dict[str, str]:
        """The same choice, for a link; nothing where it was refused."""
        by = "quarter" if self.quarterly else "week"
        return {} if self.problem or not self.weeks else {"from": self.first, "to": self.last, "by": by}

    @property
    def options(self) -> tuple[str, ...]:
        """The weeks, and the quarters they lie in, newest first."""
        return (*reversed(self.weeks), *reversed(quarters_of(self.weeks)))


def chosen(database: Database, asked: Mapping[str, str]) -> Chosen:
    """Return what somebody chose by `from`, `to` and `by` (week, quarter). Raises DatabaseError."""
    weeks = tuple(name for name in published.names(database) if "-W" in name and is_period(name))
    if not weeks:
        return Chosen(weeks)
    usual = weeks[-USUAL_WEEKS:]
    quarterly = asked.get("by") == "quarter"
    first, last = asked.get("from", usual[0]), asked.get("to", usual[-1])
    problem = _problem(weeks, first, last, quarterly=quarterly)
    if first not in weeks or last not in weeks:
        first, last = usual[0], usual[-1]
    shown = usual if problem else tuple(week for week in weeks if first <= week <= last)
    return Chosen(weeks, first, last, quarterly, problem, shown)


def _problem(weeks: tuple[str, ...], first: str, last: str, *, quarterly: bool) -> str:
    if first not in weeks or last not in weeks:
        return say("Choose weeks that are in the lists. The newest are shown instead.")
    if first > last:
        return say("The first week comes after the last one. The newest are shown instead.")
    between = weeks_between(first, last)
    if len(quarters_of(between)) > MOST_QUARTERS if quarterly else len(between) > MOST_WEEKS:
        most = {"weeks": MOST_WEEKS, "quarters": MOST_QUARTERS}
        return say("Choose at most {weeks} weeks, or {quarters} quarters. The newest are shown instead.", **most)
    return ""


def columns(database: Database, what: Chosen, tables: Collection[str]) -> tuple[list[Column], Column | None]:
    """Return the periods to show, with some of their tables, and their sum where they are more than one.

    Raises DatabaseError.
    """
    quarters = quarters_of(what.shown)
    if not what.quarterly:
        held = _held(database, (*what.shown, *quarters), tables)
        found = [held[week] for week in what.shown if week in held]
        return found, total(what.shown, held) if len(found) > 1 else None
    held = _held(database, [name for quarter in quarters for name in (quarter, *weeks_in(quarter))], tables)
    return [quarter_column(quarter, held, newest=what.weeks[-1]) for quarter in quarters], None


def named(database: Database, names: Sequence[str], newest: str, tables: Collection[str]) -> list[Column]:
    """Return some weeks and whole quarters by their names, with some of their tables. Raises DatabaseError."""
    wanted = [part for name in names for part in ((name, *weeks_in(name)) if "-Q" in name else (name,))]
    held = _held(database, wanted, tables)
    return [quarter_column(name, held, newest=newest) if "-Q" in name else held[name] for name in names]


def notes(shown: Iterable[Column]) -> list[str]:
    """Return what is known against some periods."""
    found = []
    for column in shown:
        if not column.intact:
            found.append(say("{name}: CHANGED after it was closed: do not use.", name=column.name))
        elif column.mended:
            why = say("{name}: did not add up (a process was killed, or a row was changed) and was made to.")
            found.append(why.format(name=column.name))
    return found


def _held(database: Database, names: Iterable[str], tables: Collection[str]) -> dict[str, Column]:
    """Return periods by name. They were read whole, to see that nobody changed them; most pages need a few tables."""
    held = {}
    for one in published.some(database, set(names)):
        shown = {Cell(*key): n for key, n in one.shown.items() if key[0] in tables}
        held[one.name] = Column(one.name, shown, one.mended, one.intact)
    return held


def close_due(desk: Desk, content: Content | None) -> str:
    """Close every week and quarter that is over; return what is to be told of it, "" when nothing is.

    Safe at any time and from many places at once: `reckoning` takes turns, and what is closed stays as it is. Done
    beside the page, which waits a moment for it: the quarter of a large line takes most of a minute. Without a release
    nothing is closed: what may be shown depends on what the line can say. Raises DatabaseError.
    """
    grace = reckoning.grace(desk.settings.counts_flush_seconds)
    now, database = desk.now, desk.database
    if not _is_due(database, now - grace):
        return ""
    if content is None:
        return say("A week is over, but is not closed yet: there is no release to work on.")
    rules = rules_of(content, desk.settings.counts_smallest)
    least = desk.settings.complaints_before_check
    work().start(
        CLOSING,
        lambda _: reckoning.close_due(
            database, rules, now, grace, ask=reckoning.asking(database, now), threshold=least
        ),
    )
    closed = work().wait(CLOSING, PATIENCE)
    if closed is None or closed.running:
        return say("A week that is over is being closed now. Open this page again in a minute.")
    return say("A week is over, but could not be closed just now. Open this page again later.") if closed.error else ""


def _is_due(database: Database, now: datetime) -> bool:
    open_now = closing.open_weeks(database)
    ends = [week for week in open_now if not is_period(week) or end_of_week(week) <= now]
    quarters = closing.hidden_quarters(database)
    return bool(ends) or any(not is_period(one) or end_of_week(weeks_in(one)[-1]) <= now for one in quarters)
