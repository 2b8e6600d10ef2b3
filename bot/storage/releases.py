"""Releases: numbered, immutable snapshots of all content. The highest number is the live one.

Rolling back is publishing an older document again, under the next number.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select, text

from bot.storage.database import reading
from bot.storage.document import Document, digest, from_text, to_text
from bot.storage.tables import ReleaseRow


class UnknownReleaseError(LookupError):
    """A release was asked for by a number that was never published."""


class TamperedReleaseError(Exception):
    """A release was found changed after it was published."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells one release from every other, even after the database was made anew."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Published:
    """A release without its document; `published_at` is aware, in UTC, to the second."""

    number: int
    digest: str
    note: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """A published release as it was stored; `published_at` is aware, in UTC, to the second."""

    number: int
    digest: str
    note: str
    published_at: datetime
    document: dict[str, Any]


def publish(engine: Engine, document: Document, *, note: str, now: datetime) -> int:
    """Publish a document under the next number and give that number.

    `now` is aware. Publishers in several processes take turns, so numbers have no gap and no twin.
    """
    with engine.begin() as connection:
        return append(connection, document, note=note, now=now)


def append(connection: Connection, document: Document, *, note: str, now: datetime) -> int:
    """Publish a document in the transaction of somebody who writes more than that; give its number."""
    _take_turn(connection)
    return _append(connection, document, note, now)


def publish_first(engine: Engine, document: Document, *, note: str, now: datetime) -> int | None:
    """Publish a document as release 1 unless there is a release already; give 1, or None if there was."""
    with engine.begin() as connection:
        _take_turn(connection)
        if connection.scalar(select(func.max(ReleaseRow.number))) is not None:
            return None
        return _append(connection, document, note, now)


def newest(engine: Engine) -> Mark | None:
    """Tell which release is live without reading its document; None before the first one."""
    with reading(engine) as connection:
        return newest_in(connection)


def newest_in(connection: Connection) -> Mark | None:
    """Tell which release is live, as a transaction sees it."""
    query = select(ReleaseRow.number, ReleaseRow.digest).order_by(ReleaseRow.number.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Mark(row.number, row.digest)


def newest_number(engine: Engine) -> int | None:
    """Give the number of the live release without reading its document; None before the first one."""
    mark = newest(engine)
    return None if mark is None else mark.number


def latest(engine: Engine) -> Release | None:
    """Read the live release; None before the first one. Raises TamperedReleaseError."""
    return _fetch(engine, _columns().order_by(ReleaseRow.number.desc()).limit(1))


def read(engine: Engine, number: int) -> Release:
    """Read one release. Raises UnknownReleaseError, or TamperedReleaseError if it was changed since."""
    release = _fetch(engine, _columns().where(ReleaseRow.number == number))
    if release is None:
        raise UnknownReleaseError(f"release {number} was never published here")
    return release


def history(engine: Engine, *, before: int | None = None, most: int = 50) -> list[Published]:
    """Return what was published, without the documents, the newest first: those before a number, or the last ones."""
    row = ReleaseRow
    query = select(row.number, row.digest, row.note, row.published_at).order_by(row.number.desc()).limit(most)
    if before is not None:
        query = query.where(row.number < before)
    with reading(engine) as connection:
        return [Published(*found) for found in connection.execute(query)]


def _columns() -> Select[int, str, str, datetime, str]:
    row = ReleaseRow
    return select(row.number, row.digest, row.note, row.published_at, row.document)


def _fetch(engine: Engine, query: Select[int, str, str, datetime, str]) -> Release | None:
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if digest(row.document) != row.digest:
        raise TamperedReleaseError(f"release {row.number} no longer matches its digest")
    return Release(row.number, row.digest, row.note, row.published_at, from_text(row.document))


def _take_turn(connection: Connection) -> None:
    # SQLite's transaction began with the write lock. This lock lets readers through and no second publisher.
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE release IN EXCLUSIVE MODE"))


def _append(connection: Connection, document: Document, note: str, now: datetime) -> int:
    number = (connection.scalar(select(func.max(ReleaseRow.number))) or 0) + 1
    written = to_text(document)
    connection.execute(
        insert(ReleaseRow).values(number=number, digest=digest(written), note=note, published_at=now, document=written)
    )
    return number
