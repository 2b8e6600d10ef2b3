"""Some of the closed weeks and quarters, without reading all of them: for pages that show a few."""

import json
from collections.abc import Collection

from sqlalchemy import Engine, select

from bot.storage.closing import Period
from bot.storage.counts import Key
from bot.storage.database import reading
from bot.storage.document import digest
from bot.storage.tables import ClosedPeriodRow, PublishedCountRow


def names(engine: Engine) -> list[str]:
    """Return the names of all closed periods, in order; rows put there by hand may have any name.

    Raises DatabaseError.
    """
    with reading(engine) as connection:
        return sorted(connection.scalars(select(ClosedPeriodRow.period)))


def some(engine: Engine, wanted: Collection[str]) -> list[Period]:
    """Return the closed periods of these names, in order, as `closing.periods` gives them. Raises DatabaseError."""
    row = PublishedCountRow
    query = select(row.period, row.kind, row.first, row.second, row.n).where(row.period.in_(wanted))
    closed = select(ClosedPeriodRow.period, ClosedPeriodRow.digest, ClosedPeriodRow.mended)
    with reading(engine) as connection:
        known = sorted(connection.execute(closed.where(ClosedPeriodRow.period.in_(wanted))))
        shown: dict[str, dict[Key, int | None]] = {name: {} for name, _, _ in known}
        for name, kind, first, second, n in connection.execute(query).all():
            if name in shown:
                shown[name][kind, first, second] = n
    return [Period(name, shown[name], mended, _digest(shown[name]) == seal) for name, seal, mended in known]


def _digest(shown: dict[Key, int | None]) -> str:
    return digest(json.dumps(sorted([*cell, n] for cell, n in shown.items())))
