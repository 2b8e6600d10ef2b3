"""What every table of the line's database shares: moments in UTC, names of constraints, text without limits."""

from collections.abc import Mapping
from datetime import UTC, datetime
from inspect import get_annotations
from types import MappingProxyType, NoneType
from typing import Any, ClassVar, get_args, get_origin

from sqlalchemy import (
    Boolean,
    Column,
    ColumnClause,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.sql.schema import SchemaItem


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


#: A column, by what it keeps: Kept[str], or Kept[str | None] where it may be NULL.
Kept = ColumnClause
#: As what each kind of value is kept.
_KINDS: Mapping[object, Any] = MappingProxyType({str: Text, int: Integer, bool: Boolean, datetime: UtcSeconds})


def kept(**told: Any) -> Any:
    """Return what there is to say of a column beside its name and kind: that it is a key, or has an index."""
    return told


class Base:
    """A table, written as a class: each annotation is a column, and stands on the class as one.

    So `select(ReleaseRow.number)`, `insert(ReleaseRow)` and `ReleaseRow.__table__` are what they are with SQLAlchemy's
    own such classes. Those would load its object mapper, which nothing of the line uses: a tenth of a second and six
    megabytes of every process.
    """

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = ()
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        """Make the table of a class that names one; the columns of any other are for those below it."""
        if "__tablename__" not in vars(cls):
            return
        hints = {name: hint for one in reversed(cls.__mro__) for name, hint in get_annotations(one).items()}
        kinds = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is Kept}
        columns = [_column(name, kind, getattr(cls, name, {})) for name, kind in kinds.items()]
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *cls.__table_args__)
        for column in columns:
            setattr(cls, column.name, column)

    @classmethod
    def __clause_element__(cls) -> Table:
        """Return the table: SQLAlchemy asks for it where it is given the class."""
        return cls.__table__


def _column(name: str, kind: Any, told: Mapping[str, Any]) -> Column[Any]:
    (only,) = {*(get_args(kind) or (kind,))} - {NoneType}
    return Column(name, _KINDS[only](), **{"nullable": only is not kind, **told})
