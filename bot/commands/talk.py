"""Commands that show what the line says: a reply, a conversation, a meaning, what to paste at the provider."""

import importlib
import sys
from collections.abc import Callable
from datetime import datetime

import click

from bot import opened, terminal
from bot.line import last_resort
from bot.referral.answer import Answer
from bot.referral.explain import why as explain


@click.command()
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


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help='Read {"text": ...} lines, write one line each.')
def understand(*, jsonl: bool) -> None:
    """Say what each text of standard input means, in order, keeping every key of its line."""
    content = opened.published(opened.settings())
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(terminal.understood(line, content))


@click.command("provider-texts")
def provider_texts() -> None:
    """Print what to paste at the provider for HELP, STOP and START, in every language."""
    for block in terminal.provider_texts(opened.published(opened.settings())):
        click.echo(block)


@click.command("fallback-twiml")
def fallback_twiml() -> None:
    """Print the static TwiML the provider serves when this line cannot be reached."""
    # Named, not imported: nothing else here needs the line's door, and with it a web framework.
    door = importlib.import_module("bot.line.sms")
    click.echo(door.twiml(last_resort.sms("")))
