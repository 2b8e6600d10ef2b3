"""On PostgreSQL: what the role of the line may do with the tables, and nothing else."""

from sqlalchemy import Engine, func, select, text

from bot.storage.tables import (
    BulletinRow,
    ClosedPeriodRow,
    CountWriterRow,
    OpenCountRow,
    ReleaseRow,
)

#: It reads what it says, and which weeks are closed.
READ = (ReleaseRow.__tablename__, BulletinRow.__tablename__, ClosedPeriodRow.__tablename__)
#: It adds to the figures of open weeks: every figure is written anew at each tick.
WRITE = (OpenCountRow.__tablename__, CountWriterRow.__tablename__)


def grant_line(engine: Engine, role: str) -> bool:
    """Give the line's role exactly what it needs in this database, and take the rest from it.

    Do nothing and say so where there are no roles (SQLite) or none of that name. Raises DatabaseError when who
    is asked does not own the tables.
    """
    if engine.dialect.name != "postgresql":
        return False
    with engine.begin() as connection:
        if not connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}):
            return False
        quoted = connection.dialect.identifier_preparer.quote_identifier
        name, schema = quoted(role), quoted(connection.scalar(select(func.current_schema())) or "public")
        for order in _orders(schema, name):
            connection.execute(text(order))
    return True


def _orders(schema: str, name: str) -> list[str]:
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
        f"REVOKE ALL ON SCHEMA {schema} FROM {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        *(f'GRANT SELECT ON {schema}."{table}" TO {name}' for table in READ),
        *(f'GRANT SELECT, INSERT, DELETE ON {schema}."{table}" TO {name}' for table in WRITE),
    ]
