"""The database a command works on; what goes wrong with it becomes one clear sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.settings import Settings
from bot.storage.database import Database, DatabaseError, connect, reason, watch
from bot.storage.imports import is_ready
from bot.storage.migrate import MigrationError, migrate
from bot.storage.releases import Release, TamperedReleaseError, latest

NONE_YET = "there is no database yet, or it is older than this program: quietline init"


@contextmanager
def looked_into(settings: Settings) -> Iterator[Database]:
    """Open the database to read it, if it has its tables. Raises ClickException where it is missing or away."""
    with _told(watch(settings.database_url)) as database:
        if not is_ready(database):
            raise click.ClickException(NONE_YET)
        yield database


@contextmanager
def looked_for(settings: Settings) -> Iterator[Database | None]:
    """Open the database to read it; None where there is none yet. Raises ClickException where it is away."""
    with _told(watch(settings.database_url)) as database:
        yield database if is_ready(database) else None


@contextmanager
def worked_on(settings: Settings, *, make: bool = False) -> Iterator[Database]:
    """Open the database to write to it; `make` its tables where they are missing. Raises ClickException."""
    if not make:
        with looked_into(settings):
            pass
    with _told(connect(settings.database_url)) as database:
        if make:
            migrate(database)
        yield database


def live(database: Database) -> Release:
    """Return the live release. Raises ClickException when there is none."""
    try:
        found = latest(database)
    except TamperedReleaseError as error:
        raise click.ClickException(f"{error}; restore a backup") from None
    if found is None:
        raise click.ClickException("no release is published yet: quietline init")
    return found


@contextmanager
def _told(database: Database) -> Iterator[Database]:
    try:
        yield database
    except MigrationError as error:
        raise click.ClickException(str(error)) from None
    except DatabaseError as error:
        raise click.ClickException(f"the database cannot be used: {reason(error)}. Nothing was changed.") from None
    finally:
        database.dispose()
