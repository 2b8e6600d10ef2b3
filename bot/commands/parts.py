"""The live release in parts: written as files, compared with a newer default, and taken part by part."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from bot import opened
from bot.commands.content import DEFAULT
from bot.commands.database import live, looked_into, worked_on
from bot.commands.upgrade import Difference, Side, differences, parts
from bot.referral.problem import ContentError
from bot.referral.release import load
from bot.settings import Settings
from bot.storage import drafts
from bot.storage.database import Database
from bot.storage.document import Document
from bot.storage.drafts import IMPORT, UPGRADE, Draft
from bot.storage.file_writer import UnwritableDocumentError, write_document
from bot.storage.files import DataFilesError, read_document
from bot.storage.folder import OccupiedFolderError, written_whole
from bot.storage.releases import TamperedReleaseError, UnknownReleaseError, read

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def content() -> None:
    """Write the live release as files, see what a newer default would change, take parts of it."""


@content.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
def export(*, folder: Path) -> None:
    """Write the live release into DIR as the files of data/, without their comments.

    DIR is new, empty, or holds a former export that nobody changed.
    """
    with looked_into(opened.settings()) as database:
        release = live(database)
    try:
        with written_whole(folder, "content") as place:
            write_document(place, release.document)
    except (OccupiedFolderError, UnwritableDocumentError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}") from None
    click.echo(f"Release {release.number} is in {folder}: {len(release.document)} files.")


@content.command()
@click.argument("folder", metavar="[DIR]", type=_FOLDER, required=False)
@click.option("--all", "wants_all", is_flag=True, help="Also what differs only because it was changed here.")
@click.option("--json", "wants_json", is_flag=True, help="As JSON, for programs.")
def diff(*, folder: Path | None, wants_all: bool, wants_json: bool) -> None:
    """Show what the default that came with this program, or DIR, would change in the live release.

    A part is an entry, or another file: what `quietline content take` takes.
    """
    settings = opened.settings()
    there = _there(settings, folder)
    with looked_into(settings) as database:
        found = differences(live(database).document, there, _first(database))
    ours = [each for each in found if each.side is Side.HERE and not wants_all]
    shown = [each for each in found if each not in ours]
    if wants_json:
        click.echo(json.dumps([_as_json(each) for each in shown], ensure_ascii=False, indent=2))
        return
    for each in shown:
        click.echo("\n".join(each.lines()))
    if ours:
        one = len(ours) == 1
        because = "it was changed here; --all shows it." if one else "they were changed here; --all shows them."
        click.echo(f"{_parts(ours)} only because {because}")
    if shown:
        click.echo(f"{_parts(shown)}. Take what you want as drafts: quietline content take PART...")
    elif not ours:
        click.echo("Nothing differs.")


@content.command()
@click.argument("chosen", metavar="PART...", nargs=-1, required=True)
@click.option("--from", "folder", metavar="DIR", type=_FOLDER, help="Take them from DIR, not from this program.")
def take(*, chosen: Sequence[str], folder: Path | None) -> None:
    """Put parts of a newer default into drafts, as `quietline content diff` names them.

    Nobody texts with a draft: it is published through the staff door, by two people. Nothing is taken unless
    everything taken, and every draft of the staff, makes a release without a fault.
    """
    settings = opened.settings()
    there = parts(_there(settings, folder))
    with worked_on(settings) as database:
        document = live(database).document
        here = parts(document)
        staff = list(drafts.drafts(database, imported=False))
        wanted = [Draft(part, there.get(part), UPGRADE) for part in dict.fromkeys(chosen)]
        if problems := list(_objections(wanted, here, there, staff)):
            raise click.ClickException("\n".join([*problems, "Nothing was taken."]))
        try:
            load(drafts.applied(document, [*staff, *wanted]))
        except ContentError as error:
            raise click.ClickException(
                f"{error}\nSo the content would not be fit to go live; nothing was taken."
            ) from None
        drafts.put(database, wanted)
    for draft in wanted:
        click.echo(f"{draft.part}: {'to be removed' if draft.body is None else 'taken'}")
    click.echo("They wait as drafts. Publishing them takes two people, at the staff door.")


@content.command("drafts")
@click.option("--all", "wants_all", is_flag=True, help="Each imported entry too, not only how many there are.")
def list_drafts(*, wants_all: bool) -> None:
    """List the parts that were changed and wait for somebody to publish them."""
    with looked_into(opened.settings()) as database:
        found = drafts.waiting(database)
    imported = Counter(origin for _, origin in found if origin.startswith(IMPORT) and not wants_all)
    for part, origin in found:
        if origin not in imported:
            click.echo(f"{part} ({origin})")
    for origin, count in sorted(imported.items()):
        click.echo(f"{count:,} entries ({origin}); --all names them")
    if not found:
        click.echo("No draft is waiting.")


@content.command("drop")
@click.argument("chosen", metavar="PART...", nargs=-1, required=True)
def drop_drafts(*, chosen: Sequence[str]) -> None:
    """Throw drafts away, named as `quietline content drafts` names them; what is live stays as it is."""
    with worked_on(opened.settings()) as database:
        lacking = drafts.drop(database, list(dict.fromkeys(chosen)))
    if lacking:
        raise click.ClickException(f"no draft of {', '.join(lacking)}. Nothing was dropped.")
    click.echo(f"Dropped: {', '.join(dict.fromkeys(chosen))}")


def _parts(found: Sequence[Difference]) -> str:
    return "1 part differs" if len(found) == 1 else f"{len(found)} parts differ"


def _there(settings: Settings, folder: Path | None) -> Document:
    try:
        return read_document(folder or opened.folder(settings))
    except DataFilesError as error:
        raise click.ClickException(str(error)) from None


def _first(database: Database) -> Document | None:
    """Return the default this line was set up with, if its first release is that."""
    try:
        first = read(database, 1)
    except (UnknownReleaseError, TamperedReleaseError):
        return None
    return first.document if first.note == DEFAULT else None


def _objections(
    wanted: Sequence[Draft], here: dict[str, Any], there: dict[str, Any], staff: Sequence[Draft]
) -> Iterator[str]:
    waiting = {draft.part: draft for draft in staff}
    for draft in wanted:
        if draft.part not in here and draft.part not in there:
            yield f"{draft.part}: there is no such part; quietline content diff names them"
        elif here.get(draft.part) == draft.body:
            yield f"{draft.part}: is the same here already"
        elif draft.part in waiting and waiting[draft.part].body != draft.body:
            other = f"another draft of it waits ({waiting[draft.part].origin})"
            yield f"{draft.part}: {other}; to lose that: quietline content drop {draft.part}"


def _as_json(found: Difference) -> dict[str, Any]:
    told = [{"path": each.path, "before": each.before, "after": each.after} for each in found.changes()]
    return {"part": found.part, "changed": str(found.side) or None, "changes": told}
