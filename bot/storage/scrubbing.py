"""Take a text out of everything that was ever published, when it should never have stood there: two admins do it.

For an example that turns out to be a real person's message. What stays is its SHA-256, who did it, and, for each
release it stood in, the digest before and after: a release is read again without a complaint, and the audit shows that
it was changed, and why. A release is changed by nothing else.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, text, update

from bot.referral.problem import ContentError
from bot.referral.release import load_stored
from bot.referral.without import texts_in, without_text
from bot.storage.audit import Act
from bot.storage.audit import write as write_down
from bot.storage.database import reading, truncate_log
from bot.storage.document import Document, digest, from_text, to_text
from bot.storage.drafts import turn
from bot.storage.releases import TamperedReleaseError, newest_in
from bot.storage.reviews import SamePersonError
from bot.storage.tables import DraftRow, DraftVersionRow, ReleaseRow, ScrubRow, TranscriptRow

_TABLE = ScrubRow.__table__


class ScrubError(Exception):
    """A text could not be taken out; the words are for staff."""


@dataclass(frozen=True, slots=True)
class Scrub:
    """A text that is to be taken out, or was: its digest, who asked and who did it, the releases it stood in."""

    number: int
    digest: str
    asked_by: str
    asked_at: datetime
    done_by: str | None
    done_at: datetime | None
    releases: tuple[tuple[int, str, str], ...]


def ask(engine: Engine, wanted: str, *, by: str, now: datetime) -> int:
    """Ask for a text to be taken out; give the number under which another admin does it. The text is not kept.

    Raises ScrubError when it stands nowhere as a line, an item or a sentence of its own, and DatabaseError.
    """
    seal = digest(wanted.strip())
    if found(engine, seal, inside=_as_written(wanted)) is None:
        raise ScrubError("it stands nowhere as an example, a wording or a sentence of its own")
    with turn(engine) as connection:
        number = (connection.scalar(select(func.max(ScrubRow.number))) or 0) + 1
        row = {"number": number, "digest": seal, "asked_by": by, "asked_at": now, "releases": "[]"}
        connection.execute(insert(ScrubRow).values(row))
        write_down(connection, Act.SCRUB_ASKED, by=by, about=f"scrub {number}", detail={"digest": seal}, now=now)
    return number


def scrubs(engine: Engine, *, waiting: bool = False) -> list[Scrub]:
    """Return what was asked for, the newest first; or only what waits for another admin."""
    query = select(_TABLE).order_by(ScrubRow.number.desc())
    with reading(engine) as connection:
        return [
            _scrub(row) for row in connection.execute(query.where(ScrubRow.done_by.is_(None)) if waiting else query)
        ]


def found(engine: Engine, seal: str, *, inside: str = "") -> str | None:
    """Return the text of a digest from wherever it stands, the newest release first; None = it stands nowhere.

    `inside`: what a stored text has to hold to be looked through; half a second for each large release otherwise.
    """
    with reading(engine) as connection:
        for held in _everything(connection):
            for line in texts_in(json.loads(held)) if inside in held else ():
                if digest(line) == seal:
                    return line
    return None


def scrub(engine: Engine, number: int, *, by: str, now: datetime, packaged: Document) -> Scrub:
    """Take a text out of all releases, drafts and saved conversations, because another admin asked for it.

    Raises SamePersonError; ScrubError when it was done, or when the live release cannot be read without the text:
    then another wording has to be published first; TamperedReleaseError and DatabaseError. Nothing is changed then.
    """
    with reading(engine) as connection:
        asked = _asked(connection, number, by)
    wanted = found(engine, asked.digest)
    with turn(engine) as connection:
        asked = _asked(connection, number, by)
        changed = [] if wanted is None else [*_from_releases(connection, wanted, packaged)]
        if wanted is not None:
            _from_drafts(connection, wanted)
            _from_transcripts(connection, wanted)
        done = update(ScrubRow).where(ScrubRow.number == number)
        connection.execute(done.values(done_by=by, done_at=now, releases=json.dumps(changed)))
        told = {"digest": asked.digest, "releases": ", ".join(str(release) for release, _, _ in changed)}
        write_down(connection, Act.SCRUBBED, by=by, about=f"scrub {number}", detail=told, now=now)
    truncate_log(engine)
    return next(one for one in scrubs(engine) if one.number == number)


def _asked(connection: Connection, number: int, by: str) -> Scrub:
    row = connection.execute(select(_TABLE).where(ScrubRow.number == number)).one_or_none()
    if row is None or row.done_by is not None:
        raise ScrubError(f"scrub {number} {'is done' if row else 'was never asked for'}")
    if row.asked_by == by:
        raise SamePersonError("another admin has to do it")
    return _scrub(row)


def _everything(connection: Connection) -> Iterator[str]:
    numbers = connection.scalars(select(ReleaseRow.number).order_by(ReleaseRow.number.desc())).all()
    documents = (connection.scalars(select(ReleaseRow.document).where(ReleaseRow.number == n)).one() for n in numbers)
    yield from islice(documents, 1)
    for column in (DraftRow.body, DraftVersionRow.body):
        yield from connection.scalars(select(column))
    yield from documents


def _as_written(wanted: str) -> str:
    """Return a text as it stands inside a stored document."""
    return json.dumps(wanted.strip(), ensure_ascii=False)[1:-1]


def _from_releases(connection: Connection, wanted: str, packaged: Document) -> Iterator[tuple[int, str, str]]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE release IN EXCLUSIVE MODE"))
    live = newest_in(connection)
    inside = _as_written(wanted)
    for number in connection.scalars(select(ReleaseRow.number).order_by(ReleaseRow.number)).all():
        row = connection.execute(
            select(ReleaseRow.digest, ReleaseRow.document).where(ReleaseRow.number == number)
        ).one()
        if inside not in row.document:
            continue
        if digest(row.document) != row.digest:
            raise TamperedReleaseError(f"release {number} no longer matches its digest")
        document = without_text(from_text(row.document), wanted)
        written = to_text(document)
        if written == row.document:
            continue
        if live is not None and number == live.number:
            _try(document, packaged)
        seal = digest(written)
        changed = update(ReleaseRow).where(ReleaseRow.number == number).values(document=written, digest=seal)
        connection.execute(changed)
        yield number, row.digest, seal


def _try(document: Document, packaged: Document) -> None:
    try:
        load_stored(document, packaged)
    except ContentError as error:
        raise ScrubError(f"the live release needs it; publish another wording in its place first: {error}") from None


def _from_drafts(connection: Connection, wanted: str) -> None:
    for row in connection.execute(select(DraftRow.part, DraftRow.body)).all():
        body = json.loads(row.body)
        made = without_text(body, wanted)
        if made is not body:
            there = update(DraftRow).where(DraftRow.part == row.part)
            connection.execute(there.values(body="null" if made is None else to_text(made)))
    for version in connection.execute(select(DraftVersionRow.__table__)).all():
        body = json.loads(version.body)
        # What a draft was before is of no use to anybody: it goes as a whole.
        if without_text(body, wanted) is not body:
            one = DraftVersionRow
            same = (one.part == version.part, one.version == version.version, one.by == version.by)
            connection.execute(delete(one).where(*same, one.aside.is_(version.aside)))


def _from_transcripts(connection: Connection, wanted: str) -> None:
    for row in connection.execute(select(TranscriptRow.name, TranscriptRow.body)).all():
        if any(line.removeprefix(">").removeprefix("#").strip() == wanted for line in row.body.splitlines()):
            connection.execute(delete(TranscriptRow).where(TranscriptRow.name == row.name))


def _scrub(row: Row[Any]) -> Scrub:
    releases = tuple((number, before, after) for number, before, after in json.loads(row.releases))
    return Scrub(**{**row._asdict(), "releases": releases})
