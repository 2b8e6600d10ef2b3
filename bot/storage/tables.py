"""The tables. None may ever hold anything about a texter: no number, no text, no place, no moment."""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcSeconds(TypeDecorator[datetime]):
    """Keep a moment in UTC, to the second, and give it back aware of its zone on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store a moment in UTC, without its fraction of a second. Raises ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(microsecond=0)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a stored moment back aware of its zone."""
        if value is None:
            return None
        # SQLite has no zone to give back; what went in was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table shares: names of constraints that can be foretold, text without length limits."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, datetime: UtcSeconds}


class ReleaseRow(Base):
    """A published release: written once, never changed or deleted. The highest number is the live one."""

    __tablename__ = "release"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    #: 1, 2, 3 ... without a gap, given out by `releases.publish` alone.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: SHA-256 of `document` as UTF-8, in hexadecimal; checked at every read.
    digest: Mapped[str]
    #: Why it was published, in the words of the staff.
    note: Mapped[str]
    published_at: Mapped[datetime]
    #: The whole content as canonical JSON. Last, so that SQLite finds the columns above without reading it.
    document: Mapped[str]
