"""The tables of editing: what staff wrote, agreed on and published, and the record of it. Nothing of a texter."""

from datetime import datetime

from bot.storage.columns import Base, Kept, kept


class DraftVersionRow(Base):
    """A text that a draft had, or was begun from, or should have got; all go when the draft does."""

    __tablename__ = "draft_version"

    part: Kept[str] = kept(primary_key=True)
    #: SHA-256 of `body` in hexadecimal.
    version: Kept[str] = kept(primary_key=True)
    #: The part as canonical JSON; "null" = it is to be removed.
    body: Kept[str]
    #: Who wrote it, "" = it was live; and when it was last saved.
    by: Kept[str] = kept(primary_key=True)
    at: Kept[datetime]
    #: Whether it came too late, after somebody else's, and waits for its writer.
    aside: Kept[bool] = kept(primary_key=True)


class AuditRow(Base):
    """A line of the audit: who of the staff did what. Written once, never changed; kept for 12 months at most."""

    __tablename__ = "audit"

    #: 1, 2, 3 ... without a gap, given out by `audit.write` alone.
    number: Kept[int] = kept(primary_key=True, autoincrement=False)
    at: Kept[datetime]
    #: The name of the staff member as it is kept, "" = not known.
    by: Kept[str]
    act: Kept[str]
    #: What it was done to, "" = nothing in particular; and the rest, as canonical JSON.
    about: Kept[str]
    detail: Kept[str]
    #: SHA-256 of the line before and of all of the above, in hexadecimal.
    digest: Kept[str]


class AuditEndRow(Base):
    """Where the audit begins and ends: the last line that was cut off for its age, and the last one written."""

    __tablename__ = "audit_end"

    #: "cut" or "last".
    which: Kept[str] = kept(primary_key=True)
    number: Kept[int]
    digest: Kept[str]


class ReviewRow(Base):
    """Drafts that somebody handed in to be published, and what became of them."""

    __tablename__ = "review"

    #: 1, 2, 3 ... without a gap, given out by `reviewing.submit` alone.
    number: Kept[int] = kept(primary_key=True, autoincrement=False)
    #: The parts as canonical JSON: part -> the version of its draft, and of what was live then.
    parts: Kept[str]
    note: Kept[str]
    submitted_by: Kept[str]
    submitted_at: Kept[datetime]
    approved_by: Kept[str | None]
    approved_at: Kept[datetime | None]
    #: Why nobody else approved it, in the words of the one person there is; "" = somebody else did.
    alone: Kept[str]
    #: open, approved, withdrawn or published.
    state: Kept[str]
    #: The release it became.
    release: Kept[int | None]


class TranscriptRow(Base):
    """A conversation that staff made up, which every release has to answer as it stands there."""

    __tablename__ = "transcript"

    name: Kept[str] = kept(primary_key=True)
    body: Kept[str]
    by: Kept[str]
    at: Kept[datetime]


class ScrubRow(Base):
    """A text that two admins took out of all drafts and releases, or that one of them asked to: its digest only."""

    __tablename__ = "scrub"

    #: 1, 2, 3 ... without a gap, given out by `scrubbing.ask` alone.
    number: Kept[int] = kept(primary_key=True, autoincrement=False)
    #: SHA-256 of the text in hexadecimal.
    digest: Kept[str]
    asked_by: Kept[str]
    asked_at: Kept[datetime]
    done_by: Kept[str | None]
    done_at: Kept[datetime | None]
    #: The releases it stood in, as canonical JSON: number, digest before, digest after.
    releases: Kept[str]
