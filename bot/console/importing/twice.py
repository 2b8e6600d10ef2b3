"""What may be there twice, as the pages look at it: groups, the entry that stays, the imported one that goes."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.desk import Desk
from bot.console.importing.plans import Importer
from bot.directory.duplicates import Group
from bot.storage import drafts, editing, imports
from bot.storage.document import to_text


@dataclass(frozen=True, slots=True)
class There:
    """An entry as it stands now, and as the release in use has it."""

    now: editing.Version
    live: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Other:
    """An imported service that is no published entry. `edited`: somebody worked on its draft."""

    service: str
    table: Mapping[str, Any]
    edited: bool


class Groups:
    """Keeps what was found to be there twice until something is imported, merged or published."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: object = None
        self._found: list[Group] = []

    def of(self, importer: Importer, desk: Desk) -> list[Group]:
        """Return which imported entries may be the same service as another, or as an entry of the release in use.

        For thousands of services that takes a second, so it is done once. Raises DatabaseError, EmptyShelfError.
        """
        use = desk.shelf.in_use()
        key = (use.release.digest, imports.state(desk.database))
        with self._lock:
            if key != self._key:
                self._found, self._key = importer.twice(use.release, use.content), key
            return self._found


def entry_of(desk: Desk, entry: str) -> There | None:
    """Return an entry by its id: its draft, else what is published; None when there is neither."""
    parts = desk.shelf.in_use().parts
    part = _named(parts, entry) or _named((part for part, _ in drafts.waiting(desk.database)), entry)
    if part is None:
        return None
    return There(editing.current(desk.database, part, parts.get(part)), parts.get(part))


def other_of(desk: Desk, entry: str) -> Other | None:
    """Return the imported service that is an entry of that id; None when there is none, or it is published."""
    if _named(desk.shelf.in_use().parts, entry) is not None:
        return None
    rows = [row for row in imports.called(desk.database, entry) if row.entry == entry and not row.merged]
    if not rows:
        return None
    area, drawn = imports.drawn_of(rows[0].drawn)
    part = drafts.part_of(area, entry)
    there = imports.draft_bodies(desk.database, [part]).get(part)
    return Other(rows[0].service, drawn, there is not None and there != to_text(drawn))


def _named(parts: Iterable[str], entry: str) -> str | None:
    ending = f".toml#{entry}"
    return next((part for part in parts if part.startswith("entries/") and part.endswith(ending)), None)
