"""The weekly reckoning: flushing the tally, closing what is over, reading what was published."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TypeVar

from bot.counts.cell import Cell, Table
from bot.counts.close import close_week
from bot.counts.complaints import ENOUGH
from bot.counts.complaints import asked as enough
from bot.counts.mend import mend
from bot.counts.period import end_of_week, is_period, open_week, quarter_of, week_after, week_of, weeks_in, weeks_of
from bot.counts.quarter import close_quarter
from bot.counts.rules import Rules
from bot.counts.tally import Tally
from bot.counts.withhold import WITHHELD, withheld
from bot.storage import bulletins, closing, counts
from bot.storage.closing import Decided, Figures, Period, Shown
from bot.storage.counts import Flush, Key
from bot.storage.database import Database
from bot.storage.said import Asked

Figure = TypeVar("Figure")
#: No week is closed sooner than so long after its end.
SHORTEST_GRACE = timedelta(hours=1)


class Flushing:
    """Carry the tally of one process into the database, a batch at a time, each of them once."""

    def __init__(self, database: Database, tally: Tally) -> None:
        self._database = database
        self._tally = tally
        self._writer = token_hex(8)

    def flush(self, cells: Sequence[Cell], now: datetime) -> None:
        """Add what was counted since the last time, and write all `cells` of the week anew even if nothing was.

        Raises DatabaseError; what was counted then waits in memory for the next time.
        """
        batch = self._tally.take()
        gains = {week: _keys(figures) for week, figures in batch.gains.items()}
        flush = Flush(self._writer, batch.number, gains)
        counts.add(self._database, flush, week=week_of(now), cells=cells, into=open_week)
        self._tally.settled(batch)


def asked(database: Database, threshold: int = ENOUGH) -> list[str]:
    """Return the entries of which texters said often enough, in the open weeks, that they do not work.

    A yes without a figure. Raises DatabaseError.
    """
    return enough(counts.of_kind(database, Table.COMPLAINT).values(), threshold)


def checked(database: Database, entry: str) -> None:
    """Forget what was said against an entry in the open weeks: somebody has checked it now. Raises DatabaseError."""
    counts.reset(database, Table.COMPLAINT, entry)


def grace(flush_seconds: float) -> timedelta:
    """Return how long after a week is over it is closed: a line may still flush what came in before, clocks differ."""
    return max(SHORTEST_GRACE, 2 * timedelta(seconds=flush_seconds))


def asking(database: Database, now: datetime) -> Callable[[str], None]:
    """Return what writes down that texters want an entry checked: a yes, with no figure and no day but this one."""

    def ask(entry: str) -> None:
        bulletins.add(database, Asked(entry), day=now.date(), by="")

    return ask


def close_due(
    database: Database,
    rules: Rules,
    now: datetime,
    grace: timedelta,
    *,
    ask: Callable[[str], None] | None = None,
    threshold: int = ENOUGH,
) -> list[str]:
    """Close every week and quarter that is over; return the names of those this call closed, in order.

    Two that close at once share the work. Figures of weeks that lie ahead, made by a clock that ran wrong, go
    into the current week first. Before complaints are destroyed with their week, `ask` is told each entry that has
    at least `threshold` in the open weeks; after a failure, or from two places at once, perhaps twice. Raises
    DatabaseError.
    """
    closed = []
    _tidy(database, now)
    if ask is not None:
        for entry in _asked_last(database, lambda week: _over(week, now, grace), threshold):
            ask(entry)
    for week in closing.open_weeks(database):
        if _over(week, now, grace) and closing.close_week(database, week, quarter_of(week), _deciding(rules)):
            closed.append(week)
    still_open = {quarter_of(week) for week in closing.open_weeks(database)}
    for quarter in closing.hidden_quarters(database):
        weeks = weeks_in(quarter)
        if quarter in still_open or not _over(weeks[-1], now, grace):
            continue
        if closing.close_quarter(database, quarter, weeks, lambda shown, sums: _quarter(shown, sums, rules)):
            closed.append(quarter)
    return closed


def _tidy(database: Database, now: datetime) -> None:
    """Discard what was put there by hand under names that are no period, and bring back what lies ahead."""
    for name in (*closing.open_weeks(database), *closing.hidden_quarters(database)):
        if not is_period(name):
            closing.discard(database, name)
    for week in closing.open_weeks(database):
        if week > week_after(week_of(now)):
            closing.move(database, week, lambda closed: open_week(week_of(now), closed))


def _asked_last(database: Database, over: Callable[[str], bool], threshold: int) -> list[str]:
    """Return the entries to ask a check for that would be forgotten with the weeks that are over."""
    weeks = counts.of_kind(database, Table.COMPLAINT)
    ending = {entry for week, figures in weeks.items() if over(week) for entry, n in figures.items() if n > 0}
    return [entry for entry in enough(weeks.values(), threshold) if entry in ending]


def published(database: Database, first: str = "", last: str = "") -> list[Period]:
    """Return what was published of the closed weeks and quarters from `first` to `last`, "" = all.

    A closed period never changes: every reading gives the same. Raises DatabaseError, and ValueError for what
    is neither a week nor a quarter. Rows under such a name, put there by hand, are passed over.
    """
    least, most = (weeks_of(name) if name else () for name in (first, last))
    return [
        period
        for period in closing.periods(database)
        if is_period(period.name)
        and (not least or weeks_of(period.name)[0] >= least[0])
        and (not most or weeks_of(period.name)[-1] <= most[-1])
    ]


def _over(week: str, now: datetime, grace: timedelta) -> bool:
    return now >= end_of_week(week) + grace


def _deciding(rules: Rules) -> Callable[[Figures], Decided]:
    def decide(raw: Figures) -> Decided:
        # Complaints are no part of what is published, nor of what is kept of a week: they are destroyed with it.
        true, mended = mend({key: n for key, n in raw.items() if key[0] != Table.COMPLAINT}, rules)
        shown = close_week(true, rules)
        notes = {(WITHHELD, topic.first, ""): 1 for topic in withheld(true, shown, rules)}
        return Decided(_keys(shown), _keys(true), mended, notes)

    return decide


def _quarter(weeks: Sequence[Shown], sums: Figures, rules: Rules) -> Shown:
    silent = [Cell(Table.TOPIC, topic) for kind, topic, _ in sums if kind == WITHHELD]
    rest = {cell: n for cell, n in _cells(sums).items() if cell.table != WITHHELD}
    return _keys(close_quarter([_cells(week) for week in weeks], rest, rules, withheld=silent))


def _cells(figures: Mapping[Key, Figure]) -> dict[Cell, Figure]:
    return {Cell(*key): n for key, n in figures.items()}


def _keys(figures: Mapping[Cell, Figure]) -> dict[Key, Figure]:
    return dict(figures.items())
