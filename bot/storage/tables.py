"""The tables. None may ever hold anything about a texter: no number, no text, no place, no moment."""

from datetime import datetime

from sqlalchemy import CheckConstraint

from bot.storage.columns import Base, Kept, UtcSeconds, kept
from bot.storage.editing_tables import AuditEndRow, AuditRow, DraftVersionRow, ReviewRow, ScrubRow, TranscriptRow

__all__ = [
    "AuditEndRow",
    "AuditRow",
    "Base",
    "BulletinRow",
    "ClosedPeriodRow",
    "CountWriterRow",
    "DraftRow",
    "DraftVersionRow",
    "HiddenSumRow",
    "ImportedRow",
    "OpenCountRow",
    "PublishedCountRow",
    "ReleaseRow",
    "ReviewRow",
    "ScrubRow",
    "TranscriptRow",
    "UtcSeconds",
]


class ReleaseRow(Base):
    """A published release: written once, never changed or deleted. The highest number is the live one."""

    __tablename__ = "release"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    #: 1, 2, 3 ... without a gap, given out by `releases.publish` alone.
    number: Kept[int] = kept(primary_key=True, autoincrement=False)
    #: SHA-256 of `document` as UTF-8, in hexadecimal; checked at every read.
    digest: Kept[str]
    #: Why it was published, in the words of the staff.
    note: Kept[str]
    published_at: Kept[datetime]
    #: The whole content as canonical JSON. Last, so that SQLite finds the columns above without reading it.
    document: Kept[str]


class _Figure(Base):
    """What every table of figures has: a period, a table from the fixed list, and up to two dimensions."""

    #: A week (2026-W47) or a quarter (2026-Q4); nothing finer is ever stored.
    period: Kept[str] = kept(primary_key=True)
    kind: Kept[str] = kept(primary_key=True)
    first: Kept[str] = kept(primary_key=True)
    second: Kept[str] = kept(primary_key=True)


class OpenCountRow(_Figure):
    """A figure of a week that is still open. Destroyed when the week closes."""

    __tablename__ = "count_open"

    #: Below 0 for a while, when one process corrected what another has not flushed yet.
    n: Kept[int]


class HiddenSumRow(_Figure):
    """The sum of what the weeks of an open quarter hid. Destroyed when the quarter closes."""

    __tablename__ = "count_hidden"

    n: Kept[int]


class PublishedCountRow(_Figure):
    """A figure of a closed week or quarter, as everybody may see it. Never changed."""

    __tablename__ = "count_published"

    #: NULL = hidden.
    n: Kept[int | None]


class ClosedPeriodRow(Base):
    """A week or quarter that was closed. Never changed."""

    __tablename__ = "count_closed"

    period: Kept[str] = kept(primary_key=True)
    #: SHA-256 of its published figures in hexadecimal; checked at every read.
    digest: Kept[str]
    #: Whether its figures did not add up (a process was killed, a row was changed) and were made to.
    mended: Kept[bool]


class CountWriterRow(Base):
    """The last batch a running process flushed, so that none is added twice. Emptied when a quarter closes."""

    __tablename__ = "count_writer"

    #: Random, made at the start of a process, in its memory only.
    writer: Kept[str] = kept(primary_key=True)
    batch: Kept[int]


class BulletinRow(Base):
    """What staff told the line between two releases: a check, a pause, a banner. Written once, never changed."""

    __tablename__ = "bulletin"

    #: 1, 2, 3 ... without a gap, given out by `bulletins.add` alone.
    number: Kept[int] = kept(primary_key=True, autoincrement=False)
    #: What kind of thing was said: bot.storage.bulletins lists them.
    kind: Kept[str]
    #: The entry it is about, "" for a banner; and its number as the release writes it, "" for all of it.
    entry: Kept[str]
    phone: Kept[str]
    #: The day it was said, ISO, where the entry is.
    on: Kept[str]
    #: The initials of the staff who said it.
    by: Kept[str]
    #: The rest, as canonical JSON.
    body: Kept[str]


class DraftRow(Base):
    """A part of the content that somebody changed and nobody has approved yet. No texter ever gets it."""

    __tablename__ = "draft"

    #: The file under data/ and what it holds there: "entries/westlake.toml#cast-la", "topics/food.toml".
    part: Kept[str] = kept(primary_key=True)
    #: The part as canonical JSON; "null" = it is to be removed.
    body: Kept[str]
    #: Where it came from: "import NAME", "upgrade", or the staff who wrote it.
    origin: Kept[str]
    #: Who saved it last at the staff door, and when; NULL = nobody did.
    by: Kept[str | None]
    at: Kept[datetime | None]


class ImportedRow(Base):
    """A service of another directory, as it was last imported."""

    __tablename__ = "imported"

    #: Its UUID: its own, or made from the source's name and id, so that it is the same at every import.
    service: Kept[str] = kept(primary_key=True)
    #: The name the operator gave the directory, and the id it has there.
    source: Kept[str] = kept(index=True)
    source_id: Kept[str]
    #: The entry drawn from it, or the one a person merged it into.
    entry: Kept[str] = kept(index=True)
    merged: Kept[bool]
    #: The service as canonical HSDS; confidential places were taken out before.
    hsds: Kept[str]
    #: The entry as it was drawn, as canonical JSON: what differs from it was changed here.
    drawn: Kept[str]
    #: Whether the last import of that source no longer held it.
    gone: Kept[bool]
