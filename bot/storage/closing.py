"""Closing weeks and quarters: what is published is written once, what it came from is destroyed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.counts import TURN_SECONDS, Key, closed_periods, take_turn
from bot.storage.database import reading, truncate_log
from bot.storage.document import digest
from bot.storage.tables import (
    ClosedPeriodRow,
    CountWriterRow,
    HiddenSumRow,
    OpenCountRow,
    PublishedCountRow,
)

Figures = Mapping[Key, int]
#: None = hidden.
Shown = Mapping[Key, int | None]


@dataclass(frozen=True, slots=True)
class Decided:
    """What is published of a week; `true` are its figures as they were added up, `mended` if they had to be.

    `notes` are kept beside the hidden sums until the quarter closes, and given to its decision with them.
    """

    shown: Shown
    true: Figures
    mended: bool = False
    notes: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """A closed week or quarter. `intact`: nobody changed its figures since."""

    name: str
    shown: Shown
    mended: bool
    intact: bool


def open_weeks(engine: Engine) -> list[str]:
    """Return the weeks that are still open, in order."""
    with reading(engine) as connection:
        found = connection.scalars(select(OpenCountRow.period).distinct())
        return sorted(found)


def hidden_quarters(engine: Engine) -> list[str]:
    """Return the quarters whose weeks hid something that is not published yet, in order."""
    with reading(engine) as connection:
        return sorted(connection.scalars(select(HiddenSumRow.period).distinct()))


def move(engine: Engine, week: str, into: Callable[[Sequence[str]], str]) -> None:
    """Add the figures of a week that lies ahead to those of an earlier open one.

    `into` tells which, given the names of the closed periods; nothing is moved to a week that is not earlier.
    """
    with engine.begin() as connection:
        take_turn(connection)
        target = into(closed_periods(connection))
        if target >= week:
            return
        _put(connection, OpenCountRow, target, _figures(connection, OpenCountRow, week))
        connection.execute(delete(OpenCountRow).where(OpenCountRow.period == week))
    truncate_log(engine)


def discard(engine: Engine, period: str) -> None:
    """Destroy open figures under a name that is no week and no quarter: somebody put them there by hand."""
    with engine.begin() as connection:
        take_turn(connection)
        for table in (OpenCountRow, HiddenSumRow):
            connection.execute(delete(table).where(table.period == period))
    truncate_log(engine)


def close_week(engine: Engine, week: str, quarter: str, decide: Callable[[Figures], Decided]) -> bool:
    """Close a week: publish what `decide` shows, keep what it hides as a sum of the quarter, destroy the rest.

    Tell whether this call closed it: of two that close at once one does. It happens whole or not at all.
    """
    with engine.begin() as connection:
        take_turn(connection)
        figures = _figures(connection, OpenCountRow, week)
        if _is_closed(connection, week) or not figures:
            return False
        decided = decide(figures)
        hidden = {cell: decided.true[cell] for cell, n in decided.shown.items() if n is None}
        _put(connection, HiddenSumRow, quarter, {**hidden, **decided.notes})
        _publish(connection, week, decided.shown, mended=decided.mended)
        connection.execute(delete(OpenCountRow).where(OpenCountRow.period == week))
    _destroy(engine)
    return True


def close_quarter(
    engine: Engine, quarter: str, weeks: Sequence[str], decide: Callable[[Sequence[Shown], Figures], Shown]
) -> bool:
    """Close a quarter: publish what `decide` shows of the sums its weeks hid, destroy the sums.

    Tell whether this call closed it.
    """
    with engine.begin() as connection:
        take_turn(connection)
        sums = _figures(connection, HiddenSumRow, quarter)
        if _is_closed(connection, quarter) or not sums:
            return False
        shown = [_shown(connection, week) for week in weeks]
        _publish(connection, quarter, decide(shown, sums), mended=False)
        connection.execute(delete(HiddenSumRow).where(HiddenSumRow.period == quarter))
        # Not with each week: a batch whose fate is not known yet would be added a second time.
        connection.execute(delete(CountWriterRow))
    _destroy(engine)
    return True


def periods(engine: Engine) -> list[Period]:
    """Return every closed week and quarter, by name. Reading changes nothing: the same bytes each time."""
    with reading(engine) as connection:
        rows = connection.execute(select(ClosedPeriodRow.period, ClosedPeriodRow.digest, ClosedPeriodRow.mended))
        found = []
        for name, known, mended in sorted(rows):
            shown = _shown(connection, name)
            found.append(Period(name, shown, mended, _digest(shown) == known))
        return found


def _figures(connection: Connection, table: type[OpenCountRow] | type[HiddenSumRow], period: str) -> dict[Key, int]:
    query = select(table.kind, table.first, table.second, table.n).where(table.period == period)
    found = connection.execute(query)
    return {(kind, first, second): n if isinstance(n, int) else 0 for kind, first, second, n in found}


def _put(connection: Connection, table: type[OpenCountRow] | type[HiddenSumRow], period: str, gains: Figures) -> None:
    """Add figures to those that are there; they are few, and we hold the turn."""
    known = _figures(connection, table, period)
    connection.execute(delete(table).where(table.period == period))
    rows = [
        {"period": period, "kind": cell[0], "first": cell[1], "second": cell[2], "n": known.get(cell, 0) + gain}
        for cell, gain in {**dict.fromkeys(known, 0), **gains}.items()
    ]
    if rows:
        connection.execute(insert(table), rows)


def _publish(connection: Connection, period: str, shown: Shown, *, mended: bool) -> None:
    rows = [
        {"period": period, "kind": cell[0], "first": cell[1], "second": cell[2], "n": n} for cell, n in shown.items()
    ]
    if rows:
        connection.execute(insert(PublishedCountRow), rows)
    connection.execute(insert(ClosedPeriodRow).values(period=period, digest=_digest(shown), mended=mended))


def _is_closed(connection: Connection, period: str) -> bool:
    query = select(ClosedPeriodRow.period).where(ClosedPeriodRow.period == period)
    return connection.scalar(query) is not None


def _shown(connection: Connection, period: str) -> dict[Key, int | None]:
    row = PublishedCountRow
    query = select(row.kind, row.first, row.second, row.n).where(row.period == period)
    query = query.order_by(row.kind, row.first, row.second)
    return {(kind, first, second): n for kind, first, second, n in connection.execute(query)}


def _digest(shown: Shown) -> str:
    return digest(json.dumps(sorted([*cell, n] for cell, n in shown.items())))


def _destroy(engine: Engine) -> None:
    """Leave nothing of deleted rows in the files; SQLite has overwritten them, its log is emptied."""
    truncate_log(engine)
    if engine.dialect.name != "postgresql":
        return
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = '{TURN_SECONDS}s'"))
            connection.execute(text("VACUUM (FULL) count_open, count_hidden, count_writer"))
    except SQLAlchemyError:
        return  # somebody reads them: PostgreSQL's own housekeeping does it later
