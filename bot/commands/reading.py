"""Somebody's directory on its way in: opened or fetched, shaped, and drawn into entries."""

import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from bot import opened
from bot.commands.released import Live
from bot.commands.scratch import for_fetch
from bot.directory.drawing.codes import CodesError, load_codes
from bot.directory.drawing.draw import Drawn, draw
from bot.directory.drawing.places import confidential_places
from bot.directory.drawing.ready import ready_for
from bot.directory.drawing.sent import drawn_of, plain_drawn
from bot.directory.drawing.terms import FILE, Terms
from bot.directory.note import Note
from bot.directory.reading.fetching import fetch
from bot.directory.reading.findings import BrokenError
from bot.directory.reading.opening import open_path
from bot.directory.reading.raw import Opened, UnreadableError
from bot.directory.service import Service
from bot.directory.shaping.mapping import Mapping_, MappingError
from bot.directory.shaping.mapping_text import load_mapping, mapping_text
from bot.directory.shaping.shape import shape
from bot.directory.sources import named_after
from bot.directory.spool import Piece, Spool
from bot.directory.stored import as_kept
from bot.directory.workers import WorkerError, in_order, processors
from bot.directory.writing.own import own_area, own_facts
from bot.referral.problem import ContentError
from bot.settings import Settings
from bot.storage.files import DataFilesError, read_document

R = TypeVar("R")
#: Told how much is done, of how much.
Progress = Callable[[int, int], None]
#: With fewer services than this, other processes would take longer to begin than they save.
_MANY = 3000


@dataclass(frozen=True, slots=True)
class Shelved:
    """A directory that was read: its services wait in a scratch file. `notes` are about none of them.

    Of the `refused` ones nothing is kept. `guessed`: how its columns were read, where they had no known names.
    """

    services: Spool
    hidden: frozenset[str]
    notes: tuple[Note, ...]
    refused: tuple[Note, ...]
    guessed: Mapping_ | None
    processes: int = 1


def processes_for(services: int) -> int:
    """Return how many processes are to work on so many services."""
    return processors() if services >= _MANY else 1


def is_address(what: str) -> bool:
    """Say whether a directory is to be fetched from an API."""
    return re.match(r"https?://", what, re.IGNORECASE) is not None


def name_of(what: str) -> str:
    """Return the name a source goes by unless a person gives it one: from its file, folder or host."""
    bare = urlsplit(what).hostname if is_address(what) else Path(what).resolve().name
    return named_after(bare or "")


def read_mapping(path: Path | None) -> Mapping_ | None:
    """Read the mapping a person named, None when they named none. Raises ClickException with every problem."""
    if path is None:
        return None
    try:
        return load_mapping(path.read_bytes(), path.name)
    except MappingError as error:
        raise click.ClickException("\n".join(error.problems)) from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None


def saved_mapping(path: Path, mapping: Mapping_ | None) -> str:
    """Write down how the columns were read, for a person to correct; say what was written. Raises OSError."""
    if mapping is None:
        return "The columns have names that are known: there is no mapping to save."
    path.write_text(mapping_text(mapping), encoding="utf-8")
    return f"How the columns were read is in {path}: correct it, and read with --mapping {path}"


def opened_at(what: str, cache_dir: Path, scratch: Path) -> Opened:
    """Open a file or folder, or fetch from an address. Raises ClickException with every reason at once."""
    try:
        if is_address(what):
            return fetch(what, for_fetch(cache_dir, what), say=lambda text: click.echo(text, err=True))
        return open_path(Path(what), scratch)
    except UnreadableError as error:
        raise click.ClickException("\n".join([*error.problems, "Nothing was written."])) from None
    except BrokenError as error:
        raise click.ClickException(f"{error}\nNothing was written.") from None


def forget_fetched(what: str, cache_dir: Path) -> None:
    """Remove the pages of an API once its services are in."""
    if is_address(what):
        shutil.rmtree(for_fetch(cache_dir, what), ignore_errors=True)


@contextmanager
def shelved(
    directory: Opened, source: str, mapping: Mapping_ | None, terms: Terms, *, scratch: Path, progress: Progress
) -> Iterator[Shelved]:
    """Shape a directory and keep its services in a scratch file until the end of the block.

    Raises ClickException, and OSError when the scratch folder cannot be written.
    """

    def reading(done: int, total: int) -> None:
        # Putting the services together, once all is read, takes half as long again.
        progress(done * 2, total * 3)

    try:
        shaped = shape(directory, source=source, mapping=mapping, scratch=scratch, progress=reading)
    except MappingError as error:
        raise click.ClickException("\n".join([*error.problems, "Nothing was written."])) from None
    processes = processes_for(shaped.count)
    with closing(Spool(scratch)) as services:

        def marks(piece: Piece) -> frozenset[str]:
            return confidential_places(services.read(piece), terms)

        hidden: set[str] = set()
        for place, found in enumerate(_made(marks, services.keeping(shaped.services), processes), 1):
            hidden |= found
            progress(shaped.count * 2 + place * services.count // len(services.pieces), shaped.count * 3)
        yield Shelved(services, frozenset(hidden), shaped.notes, shaped.refused, shaped.guessed, processes)


def _made(task: Callable[[Piece], R], pieces: Iterable[Piece], processes: int) -> Generator[R, None, None]:
    try:
        with closing(in_order(task, pieces, processes=processes)) as found:
            yield from found
    except WorkerError as error:
        raise click.ClickException(f"{error}. Nothing was written.") from None


def terms_of(live: Live, settings: Settings, codes: Path | None) -> Terms:
    """Return what the words of other directories mean: as the release says, or the default where it is older.

    Raises ClickException for a table of codes that cannot be used.
    """
    try:
        terms = Terms.of(live.document if FILE in live.document else read_document(opened.folder(settings)))
    except (ContentError, DataFilesError) as error:
        raise click.ClickException(str(error)) from None
    if codes is None:
        return terms
    try:
        return terms.with_codes(load_codes(codes.read_bytes(), live.content))
    except CodesError as error:
        raise click.ClickException("\n".join([f"{codes.name}: {each}" for each in error.problems])) from None
    except OSError as error:
        raise click.ClickException(f"{codes} cannot be read: {error.strerror}") from None


def drawn(
    shelved: Shelved, live: Live, terms: Terms, source: str, *, progress: Progress
) -> Generator[Drawn, None, None]:
    """Draw every service, in the order of their ids; one that this release exported stays as it is."""
    # Before there are other processes, so that they share it.
    ready_for(live.content)

    def draw_each(piece: Piece) -> list[tuple[Any, ...]]:
        return [plain_drawn(_drawn(service)) for service in shelved.services.read(piece)]

    def _drawn(service: Service) -> Drawn:
        if live.says(service.doc):
            facts = own_facts(service.doc) or {}
            return Drawn(service, facts["id"], own_area(service.doc), facts)
        made = draw(service, live.content, terms, source=source, hidden=shelved.hidden)
        return replace(made, service=replace(made.service, doc=as_kept(made.service.doc)))

    done = 0
    with closing(_made(draw_each, shelved.services.pieces, shelved.processes)) as pieces:
        for piece in pieces:
            yield from map(drawn_of, piece)
            done += len(piece)
            progress(done, shelved.services.count)
