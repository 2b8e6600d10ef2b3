"""What may be there twice: entries that are new, or were imported, beside those they resemble."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.commands.released import Live
from bot.directory.drawing.draw import Drawn
from bot.directory.duplicates import Group, Seen, groups, seen_of, seen_of_entry
from bot.directory.plan_rows import Row, Verdict
from bot.directory.plan_summary import printable
from bot.storage import imports
from bot.storage.database import Database
from bot.storage.document import from_text
from bot.storage.imports import Imported, drawn_of

__all__ = ["Resembling", "imported_twice", "lines"]


class Resembling:
    """Watches a plan go by, and finds which of its new services are like each other, or like what is here."""

    def __init__(self) -> None:
        self._passing: dict[str, Seen] = {}
        self._seen: list[Seen] = []

    def watching(self, drawn: Iterable[Drawn]) -> Iterator[Drawn]:
        """Give drawn services on, remembering what each is known by."""
        for each in drawn:
            if not each.refused:
                self._passing[each.service.id] = seen_of(each.entry, each.service.doc)
            yield each

    def add(self, row: Row) -> None:
        """Take up what the plan made of a service: what was imported before counts as here already."""
        seen = self._passing.pop(row.service, None)
        merged = row.write is not None and row.write.merged
        if seen is not None and row.verdict is not Verdict.REFUSE and not merged:
            self._seen.append(replace(seen, id=row.entry, kept=row.verdict is not Verdict.ADD))

    def groups(self, live: Live, database: Database | None, source: str) -> list[Group]:
        """Return who resembles whom, among these, the release and the other directories that were imported."""
        others = imports.listed(database) if database is not None else ()
        kept = [replace(_seen(row), kept=True) for row in others if row.source != source and not _is_over(row)]
        return groups(_once([*_live(live), *kept, *self._seen]))


def imported_twice(live: Live, database: Database) -> list[Group]:
    """Return which imported services resemble each other, or an entry of the release; merged ones are settled."""
    found = [_seen(row) for row in imports.listed(database) if not _is_over(row)]
    return groups(_once([*_live(live), *found]))


def lines(found: Sequence[Group], most: int) -> Iterator[str]:
    """Say for a person which entries resemble which, group by group, at most so many groups."""
    for group in found[:most]:
        yield f"  {', '.join(group.why)}:"
        for seen in group.entries:
            numbers = ", ".join(seen.numbers) or "no number"
            known = "; ".join(filter(None, [numbers, *seen.places[:1], seen.owner]))
            yield printable(f"      {'here' if seen.kept else 'new '}  {seen.id}: {seen.name} ({known})")
    if len(found) > most:
        yield f"  and {len(found) - most:,} more"


def _live(live: Live) -> Iterator[Seen]:
    return (
        seen_of_entry(live.content.entries[entry]) for entry in sorted(live.tables) if entry in live.content.entries
    )


def _seen(row: Imported) -> Seen:
    _, table = drawn_of(row.drawn)
    return replace(seen_of(table, from_text(row.hsds)), id=row.entry)


def _is_over(row: Imported) -> bool:
    return row.gone or row.merged


def _once(seen: Iterable[Seen]) -> list[Seen]:
    """Return each entry once: what the release holds is known better there than by what it was drawn from."""
    found: dict[str, Seen] = {}
    for each in seen:
        found.setdefault(each.id, each)
    return list(found.values())
