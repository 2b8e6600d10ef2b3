"""The command that records what came of a call. An edit is never a check, and a check is never an edit."""

import re
from datetime import date, datetime
from typing import TypeVar

import click

from bot.commands.due import Row, all_rows, pause_said
from bot.commands.live import by_option, entry_of, live, phone_of, phone_option
from bot.opened import now_utc
from bot.referral.call_sheet import check_said
from bot.referral.check import PROVEN, Check, How, Result
from bot.referral.content import Content
from bot.referral.entry import Entry, Phone
from bot.referral.given import Given
from bot.referral.misprints import Banned, may_hold
from bot.referral.moments import day_said, zone_for
from bot.storage.said import Checked

#: Seven digits with what people write between them: a phone number, and a note holds none.
_NUMBER = re.compile(r"\d(?:[ ().\-]{0,3}\d){6}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOTE_MOST = 200

Kind = TypeVar("Kind", How, Result)


@click.command()
@click.argument("name", metavar="ENTRY")
@phone_option
@click.option("--how", "way", required=True, metavar="WAY", help="called, texted, visited, official-page, stored-page.")
@click.option("--result", "outcome", default="ok", metavar="RESULT", help="ok, no-answer, wrong-number, closed. [ok]")
@click.option("--on", "on", default="", metavar="DAY", help="The day, such as 2026-12-01. [today]")
@click.option("--note", default="", help="What they said about their service. Nothing about people.")
@by_option
def record(*, name: str, number: str, way: str, outcome: str, on: str, note: str, by: str) -> None:
    """Record that somebody tried a number, and what came of it; it counts at once.

    Without --phone it is the entry's only number; a page or a visit may stand for all its numbers.
    """
    how, result, note, now = _one_of(How, way, "--how"), _one_of(Result, outcome, "--result"), _note(note), now_utc()
    with live() as line:
        entry = entry_of(line.content, name)
        if may_hold(note, Banned.of(line.content).everywhere):
            raise click.BadParameter("holds a number that must not be listed", param_hint="--note")
        phone = _meant(entry, number, how)
        today = now.astimezone(zone_for(line.content, entry, phone)).date()
        check = Check(_day(on, today), how, by, result, note)
        told = line.tell(Checked(entry.id, check, phone.number if phone else ""), day=today, by=by)
        if how in PROVEN and result is not Result.NO_ANSWER and check.on == today:
            # Of an earlier day texters may have said it since.
            line.forget_complaints(entry.id)
        content = line.content
    click.echo(f"Bulletin {told}: {entry.id}, {check_said(check)}.")
    for row in all_rows(content, now):
        here = row.standing.phone.number if row.standing.phone else ""
        if row.standing.entry.id == entry.id and (phone is None or phone.number == here):
            click.echo(_stands(content, row, now))
    for other in _namesakes(content, entry, phone):
        click.echo(f"{other} has the same number: record it there as well.")


def _one_of(kind: type[Kind], words: str, option: str) -> Kind:
    """Read "no-answer" or "no answer". Raises BadParameter naming what there is."""
    try:
        return kind(words.strip().lower().replace("-", " "))
    except ValueError:
        there = ", ".join(member.replace(" ", "-") for member in kind)
        raise click.BadParameter(f"{words!r} is none of {there}", param_hint=option) from None


def _note(raw: str) -> str:
    note = " ".join(raw.split())
    if _NUMBER.search(_DAY.sub("", note)) or "@" in note:
        raise click.BadParameter(
            "no phone number and no e-mail address; a new number of theirs goes into data/entries", param_hint="--note"
        )
    if len(note) > _NOTE_MOST or not note.isprintable():
        raise click.BadParameter(f"at most {_NOTE_MOST} letters", param_hint="--note")
    return note


def _day(words: str, today: date) -> date:
    """Read the day of a check, today where none is given. Raises BadParameter for one that is still to come."""
    try:
        day = date.fromisoformat(words if not words or _DAY.fullmatch(words) else "") if words else today
    except ValueError:
        raise click.BadParameter(f"{words!r} is no day: write 2026-12-01", param_hint="--on") from None
    if day > today:
        raise click.BadParameter(f"{day} is still to come: there it is {today}", param_hint="--on")
    return day


def _meant(entry: Entry, number: str, how: How) -> Phone | None:
    """Return the number that was tried, None = the whole entry. Raises ClickException where that cannot be told."""
    if number:
        return phone_of(entry, number)
    numbers = {phone.number: phone for phone in entry.phone}
    if len(numbers) == 1:
        return entry.phone[0]
    if how not in (How.CALLED, How.TEXTED):
        return None
    has = ", ".join(phone.printed for phone in numbers.values())
    raise click.ClickException(
        f"{entry.id} has several numbers, say which with --phone: {has}" if has else f"{entry.id} has no number"
    )


def _stands(content: Content, row: Row, now: datetime) -> str:
    """Say how a number stands now, and what that means for texters."""
    one, given = row.standing, Given.at(content, row.standing.entry.area, now)
    told = f"{row.number} is now {one.state}"
    if not (one.phone in given.phones(one.entry) if one.phone else given.site(one.entry)):
        pauses = "; ".join(f"it is paused {pause_said(content, pause)}" for pause in row.pauses)
        return f"{told}; texters do not get it{f': {pauses}' if pauses else ''}."
    if one.late:
        return f"{told}; texters still get it. Try it again soon."
    return f"{told}; texters get it. Due again on {day_said(one.due)}." if one.due else f"{told}; texters get it."


def _namesakes(content: Content, entry: Entry, phone: Phone | None) -> list[str]:
    """List the other entries that have the number."""
    owners = content.printed.get(phone.printed, ()) if phone else ()
    return sorted({owner.id for owner in owners if owner.id != entry.id})
