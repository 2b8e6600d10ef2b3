"""The services that leave in an export: published entries as they are now, imported drafts as they came."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.commands.released import Live
from bot.directory.ids import minted
from bot.directory.service import Doc
from bot.directory.writing.from_entry import service_of
from bot.directory.writing.terms import OURS
from bot.referral.entry import Entry
from bot.storage import imports
from bot.storage.database import Database
from bot.storage.drafts import waiting
from bot.storage.importing import in_batches
from bot.storage.imports import AT_ONCE, Imported, drawn_of


@dataclass(frozen=True, slots=True)
class _Item:
    """One service: the entry that is published, and the imported service it came from or that is a draft."""

    id: str
    entry: str = ""
    service: str = ""
    merged: bool = False


class Outgoing:
    """What leaves, in order of id. Every walk reads it anew, some hundreds at a time."""

    def __init__(
        self,
        database: Database,
        live: Live,
        *,
        as_stored: Callable[[Doc], Doc],
        source: str = "",
        published: bool = False,
    ) -> None:
        """Find out what leaves: all, or what came from one `source`, or only what is `published`.

        `as_stored` gives the service of a draft its last form. Raises DatabaseError.
        """
        self._database = database
        self._live = live
        self._as_stored = as_stored
        rows = [row for row in imports.index(database) if not source or row.source == source]
        found = [*_published(live.leaving, rows, only_imported=bool(source))]
        self.published = len(found)
        if not published:
            drafts = {part.partition("#")[2] for part, _ in waiting(database)}
            found += _drafts(live.tables, rows, drafts)
        self._items = sorted(found, key=lambda item: item.id)

    def __len__(self) -> int:
        """Return how many services leave."""
        return len(self._items)

    def __iter__(self) -> Iterator[Doc]:
        """Give each service in canonical form."""
        for batch in in_batches(self._items, AT_ONCE):
            rows = imports.known(self._database, [item.service for item in batch if item.service])
            for item in batch:
                yield self._doc(item, rows)

    def _doc(self, item: _Item, rows: Mapping[str, Imported]) -> Doc:
        if not item.entry:
            return self._as_stored(json.loads(rows[item.service].hsds))
        entry, content, today = self._live.leaving[item.entry], self._live.content, self._live.today
        if not item.service:
            return service_of(entry, content, today)
        row = rows[item.service]
        # A merged entry was not drawn from that service: where they differ, ours is the newer word.
        drawn = None if item.merged else drawn_of(row.drawn)[1]
        return service_of(entry, content, today, json.loads(row.hsds), drawn=drawn)


def _published(entries: Mapping[str, Entry], rows: list[Imported], *, only_imported: bool) -> Iterator[_Item]:
    origins: dict[str, Imported] = {}
    for row in rows:
        if row.entry in entries and (row.entry not in origins or _rank(row) < _rank(origins[row.entry])):
            origins[row.entry] = row
    for entry in entries:
        origin = origins.get(entry)
        if origin is not None:
            yield _Item(origin.service, entry, origin.service, origin.merged)
        elif not only_imported:
            yield _Item(minted(OURS, "service", entry), entry)


def _rank(row: Imported) -> tuple[bool, bool, str]:
    """Return which of several services an entry goes out as: the one it was drawn from, then our own, then any."""
    return row.merged, row.service != minted(OURS, "service", row.entry), row.service


def _drafts(live: Mapping[str, object], rows: list[Imported], drafts: set[str]) -> Iterator[_Item]:
    for row in rows:
        # What staff withdrew or dropped must not leave by the back door.
        if not row.gone and not row.merged and row.entry in drafts and row.entry not in live:
            yield _Item(row.service, service=row.service)
