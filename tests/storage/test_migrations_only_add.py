"""An upgrade runs while the older line answers (docs/deploy.md): no migration takes away what that line uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.storage.migrate import migrate

#: How a statement begins that takes nothing from anybody; a column may be added when it may be empty.
_ADDS = ("CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX")
_LOOKS = ("SELECT", "PRAGMA", "BEGIN", "SHOW")


@contextmanager
def overheard(engine: Engine) -> Iterator[list[str]]:
    """Give all statements that change something, on one line each."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        line = " ".join(statement.split())
        if not line.upper().startswith(_LOOKS):
            said.append(line)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def takes(statement: str) -> bool:
    """Tell whether a statement may take away, or ask for, what an older program does not know of."""
    if statement.startswith(_ADDS) or "alembic_version" in statement:
        return False
    return "ADD COLUMN" not in statement or "NOT NULL" in statement


def test_no_migration_takes_anything_from_an_older_line(bare_engine: Engine) -> None:
    with overheard(bare_engine) as said:
        migrate(bare_engine)
    assert sum(line.startswith("CREATE TABLE") for line in said) > 10
    assert any("ADD COLUMN" in line for line in said)
    assert [line for line in said if takes(line)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE draft DROP COLUMN by",
        "ALTER TABLE release RENAME TO releases",
        "ALTER TABLE draft ADD COLUMN version TEXT NOT NULL",
        "DROP TABLE bulletin",
        "UPDATE release SET note = ''",
    ],
)
def test_one_that_did_would_be_noticed(statement: str) -> None:
    assert takes(statement)
