"""Who is signed in: a row for each browser, found by the digest of a random id that only the browser holds."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Engine, delete, insert, or_, select, update

from bot.storage.database import DatabaseError, reading
from bot.storage.staff.tables import SessionRow

#: A session nobody uses for this long is over; and any session is, this long after its beginning.
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=24)
#: Using a session is noted at most this often: a page that asks for itself anew must not write each time.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is kept."""

    member: int
    data: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as its owner sees it. `digest` names it and signs nobody in; no address and no browser is known."""

    digest: str
    made_at: datetime
    used_at: datetime


def begin(engine: Engine, member: int, data: str, *, now: datetime, since: datetime | None = None) -> str:
    """Keep a new session, forget those that ran out, and return its id, which nothing else holds.

    `since` is for one that goes on under another id: it lasts no longer for that.
    """
    name = secrets.token_urlsafe(32)
    with engine.begin() as connection:
        connection.execute(delete(SessionRow).where(_over(now)))
        connection.execute(
            insert(SessionRow).values(digest=digest(name), member=member, data=data, made_at=since or now, used_at=now)
        )
    return name


def find(engine: Engine, name: str, *, now: datetime) -> Held | None:
    """Return the session of that id, None when there is none or it ran out."""
    row = SessionRow
    query = select(row.member, row.data, row.made_at, row.used_at).where(row.digest == digest(name))
    with reading(engine) as connection:
        found = connection.execute(query).one_or_none()
    if found is None or now - found.used_at >= IDLE or now - found.made_at >= LONGEST:
        return None
    if now - found.used_at >= NOTED_EVERY:
        # While an import holds the lock of SQLite it is noted the next time.
        with suppress(DatabaseError), engine.begin() as connection:
            connection.execute(update(row).where(row.digest == digest(name)).values(used_at=now))
    return Held(found.member, found.data, found.made_at)


def change(engine: Engine, name: str, data: str) -> None:
    """Keep other data in a session; nothing happens when it was ended meanwhile."""
    with engine.begin() as connection:
        connection.execute(update(SessionRow).where(SessionRow.digest == digest(name)).values(data=data))


def end(engine: Engine, name: str) -> None:
    """End one session."""
    with engine.begin() as connection:
        connection.execute(delete(SessionRow).where(SessionRow.digest == digest(name)))


def end_all(engine: Engine, member: int) -> None:
    """End every session of a member, in whatever browser."""
    with engine.begin() as connection:
        connection.execute(delete(SessionRow).where(SessionRow.member == member))


def seen(engine: Engine, member: int, *, now: datetime) -> list[Seen]:
    """Return the sessions of a member that go on, the one used last first."""
    row = SessionRow
    query = select(row.digest, row.made_at, row.used_at).where(row.member == member, ~_over(now))
    with reading(engine) as connection:
        return [Seen(*one) for one in connection.execute(query.order_by(row.used_at.desc(), row.made_at.desc()))]


def end_some(engine: Engine, member: int, *, only: str = "", but: str = "") -> int:
    """End the session of a member under the digest `only`, or all of theirs but `but`; return how many ended."""
    row = SessionRow
    wanted = row.digest == only if only else row.digest != but
    with engine.begin() as connection:
        return connection.execute(delete(row).where(row.member == member, wanted)).rowcount


def digest(name: str) -> str:
    """Return what an id of 256 random bits is kept as."""
    return sha256(name.encode()).hexdigest()


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(SessionRow.used_at <= now - IDLE, SessionRow.made_at <= now - LONGEST)
