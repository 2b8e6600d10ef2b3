"""The command for the day a court asks: what is held about a number."""

import os
import sys

import click

from bot import opened
from bot.drill.drill import Premises
from bot.drill.drill import drill as look_for
from bot.drill.number import NumberError, ten_digits
from bot.drill.report import report, verdict
from bot.line.serve import no_core_dumps

_AS_GIVEN = {"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]}


@click.command(context_settings=_AS_GIVEN)
@click.argument("number", nargs=-1, required=True)
def drill(*, number: tuple[str, ...]) -> None:
    """Print what is held about NUMBER: settings, database, files and Redis are searched for every form of it.

    NUMBER may be written as people write it; "-" reads it from standard input, which keeps it out of the history
    of your shell. It is never printed or logged. Exit status: 0 nothing found, 1 something found, 2 a place could
    not be read.
    """
    no_core_dumps()
    try:
        settings = opened.settings()
    except click.ClickException as error:
        # Not status 1: nothing was found, nothing was looked at.
        raise click.UsageError(error.message) from None
    try:
        digits = ten_digits(sys.stdin.readline(100) if number == ("-",) else " ".join(number))
    except NumberError as error:
        raise click.UsageError(str(error)) from None
    seen = look_for(Premises.of(settings, os.environ), digits)
    click.echo(report(seen))
    sys.exit(verdict(seen))
