"""What the importer has to say about a row: what it inferred, mended, left out or refused, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What became of what a note is about, mildest first."""

    INFERRED = "inferred"
    MENDED = "mended"
    DROPPED = "dropped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in what was read: the file, its row (1 = the first line of a CSV, its header) and the field."""

    file: str
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        """Say it as people look it up: "services.csv row 12, status"."""
        place = self.file if self.row is None else f"{self.file} row {self.row}"
        return f"{place}, {self.field}" if self.field else place


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell a person. `what` reads the same for all alike, so that they can be counted; `value` differs.

    `value` never holds what must not be kept: the address of a confidential place, say.
    """

    level: Level
    where: Where
    what: str
    value: str = ""

    def __str__(self) -> str:
        """Say it in one line: "services.csv row 12, status: mended: was missing, taken as active"."""
        shown = f" ({self.value})" if self.value else ""
        return f"{self.where}: {self.level}: {self.what}{shown}"
