"""Raw rows and objects of any directory as services in the one form everything here works on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.directory.note import Note
from bot.directory.reading.raw import Opened
from bot.directory.service import Service
from bot.directory.shaping.docs import Docs
from bot.directory.shaping.doubles import settle
from bot.directory.shaping.linking import link
from bot.directory.shaping.mapping import Mapping_
from bot.directory.shaping.nesting import in_order, services
from bot.directory.shaping.orphans import orphans
from bot.directory.shaping.plans import Plans
from bot.directory.shaping.rows import Rows
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.store import Store

#: So many rows or objects lie between two signs of progress.
_EVERY = 2000


@dataclass(frozen=True, slots=True)
class Shaped:
    """A directory as services. `services` can be gone through once, `count` says how many there are.

    `notes` are about no particular service, `refused` are services nothing is kept of. `guessed`: how
    headings were read that are not today's, where no mapping was given; `mapping_text` writes it down.
    """

    services: Iterator[Service]
    count: int
    notes: tuple[Note, ...]
    refused: tuple[Note, ...]
    guessed: Mapping_ | None = None


def shape(
    opened: Opened, *, source: str, mapping: Mapping_ | None, scratch: Path, progress: Callable[[int, int], None]
) -> Shaped:
    """Return the services of a directory that was opened, in the order of their ids.

    All rows are read before this returns; they wait in a file under `scratch`, which is gone when `services` ends
    or is closed. `progress` is told how many rows or objects were read, of how many.
    """
    stage = Stage(source, Store(scratch / "rows.sqlite3"))
    try:
        plans = Plans(opened, mapping)
        _read(opened, plans, stage, progress)
        settle(stage)
        link(stage)
        notes = (*opened.notes, *plans.notes, *stage.tally.notes(), *orphans(stage))
        order = in_order(stage)
    except BaseException:
        stage.store.close()
        raise
    return Shaped(services(stage, order), len(order), notes, tuple(stage.refused), plans.guessed)


def _read(opened: Opened, plans: Plans, stage: Stage, progress: Callable[[int, int], None]) -> None:
    total = opened.count or sum(table.count for table in opened.tables)
    done = 0
    for table in opened.tables:
        plan = plans.of(table)
        if plan is None:
            done += table.count
            continue
        rows = Rows(plan, stage)
        for row in table.rows():
            rows.read(row)
            done += 1
            if done % _EVERY == 0:
                progress(done, total)
        plans.tell_kept(table.file, rows.unknown)
    docs = Docs(stage)
    for doc in opened.docs():
        docs.read(doc)
        done += 1
        if done % _EVERY == 0:
            progress(done, total)
    progress(done, total)
