"""Commands that write what the line knows for other programs."""

from pathlib import Path

import click

from bot import opened
from bot.commands.database import looked_into
from bot.commands.outgoing import Outgoing
from bot.commands.released import Live
from bot.directory.stored import as_stored
from bot.directory.writing.export import export as write
from bot.directory.writing.paged import Site
from bot.directory.writing.place import OccupiedFolderError
from bot.storage.imports import sources


@click.group()
def export() -> None:
    """Write services for other programs and directories."""


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--paged", is_flag=True, help="Also the pages of an HSDS API, as files any web host can serve.")
@click.option("--published", is_flag=True, help="Only entries that texters get, no imported drafts.")
@click.option("--source", default="", metavar="NAME", help="Only services that were imported from this source.")
@click.option("--address", default="", metavar="URL", help="With --paged: the address the files will be served at.")
@click.option("--contact", default="", metavar="TEXT", help="With --paged: whom to tell that something is wrong.")
def hsds(*, folder: Path, paged: bool, published: bool, source: str, address: str, contact: str) -> None:
    """Write all services into DIR in the Human Services Data Specification (HSDS 3.1): JSON, and CSV under csv/.

    DIR is new, empty, or holds a former export that nobody changed. Drafts that were imported leave as they came,
    marked unverified. Numbers that were withdrawn, and places of people who hide, never leave.
    """
    settings = opened.settings()
    if (address or contact) and not paged:
        raise click.UsageError("--address and --contact are for --paged")
    with looked_into(settings) as database:
        known = sources(database)
        if source and source not in known:
            named = ", ".join(known) or "none"
            raise click.ClickException(f"nothing was imported from {source!r}; there is {named}")
        live = Live.of(settings, database)
        leaving = Outgoing(database, live, as_stored=as_stored, source=source, published=published)
        site = Site(live.content.line.name, live.today, address, contact) if paged else None
        try:
            count = write(folder, leaving, site)
        except OccupiedFolderError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"{folder} cannot be written: {error.strerror}") from None
    drafts = count - leaving.published
    unverified = f", {drafts:,} of them unverified drafts" if drafts else ""
    click.echo(f"{'1 service is' if count == 1 else f'{count:,} services are'} in {folder}{unverified}.")
