"""Bring a database to the tables this program knows. Only the command line imports this: it loads Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, func, select

SCRIPTS = Path(__file__).parent / "migrations"

#: Any number will do, as long as every Quietline takes the same one and nobody else does.
POSTGRES_LOCK = 0x7175_6965_746C_696E


class MigrationError(Exception):
    """A database was found that this version cannot bring up to date."""


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; do nothing when they are. Processes that start together take turns.

    It happens whole or not at all. Raises MigrationError for a database made by a newer version.
    """
    with engine.begin() as connection:  # on SQLite this is the write lock already
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
        try:
            command.upgrade(config(connection), "head")
        except CommandError as error:
            raise MigrationError(f"the database cannot be brought up to date: {error}") from error


def config(connection: Connection) -> Config:
    """Give Alembic's settings for a connection whose transaction the caller ends; there is no alembic.ini."""
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
