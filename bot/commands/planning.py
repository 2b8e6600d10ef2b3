"""The plan of an uploaded directory, drawn for the staff door: as `quietline import` does, in a folder of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.commands.here import steps
from bot.commands.importing import Planned, Told, Wish, planned
from bot.commands.reading import drawn, opened_at, read_mapping, shelved, terms_of
from bot.commands.released import Live
from bot.commands.scratch import scratch
from bot.commands.twice import imported_twice
from bot.console.importing.plans import CancelledError, Progress, RefusedError, Sheet, Stop, Wanted
from bot.directory.duplicates import Group
from bot.directory.plan_pages import PlanPages
from bot.directory.shaping.mapping_text import mapping_text
from bot.referral.content import Content
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.importing import MovedError, Signature, carry_out
from bot.storage.releases import Mark, Release

READING, PLANNING, WRITING = "Reading", "Planning", "Writing"
_NOTHING = "Nothing was written."
#: What the summary says of options of the command.
_ON_A_PAGE = re.compile(r" \(take what the source says with --take ID\)|: --report FILE lists all")


class Planner:
    """What the staff door imports with. Raises DatabaseError throughout."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def folder(self) -> AbstractContextManager[Path]:
        """Give a folder for one plan, readable by us alone; it goes at the end of the block."""
        return scratch(self._settings.cache_dir, leaving=False)

    def draw(self, wanted: Wanted, progress: Progress, stop: Stop) -> Sheet:
        """Draw a plan in a process of its own, which ends at once when it is to stop.

        So no file can bring the door down or make its pages wait. Raises RefusedError with every reason why it
        cannot be done, CancelledError.
        """
        command = [sys.executable, "-m", "bot.commands.plan_apart", *(["--dev"] if self._settings.dev else [])]
        with subprocess.Popen(  # noqa: S603 - our own program, and nothing of the upload in its arguments
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as child:
            stop.then(child.kill)
            try:
                return _heard(child, wanted, progress)
            except RefusedError:
                if stop.asked:
                    raise CancelledError from None
                raise
            finally:
                child.kill()

    def carry_out(self, wanted: Wanted, sheet: Sheet, progress: Progress, *, by: str, now: datetime) -> None:
        """Write what a plan found, all of it or nothing, and who did so.

        Raises RefusedError when what it was made from changed.
        """
        done = 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            progress(WRITING, done, sheet.writes)

        told = {what: str(n) for what, n in sheet.counts.items() if n}
        signed = Signature(by, wanted.source, told, now)
        mark = Mark(*sheet.mark) if sheet.mark else None
        with closing(PlanPages(wanted.folder, kept=True)) as store:
            try:
                todo = steps(store, wanted.source)
                carry_out(self._database, todo, store.gone(), release=mark, tick=tick, signed=signed)
            except MovedError as error:
                raise RefusedError((f"Since the plan was drawn, {error}.", _NOTHING), moved=True) from None

    def twice(self, release: Release, content: Content) -> list[Group]:
        """Return which imported entries may be the same service as another."""
        live = Live.holding(release.document, content, Mark(release.number, release.digest))
        return imported_twice(live, self._database)


def _heard(child: subprocess.Popen[str], wanted: Wanted, progress: Progress) -> Sheet:
    if child.stdin is None or child.stdout is None:
        raise RefusedError(("The plan could not be drawn.", _NOTHING))
    with suppress(BrokenPipeError), child.stdin as there:
        there.write(json.dumps(wanted.plain()))
    for line in child.stdout:
        told: dict[str, Any] = json.loads(line)
        if "problems" in told:
            raise RefusedError(tuple(told["problems"]))
        if "sheet" in told:
            return Sheet.of(told["sheet"])
        progress(told["what"], told["done"], told["all"])
    raise RefusedError(("The plan could not be drawn: the program that read the file ended.", _NOTHING))


def sheet(wanted: Wanted, live: Live, settings: Settings, database: Database | None, *, progress: Progress) -> Sheet:
    """Draw a plan into the folder it was given; return what it says in short. Raises RefusedError, DatabaseError."""
    try:
        return _sheet(wanted, live, settings, database, progress=progress)
    except click.ClickException as error:
        raise RefusedError(tuple(error.message.splitlines())) from None


def _sheet(wanted: Wanted, live: Live, settings: Settings, database: Database | None, *, progress: Progress) -> Sheet:
    folder = wanted.folder
    mapping = read_mapping(wanted.mapping)
    terms = terms_of(live, settings, None)
    directory = opened_at(str(wanted.file), settings.cache_dir, folder)
    reading = shelved(directory, wanted.source, mapping, terms, scratch=folder, progress=_stage(progress, READING))
    with reading as shelf, closing(PlanPages(folder)) as store:
        entries = drawn(shelf, live, terms, wanted.source, progress=_stage(progress, PLANNING))
        wish = Wish(wanted.source, wanted.taken)
        made = planned(entries, wish, live, database, store=store, told=Told(shelf.notes, shelf.refused))
        store.keep()
        used = mapping or shelf.guessed
        return _in_short(made, live.mark, mapping_text(used) if used else "")


def _in_short(made: Planned, mark: Mark | None, mapping: str) -> Sheet:
    summary = made.summary
    return Sheet(
        {each.value: n for each, n in summary.counts.items()},
        summary.writes,
        summary.changes_nothing,
        tuple(_ON_A_PAGE.sub("", line) for line in summary.lines()),
        made.needless,
        mapping,
        (mark.number, mark.digest) if mark else None,
        tuple(made.twice),
    )


def _stage(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, whole: progress(what, done, whole)
