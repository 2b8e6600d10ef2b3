"""The command that runs the line."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import opened
from bot.app import HeldSource, create_line_app, now_utc
from bot.counts.tally import Tally
from bot.counts.universe import cells_of
from bot.line import try_page
from bot.line.memory.alone import NotAloneError
from bot.line.memory.disk import PersistentStateError
from bot.line.memory.opening import open_memory, swept
from bot.line.quiet_logs import place_of, set_up
from bot.line.readiness import Flushed
from bot.line.serve import serve as serve_app
from bot.line.ticking import ticking
from bot.reckoning import Flushing
from bot.referral.problem import ContentError
from bot.settings import Settings
from bot.storage.database import DatabaseError, reason, watch
from bot.storage.files import DataFilesError

_log = logging.getLogger(__name__)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--dev", is_flag=True, help="With the defaults of a laptop, and /try.")
def serve(*, host: str, port: int, dev: bool) -> None:
    """Answer texts and calls until stopped."""
    set_up()
    settings = opened.settings(dev=dev, serving=True)
    if dev and host not in ("127.0.0.1", "localhost", "::1"):
        raise click.ClickException("--dev listens on this machine only; leave --host out.")
    source, flushed = opened.source(settings, examples=dev), Flushed()
    try:
        with _without_collecting():
            source.start()
        with open_memory(settings) as memory, swept(memory), _counting(settings, source, flushed) as tally:
            app = create_line_app(settings, source, memory, tally=tally, flushed=flushed, dev_pages=(try_page.bp,))
            serve_app(app, host, port, lambda address: _say_ready(address, dev=dev))
    except (DataFilesError, ContentError, NotAloneError, PersistentStateError, OSError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        source.stop()


@contextmanager
def _without_collecting() -> Iterator[None]:
    # A release is half a million objects that stay: collecting while they are made doubles the time to readiness,
    # and walking over them again and again later would show in the slowest answers.
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _counting(settings: Settings, source: HeldSource, flushed: Flushed) -> Iterator[Tally]:
    """Give a tally that is flushed every COUNTS_FLUSH_SECONDS, and once more when the block ends in good order."""
    tally, database = Tally(), watch(settings.database_url)
    flushing = Flushing(database, tally)

    def flush() -> None:
        try:
            flushing.flush(cells_of(source.current), now_utc())
            flushed.at = now_utc()
        except DatabaseError as error:
            _log.warning("counts wait in memory until the database is back: %s", reason(error))
        except Exception as error:
            _log.error("counts could not be stored: %s", place_of(error))

    try:
        with ticking(flush, settings.counts_flush_seconds, "counts"):
            yield tally
    finally:
        flush()
        if tally.waiting:
            # The first was a batch of an earlier tick that had failed; this one is what came in since.
            flush()
        database.dispose()


def _say_ready(address: str, *, dev: bool) -> None:
    click.echo(f"Quietline answers on {address}" + (f" - try it in a browser: {address}/try" if dev else ""))
