"""The commands by which a few people keep numbers true: what is due, a call sheet, what came of a call."""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.call_sheet_text import as_text
from bot.commands.due import all_rows, as_json, as_table, summary
from bot.commands.live import entry_of, live
from bot.commands.recording import record
from bot.console.checking.call_sheet_page import as_page
from bot.opened import now_utc
from bot.referral.call_sheet import check_said, sheet
from bot.referral.content import Content
from bot.referral.entry import Entry
from bot.referral.moments import zone_for


@click.group()
def checks() -> None:
    """Keep numbers true: see what is due, print a call sheet, record what came of a call."""


@checks.command()
@click.option("--all", "everything", is_flag=True, help="Every number, not only those that wait for a check.")
@click.option("--json", "wants_json", is_flag=True, help="As JSON, for a program.")
def due(*, everything: bool, wants_json: bool) -> None:
    """List the numbers that somebody should check, the most urgent first.

    Exit status 1 when one that is always given (911, 988, 211, last-resort lines) must be checked now.
    """
    with live() as line:
        content, rows = line.content, all_rows(line.content, now_utc())
    shown = [row for row in rows if everything or row.waits]
    if wants_json:
        click.echo(as_json(shown))
    else:
        if shown:
            click.echo(f"{as_table(content, shown)}\n")
        click.echo(summary(rows))
    if any(row.standing.late and row.standing.entry.keep for row in rows):
        raise SystemExit(1)


@checks.command("sheet")
@click.option("--format", "form", type=click.Choice(["html", "text"]), default="html", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--area", default="", help="Only the numbers of this area, or national.")
@click.option("--all", "everything", is_flag=True, help="Every number, not only those that wait for a check.")
def print_sheet(*, form: str, out: Path | None, area: str, everything: bool) -> None:
    """Print a call sheet: for each number what to ask, boxes to tick, room to write.

    Names stand on it in full: keep it off printers that others use.
    """
    now = now_utc()
    with live() as line:
        content, rows = line.content, all_rows(line.content, now)
    if area and area not in {entry.area for entry in content.entries.values()}:
        raise click.BadParameter(f"no entry is in {area!r}", param_hint="--area")
    wanted = [row.standing for row in rows if (everything or row.waits) and area in ("", row.standing.entry.area)]
    if not wanted:
        click.echo("Nothing to check: somebody has tried every number, and none is due.", err=True)
        return
    made = sheet(content, wanted, now.astimezone(zone_for(content)).date())
    written = as_page(made) if form == "html" else as_text(made)
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_text(written, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from None
    click.echo(f"{out}: {made.size} numbers. Print it on a printer of your own, and shred it afterwards.")


@checks.command()
@click.argument("name", metavar="ENTRY")
def show(*, name: str) -> None:
    """Show an entry: how its numbers stand, every check of it, its sources and their evidence."""
    now = now_utc()
    with live() as line:
        content = line.content
        entry = entry_of(content, name)
    click.echo(f"{entry.name} [{entry.id}], {entry.kind}, {entry.area}, {entry.status}")
    for told in _shown(content, entry):
        click.echo(told)
    if rows := [row for row in all_rows(content, now) if row.standing.entry.id == entry.id]:
        click.echo(f"\n{as_table(content, rows)}")


def _shown(content: Content, entry: Entry) -> Iterator[str]:
    yield f"  source: {entry.source}"
    yield from (f"  evidence: {evidence}" for evidence in entry.evidence)
    yield from (f"  checked: {check_said(check, with_note=True)}" for check in entry.checks)
    for phone in entry.phone:
        yield f"  {phone.printed} ({', '.join(phone.ways)}){'' if phone.publish else ', not published'}"
        if phone.source:
            yield f"    source: {phone.source}"
        yield from (f"    evidence: {evidence}" for evidence in phone.evidence)
        yield from (f"    checked: {check_said(check, with_note=True)}" for check in phone.checks)


checks.add_command(record)
