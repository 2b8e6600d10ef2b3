"""The audit: who of the staff did what. Lines are only ever added, and each seals all those before it.

Every line's digest is made of the line before it and of all it says, so whoever changes, removes or swaps a line breaks
the chain there. Who may write the whole database could write the whole chain anew: keep the last number and digest
that `quietline audit verify` prints somewhere else, and give it back to a later `verify`.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from bot.referral.segments import printable
from bot.storage.database import reading
from bot.storage.document import digest, from_text, to_text
from bot.storage.tables import AuditEndRow, AuditRow

#: No line stays longer (promises R81: 12 months at most).
KEPT = timedelta(days=365)
#: Characters that are kept of a name, of what it is about, and of each detail.
LONGEST = 500
#: Which end of the audit a row of `audit_end` tells: what was cut off for its age, and what was written last.
CUT, LAST = "cut", "last"


class Act(StrEnum):
    """What of the staff's doing is written down."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of an act
    FACTOR_ADDED = "factor added"
    FACTOR_REMOVED = "factor removed"
    INVITED = "invited"
    JOINED = "joined"
    ROLE_CHANGED = "role changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    VIEWED_COUNTS = "viewed counts"
    EXPORTED = "exported"
    DRAFT_SAVED = "draft saved"
    DRAFT_DROPPED = "draft dropped"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken back"
    APPROVED = "approved"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled back"
    TRANSCRIPT_SAVED = "transcript saved"
    TRANSCRIPT_REMOVED = "transcript removed"
    PAUSED = "paused"
    RESUMED = "resumed"
    CHECKED = "checked"
    BANNER = "banner"
    IMPORTED = "imported"
    SCRUB_ASKED = "scrub asked"
    SCRUBBED = "scrubbed"
    CUT = "cut"


class TamperedAuditError(Exception):
    """A line of the audit was found that nobody can read any more: it was changed by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the audit as it is kept; `at` is aware, in UTC, to the second."""

    number: int
    at: datetime
    by: str
    act: str
    about: str
    detail: Mapping[str, str]
    digest: str


def write(
    where: Connection | Engine,
    act: Act,
    *,
    by: str,
    about: str = "",
    detail: Mapping[str, str] | None = None,
    now: datetime,
) -> None:
    """Write down that somebody did something, under the next number; lines older than 12 months go.

    In the transaction of a connection, so that what was done and its line come to be together; take the lock of
    whatever else is written first. `now` is aware. Never a word of a texter. Raises DatabaseError.
    """
    if isinstance(where, Engine):
        with where.begin() as connection:
            write(connection, act, by=by, about=about, detail=detail, now=now)
        return
    _take_turn(where)
    said = {_clean(key): _clean(value) for key, value in (detail or {}).items()}
    _append(where, act, _clean(by), about=_clean(about), detail=said, now=now)
    _cut(where, now)


def retire(engine: Engine, now: datetime) -> None:
    """Let lines older than 12 months go also where nobody has written one since: for whatever runs every week."""
    with engine.begin() as connection:
        _take_turn(connection)
        _cut(connection, now)


def entries(engine: Engine, *, before: int | None = None, most: int = 100) -> list[Line]:
    """Return lines, the newest first: those before a number, or the last ones.

    Raises TamperedAuditError when one of them cannot be read; `verify` says which.
    """
    query = select(AuditRow.__table__).order_by(AuditRow.number.desc()).limit(most)
    if before is not None:
        query = query.where(AuditRow.number < before)
    try:
        with reading(engine) as connection:
            return [line_of(row) for row in connection.execute(query)]
    except (ValueError, TypeError):
        raise TamperedAuditError("a line of the audit cannot be read: quietline audit verify") from None


def line_of(row: Any) -> Line:
    """Return what a row says. Raises ValueError or TypeError for what no line of ours is."""
    return Line(row.number, row.at, row.by, row.act, row.about, from_text(row.detail), row.digest)


def sealed(before: str, number: int, at: datetime, told: Sequence[str]) -> str:
    """Return the digest of a line: of the one before, its number, its moment, and by, act, about and detail."""
    moment = at.astimezone(UTC).replace(microsecond=0).isoformat()
    return digest(to_text({"before": before, "number": number, "at": moment, "told": list(told)}))


def ends(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return the number and the digest of the line cut off last and of the one written last."""
    row = AuditEndRow
    return {
        which: (number, seal) for which, number, seal in connection.execute(select(row.which, row.number, row.digest))
    }


def _take_turn(connection: Connection) -> None:
    # SQLite's transaction began with the write lock. This lock lets readers through and no second writer.
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))


def _append(connection: Connection, act: Act, by: str, *, about: str, detail: Mapping[str, str], now: datetime) -> None:
    number, before = ends(connection).get(LAST, (0, ""))
    told = (by, act.value, about, to_text(detail))
    seal = sealed(before, number + 1, now, told)
    row = dict(zip(("by", "act", "about", "detail"), told, strict=True))
    connection.execute(insert(AuditRow).values(number=number + 1, at=now, digest=seal, **row))
    _remember(connection, LAST, number + 1, seal)


def _remember(connection: Connection, which: str, number: int, seal: str) -> None:
    changed = update(AuditEndRow).where(AuditEndRow.which == which).values(number=number, digest=seal)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(AuditEndRow).values(which=which, number=number, digest=seal))


def _cut(connection: Connection, now: datetime) -> None:
    """Cut off the oldest lines, and write down that and where; the chain goes on from the last of them.

    A line from days that are still to come was written by a wrong clock: it keeps nothing older from going.
    """
    row = AuditRow
    oldest = connection.execute(select(row.number, row.at).order_by(row.number).execution_options(yield_per=200))
    last = None
    with oldest:
        for number, at in oldest:
            if now - KEPT <= at <= now:
                break
            last = number if at <= now else last
    if last is None:
        return
    seal = connection.scalars(select(row.digest).where(row.number == last)).one()
    connection.execute(delete(row).where(row.number <= last))
    _remember(connection, CUT, last, seal)
    _append(connection, Act.CUT, "", about=str(last), detail={"digest": seal}, now=now)


def _clean(said: str) -> str:
    """Return words as one line that reads as written: nothing in it breaks, hides or turns what stands around."""
    shown = "".join(sign for sign in " ".join(printable(said).splitlines()) if unicodedata.category(sign) != "Cf")
    return shown[:LONGEST]
