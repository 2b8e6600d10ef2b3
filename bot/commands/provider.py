"""Commands on what the provider is told and what it keeps: look it over, and delete there."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import click

from bot import opened, terminal
from bot.environ import SettingsError
from bot.line import last_resort
from bot.line.provider import account, content_checks, number_checks
from bot.line.provider.client import connect
from bot.line.provider.doctor import Expected, examine, line_numbers
from bot.line.provider.faults import ProviderError
from bot.line.provider.finding import Finding, State
from bot.line.provider.last_day import last_day
from bot.line.provider.purge import Purge
from bot.line.provider.records import Kind, Record
from bot.line.provider.today import today
from bot.line.quiet_logs import set_up
from bot.line.serve import no_core_dumps
from bot.line.sms import twiml
from bot.referral.answer import OptOutMode
from bot.referral.content import Content
from bot.settings import Settings
from bot.storage.database import DatabaseError, reason, watch
from bot.storage.releases import history

#: Younger ones may still be under way to a phone.
LEAST_AGE = timedelta(minutes=15)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _age(_context: click.Context, _parameter: click.Parameter, value: str) -> timedelta:
    """Read an age as staff write it: 90m, 1h, 2d."""
    found = re.fullmatch(r"([0-9]{1,5})([mhd])", value.strip())
    if found is None:
        raise click.BadParameter("write it like 90m, 1h or 2d")
    age = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if age < LEAST_AGE:
        raise click.BadParameter("at least 15m: what is younger may still be under way to a phone")
    return age


@click.command()
def doctor() -> None:
    """Look over the release, its numbers, what is set and kept at the provider, and the provider's last day.

    The exit status is 1 when something is wrong.

    How the numbers stand is told even where the provider cannot be asked.
    """
    set_up()
    no_core_dumps()
    settings, now = opened.settings(), datetime.now(UTC)
    content = _content(settings)
    found = _said("Release", [_release(settings, now)])
    found += _said("Numbers", [content] if isinstance(content, Finding) else number_checks.numbers(content, now))
    found += _said("Told since the release", [number_checks.unread(opened.unread(settings))])
    who = _account("PUBLIC_BASE_URL")
    expected = Expected(
        base_url=settings.public_base_url,
        fallback_twiml=twiml(last_resort.sms("")),
        opt_out_mode=settings.opt_out_mode,
        now=now,
        numbers=tuple(settings.line_areas),
        held=_held(),
    )
    with connect(who) as provider:
        found += _said("Provider", examine(provider, expected))
    found += _said("Provider, the last day", last_day(today(who, now)))
    if isinstance(content, Content):
        found += _said("Reserved words", [content_checks.reserved_words(settings.opt_out_mode)])
        if settings.opt_out_mode is OptOutMode.PROVIDER_CUSTOM:
            for block in terminal.provider_texts(content):
                click.echo(block)
    click.echo(", ".join(f"{sum(f.state is state for f in found)} {state}" for state in State))
    if any(finding.bad for finding in found):
        raise SystemExit(1)


@click.command("purge-provider")
@click.option("--older-than", required=True, metavar="AGE", callback=_age, help="Such as 90m, 1h, 2d; at least 15m.")
@click.option("--dry-run", is_flag=True, help="Only count what would be deleted.")
def purge_provider(*, older_than: timedelta, dry_run: bool) -> None:
    """Delete this line's old message and call records at the provider. Safe to stop and to repeat."""
    set_up()
    no_core_dumps()
    if _held():
        raise click.ClickException(
            "A hold is on (PURGE_HOLD=yes): nothing is deleted and the provider is not asked. "
            "Ask your lawyer before you take it off."
        )
    settings = opened.settings()
    with connect(_account()) as provider:
        try:
            numbers = line_numbers(provider.senders(), settings.line_areas)
            if not numbers:
                raise click.ClickException("No number belongs to this line: neither a sender pool nor LINE_AREAS.")
            purge = Purge(provider, numbers, datetime.now(UTC) - older_than)
            if dry_run:
                click.echo(f"Records that would be deleted: {_records(purge.count())}. Nothing was deleted.")
                return
        except ProviderError as error:
            raise click.ClickException(f"The provider could not be asked ({error}). Nothing was deleted.") from None
        _run(purge)


def _run(purge: Purge) -> None:
    try:
        purge.run(_progress)
    except KeyboardInterrupt:
        click.echo(f"\nStopped. {_told(purge)} Run the same command again to go on.", err=True)
        raise SystemExit(130) from None
    except ProviderError as error:
        _give_up(purge, f"The provider does not let us go on ({error}).")
    if purge.failed:
        _give_up(purge, "Not all could be deleted.")
    click.echo(_told(purge))


def _give_up(purge: Purge, why: str) -> NoReturn:
    raise click.ClickException(f"{why} {_told(purge)} Run the same command again later: it goes on from there.")


def _told(purge: Purge) -> str:
    """Say how many are gone, how many wait, and how many could not be deleted and why: counts only."""
    sentences = [f"Records deleted: {_records(purge.deleted)}."]
    if purge.unfinished:
        sentences.append(f"Still being worked on at the provider, for a later run: {purge.unfinished}.")
    if purge.failed:
        reasons = ", ".join(f"{count} with {why}" for why, count in sorted(purge.failed.items()))
        sentences.append(f"Could not be deleted: {reasons}.")
    return " ".join(sentences)


def _records(counted: Mapping[Kind, int]) -> str:
    return f"{counted[Kind.MESSAGE]} of messages, {counted[Kind.CALL]} of calls"


@contextmanager
def _progress(batch: Sequence[Record]) -> Iterator[Iterable[Record]]:
    """Show a bar on a terminal; nothing where nobody looks."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(batch, label="Deleting", file=sys.stderr, hidden=hidden) as bar:
        yield bar


def _release(settings: Settings, now: datetime) -> Finding:
    """Return which release the database holds live, or why none can be read."""
    database = watch(settings.database_url)
    try:
        newest = history(database, most=1)
    except DatabaseError as error:
        return content_checks.no_release(reason(error))
    finally:
        database.dispose()
    if not newest:
        return content_checks.no_release("none was published yet")
    return content_checks.release(newest[0].number, newest[0].published_at, now)


def _content(settings: Settings) -> Content | Finding:
    """Return what the line answers from, or that it cannot be read."""
    try:
        return opened.published(settings)
    except click.ClickException as error:
        return content_checks.unreadable(error.message)


def _said(about: str, findings: Iterable[Finding]) -> list[Finding]:
    """Say each finding as soon as it is there, under a heading."""
    click.echo(f"{about}:")
    found = []
    for finding in findings:
        click.echo(f"{finding.state}: {finding.what}")
        if finding.do:
            click.echo(f"    -> {finding.do}")
        found.append(finding)
    return found


def _account(*needing: str) -> account.Account:
    try:
        return account.load(os.environ, needing=needing)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def _held() -> bool:
    try:
        return account.is_held(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
