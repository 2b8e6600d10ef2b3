"""The command that runs the line."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import opened
from bot.app import create_line_app
from bot.line import try_page
from bot.line.memory.opening import open_memory, swept
from bot.line.memory.redis_server import PersistentStateError
from bot.line.quiet_logs import set_up
from bot.line.serve import serve as serve_app
from bot.referral.problem import ContentError
from bot.storage.files import DataFilesError


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
    source = opened.source(settings)
    try:
        with _without_collecting():
            source.start()
        with swept(open_memory(settings)) as memory:
            app = create_line_app(settings, source, memory, dev_pages=(try_page.bp,))
            serve_app(app, host, port, lambda address: _say_ready(address, dev=dev))
    except (DataFilesError, ContentError, PersistentStateError, OSError) as error:
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


def _say_ready(address: str, *, dev: bool) -> None:
    click.echo(f"Quietline answers on {address}" + (f" - try it in a browser: {address}/try" if dev else ""))
