"""Saving a draft when two people may be at it: whoever comes later sees both texts, and neither is lost.

A version is the SHA-256 of a text. An editor is opened on a version and saves on the strength of it: when another text
stands there by now, the new one is put aside for its writer, and nothing that stood there is touched. Imports and
upgrades change drafts without asking for a version; their texts have one all the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from bot.storage.audit import Act
from bot.storage.audit import write as write_down
from bot.storage.database import reading, truncate_log
from bot.storage.document import digest, to_text
from bot.storage.drafts import IMPORT, bodies, body_text, forget, remove, turn
from bot.storage.tables import DraftRow, DraftVersionRow

#: Older texts of one part that are kept beside the newest, to show what two people began from.
MOST_VERSIONS = 20
_ROW, _TABLE = DraftVersionRow, DraftVersionRow.__table__

Body = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a part: whose it is ("" = it is live, or came with an import), and since when (None = not known).

    `body` None: the part is to go, or there is none.
    """

    part: str
    version: str
    body: Body
    by: str = ""
    at: datetime | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft was saved. `waiting`: whether there is a draft now; what is live already needs none."""

    version: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Stale:
    """Another text stood there by now. `mine` waits aside; `base` is what both began from, None = nobody knows."""

    theirs: Version
    mine: Version
    base: Version | None


def version_of(body: Body) -> str:
    """Return the version of a text; "" for a part that there is not."""
    return "" if body is None else digest(to_text(body))


def current(engine: Engine, part: str, live: Body) -> Version:
    """Return what an editor of a part is opened on: its draft, else what is `live`."""
    with reading(engine) as connection:
        return _there(connection, part, live)


def save(
    engine: Engine, part: str, body: Body, *, by: str, based_on: str | None, now: datetime, live: Body = None
) -> Saved | Stale:
    """Save a draft of a part on the strength of the version its editor was opened on (None, "" = there was none).

    `live` is the part as the release in use has it, None = it has none; saving just that drops the draft. `body`
    None: the part is to go. `now` is aware. Raises DatabaseError; nothing is saved then.
    """
    mine = Version(part, _key(body), body, by, now)
    with turn(engine) as connection:
        theirs = _there(connection, part, live)
        if theirs.version not in (based_on or "", mine.version):
            base = _known(connection, part, based_on or "")
            _keep(connection, mine, aside=True)
            found: Saved | Stale = Stale(theirs, mine, base)
        else:
            found = _save(connection, mine, theirs, live=live, now=now)
            write_down(connection, Act.DRAFT_SAVED, by=by, about=part, detail={"version": mine.version}, now=now)
    truncate_log(engine)
    return found


def drop(engine: Engine, parts: Sequence[str], *, by: str, now: datetime) -> list[str]:
    """Throw drafts away because somebody says so; return the parts that had none. Then all drafts stay."""
    with turn(engine) as connection:
        there = bodies(connection, parts)
        lacking = [part for part in parts if part not in there]
        if not lacking:
            remove(connection, parts)
            for part in parts:
                write_down(connection, Act.DRAFT_DROPPED, by=by, about=part, now=now)
    truncate_log(engine)
    return lacking


def aside(engine: Engine, by: str) -> list[Version]:
    """Return the texts of somebody that came too late and wait for them, in order of the parts."""
    query = select(_TABLE).where(_ROW.aside, _ROW.by == by).order_by(_ROW.part, _ROW.at)
    with reading(engine) as connection:
        return [_version(row) for row in connection.execute(query)]


def let_go(engine: Engine, part: str, version: str, *, by: str) -> bool:
    """Throw away a text of somebody that came too late, because they say so; tell whether there was one."""
    gone = delete(_ROW).where(_ROW.part == part, _ROW.version == version, _ROW.by == by, _ROW.aside)
    with turn(engine) as connection:
        found = connection.execute(gone).rowcount
    truncate_log(engine)
    return bool(found)


def history(engine: Engine, part: str) -> list[Version]:
    """Return the texts a draft had, the newest first; what was live when it was begun stands among them."""
    query = select(_TABLE).where(_ROW.part == part, ~_ROW.aside).order_by(_ROW.at.desc())
    with reading(engine) as connection:
        return [_version(row) for row in connection.execute(query)]


def _key(body: Body) -> str:
    # A part that is to go has a text of its own: "null".
    return digest(body_text(body))


def _there(connection: Connection, part: str, live: Body) -> Version:
    query = select(DraftRow.body, DraftRow.by, DraftRow.at, DraftRow.origin).where(DraftRow.part == part)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Version(part, version_of(live), live)
    return Version(part, digest(row.body), json.loads(row.body), row.by or "", row.at, row.origin)


def _save(connection: Connection, mine: Version, theirs: Version, *, live: Body, now: datetime) -> Saved:
    connection.execute(delete(DraftRow).where(DraftRow.part == mine.part))
    # What waits aside waits until its writer has chosen: another save does not choose for them.
    same = (_ROW.part == mine.part, _ROW.by == mine.by, _ROW.version == mine.version, _ROW.aside)
    connection.execute(delete(_ROW).where(*same))
    if mine.body == live:
        forget(connection, [mine.part])
        return Saved(version_of(live), waiting=False)
    _keep(connection, replace(theirs, at=theirs.at or now), aside=False)
    _keep(connection, mine, aside=False)
    _thin_out(connection, mine.part)
    origin = theirs.origin if theirs.origin.startswith(IMPORT) else mine.by
    # Who saves a text as it stands did not write it: its writer must not come to approve their own by that.
    by = theirs.by if theirs.by and theirs.version == mine.version else mine.by
    row = {"part": mine.part, "body": body_text(mine.body), "origin": origin, "by": by, "at": mine.at}
    connection.execute(insert(DraftRow).values(row))
    return Saved(mine.version, waiting=True)


def _keep(connection: Connection, text: Version, *, aside: bool) -> None:
    if not text.version:
        return
    same = (_ROW.part == text.part, _ROW.version == text.version, _ROW.by == text.by, _ROW.aside.is_(aside))
    connection.execute(delete(_ROW).where(*same))
    row = {"part": text.part, "version": text.version, "body": body_text(text.body), "by": text.by, "at": text.at}
    connection.execute(insert(_ROW).values(**row, aside=aside))


def _thin_out(connection: Connection, part: str) -> None:
    mine = (_ROW.part == part) & ~_ROW.aside
    kept = select(_ROW.version).where(mine).order_by(_ROW.at.desc()).limit(MOST_VERSIONS)
    versions = list(connection.scalars(kept))
    connection.execute(delete(_ROW).where(mine, _ROW.version.not_in(versions)))


def _known(connection: Connection, part: str, version: str) -> Version | None:
    row = connection.execute(select(_TABLE).where(_ROW.part == part, _ROW.version == version)).first()
    return None if row is None else _version(row)


def _version(row: Row[Any]) -> Version:
    return Version(row.part, row.version, json.loads(row.body), row.by, row.at)
