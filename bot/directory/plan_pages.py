"""A plan that a person reads page by page: what becomes of each service and why, kept beside what would be written."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.directory.note import Level
from bot.directory.plan_report import reasons
from bot.directory.plan_rows import Row, Verdict
from bot.directory.plan_store import PlanStore

_TABLE = """
CREATE TABLE line (verdict TEXT, service TEXT, entry TEXT, area TEXT, name TEXT, place TEXT, said TEXT, taken INTEGER);
CREATE INDEX by_verdict ON line (verdict);
"""
_COLUMNS = "verdict, service, entry, area, name, place, said, taken"
#: A service may have thousands of notes, an office of all services say; nobody reads so many on one page.
MOST_REASONS = 200
_MILD = (f"{Level.INFERRED}:", f"{Level.MENDED}:")


@dataclass(frozen=True, slots=True)
class Line:
    """A service as a page shows it. `said`: every reason, as `reasons` gives them; `more`: how many were too many."""

    verdict: Verdict
    service: str
    entry: str
    area: str
    name: str
    place: str
    said: tuple[Mapping[str, Any], ...]
    taken: bool
    more: int = 0

    @property
    def first(self) -> list[Mapping[str, Any]]:
        """What a person has to know: why, what changed, what was refused or left out."""
        return [one for one in self.said if not one["what"].startswith(_MILD)]

    @property
    def rest(self) -> list[Mapping[str, Any]]:
        """How its fields were read: what was mended, and taken to mean."""
        return [one for one in self.said if one["what"].startswith(_MILD)]


class PlanPages(PlanStore):
    """Keeps a plan in a file of a folder that goes away afterwards: what it would write, and what it says."""

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        """Make the file, or open the one that `keep` left; raises OSError or sqlite3.Error when that fails."""
        super().__init__(folder, kept=kept)
        if not kept:
            for statement in filter(str.strip, _TABLE.split(";")):
                self._file.execute(statement)

    def add(self, row: Row) -> None:
        """Keep what a row of the plan says, and what it writes, if anything."""
        super().add(row)
        said = reasons(row, row.notes)
        told = json.dumps([said[:MOST_REASONS], max(0, len(said) - MOST_REASONS)], ensure_ascii=False)
        place = str(row.where) if row.where else ""
        values = (row.verdict.value, row.service, row.entry, row.area, row.name, place, told, row.taken)
        self._file.execute(f"INSERT INTO line ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - names of ours

    def counts(self) -> Counter[Verdict]:
        """Return how many services each thing happens to."""
        found = self._file.execute("SELECT verdict, count(*) FROM line GROUP BY verdict")
        return Counter({Verdict(verdict): n for verdict, n in found})

    def lines(self, verdict: Verdict | None, *, start: int, most: int) -> list[Line]:
        """Return some lines, of one verdict or of all, in the order of the plan."""
        where, values = ("WHERE verdict = ?", [verdict.value]) if verdict else ("", [])
        query = f"SELECT {_COLUMNS} FROM line {where} ORDER BY rowid LIMIT ? OFFSET ?"  # noqa: S608 - names of ours
        return [_line(row) for row in self._file.execute(query, [*values, most, start])]


def _line(row: tuple[Any, ...]) -> Line:
    verdict, service, entry, area, name, place, told, taken = row
    said, more = json.loads(told)
    return Line(Verdict(verdict), service, entry, area, name, place, tuple(said), bool(taken), more)
