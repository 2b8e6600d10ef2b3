"""Figures of open weeks: added up at each tick, never one at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from bot.storage.database import reading, truncate_log
from bot.storage.tables import ClosedPeriodRow, CountWriterRow, OpenCountRow

#: A figure's table and its two dimensions.
Key = tuple[str, str, str]
#: Taken by whoever adds to figures or closes a period, so that they take turns. Any number will do.
POSTGRES_LOCK = 0x7175_6965_7463_6F75
#: How long that is waited for on PostgreSQL; SQLite waits as long for its own lock.
TURN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Flush:
    """What one process adds at a tick: `batch` counts up from 1 for each `writer`, `gains` are by week."""

    writer: str
    batch: int
    gains: Mapping[str, Mapping[Key, int]]


def add(
    engine: Engine, flush: Flush, *, week: str, cells: Iterable[Key], into: Callable[[str, Sequence[str]], str]
) -> None:
    """Add a batch to the open weeks, in one transaction; a batch that was added before adds nothing.

    Every figure of every open week is written, of `week` all `cells`, whether it gained or not: what is written,
    and how much, says nothing about what came in. `into` tells the open week for a week, given the names of the
    closed periods. On SQLite the log beside the file is emptied. Raises DatabaseError when the database is away;
    nothing is added then, or all of it, and the batch may be sent again.
    """
    with engine.begin() as connection:
        take_turn(connection)
        gains = {} if _known(connection, flush) else flush.gains
        closed = closed_periods(connection)
        by_week: dict[str, dict[Key, int]] = {name: {} for name in _open(connection)}
        by_week[into(week, closed)] = dict.fromkeys(cells, 0)
        for name, figures in gains.items():
            for cell, gain in figures.items():
                there = by_week.setdefault(into(name, closed), {})
                there[cell] = there.get(cell, 0) + gain
        for name, figures in by_week.items():
            _add(connection, name, figures)
    truncate_log(engine)


def of_kind(engine: Engine, kind: str) -> dict[str, dict[str, int]]:
    """Return the figures of one table in each open week, by their first dimension. Raises DatabaseError."""
    row = OpenCountRow
    with reading(engine) as connection:
        found = connection.execute(select(row.period, row.first, row.n).where(row.kind == kind))
        weeks: dict[str, dict[str, int]] = {}
        for week, first, n in found:
            weeks.setdefault(week, {})[first] = n if isinstance(n, int) else 0
        return weeks


def reset(engine: Engine, kind: str, first: str) -> None:
    """Set a figure of one table back to 0 in every open week. Raises DatabaseError."""
    row = OpenCountRow
    with engine.begin() as connection:
        take_turn(connection)
        connection.execute(update(row).where(row.kind == kind, row.first == first).values(n=0))
    truncate_log(engine)


def take_turn(connection: Connection) -> None:
    """Wait until nobody else adds to figures or closes a period; SQLite's transaction began with its lock.

    PostgreSQL gives up after TURN_SECONDS: whoever reads the tables for long must not hold up a stop.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{TURN_SECONDS}s'"))
        connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))


def closed_periods(connection: Connection) -> list[str]:
    """Return the names of the weeks and quarters that were closed."""
    return list(connection.scalars(select(ClosedPeriodRow.period)))


def _open(connection: Connection) -> list[str]:
    return list(connection.scalars(select(OpenCountRow.period).distinct()))


def _known(connection: Connection, flush: Flush) -> bool:
    """Say whether a batch was added before, and remember it as the writer's last."""
    row = CountWriterRow
    last = connection.scalar(select(row.batch).where(row.writer == flush.writer))
    connection.execute(delete(row).where(row.writer == flush.writer))
    connection.execute(insert(row).values(writer=flush.writer, batch=max(flush.batch, last or 0)))
    return last is not None and last >= flush.batch


def _add(connection: Connection, week: str, gains: Mapping[Key, int]) -> None:
    """Write all figures of a week anew.

    An update that changes nothing is not written by SQLite, and the log would show which hours brought something.
    """
    row = OpenCountRow
    found = connection.execute(select(row.kind, row.first, row.second, row.n).where(row.period == week))
    figures: dict[Key, object] = {(kind, first, second): n for kind, first, second, n in found}
    for cell, gain in gains.items():
        known = figures.get(cell, 0)
        figures[cell] = (known if isinstance(known, int) else 0) + gain
    connection.execute(delete(row).where(row.period == week))
    if figures:
        connection.execute(
            insert(row),
            [
                {"period": week, "kind": cell[0], "first": cell[1], "second": cell[2], "n": n}
                for cell, n in sorted(figures.items(), key=lambda pair: pair[0])
            ],
        )
