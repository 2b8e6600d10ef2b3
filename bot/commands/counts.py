"""The commands for counts: read what was published, and close what is over."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import opened, reckoning
from bot.counts.cell import Cell
from bot.counts.report import Column, as_csv, as_text, summed
from bot.counts.universe import rules_of
from bot.opened import now_utc
from bot.storage.closing import Period
from bot.storage.database import Database, DatabaseError, reason, watch


@click.group(invoke_without_command=True)
@click.option("--from", "first", default="", metavar="PERIOD", help="The first week or quarter: 2026-W40, 2026-Q4.")
@click.option("--to", "last", default="", metavar="PERIOD", help="The last week or quarter.")
@click.option("--csv", "wants_csv", is_flag=True, help="As CSV, every figure on a line of its own.")
@click.option("--sum", "wants_sum", is_flag=True, help="Only the sum of what was published of these periods.")
@click.pass_context
def counts(context: click.Context, *, first: str, last: str, wants_csv: bool, wants_sum: bool) -> None:
    """Show what was published of closed weeks and quarters: conversations, not people."""
    if context.invoked_subcommand is not None:
        return
    with _database() as database:
        try:
            columns = [_column(period) for period in reckoning.published(database, first, last)]
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    if wants_sum and columns:
        columns = [summed(columns)]
    click.echo(as_csv(columns) if wants_csv else as_text(columns), nl=False)


@counts.command()
def close() -> None:
    """Close every week and quarter that is over; safe to run at any time, and from two places at once."""
    settings = opened.settings()
    rules = rules_of(opened.answering(settings), settings.counts_smallest)
    grace, now = reckoning.grace(settings.counts_flush_seconds), now_utc()
    with _database() as database:
        closed = reckoning.close_due(
            database, rules, now, grace, ask=reckoning.asking(database, now), threshold=settings.complaints_before_check
        )
    click.echo(f"Closed: {', '.join(closed)}." if closed else "Nothing to close: no open week is over.")


@contextmanager
def _database() -> Iterator[Database]:
    database = watch(opened.settings().database_url)
    try:
        yield database
    except DatabaseError as error:
        raise click.ClickException(
            f"the database cannot be used: {reason(error)}. If a table is missing: quietline init"
        ) from None
    finally:
        database.dispose()


def _column(period: Period) -> Column:
    shown = {Cell(*key): n for key, n in period.shown.items()}
    return Column(period.name, shown, period.mended, period.intact)
