"""What a command works on: settings, data files and the release in use, or one clear sentence why there is none."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.referral.content import Content
from bot.referral.document import parse
from bot.referral.learnt import TRAINED
from bot.referral.problem import ContentError
from bot.referral.release import load as load_release
from bot.settings import Settings, SettingsError
from bot.settings import load as load_settings
from bot.storage.document import Document
from bot.storage.files import DataFilesError, data_dir, read_document
from bot.storage.source import ReleaseSource


def settings(*, dev: bool = False, serving: bool = False) -> Settings:
    """Read the settings. Raises ClickException naming all that is wrong."""
    try:
        return load_settings(os.environ, dev=dev, serving=serving)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def folder(chosen: Settings) -> Path:
    """Return the data directory that is meant."""
    return chosen.data_dir or data_dir(os.environ)


def files(chosen: Settings) -> tuple[Document, Content]:
    """Read the data files, fit to go live. Raises ClickException naming every problem."""
    try:
        document = read_document(folder(chosen))
        return document, load_release(document)
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None


def to_learn_from(chosen: Settings) -> Content:
    """Read the data files without what was learnt before, be it old or broken. Raises ClickException."""
    try:
        document = read_document(folder(chosen))
        return parse({name: table for name, table in document.items() if name != TRAINED})
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None


def source(chosen: Settings) -> ReleaseSource[Content]:
    """Return the releases of the database, not started yet."""
    return ReleaseSource(
        chosen.database_url,
        cache_dir=chosen.cache_dir,
        packaged=lambda: read_document(folder(chosen)),
        parse=load_release,
        clock=lambda: datetime.now(UTC),
    )


def published(chosen: Settings) -> Content:
    """Return the data files' content when DATA_DIR asks for it; else what the line would answer from."""
    if chosen.data_dir is not None:
        return files(chosen)[1]
    return answering(chosen)


def answering(chosen: Settings) -> Content:
    """Return what the line answers from, whatever DATA_DIR says. Raises ClickException when there is nothing."""
    releases = source(chosen)
    try:
        releases.start()
        return releases.current
    except (DataFilesError, ContentError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        releases.stop()
