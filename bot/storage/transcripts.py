"""Conversations that staff saved: every release that is published has to answer them as they stand there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from bot.referral.content import Content
from bot.referral.golden import Miss, TranscriptError, misses, play
from bot.storage.audit import Act
from bot.storage.audit import write as write_down
from bot.storage.database import reading, truncate_log
from bot.storage.drafts import turn
from bot.storage.tables import TranscriptRow

#: A transcript is a few conversations, not a book.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as it was saved: its name, the transcript itself, who saved it, and when."""

    name: str
    body: str
    by: str
    at: datetime


def save(engine: Engine, name: str, body: str, content: Content, *, by: str, now: datetime) -> None:
    """Save a transcript under a name, in the place of an older one.

    Only one whose replies are those of `content`, live or draft. Raises TranscriptError otherwise, and DatabaseError.
    """
    if len(body) > LONGEST:
        raise TranscriptError(1, f"has {len(body)} characters, more than {LONGEST}")
    if not play(content, body):
        raise TranscriptError(1, "nothing is texted in it")
    if missed := misses(content, name, body):
        line = next(n for n, line in enumerate(body.splitlines(), 1) if line.endswith(missed[0].text))
        raise TranscriptError(line, f"{missed[0].text[:40]!r} is answered with: {missed[0].given}")
    with turn(engine) as connection:
        connection.execute(delete(TranscriptRow).where(TranscriptRow.name == name))
        connection.execute(insert(TranscriptRow).values(name=name, body=body, by=by, at=now))
        write_down(connection, Act.TRANSCRIPT_SAVED, by=by, about=name, now=now)


def remove(engine: Engine, name: str, *, by: str, now: datetime) -> bool:
    """Remove a transcript; tell whether there was one."""
    with turn(engine) as connection:
        found = connection.execute(delete(TranscriptRow).where(TranscriptRow.name == name)).rowcount
        if found:
            write_down(connection, Act.TRANSCRIPT_REMOVED, by=by, about=name, now=now)
    truncate_log(engine)
    return bool(found)


def transcripts(engine: Engine) -> list[Transcript]:
    """Return every transcript, in order of the names."""
    query = select(TranscriptRow.__table__).order_by(TranscriptRow.name)
    with reading(engine) as connection:
        return [Transcript(**row._asdict()) for row in connection.execute(query)]


def missed(content: Content, saved: Iterable[Transcript], tick: Callable[[int], None] = lambda _: None) -> list[Miss]:
    """Play transcripts against a release; return every reply that is not what it was. `tick`: how many are done.

    A transcript that can no longer be played misses as a whole.
    """
    found: list[Miss] = []
    for done, transcript in enumerate(saved, start=1):
        try:
            found += misses(content, transcript.name, transcript.body)
        except TranscriptError as error:
            found.append(Miss(transcript.name, "", "", "", str(error)))
        tick(done)
    return found
