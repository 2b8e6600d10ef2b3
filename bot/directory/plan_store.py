"""What a plan would write, kept in a scratch file until a person says yes: memory does not grow with it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.directory.plan_rows import Row, Verdict, Write

_TABLES = """
CREATE TABLE written (service TEXT, source_id TEXT, entry TEXT, area TEXT, hsds TEXT, drawn TEXT, merged INTEGER,
                      gone INTEGER, draft TEXT, place TEXT, stale TEXT, seal TEXT, seals TEXT);
CREATE TABLE gone (service TEXT);
"""
_WRITTEN = "INSERT INTO written VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE = 500
_JSON = json.JSONEncoder(ensure_ascii=False)


class PlanStore:
    """Keeps what a plan would write in a file of its own inside a folder that goes away afterwards."""

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        """Make the file, or open the one that `keep` left; raises OSError or sqlite3.Error when that fails."""
        path = folder / "plan.db"
        if kept and not path.exists():
            raise FileNotFoundError(path)
        self._file = sqlite3.connect(path, isolation_level=None)
        if not kept:
            self._file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + _TABLES)

    def keep(self) -> None:
        """Let others open the file from now on; nothing more is added to it."""
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def add(self, row: Row) -> None:
        """Keep what a row of the plan writes, if anything."""
        if row.verdict is Verdict.GONE:
            self._file.execute("INSERT INTO gone VALUES (?)", (row.service,))
        if row.write is not None:
            self._file.execute(_WRITTEN, (row.service, *_columns(row.write)))

    def written(self) -> Iterator[tuple[str, Write]]:
        """Give each service that is written, in the order of the plan, and what is kept of it."""
        rows = self._file.execute("SELECT * FROM written ORDER BY rowid")
        rows.arraysize = _AT_ONCE
        for service, source_id, entry, area, hsds, drawn, merged, gone, draft, place, stale, seal, seals in rows:
            kept = json.loads(draft) if draft else json.loads(drawn) if draft is not None else None
            yield (
                service,
                Write(
                    **{"source_id": source_id, "entry": entry, "area": area, "hsds": hsds},
                    **{"drawn": json.loads(drawn), "merged": bool(merged), "gone": bool(gone)},
                    **{"draft": kept, "place": place, "stale": stale, "seal": seal, "seals": json.loads(seals)},
                ),
            )

    def gone(self) -> Iterator[str]:
        """Give the services that are gone."""
        return (service for (service,) in self._file.execute("SELECT service FROM gone"))


def _columns(write: Write) -> tuple[object, ...]:
    # Most drafts are what was drawn: "" says so, and saves writing it twice. NULL = no draft.
    draft = None if write.draft is None else "" if write.draft == write.drawn else _text(write.draft)
    return (
        *(write.source_id, write.entry, write.area, write.hsds, _text(write.drawn), write.merged, write.gone),
        *(draft, write.place, write.stale, write.seal, _text(write.seals)),
    )


def _text(table: object) -> str:
    return _JSON.encode(table)
