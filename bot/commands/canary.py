"""The command that texts the line as the provider would, and looks at what comes back."""

import time

import click

from bot import opened
from bot.line.canary import CanaryError, check

#: An answer should not take longer, in seconds.
SLOW = 3.0


@click.command()
@click.option("--slow", default=SLOW, show_default=True, metavar="SECONDS", help="An answer that takes longer fails.")
def canary(*, slow: float) -> None:
    """Text the line at its public address as the provider would; exit status 1 when the reply is not right.

    It goes the whole way: name, certificate, proxy, signature, memory, content. It is nobody's need, so not counted.
    """
    settings = opened.settings(serving=True)
    began = time.monotonic()
    try:
        reply = check(settings)
    except CanaryError as error:
        raise click.ClickException(str(error)) from None
    took = time.monotonic() - began
    if took > slow:
        raise click.ClickException(f"the line answered, but it took {took:.1f} s; {slow:g} s at most were asked for")
    click.echo(f"The line answered in {took:.2f} s: {len(reply)} characters, 211 among them.")
