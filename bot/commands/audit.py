"""`quietline audit`: whether the record of what staff did is whole."""

import re

import click

from bot import opened
from bot.commands.database import looked_into
from bot.storage.audit_chain import verify as walked

_KNOWN = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """Look after the record of what staff did."""


@audit.command()
@click.option("--known", multiple=True, metavar="NUMBER:DIGEST", help="What an earlier run printed. Repeatable.")
def verify(*, known: tuple[str, ...]) -> None:
    """Walk the audit from its oldest line to its last; exit status 1 and the first broken number when it is not whole.

    Keep the last line that this prints in another place. Given back with --known, it shows that nobody who can write
    the database has written the whole audit anew.
    """
    kept = {}
    for each in known:
        found = _KNOWN.fullmatch(each)
        if found is None:
            raise click.ClickException(f"{each!r} is no NUMBER:DIGEST, as an earlier run printed it")
        kept[int(found[1])] = found[2]
    with looked_into(opened.settings()) as database:
        verdict = walked(database, known=kept)
    if not verdict.whole:
        raise click.ClickException(f"the audit is broken: line {verdict.broken} {verdict.why}")
    if not verdict.last:
        click.echo("The audit is empty.")
        return
    click.echo(f"The audit is whole: lines {verdict.first} to {verdict.last}. To be kept elsewhere:")
    click.echo(f"{verdict.last}:{verdict.digest}")
