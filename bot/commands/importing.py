"""The plan of an import, made, shown, and carried out when a person says yes."""

import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import click

from bot.commands.database import worked_on
from bot.commands.here import Here, steps
from bot.commands.reading import Progress
from bot.commands.released import Live
from bot.commands.twice import Resembling, lines
from bot.directory.drawing.draw import Drawn
from bot.directory.duplicates import Group
from bot.directory.note import Note
from bot.directory.plan import plan
from bot.directory.plan_report import report
from bot.directory.plan_rows import Row, Verdict
from bot.directory.plan_store import PlanStore
from bot.directory.plan_summary import SHOWN, Summary
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.importing import MovedError, carry_out


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for: the name of the source, which clashes to take from it, where the report goes."""

    source: str
    taken: tuple[str, ...] = ()
    report: Path | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What reading a directory told: `notes` about no service, and why nothing is kept of the `refused` ones."""

    notes: Sequence[Note] = ()
    refused: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that was made: in short, what it would write, and what of `taken` was nothing to take."""

    summary: Summary
    store: PlanStore
    twice: list[Group]
    needless: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Say it for a person: totals, what was noted, what to look at, and what may be there twice."""
        yield from self.summary.lines()
        if self.twice:
            yield ""
            yield "May be the same service (once it is imported: quietline duplicates merge NEW HERE):"
            yield from lines(self.twice, SHOWN)


def planned(
    drawn: Iterable[Drawn], wish: Wish, live: Live, database: Database | None, *, store: PlanStore, told: Told
) -> Planned:
    """Plan an import into a scratch file and write its report; nothing else is written.

    Raises DatabaseError, and OSError when the report cannot be written.
    """
    summary = Summary()
    for note in told.notes:
        summary.note(note)
    resembling = Resembling()
    met: set[str] = set()
    with ExitStack() as stack:
        if isinstance(drawn, Generator):
            # Whatever happens here, the processes that draw end at once.
            stack.enter_context(closing(drawn))
        written = stack.enter_context(report(wish.report)) if wish.report else None
        here = Here(database, live, wish.source)
        refused = (Row(Verdict.REFUSE, "", where=note.where, notes=(note,)) for note in told.refused)
        rows = plan(resembling.watching(drawn), here, source=wish.source, taken=wish.taken)
        for row in chain(refused, rows):
            summary.add(row)
            store.add(row)
            resembling.add(row)
            if row.taken:
                met |= {row.service, row.entry}
            if written is not None:
                written.add(row)
    twice = resembling.groups(live, database, wish.source)
    return Planned(summary, store, twice, tuple(each for each in wish.taken if each not in met))


def wanted(made: Planned, *, yes: bool) -> bool:
    """Ask whether a plan is to be carried out; without a terminal and without `yes` it is not, and that is said."""
    if made.needless:
        named = ", ".join(made.needless)
        raise click.ClickException(f"--take names what is not kept back: {named}. Nothing was written.")
    if made.summary.changes_nothing:
        told = "Everything is here already" if made.summary.counts[Verdict.SAME] else "There is nothing in it to keep"
        click.echo(f"{told}. Nothing was written.")
        return False
    if yes:
        return True
    if not _can_ask():
        click.echo("Nothing was written. To write it, run the same command with --yes.")
        return False
    if click.confirm("Write this?", default=False):
        return True
    click.echo("Nothing was written.")
    return False


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def written(made: Planned, wish: Wish, live: Live, settings: Settings) -> None:
    """Carry out a plan, all of it or nothing. Raises ClickException when what it was made from has changed."""
    with worked_on(settings, make=True) as database, bar("Writing") as progress:
        done = 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            progress(done, made.summary.writes)

        try:
            carry_out(database, steps(made.store, wish.source), made.store.gone(), release=live.mark, tick=tick)
        except MovedError as error:
            raise click.ClickException(f"meanwhile {error}: plan again. Nothing was written.") from None
    click.echo("Written. Imported entries are unverified drafts: no texter gets them until somebody checks them.")
    click.echo("See which wait: quietline content drafts --all")


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Show on a terminal how far something got; nothing where nobody looks."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:

        def progress(done: int, total: int) -> None:
            shown.length = max(total, 1)
            shown.update(done - shown.pos)

        yield progress
        shown.update((shown.length or 1) - shown.pos)
