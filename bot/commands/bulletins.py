"""The commands that tell every running line something at once: pause, resume, banners."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bot import opened
from bot.commands.database import looked_into
from bot.commands.due import pause_said, paused
from bot.commands.live import by_option, entry_of, live, phone_of, phone_option
from bot.opened import now_utc
from bot.referral.bulletin import Banner, Bulletins, Pause, Why
from bot.referral.content import Content
from bot.referral.given import unheeded
from bot.referral.lint import banner_faults
from bot.referral.moments import TONIGHT, moment, said, zone_for
from bot.storage.bulletins import fold, rows
from bot.storage.said import Lifted, Lowered

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SOON = "All lines heed it within 5 seconds."
_WHEN = 'WHEN is 2026-12-01, 2026-12-01T08:00 or "tonight" (until 8 in the morning), where the service is.'


def _until(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    try:
        return moment(words, now, zone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--until") from None


@click.command(epilog=_WHEN)
@click.argument("name", metavar="ENTRY")
@phone_option
@click.option("--until", "words", default="", metavar="WHEN", help='[with --why full: "tonight"; else until resumed]')
@click.option("--why", type=click.Choice([str(why) for why in Why]), default="closed", show_default=True)
@by_option
def pause(*, name: str, number: str, words: str, why: str, by: str) -> None:
    """Leave out an entry, or one of its numbers, for a while: texters get the next best thing."""
    now, reason = now_utc(), Why(why)
    with live() as line:
        entry = entry_of(line.content, name)
        phone = phone_of(entry, number) if number else None
        zone = zone_for(line.content, entry, phone)
        words = words or (TONIGHT if reason is Why.FULL else "")
        said_now = Pause(entry.id, _until(words, now, zone) if words else None, reason, phone.number if phone else "")
        told = line.tell(said_now, day=now.astimezone(zone).date(), by=by)
        content = line.content
    what = f"{entry.id} {phone.printed}" if phone else entry.id
    click.echo(f"Bulletin {told}: {what} is paused {pause_said(content, said_now)}. {_SOON}")
    for other in paused(content, said_now.entry, said_now.phone, now):
        if said_now.until and (other.until is None or other.until > said_now.until):
            click.echo(
                f"An earlier pause goes on {pause_said(content, other)}; to end it sooner: quietline resume {name}"
            )
    if left := unheeded(content, said_now, now):
        click.echo(
            f"{', '.join(left)} goes on being given all the same: nothing could take its place."
            " Say what is wrong with: quietline banner add"
        )


@click.command()
@click.argument("name", metavar="ENTRY")
@phone_option
@by_option
def resume(*, name: str, number: str, by: str) -> None:
    """End the pauses of an entry and of all its numbers, or those of one number."""
    now = now_utc()
    with live() as line:
        entry = entry_of(line.content, name)
        phone = phone_of(entry, number) if number else None
        digits = phone.number if phone else ""
        on = [one for one in line.content.bulletins.pauses if one.until is None or now < one.until]
        if not any(one.entry == name and digits in ("", one.phone) for one in on):
            whole = paused(line.content, name, "", now) if phone else ()
            raise click.ClickException(
                f"it is all of {name} that is paused: quietline resume {name}"
                if whole
                else f"nothing of {name} is paused, so nothing was changed"
            )
        zone = zone_for(line.content, entry, phone)
        told = line.tell(Lifted(name, digits), day=now.astimezone(zone).date(), by=by)
        left = paused(line.content, name, digits, now)
    click.echo(f"Bulletin {told}: {name} {phone.printed if phone else ''}".rstrip() + f" is no longer paused. {_SOON}")
    for other in left:
        click.echo(f"All of {name} stays paused {pause_said(line.content, other)}.")


@click.group()
def banner() -> None:
    """Say a sentence before the entries for a while: a storm, a line that is down, a shelter that moved."""


@banner.command(epilog=_WHEN)
@click.argument("slug")
@click.option("--en", "english", metavar="TEXT", help="The sentence in English.")
@click.option("--es", "spanish", metavar="TEXT", help="The sentence in Spanish.")
@click.option("--in", "others", nargs=2, multiple=True, metavar="LANGUAGE TEXT", help="In any other language.")
@click.option("--until", "words", required=True, metavar="WHEN")
@click.option("--area", "areas", multiple=True, help="Only there; may be given several times. [everywhere]")
@click.option("--topic", "topics", multiple=True, help="Only for this need; may be given several times. [all]")
@by_option
def add(
    *,
    slug: str,
    english: str | None,
    spanish: str | None,
    others: tuple[tuple[str, str], ...],
    words: str,
    areas: tuple[str, ...],
    topics: tuple[str, ...],
    by: str,
) -> None:
    """Raise a banner named SLUG; one of that name is replaced. Numbers stand in it as placeholders: {211}."""
    if not _SLUG.fullmatch(slug):
        raise click.BadParameter("small letters, digits and hyphens, such as icy-roads", param_hint="SLUG")
    texts = {language: text for language, text in (("en", english), ("es", spanish), *others) if text is not None}
    now = now_utc()
    with live() as line:
        zone = zone_for(line.content)
        raised = Banner(slug, texts, _until(words, now, zone), areas, topics)
        if faults := banner_faults(line.content, raised):
            raise click.ClickException("the banner was not raised:\n" + "\n".join(f"  {fault}" for fault in faults))
        told = line.tell(raised, day=now.astimezone(zone).date(), by=by)
    click.echo(f"Bulletin {told}: {slug} is said {_where(raised)} until {said(raised.until, zone)}. {_SOON}")


@banner.command()
@click.argument("slug")
@by_option
def lower(*, slug: str, by: str) -> None:
    """Lower a banner: it is no longer said."""
    known = [one.slug for one in _told().banners]
    if slug not in known:
        raise click.ClickException(f"no banner {slug!r}; there is {', '.join(known) or 'none'}")
    now = now_utc()
    with live() as line:
        told = line.tell(Lowered(slug), day=now.astimezone(zone_for(line.content)).date(), by=by)
    click.echo(f"Bulletin {told}: {slug} is no longer said. {_SOON}")


@banner.command("list")
def list_banners() -> None:
    """List the banners: where, until when, in which words, and why one is not said."""
    now, told = now_utc(), _told()
    with live() as line:
        content = line.content
    for one in told.banners:
        click.echo(f"{one.slug}: {_where(one)}, until {said(one.until, zone_for(content))}{_silent(content, one, now)}")
        for language, text in one.text.items():
            click.echo(f"    {language}: {text}")
    if not told.banners:
        click.echo("No banner is raised.")


def _told() -> Bulletins:
    """Return the bulletins as staff wrote them; a line shows a banner with its numbers filled in."""
    with looked_into(opened.settings()) as database:
        return fold(rows(database)).bulletins


def _where(one: Banner) -> str:
    where = f"in {' and '.join(one.areas)}" if one.areas else "everywhere"
    return f"{where}, for {', '.join(one.topics) or 'every need'}"


def _silent(content: Content, one: Banner, now: datetime) -> str:
    if one.until <= now:
        return " (over)"
    faults = banner_faults(content, one)
    return f" (NOT SAID: {'; '.join(faults)})" if faults else ""
