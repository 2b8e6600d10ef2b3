from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.storage.database import connect
from bot.storage.migrate import POSTGRES_LOCK, SCRIPTS, MigrationError, config, migrate
from bot.storage.releases import latest, newest_number, publish
from bot.storage.staff.tables import StaffBase
from bot.storage.tables import Base
from tests.databases import Database
from tests.storage.races import race

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

#: All there are: those of the line, and those of the staff door, which have a base of their own.
TABLES = (*Base.metadata.tables, *StaffBase.metadata.tables)

START_TOGETHER = """
import sys
from bot.storage.database import connect
from bot.storage.migrate import migrate
print("ready", flush=True)
sys.stdin.readline()
engine = connect(sys.argv[1])
migrate(engine)
engine.dispose()
print("done")
"""


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        both: Any = [Base.metadata, StaffBase.metadata]  # it takes several
        assert compare_metadata(context, both) == []


def test_the_migrations_and_the_models_name_their_constraints_alike(engine: Engine) -> None:
    # compare_metadata does not look at names of keys nor at checks.
    with engine.connect() as connection:
        found = inspect(connection)
        keys = {name: found.get_pk_constraint(name)["name"] for name in TABLES}
        checks = {c["name"] for name in TABLES for c in found.get_check_constraints(name)}
    assert keys == {name: f"pk_{name}" for name in TABLES}
    assert checks == {"ck_release_number_positive"}


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    publish(engine, {"line.toml": {}}, note="kept", now=NOON)
    before = tables(engine)
    migrate(engine)
    release = latest(engine)
    assert release is not None
    assert (tables(engine), release.note) == (before, "kept")


def test_every_migration_goes_up_and_down_with_data_in_the_tables(bare_engine: Engine) -> None:
    steps = [step.revision for step in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]
    for revision in steps:
        with bare_engine.begin() as connection:
            command.upgrade(config(connection), revision)
        assert version(bare_engine) == revision
    publish(bare_engine, {"line.toml": {"name": "one"}}, note="", now=NOON)
    publish(bare_engine, {"line.toml": {"name": "two"}}, note="", now=NOON)
    with bare_engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert tables(bare_engine) <= {"alembic_version"}
    migrate(bare_engine)
    assert version(bare_engine) == steps[-1]
    assert newest_number(bare_engine) is None


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare_engine: Engine) -> None:
    with bare_engine.begin() as connection:
        connection.execute(text("CREATE TABLE release (other INTEGER)"))
    with pytest.raises(DBAPIError, match="already exists"):
        migrate(bare_engine)
    assert tables(bare_engine) == {"release"}


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MigrationError, match="9999"):
        migrate(engine)
    assert version(engine) == "9999"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_is_migrated_by_one_process_at_a_time(database: Database, bare_engine: Engine) -> None:
    impatient = connect(f"{database.url}&options=-c%20lock_timeout%3D50")
    with bare_engine.begin() as other:
        other.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate(impatient)
    migrate(impatient)
    impatient.dispose()


def test_processes_that_start_together_migrate_once(database: Database, bare_engine: Engine) -> None:
    assert race(START_TOGETHER, database.url) == [["done"]] * 3
    assert tables(bare_engine) == {*TABLES, "alembic_version"}
