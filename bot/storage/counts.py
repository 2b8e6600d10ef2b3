"""Figures of open weeks: added up at each tick, never one at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from bot.storage.database import truncate_log
from bot.storage.tables import ClosedPeriodRow, CountWriterRow, OpenCountRow

#: A figure's table and its two dimensions.
Key = tuple[str, str, str]
#: Taken by whoever adds to figures or closes a period, so that they take turns. Any number will do.
POSTGRES_LOCK = 0x7175_6965_7463_6F75


@dataclass(frozen=True, slots=True)
class Flush:
    """What one process adds at a tick: `batch` counts up from 1 for each `writer`, `gains` are by week."""

    writer: str
    batch: int
    gains: Mapping[str, Mapping[Key, int]]


def add(
    engine: Engine, flush: Flush, *, week: str, cells: Iterable[Key], into: Callable[[str, str | None, str | None], str]
) -> None:
    """Add a batch to the open weeks, in one transaction; a batch that was added before adds nothing.

    Every figure of `week` is written, `cells` included, whether it gained or not: what is written, and how much,
    says nothing about what came in. `into` tells the open week for a week, given the last closed week and
    quarter. On SQLite the log beside the file is emptied. Raises DatabaseError when the database is away;
    nothing is added then, or all of it, and the batch may be sent again.
    """
    with engine.begin() as connection:
        take_turn(connection)
        gains = {} if _known(connection, flush) else flush.gains
        closed = _last_closed(connection, "-W"), _last_closed(connection, "-Q")
        current = into(week, *closed)
        by_week: dict[str, dict[Key, int]] = {current: dict.fromkeys(cells, 0)}
        for name, figures in gains.items():
            for cell, gain in figures.items():
                there = by_week.setdefault(into(name, *closed), {})
                there[cell] = there.get(cell, 0) + gain
        for name, figures in by_week.items():
            _add(connection, name, figures)
    truncate_log(engine)


def take_turn(connection: Connection) -> None:
    """Wait until nobody else adds to figures or closes a period; SQLite's transaction began with its lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))


def _last_closed(connection: Connection, kind: str) -> str | None:
    query = select(func.max(ClosedPeriodRow.period)).where(ClosedPeriodRow.period.contains(kind))
    return connection.scalar(query)


def _known(connection: Connection, flush: Flush) -> bool:
    """Say whether a batch was added before, and remember it as the writer's last."""
    row = CountWriterRow
    last = connection.scalar(select(row.batch).where(row.writer == flush.writer))
    connection.execute(delete(row).where(row.writer == flush.writer))
    connection.execute(insert(row).values(writer=flush.writer, batch=max(flush.batch, last or 0)))
    return last is not None and last >= flush.batch


def _add(connection: Connection, week: str, gains: Mapping[Key, int]) -> None:
    row = OpenCountRow
    found = connection.execute(select(row.kind, row.first, row.second).where(row.period == week))
    known = {(kind, first, second) for kind, first, second in found}
    missing = [
        {"period": week, "kind": kind, "first": first, "second": second, "n": 0}
        for kind, first, second in gains
        if (kind, first, second) not in known
    ]
    if missing:
        connection.execute(insert(row), missing)
    change = (
        update(row)
        .where(
            row.period == week,
            row.kind == bindparam("of_kind"),
            row.first == bindparam("of_first"),
            row.second == bindparam("of_second"),
        )
        .values(n=row.n + bindparam("gain"))
    )
    everything = sorted(known | gains.keys())
    changes = [
        {"of_kind": cell[0], "of_first": cell[1], "of_second": cell[2], "gain": gains.get(cell, 0)}
        for cell in everything
    ]
    if changes:
        connection.execute(change, changes)
