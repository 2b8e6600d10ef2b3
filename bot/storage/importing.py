"""Carrying out the plan of an import: all of it, or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, insert, update

from bot.storage.audit import Act, write
from bot.storage.database import truncate_log
from bot.storage.document import digest
from bot.storage.drafts import IMPORT, bodies, turn
from bot.storage.imports import AT_ONCE, Imported, rows_of
from bot.storage.releases import Mark, newest_in
from bot.storage.tables import DraftRow, ImportedRow

T = TypeVar("T")


class MovedError(Exception):
    """What a plan was made from was changed by somebody else before the plan was carried out."""


@dataclass(frozen=True, slots=True)
class Step:
    """What an import writes of one service, and what it expects to find.

    `seal` is that of the row the plan saw, "" = there was none. `part` gets the draft `body`; the draft at `stale`
    goes, because the entry moved. `seen`: those parts and the digest of the body each had, "" = there was none.
    """

    row: Imported
    seal: str = ""
    part: str = ""
    body: str = field(default="", repr=False)
    stale: str = ""
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who of the staff had what imported: the name of the source, and how many services what happens to."""

    by: str
    source: str
    counts: Mapping[str, str]
    now: datetime


def carry_out(
    engine: Engine,
    steps: Iterable[Step],
    gone: Iterable[str],
    *,
    release: Mark | None,
    tick: Callable[[int], None],
    signed: Signature | None = None,
) -> None:
    """Write what a plan found, in one transaction; `tick` is told how many steps were done.

    `signed` puts a line into the audit with it.

    Several imports take turns. Raises MovedError when the release, a row or a draft is no longer as the plan saw
    it, and DatabaseError; nothing is written then.
    """
    with turn(engine) as connection:
        if newest_in(connection) != release:
            raise MovedError("another release was published")
        for batch in in_batches(steps, AT_ONCE):
            _write(connection, batch)
            tick(len(batch))
        for services in in_batches(gone, AT_ONCE):
            is_there = ImportedRow.service.in_(services) & ImportedRow.gone.is_(False)
            if connection.execute(update(ImportedRow).where(is_there).values(gone=True)).rowcount != len(services):
                raise MovedError("a service that is gone was imported again")
        if signed is not None:
            write(connection, Act.IMPORTED, by=signed.by, about=signed.source, detail=signed.counts, now=signed.now)
    truncate_log(engine)


def in_batches(many: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give what there is in lists of at most `size`."""
    rest = iter(many)
    while batch := list(islice(rest, size)):
        yield batch


def _write(connection: Connection, batch: Sequence[Step]) -> None:
    there = rows_of(connection, [step.row.service for step in batch])
    for step in batch:
        row = there.get(step.row.service)
        if (row.seal if row else "") != step.seal:
            raise MovedError(f"service {step.row.service} was imported or merged")
    seen = dict(pair for step in batch for pair in step.seen)
    now = {part: digest(body) for part, body in bodies(connection, seen).items()}
    if moved := [part for part, before in seen.items() if now.get(part, "") != before]:
        raise MovedError(f"the draft {moved[0]} was changed")
    if there:
        connection.execute(delete(ImportedRow).where(ImportedRow.service.in_(list(there))))
    connection.execute(insert(ImportedRow), [_columns(step.row) for step in batch])
    if replaced := [part for step in batch for part in (step.stale, step.part) if part]:
        connection.execute(delete(DraftRow).where(DraftRow.part.in_(replaced)))
    drawn = [step for step in batch if step.part]
    if drawn:
        rows = [{"part": s.part, "body": s.body, "origin": f"{IMPORT}{s.row.source}"} for s in drawn]
        connection.execute(insert(DraftRow), rows)


def _columns(row: Imported) -> dict[str, str | bool]:
    return {name: getattr(row, name) for name in Imported.__slots__}
