"""The `quietline` command: talk to the line, look inside it, set it up and run it."""

import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from bot import opened, terminal
from bot.app import create_line_app
from bot.line import last_resort, try_page
from bot.line.memory.opening import open_memory, swept
from bot.line.memory.redis_server import PersistentStateError
from bot.line.quiet_logs import set_up
from bot.line.serve import serve as serve_app
from bot.line.sms import twiml
from bot.referral.answer import Answer
from bot.referral.explain import why as explain
from bot.referral.problem import ContentError
from bot.storage.database import connect
from bot.storage.files import DataFilesError
from bot.storage.migrate import migrate
from bot.storage.releases import publish_first


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Quietline: a text in, the right number out, nothing kept."""


@main.command()
@click.option("--area", help="The area assumed until the texter names a place.")
@click.option("--lang", help="The language assumed until the texter shows another.")
@click.option("--now", "moment", help="Answer as at this ISO time, e.g. 2026-11-21T03:00-06:00.")
@click.option("--why", is_flag=True, help="Say which evidence decided.")
@click.option("--json", "as_json", is_flag=True, help="Print {reply, segments, encoding, why}.")
@click.argument("text", nargs=-1)
def say(
    *, area: str | None, lang: str | None, moment: str | None, why: bool, as_json: bool, text: tuple[str, ...]
) -> None:
    """Print the reply to TEXT as a texter would get it; without TEXT hold a conversation."""
    settings = opened.settings()
    content = opened.published(settings)
    try:
        session = terminal.Session.begin(content, area or "", lang or "", settings.opt_out_mode)
        clock: Callable[[], datetime] = terminal.clock(moment)
    except ValueError as error:
        raise click.UsageError(str(error)) from None

    def show(said: str, told: Answer) -> str:
        if as_json:
            return terminal.as_json(told, explain(content, said, told.meaning))
        return terminal.as_text(told, explain(content, said, told.meaning) if why else ())

    if text:
        click.echo(show(" ".join(text), session.say(" ".join(text), clock())))
    else:
        terminal.converse(session, clock, show)


@main.command()
@click.option("--jsonl", is_flag=True, required=True, help='Read {"text": ...} lines, write one line each.')
def understand(*, jsonl: bool) -> None:
    """Say what each text of standard input means, in order, keeping every key of its line."""
    content = opened.published(opened.settings())
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(terminal.understood(line, content))


@main.command()
def lint() -> None:
    """Check the data files: every problem with its file and place, exit status 1 when there is one."""
    _, content = opened.files(opened.settings())
    sizes = f"{len(content.topics)} topics, {len(content.entries)} entries, {len(content.lexicon.patterns)} wordings"
    click.echo(f"{sizes}: no problem found.")
    if later := len(content.learnt.fresh):
        click.echo(
            f"{later} examples are newer than the last training; they are compared word by word: quietline train"
        )


@main.command()
def train() -> None:
    """Learn from the examples in data/ and write data/trained.toml; a few minutes."""
    settings = opened.settings()
    content = opened.to_learn_from(settings)
    try:
        # Named, not imported: what only training needs must never be loaded by the line.
        learning = importlib.import_module("bot.training.command")
        path = learning.run(content, opened.folder(settings), click.echo)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"training needs more packages: pip install 'quietline[train]' ({error})") from None
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path} is written. Look at it with: quietline lint, make eval")


@main.command()
@click.option("--dev", is_flag=True, help="With the defaults of a laptop.")
def init(*, dev: bool) -> None:
    """Make the database and load data/ as release 1; never touches content once a release exists."""
    settings = opened.settings(dev=dev)
    document, _ = opened.files(settings)
    engine = connect(settings.database_url)
    try:
        migrate(engine)
        made = publish_first(engine, document, note="the default release", now=datetime.now(UTC))
    finally:
        engine.dispose()
    click.echo("Release 1 is published." if made else "There is a release already; nothing was changed.")


@main.command()
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


@main.command("provider-texts")
def provider_texts() -> None:
    """Print what to paste at the provider for HELP, STOP and START, in every language."""
    for block in terminal.provider_texts(opened.published(opened.settings())):
        click.echo(block)


@main.command("fallback-twiml")
def fallback_twiml() -> None:
    """Print the static TwiML the provider serves when this line cannot be reached."""
    click.echo(twiml(last_resort.sms("")))


if __name__ == "__main__":
    main()
