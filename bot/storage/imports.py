"""Services of other directories, as they were last imported, and the drafts drawn from them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, case, delete, func, inspect, select, update

from bot.storage.database import reading, truncate_log
from bot.storage.document import from_text, to_text
from bot.storage.drafts import bodies, part_of, turn
from bot.storage.tables import DraftRow, ImportedRow

AT_ONCE = 500


class UnknownServiceError(LookupError):
    """A service was named that was never imported here."""


class EditedDraftError(Exception):
    """A service was to be merged whose own draft somebody had worked on."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A service as it was last imported; bot.storage.tables says what each field is.

    `drawn` is what `drawn_text` made of the entry.
    """

    service: str
    source: str
    source_id: str
    entry: str
    merged: bool
    hsds: str = field(repr=False)
    drawn: str = field(repr=False)
    gone: bool = False

    @property
    def seal(self) -> str:
        """Return what tells this state of the row from every other."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


def drawn_text(area: str, entry: Mapping[str, Any]) -> str:
    """Return the one text an entry and the area it was drawn for are stored and compared as."""
    return to_text({"area": area, "entry": entry})


def drawn_of(text: str) -> tuple[str, dict[str, Any]]:
    """Return the area and the entry that `drawn_text` wrote."""
    held = from_text(text)
    return held["area"], held["entry"]


def is_ready(engine: Engine) -> bool:
    """Tell whether the database is there and has the tables for this. Raises DatabaseError when it is away."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and not (name and Path(name).exists()):
        return False
    with reading(engine) as connection:
        return inspect(connection).has_table(ImportedRow.__tablename__)


def known(engine: Engine, services: Iterable[str]) -> dict[str, Imported]:
    """Return those of the services that were imported before, by id."""
    with reading(engine) as connection:
        return rows_of(connection, services)


def draft_bodies(engine: Engine, parts: Iterable[str]) -> dict[str, str]:
    """Return the stored text of those parts that have a draft."""
    with reading(engine) as connection:
        return bodies(connection, parts)


def listed(engine: Engine, source: str = "") -> Iterator[Imported]:
    """Give every imported service, or those of one source, in order of id, read from one moment."""
    columns = ImportedRow.__table__.columns
    query = select(*columns).order_by(columns.service).execution_options(yield_per=AT_ONCE)
    if source:
        query = query.where(columns.source == source)
    with reading(engine) as connection:
        for row in connection.execute(query):
            yield Imported(**row._mapping)


def index(engine: Engine) -> list[Imported]:
    """Return every imported service without what it says (`hsds` and `drawn` are ""), in order of id."""
    row = ImportedRow
    query = select(row.service, row.source, row.source_id, row.entry, row.merged, row.gone).order_by(row.service)
    with reading(engine) as connection:
        return [Imported(**found._mapping, hsds="", drawn="") for found in connection.execute(query)]


def state(engine: Engine) -> tuple[object, ...]:
    """Return what is another one after an import or a merge: what is kept of how many services, and how much."""
    row = ImportedRow
    merged = func.sum(case((row.merged, 1), else_=0))
    gone = func.sum(case((row.gone, 1), else_=0))
    size = func.sum(func.length(row.hsds) + func.length(row.drawn))
    last = func.count(), merged, gone, size, func.max(row.service)
    with reading(engine) as connection:
        return tuple(connection.execute(select(*last)).one())


def called(engine: Engine, name: str) -> list[Imported]:
    """Return the services of an id, or those that are an entry of that id."""
    columns = ImportedRow.__table__.columns
    query = select(*columns).where((columns.service == name) | (columns.entry == name)).order_by(columns.service)
    with reading(engine) as connection:
        return [Imported(**found._mapping) for found in connection.execute(query)]


def still_listed(engine: Engine, source: str) -> list[str]:
    """Return the ids of a source's services that its last import held."""
    query = select(ImportedRow.service).where(ImportedRow.source == source, ImportedRow.gone.is_(False))
    with reading(engine) as connection:
        return sorted(connection.scalars(query))


def sources(engine: Engine) -> dict[str, int]:
    """Return the name of every source and how many of its services are kept, the gone ones too."""
    query = select(ImportedRow.source, func.count()).group_by(ImportedRow.source)
    with reading(engine) as connection:
        return dict(sorted((name, n) for name, n in connection.execute(query)))


def rows_of(connection: Connection, services: Iterable[str]) -> dict[str, Imported]:
    """Return those of the services that were imported before, by id, as a transaction sees them."""
    columns = ImportedRow.__table__.columns
    found = connection.execute(select(*columns).where(columns.service.in_(list(services))))
    return {row.service: Imported(**row._mapping) for row in found}


def merge(engine: Engine, service: str, entry: str) -> None:
    """Remember that a service is another entry; the draft drawn from it goes, unless somebody worked on it.

    Raises UnknownServiceError, EditedDraftError, and DatabaseError.
    """
    with turn(engine) as connection:
        row = rows_of(connection, [service]).get(service)
        if row is None:
            raise UnknownServiceError(service)
        area, drawn = drawn_of(row.drawn)
        part = part_of(area, row.entry)
        there = bodies(connection, [part]).get(part)
        if there is not None and not row.merged and row.entry != entry:
            if there != to_text(drawn):
                raise EditedDraftError(part)
            connection.execute(delete(DraftRow).where(DraftRow.part == part))
        this = ImportedRow.service == service
        connection.execute(update(ImportedRow).where(this).values(entry=entry, merged=True))
    truncate_log(engine)
