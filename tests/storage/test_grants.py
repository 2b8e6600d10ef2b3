"""What the role of the line may do on PostgreSQL: what it needs, and nothing else."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, create_engine, delete, select, text, update
from sqlalchemy.exc import ProgrammingError

from bot.counts.cell import Cell, Table
from bot.counts.tally import Tally
from bot.reckoning import Flushing
from bot.storage import bulletins, releases
from bot.storage.bulletins import Asked
from bot.storage.grants import READ, WRITE, grant_line
from bot.storage.staff.tables import StaffBase
from bot.storage.tables import Base, OpenCountRow, ReleaseRow
from tests.databases import Database

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBERS = itertools.count(1)


@pytest.fixture
def line(engine: Engine, database: Database) -> Iterator[Engine]:
    """Give an engine that is the line's role, once it was granted what it needs."""
    name = f'the "line" {next(NUMBERS)}'
    quoted = name.replace('"', '""')
    with engine.begin() as connection:
        connection.execute(text(f'CREATE ROLE "{quoted}"'))
        connection.execute(text(f'GRANT SELECT ON staff TO "{quoted}"'))  # by an earlier version, or by hand
    releases.publish(engine, {"line.toml": {}}, note="", now=NOON)
    assert grant_line(engine, name)
    role = create_engine(engine.url, connect_args={"options": "-c role=" + name.replace(" ", "\\ ")})
    yield role
    role.dispose()
    with engine.begin() as connection:
        connection.execute(text(f'DROP OWNED BY "{quoted}"'))
        connection.execute(text(f'DROP ROLE "{quoted}"'))


def test_the_line_reads_what_it_says_and_adds_counts(line: Engine) -> None:
    assert releases.latest(line) is not None
    assert bulletins.rows(line) == []
    assert bulletins.mark(line) == ""
    flushing = Flushing(line, Tally())
    for _ in range(2):
        flushing.flush([Cell(Table.CONVERSATIONS)], NOON)
    with line.connect() as connection:
        assert connection.execute(select(OpenCountRow.n)).scalars().all() == [0]


def tries(line: Engine) -> dict[str, Callable[[], object]]:
    """Give what it must not do."""

    def run(statement: object) -> Callable[[], object]:
        def go() -> None:
            with line.begin() as connection:
                connection.execute(statement)  # type: ignore[call-overload]

        return go

    others = sorted({*Base.metadata.tables, *StaffBase.metadata.tables, "alembic_version"} - {*READ, *WRITE})
    return {
        **{f"read {name}": run(text(f'SELECT * FROM "{name}"')) for name in others},  # noqa: S608 - names of ours
        **{f"delete {name}": run(text(f'DELETE FROM "{name}"')) for name in (*others, *READ)},  # noqa: S608 - names of ours
        "publish": lambda: releases.publish(line, {"line.toml": {}}, note="", now=NOON),
        "tell": lambda: bulletins.add(line, Asked("cast-la"), day=date(2026, 11, 23), by="AB"),
        "change a release": run(update(ReleaseRow).values(note="x")),
        "take a release": run(delete(ReleaseRow)),
        "make a table": run(text("CREATE TABLE mine (a int)")),
        "empty a table": run(text("TRUNCATE count_open")),
    }


def test_and_nothing_else(line: Engine) -> None:
    attempts = tries(line)
    assert len(attempts) > 20
    for attempt in attempts.values():
        with pytest.raises(ProgrammingError, match="permission denied"):
            attempt()


def test_a_role_there_is_not_is_told(engine: Engine) -> None:
    assert grant_line(engine, "nobody") is False
