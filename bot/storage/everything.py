"""Every value a database holds, whatever its tables are: for looking whether one of them points at a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from sqlalchemy import Connection, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import DatabaseUrlError, reading, watch

_ROWS_AT_ONCE = 200
_SQLITE_TABLES = text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
#: What PostgreSQL remembers of our values to plan its queries; it outlives the rows.
_POSTGRES_SAMPLES = text(
    "SELECT tablename, attname, most_common_vals::text, histogram_bounds::text FROM pg_stats"
    " WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\\_%'"
)


class UnreadableDatabaseError(Exception):
    """A database could not be read; the text names the kind of the error and nothing else."""


class Value(NamedTuple):
    """One value of one row, and where it stands. `held` is whatever the driver gives: text, bytes, a number ..."""

    table: str
    column: str
    held: object


def every_value(url: str) -> Iterator[Value]:
    """Give every value of every row of every table, read from one moment; no file is ever made.

    A table of another schema than the usual one is named schema.table. Raises UnreadableDatabaseError.
    """
    with _errors_named():
        engine = watch(url)
    try:
        with _errors_named(), reading(engine) as connection:
            for schema, name in _tables(connection):
                yield from _rows(connection, schema, name)
            if connection.dialect.name == "postgresql":
                for held_in, held_as, *samples in connection.execute(_POSTGRES_SAMPLES):
                    yield from (Value(held_in, f"{held_as} (samples)", sample) for sample in samples if sample)
    finally:
        engine.dispose()


@contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        # The words of an error may quote a value or the address.
        kind = type(getattr(error, "orig", None) or error).__name__
        raise UnreadableDatabaseError(kind) from None
    except DatabaseUrlError as error:
        raise UnreadableDatabaseError(type(error).__name__) from None


def _tables(connection: Connection) -> list[tuple[str | None, str]]:
    if connection.dialect.name == "sqlite":
        _read_any_text(connection)
        names = connection.execute(_SQLITE_TABLES).scalars()
        return [(None, str(name)) for name in [*names, "sqlite_master"]]
    inspector = inspect(connection)
    usual = inspector.default_schema_name
    schemas = [name for name in inspector.get_schema_names() if name != "information_schema"]
    return [
        (None if schema == usual else schema, name)
        for schema in schemas
        for name in sorted([*inspector.get_table_names(schema), *inspector.get_materialized_view_names(schema)])
    ]


def _read_any_text(connection: Connection) -> None:
    """Let SQLite give text that is no UTF-8 as well, instead of an error."""
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")


def _rows(connection: Connection, schema: str | None, name: str) -> Iterator[Value]:
    shown = f"{schema}.{name}" if schema else name
    everything = select(text("*")).select_from(table(name, schema=schema))
    result = connection.execute(everything.execution_options(yield_per=_ROWS_AT_ONCE))
    columns = list(result.keys())
    for row in result:
        for held_as, held in zip(columns, row, strict=True):
            if held is not None:
                yield Value(shown, held_as, held)
