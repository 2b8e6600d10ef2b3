"""Whether the audit is whole: every line is walked, and the first that is not what it was is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, select

from bot.storage.audit import CUT, LAST, Act, ends, line_of, sealed
from bot.storage.database import reading
from bot.storage.tables import AuditRow

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking the audit found: its first and last number, the digest of the last line, and what is wrong.

    `broken`: the number of the first line that is not what it was, or is missing; None = the chain is whole.
    """

    first: int
    last: int
    digest: str
    broken: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Say whether nothing is wrong."""
        return self.broken is None


def verify(engine: Engine, *, known: Mapping[int, str] | None = None) -> Verdict:
    """Walk the chain from the oldest line kept to the last.

    `known`: digests by number that somebody kept elsewhere; one that was cut off for its age is not looked at.
    Raises DatabaseError.
    """
    with reading(engine) as connection:
        marks = ends(connection)
        walk = _Walk(*marks.get(CUT, (0, "")), known or {})
        cut_at = walk.last
        for number, row in _rows(connection):
            if why := walk.step(number, row):
                return Verdict(cut_at + 1, walk.last, walk.seal, walk.last + 1, why)
    written, seal = marks.get(LAST, (0, ""))
    broken, why = _end(walk, written, seal) or (None, "")
    if broken is None and cut_at and walk.cuts.get(cut_at) != marks[CUT][1]:
        broken, why = cut_at, "lines up to here are gone, and none says that they were cut off for their age"
    return Verdict(cut_at + 1, walk.last, walk.seal, broken, why)


@dataclass(slots=True)
class _Walk:
    """A walk along the chain: the last line that was found whole, and what the lines so far say was cut off."""

    last: int
    seal: str
    known: Mapping[int, str]
    cuts: dict[int, str] = field(default_factory=dict)

    def step(self, number: int, row: Any) -> str:
        """Take the next line; return what is wrong with it, "" when it is whole."""
        if number != self.last + 1:
            return "is missing" if number > self.last + 1 else f"line {number} stands in its place"
        try:
            line = line_of(row)
            told = (row.by, row.act, row.about, row.detail)
            seal = sealed(self.seal, number, line.at, told)
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return "cannot be read"
        if seal != row.digest:
            return "was changed, or a line before it was"
        if self.known.get(number, seal) != seal:
            return "is another line than the one whose digest was kept elsewhere"
        if line.act == Act.CUT and line.about.isdecimal():
            self.cuts[int(line.about)] = line.detail.get("digest", "")
        self.last, self.seal = number, seal
        return ""


def _end(walk: _Walk, written: int, seal: str) -> tuple[int, str] | None:
    missing = min((n for n in walk.known if n > walk.last), default=None)
    if walk.last < written:
        return walk.last + 1, f"is missing: lines up to {written} were written"
    if (walk.last, walk.seal) != (written, seal):
        return walk.last, "is not the line that was written last"
    return None if missing is None else (walk.last + 1, f"is missing: line {missing} was known elsewhere")


def _rows(connection: Connection) -> Iterator[tuple[int, Any]]:
    """Give every line with its number, in order; None in the place of one that the database cannot give back."""
    numbers = list(connection.scalars(select(AuditRow.number).order_by(AuditRow.number)))
    table = AuditRow.__table__
    for start in range(0, len(numbers), _AT_ONCE):
        batch = numbers[start : start + _AT_ONCE]
        query = select(table).where(table.c.number.between(batch[0], batch[-1])).order_by(table.c.number)
        try:
            rows = connection.execute(query).all()
        except (ValueError, TypeError):
            rows = [_alone(connection, number) for number in batch]
        yield from zip(batch, rows, strict=True)


def _alone(connection: Connection, number: int) -> Any:
    try:
        return connection.execute(select(AuditRow.__table__).where(AuditRow.number == number)).one()
    except (ValueError, TypeError):
        return None
