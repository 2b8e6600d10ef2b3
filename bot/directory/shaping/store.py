"""Where the rows of a directory wait until all are read: a scratch file, thrown away afterwards.

It holds what the files hold, places that must never be kept among them. So it has no name: it is unlinked as soon
as it is open, only this process can reach it, and nothing is left of it however the process ends.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

# A node is an object. Without `rest`, `own` is the whole of it; with it, what stands inside belongs between the two.
# `meta` packs its kind, its state, its file and its row; `more` holds [source id, last modified, remarks].
_SCHEMA = """
CREATE TABLE node (n INTEGER PRIMARY KEY, key INTEGER, meta INTEGER, own TEXT, rest TEXT, more TEXT);
CREATE VIEW told AS SELECT n, key, meta & 31 AS kind, (meta >> 5) & 7 AS state, (meta >> 8) & 65535 AS file,
    meta >> 24 AS row, own, rest, more FROM node;
CREATE TABLE link (child INTEGER, key INTEGER, role INTEGER);
CREATE TABLE alias (key INTEGER, n INTEGER);
CREATE TABLE remark (n INTEGER, level TEXT, field TEXT, what TEXT, value TEXT);
"""
_HALF = re.compile("[\ud800-\udfff]")
_AT_ONCE = 5000
#: Of the 600 MB an import may take; the system keeps more of the file in memory while there is room.
_CACHE_KB = 48 * 1024


class State(IntEnum):
    """What is known of an object. THIN: it was only mentioned; GUESS: a place whose kind its addresses tell."""

    KEPT = 0
    THIN = 1
    UNFINISHED = 2
    REFUSED = 3
    GUESS = 4


def packed(kind: int, state: int, file: int, row: int | None) -> int:
    """Return where an object stands and what is known of it, as one number; the view `told` takes it apart."""
    return ((row or 0) << 24) | (file << 8) | (state << 5) | kind


class Store:
    """The scratch file. Everything is one transaction that is never finished: nobody reads it but this process."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size=-{_CACHE_KB}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)
        path.unlink()
        self._db.execute("BEGIN")
        self._nodes: list[tuple[int, int, int, str, str | None, str | None]] = []
        self._links: list[tuple[int, int, int]] = []
        self._aliases: list[tuple[int, int]] = []
        self.count = 0
        self.has_remarks = False

    def add(
        self, key: int, meta: int, texts: tuple[str, str | None, str | None], links: Iterable[Sequence[Any]]
    ) -> int:
        """Keep an object and its links (each starts with the key of the other object and a role); return its number."""
        self.count = number = self.count + 1
        self._nodes.append((number, key, meta, *texts))
        for link in links:
            self._links.append((number, link[0], link[1]))
        if len(self._nodes) >= _AT_ONCE:
            self.flush()
        return number

    def also_known(self, key: int, number: int) -> None:
        """Let an object be found by another name too."""
        self._aliases.append((key, number))

    def flush(self) -> None:
        """Write what waits in memory. Half a character, as broken JSON has it, becomes the sign for an unknown one."""
        try:
            self._db.executemany("INSERT INTO node VALUES (?,?,?,?,?,?)", self._nodes)
        except UnicodeEncodeError:
            first, last = self._nodes[0][0], self._nodes[-1][0]
            self._db.execute("DELETE FROM node WHERE n BETWEEN ? AND ?", (first, last))
            whole = [tuple(_HALF.sub("\ufffd", c) if isinstance(c, str) else c for c in row) for row in self._nodes]
            self._db.executemany("INSERT INTO node VALUES (?,?,?,?,?,?)", whole)
        self._db.executemany("INSERT INTO link VALUES (?,?,?)", self._links)
        self._db.executemany("INSERT INTO alias VALUES (?,?)", self._aliases)
        self._nodes, self._links, self._aliases = [], [], []

    def run(self, sql: str, *values: Any) -> None:
        """Change the file."""
        self._db.execute(sql, values)

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change the file once for each row of values."""
        self._db.executemany(sql, rows)

    def ask(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Give the rows a question answers."""
        return iter(self._db.execute(sql, values))

    def remark(self, rows: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Add remarks to objects that are kept already: number, level, field, sentence, what differs."""
        before = self._db.total_changes
        self._db.executemany("INSERT INTO remark VALUES (?,?,?,?,?)", rows)
        self.has_remarks |= self._db.total_changes > before

    def close(self) -> None:
        """Let go of the file, and with that of all it holds."""
        self._db.close()
