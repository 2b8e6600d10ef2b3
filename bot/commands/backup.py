"""Commands that copy the database while everything runs, and see that a copy can be gone on with."""

import tempfile
from pathlib import Path

import click

from bot import opened
from bot.referral.release import load_stored
from bot.settings import Settings
from bot.storage import backup as storage
from bot.storage.backup import BackupError
from bot.storage.database import DatabaseError, DatabaseUrlError, connect, reason
from bot.storage.soundness import Soundness, sound

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", metavar="FILE", type=_FILE)
def backup(*, file: Path) -> None:
    """Copy the database into FILE, while everything runs: one file, that only you can read.

    A copy made during a week holds that week's open figures, small ones too. Keep it encrypted, 30 days at most.
    """
    settings = opened.settings()
    try:
        storage.backup(settings.database_url, file)
    except (BackupError, DatabaseUrlError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The database is copied into {file} ({file.stat().st_size:,} bytes). Try it: quietline restore --drill")


@click.command()
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--drill", is_flag=True, help="Only try it, in a place that is thrown away; for PostgreSQL with --into.")
@click.option("--into", metavar="URL", help="An empty database, instead of the one in DATABASE_URL.")
def restore(*, file: Path, drill: bool, into: str | None) -> None:
    """Put a copy back into a database that is empty or not there, and look it over; exit status 1 when it is not sound.

    Nothing is ever written over. Stop the line's staff door first; the line goes on answering meanwhile.
    """
    settings = opened.settings()
    try:
        if drill and into is None:
            with tempfile.TemporaryDirectory() as folder:
                found = _restored(file, f"sqlite:///{folder}/drill.db", settings)
        else:
            found = _restored(file, into or settings.database_url, settings)
    except (BackupError, DatabaseUrlError) as error:
        raise click.ClickException(str(error)) from None
    except DatabaseError as error:
        raise click.ClickException(f"the database cannot be used: {reason(error)}") from None
    if found.wrong:
        raise click.ClickException("it was put back, but: " + "; ".join(found.wrong))
    where = "It can be gone on with" if drill else "It is put back"
    click.echo(f"{where}: release {found.release} is good, the audit is whole up to line {found.audit}.")


def _restored(file: Path, url: str, settings: Settings) -> Soundness:
    if not url.startswith("sqlite"):
        _needs_room(url)
    storage.restore(file, url)
    engine = connect(url)
    try:
        return sound(engine, lambda document: load_stored(document, opened.wordings(settings)))
    finally:
        engine.dispose()


def _needs_room(url: str) -> None:
    engine = connect(url)
    try:
        if not storage.is_empty(engine):
            raise BackupError("that database is not empty: make a new one (createdb), and put the copy into it")
    finally:
        engine.dispose()
