"""What a command works on: settings, data files and the release in use, or one clear sentence why there is none."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.referral.bulletin import Bulletins
from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.learnt import TRAINED
from bot.referral.overlay import with_bulletins
from bot.referral.problem import ContentError
from bot.referral.release import load as load_release
from bot.referral.release import load_stored
from bot.settings import Settings, SettingsError
from bot.settings import load as load_settings
from bot.storage.bulletins import Folded, fold, rows
from bot.storage.database import DatabaseError, watch
from bot.storage.document import Document
from bot.storage.files import DataFilesError, data_dir, read_document
from bot.storage.given_back import uncollected
from bot.storage.source import ReleaseSource


def now_utc() -> datetime:
    """Return the time; everything below the commands gets it as an argument."""
    return datetime.now(UTC)


def settings(*, dev: bool = False, serving: bool = False, console: bool = False) -> Settings:
    """Read the settings. Raises ClickException naming all that is wrong."""
    try:
        return load_settings(os.environ, dev=dev, serving=serving, console=console)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def folder(chosen: Settings) -> Path:
    """Return the data directory that is meant."""
    return chosen.data_dir or data_dir(os.environ)


def files(chosen: Settings) -> tuple[Document, Content]:
    """Read the data files, fit to go live. Raises ClickException naming every problem."""
    try:
        with uncollected():
            document = read_document(folder(chosen))
            return document, load_release(document)
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None


def to_learn_from(chosen: Settings) -> Content:
    """Read the data files without what was learnt before, be it old or broken. Raises ClickException."""
    try:
        with uncollected():
            document = read_document(folder(chosen))
            return parse({name: table for name, table in document.items() if name != TRAINED})
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None


def source(chosen: Settings, *, examples: bool = True) -> ReleaseSource[Content]:
    """Return the releases of the database, not started yet.

    `examples`: whether to keep the texts that were learnt from. Three megabytes that no answer needs, only why it is
    what it is.
    """

    def parsed(document: Document) -> Content:
        content = load_stored(document, wordings(chosen))
        return content if examples else replace(content, learnt=replace(content.learnt, examples=()))

    return ReleaseSource(
        chosen.database_url,
        cache_dir=chosen.cache_dir,
        packaged=lambda: read_document(folder(chosen)),
        parse=parsed,
        overlay=with_bulletins,
        clock=now_utc,
    )


def wordings(chosen: Settings) -> Document:
    """Return the sentences that came with the program; none where its files cannot be read."""
    try:
        tables = read_document(folder(chosen) / "wording")
    except DataFilesError:
        return {}
    return {f"wording/{file}": table for file, table in tables.items()}


def published(chosen: Settings) -> Content:
    """Return the data files' content when DATA_DIR asks for it; else what the line would answer from.

    Either way with what staff told since: a number that is paused is paused in the files as well.
    """
    if chosen.data_dir is not None:
        return with_bulletins(files(chosen)[1], told(chosen))
    return answering(chosen)


def answering(chosen: Settings) -> Content:
    """Return what the line answers from, whatever DATA_DIR says. Raises ClickException when there is nothing."""
    with started(chosen) as releases:
        return releases.current


@contextmanager
def started(chosen: Settings) -> Iterator[ReleaseSource[Content]]:
    """Give the releases of the database, started, until the end of the block. Raises ClickException as `answering`."""
    releases = source(chosen)
    try:
        releases.start()
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None
    try:
        yield releases
    finally:
        releases.stop()


def told(chosen: Settings) -> Bulletins:
    """Return what staff told the line between two releases; nothing when the database cannot be read."""
    return _folded(chosen).bulletins


def unread(chosen: Settings) -> tuple[int, ...]:
    """Return the bulletins that this program cannot read; none when the database cannot be read."""
    return _folded(chosen).unreadable


def _folded(chosen: Settings) -> Folded:
    database = watch(chosen.database_url)
    try:
        return fold(rows(database))
    except DatabaseError:
        return fold(())
    finally:
        database.dispose()
