"""Bring a database to the tables this program knows.

Alembic is loaded when it is used: `quietline serve` never needs it, and it would cost 12 MB and a third of a second.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, select

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"

#: Any number will do, as long as every Quietline takes the same one and nobody else does.
POSTGRES_LOCK = 0x7175_6965_746C_696E


class MigrationError(Exception):
    """A database was found that this version cannot bring up to date."""


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; do nothing when they are. Processes that start together take turns.

    It happens whole or not at all. Raises MigrationError for a database made by a newer version.
    """
    from alembic import command
    from alembic.util import CommandError

    with engine.begin() as connection:  # on SQLite this is the write lock already
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
        try:
            command.upgrade(config(connection), "head")
        except CommandError as error:
            raise MigrationError(f"the database cannot be brought up to date: {error}") from error


def config(connection: Connection) -> "Config":
    """Give Alembic's settings for a connection whose transaction the caller ends; there is no alembic.ini."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
