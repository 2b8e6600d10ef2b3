"""Parts of the content that somebody changed and nobody has approved yet. No texter ever gets them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from bot.storage.database import reading, truncate_log
from bot.storage.document import Document, to_text
from bot.storage.tables import DraftRow, DraftVersionRow

#: What the origin of a draft begins with that an import made; the name of the directory follows.
IMPORT = "import "
#: The origin of a draft that was taken from a newer default.
UPGRADE = "upgrade"
#: Taken by whoever writes drafts or imports, so that they take turns. Any number will do.
POSTGRES_LOCK = 0x7175_6965_7464_7261
TURN_SECONDS = 60
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A changed part: "topics/food.toml", or an entry, "entries/westlake.toml#cast-la". No body = it is to go."""

    part: str
    body: Mapping[str, Any] | None
    origin: str


def part_of(area: str, entry: str) -> str:
    """Return the name of the part that holds an entry."""
    return f"entries/{area}.toml#{entry}"


def waiting(engine: Engine) -> list[tuple[str, str]]:
    """Return every draft's part and origin, in order of the parts."""
    with reading(engine) as connection:
        rows = connection.execute(select(DraftRow.part, DraftRow.origin)).all()
    return sorted((row.part, row.origin) for row in rows)


def drafts(engine: Engine, *, imported: bool = True) -> Iterator[Draft]:
    """Give every draft, or only those no import made, read from one moment."""
    query = select(DraftRow.part, DraftRow.body, DraftRow.origin).execution_options(yield_per=_AT_ONCE)
    if not imported:
        query = query.where(DraftRow.origin.not_like(f"{IMPORT}%"))
    with reading(engine) as connection:
        for row in connection.execute(query):
            yield Draft(row.part, json.loads(row.body), row.origin)


def bodies(connection: Connection, parts: Iterable[str]) -> dict[str, str]:
    """Return the stored text of those parts that have a draft."""
    query = select(DraftRow.part, DraftRow.body).where(DraftRow.part.in_(list(parts)))
    return {row.part: row.body for row in connection.execute(query)}


def put(engine: Engine, chosen: Sequence[Draft]) -> None:
    """Keep drafts, each in the place of the one its part had; all of them or none."""
    with turn(engine) as connection:
        write(connection, chosen)
    truncate_log(engine)


def write(connection: Connection, chosen: Sequence[Draft]) -> None:
    """Write drafts in the transaction of somebody who has taken the turn."""
    if not chosen:
        return
    connection.execute(delete(DraftRow).where(DraftRow.part.in_([draft.part for draft in chosen])))
    rows = [{"part": d.part, "body": body_text(d.body), "origin": d.origin} for d in chosen]
    connection.execute(insert(DraftRow), rows)


def drop(engine: Engine, parts: Sequence[str]) -> list[str]:
    """Forget drafts; return the parts that had none. When there is such a part, all drafts stay."""
    with turn(engine) as connection:
        found = set(bodies(connection, parts))
        lacking = [part for part in parts if part not in found]
        if not lacking:
            remove(connection, parts)
    truncate_log(engine)
    return lacking


def remove(connection: Connection, parts: Sequence[str]) -> None:
    """Delete drafts and the texts they had before, in the transaction of somebody who has taken the turn.

    Texts that came too late and wait for their writer stay.
    """
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        connection.execute(delete(DraftRow).where(DraftRow.part.in_(some)))
        forget(connection, some)


def forget(connection: Connection, parts: Sequence[str]) -> None:
    """Forget the texts that drafts had before; those that wait aside stay."""
    row = DraftVersionRow
    connection.execute(delete(row).where(row.part.in_(parts), row.aside.is_(False)))


def body_text(body: Mapping[str, Any] | None) -> str:
    """Return the one text a body is stored and compared as."""
    return "null" if body is None else to_text(body)


def applied(document: Document, chosen: Iterable[Draft]) -> dict[str, Any]:
    """Return a document with drafts put into it; an entry keeps its place, a new one stands last in its file."""
    made = dict(document)
    entries: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    for draft in chosen:
        file, _, entry = draft.part.partition("#")
        if entry:
            entries.setdefault(file, {})[entry] = draft.body
        elif draft.body is None:
            made.pop(file, None)
        else:
            made[file] = draft.body
    for file, bodies_by_id in entries.items():
        made[file] = _with_entries(made.get(file, {}), bodies_by_id)
    return made


@contextmanager
def turn(engine: Engine) -> Iterator[Connection]:
    """Give a transaction in which nobody else writes drafts or imports; wait for it, TURN_SECONDS at most."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # An import of a whole state writes for longer than everybody else waits.
            connection.connection.cursor().execute(f"PRAGMA busy_timeout={TURN_SECONDS * 1000}")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{TURN_SECONDS}s'"))
                connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))
            yield connection


def _with_entries(tables: Mapping[str, Any], changed: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    new = dict(changed)
    stand = [new.pop(table.get("id"), table) for table in tables.get("entry", ())]
    return {**tables, "entry": [table for table in (*stand, *new.values()) if table is not None]}
