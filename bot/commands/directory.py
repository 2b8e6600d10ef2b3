"""Commands that read other people's directories, and show what in them is there twice."""

import re
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import click

from bot import opened
from bot.commands.database import looked_for, looked_into, worked_on
from bot.commands.importing import Told, Wish, bar, planned, wanted, written
from bot.commands.reading import (
    drawn,
    forget_fetched,
    name_of,
    opened_at,
    read_mapping,
    saved_mapping,
    shelved,
    terms_of,
)
from bot.commands.released import Live
from bot.commands.scratch import scratch
from bot.commands.twice import imported_twice, lines
from bot.directory.plan_report import KINDS
from bot.directory.plan_store import PlanStore
from bot.settings import Settings
from bot.storage import imports
from bot.storage.database import Database
from bot.storage.drafts import waiting
from bot.storage.imports import EditedDraftError, Imported

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("what", metavar="PATH|URL")
@click.option("--source", default="", metavar="NAME", help="The directory's name here; else from the file or host.")
@click.option("--mapping", "mapping_file", type=_FILE, help="How the columns of spreadsheets are to be read.")
@click.option("--save-mapping", "saved", type=_FILE, help="Write how they were read, to correct and reuse.")
@click.option("--codes", type=_FILE, help="Your own table of licensed codes (CSV: code, topic, facet).")
@click.option("--report", "report_file", type=_FILE, help="Write the plan service by service: .csv or .json.")
@click.option("--take", "taken", multiple=True, metavar="ID", help="Of what is kept back, take the source's side.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def import_directory(
    *,
    what: str,
    source: str,
    mapping_file: Path | None,
    saved: Path | None,
    codes: Path | None,
    report_file: Path | None,
    taken: tuple[str, ...],
    yes: bool,
) -> None:
    """Import a directory of services: HSDS as JSON or CSV, a spreadsheet, a zip of these, or an HSDS API by its URL.

    A plan comes first: what is new, changed, kept back, refused, and why. Nothing is written until you say so. What is
    imported waits as unverified drafts. Places of people who hide are left out, and nothing can bring them back.
    """
    name = _source_name(source or name_of(what))
    if report_file is not None and report_file.suffix.lower() not in KINDS:
        raise click.UsageError(f"a report is a file that ends in {' or '.join(KINDS)}")
    settings = opened.settings()
    wish = Wish(name, taken, report_file)
    try:
        with scratch(settings.cache_dir) as place:
            _import(what, wish, settings, _Files(mapping_file, saved, codes), place=place, yes=yes)
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'a file'} cannot be written: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class _Files:
    mapping: Path | None
    saved: Path | None
    codes: Path | None


def _import(what: str, wish: Wish, settings: Settings, files: _Files, *, place: Path, yes: bool) -> None:
    mapping = read_mapping(files.mapping)
    with ExitStack() as stack:
        with looked_for(settings) as database:
            # First, so that a table of codes nobody can read is told before a long reading.
            live = Live.of(settings, database)
            terms = terms_of(live, settings, files.codes)
            directory = opened_at(what, settings.cache_dir, place)
            click.echo(f"Source: {wish.source}")
            with bar("Reading") as progress:
                shaped = shelved(directory, wish.source, mapping, terms, scratch=place, progress=progress)
                shelf = stack.enter_context(shaped)
            if files.saved:
                click.echo(saved_mapping(files.saved, mapping or shelf.guessed))
            store = stack.enter_context(closing(PlanStore(place)))
            with bar("Planning") as progress:
                entries = drawn(shelf, live, terms, wish.source, progress=progress)
                made = planned(entries, wish, live, database, store=store, told=Told(shelf.notes, shelf.refused))
        for line in made.lines():
            click.echo(line)
        told = f"is in {wish.report}" if wish.report else "is written with --report plan.csv"
        click.echo(f"\nEvery service, with every reason, {told}.")
        if wanted(made, yes=yes):
            written(made, wish, live, settings)
    forget_fetched(what, settings.cache_dir)


@click.group(invoke_without_command=True)
@click.pass_context
def duplicates(context: click.Context) -> None:
    """List imported services that may be the same as another, or as an entry of the release, side by side."""
    if context.invoked_subcommand is not None:
        return
    settings = opened.settings()
    with looked_into(settings) as database:
        found = imported_twice(Live.of(settings, database), database)
    for line in lines(found, len(found)):
        click.echo(line)
    if not found:
        click.echo("Nothing that was imported resembles anything else.")
    else:
        click.echo("Say that one is another: quietline duplicates merge NEW HERE")


@duplicates.command()
@click.argument("new", metavar="SERVICE_ID")
@click.argument("entry", metavar="ENTRY_ID")
def merge(*, new: str, entry: str) -> None:
    """Remember that an imported service is an entry that is here already, so that it is not offered twice.

    SERVICE_ID may also be the id of the draft drawn from the service. That draft goes. Later imports tell what changes
    in the service and leave the entry alone.
    """
    settings = opened.settings()
    with worked_on(settings) as database:
        service = _imported(database, new, entry)
        tables = Live.of(settings, database).tables
        waiting_ids = {part.partition("#")[2] for part, _ in waiting(database)}
        if entry not in tables and entry not in waiting_ids:
            raise click.ClickException(f"no entry {entry!r}, neither in the release nor among the drafts")
        try:
            imports.merge(database, service.service, entry)
        except EditedDraftError as error:
            told = f"somebody worked on its draft: look at it, then quietline content drop {error}"
            raise click.ClickException(f"{told}. Nothing was merged.") from None
    click.echo(f"{service.service} is {entry} from now on. Later imports leave that entry alone and tell what changes.")


def _imported(database: Database, name: str, entry: str) -> Imported:
    found = [row for row in imports.called(database, name) if row.entry != entry]
    if not found:
        raise click.ClickException(f"no service {name!r} was imported that is not {entry!r} already")
    if len(found) > 1:
        named = ", ".join(row.service for row in found)
        raise click.ClickException(f"{len(found)} services are {name!r}: name one of them: {named}")
    return found[0]


def _source_name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,59}", name):
        raise click.UsageError("a source is named in small letters, digits, dots and hyphens: ohana, 211-la")
    return name
