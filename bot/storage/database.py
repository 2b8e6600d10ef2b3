"""Where the database is, and how a connection to it behaves on SQLite and on PostgreSQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

#: An open database, and what it raises when it is away, full, locked or not ours: for those who speak no SQL.
Database: TypeAlias = Engine
DatabaseError: TypeAlias = SQLAlchemyError

DEFAULT_URL = "sqlite:///instance/quietline.db"
POSTGRES_SCHEMES = {"postgres", "postgresql", "postgresql+psycopg"}

#: How long a writer waits for another writer on SQLite.
BUSY_SECONDS = 5.0

#: What psycopg is told unless the address says otherwise. A server that is down, or gone behind a dead
#: network, is given up within seconds. No prepared statements, because poolers lose them.
POSTGRES_DEFAULTS = {
    "application_name": "quietline",
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "prepare_threshold": None,
}


class DatabaseUrlError(ValueError):
    """A database address was given that this program cannot use."""


def connect(url: str = DEFAULT_URL) -> Engine:
    """Open a database for work; a missing SQLite file and its folder are made, readable by us alone.

    Takes sqlite:///path and postgres://, postgresql:// or postgresql+psycopg://. Nothing is dialled before
    the first query. Raises DatabaseUrlError, which names the scheme and never the rest of the address.
    """
    address = _parsed(url)
    if address.drivername != "sqlite":
        return _postgres(address, pool_size=5)
    path = _sqlite_path(address)
    engine = create_engine(address, creator=_opener(path, create=True), hide_parameters=True)
    return _settled(engine)


def watch(url: str = DEFAULT_URL) -> Engine:
    """Open a database only to look at it from time to time: one connection at most, and no file is ever made.

    On SQLite every look opens the file anew: a connection kept open would go on reading a file that was
    deleted or replaced under it. Raises DatabaseUrlError as `connect` does.
    """
    address = _parsed(url)
    if address.drivername != "sqlite":
        return _postgres(address, pool_size=1)
    opener = _opener(_sqlite_path(address), create=False)
    return _settled(create_engine(address, creator=opener, poolclass=NullPool, hide_parameters=True))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read from one consistent moment without ever making a writer wait."""
    with engine.connect() as plain:
        connection = plain.execution_options(sqlite_begin="DEFERRED", postgresql_readonly=True)
        with connection.begin():
            yield connection


def truncate_log(engine: Engine) -> None:
    """Empty the log beside a SQLite file, which would keep what was overwritten; do nothing elsewhere.

    1,296 copies of 200 deleted numbers stood in such a log, secure_delete or not (measured on SQLite 3.40).
    While somebody reads, it is left as it is: the next call, or the last connection that closes, empties it.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        with suppress(sqlite3.OperationalError):
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def reason(error: SQLAlchemyError) -> str:
    """Say in one line why the database failed, without the statement or the address."""
    words = str(getattr(error, "orig", None) or error).strip()
    return words.splitlines()[0] if words else type(error).__name__


def _parsed(url: str) -> URL:
    scheme = url.partition("://")[0] if "://" in url else "none"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # The parser quotes the piece it stumbled over, which may be the password: keep none of its words.
        raise DatabaseUrlError(f"the database address (scheme: {scheme}) cannot be read") from None
    if address.drivername in POSTGRES_SCHEMES:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername == "sqlite":
        return address
    raise DatabaseUrlError(f"no database of scheme {scheme}: use sqlite:///path or postgresql://")


def _sqlite_path(address: URL) -> Path:
    name = address.database
    if not name or name == ":memory:" or name.startswith("file:") or address.query or address.host:
        # Console and line are two processes: a database in memory would be another one for each of them.
        raise DatabaseUrlError("a database of scheme sqlite is a plain file: sqlite:///path, no options")
    return Path(name).absolute()


def _postgres(address: URL, *, pool_size: int) -> Engine:
    arguments = {key: value for key, value in POSTGRES_DEFAULTS.items() if key not in address.query}
    return create_engine(
        address,
        connect_args=arguments,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,  # a connection that a restarted server forgot is replaced, not an error
        hide_parameters=True,  # an error message must not carry what was being stored
    )


def _opener(path: Path, *, create: bool) -> Callable[[], sqlite3.Connection]:
    address = f"{path.as_uri()}?mode=rw"

    def open_file() -> sqlite3.Connection:
        if create and not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        if create:
            write_ahead(connection)
        return connection

    return open_file


def write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer of a SQLite file not wait for each other; the file remembers it.

    SQLite refuses at once, whatever the timeout, while another process makes the same file (5 of 180 openings
    when three raced), so the loser asks again.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                connection.close()
                raise
            time.sleep(0.01)
        else:
            return


def _settled(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def settle(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten, so that a seized disk does not give it back.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once when another one wrote in between,
        # timeout or not; taking the write lock first makes it wait its turn.
        mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine
