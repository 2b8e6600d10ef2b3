"""What is here already, as the plan of an import asks for it: earlier imports, drafts, the live release."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.commands.released import Live
from bot.directory.drawing.draw import Drawn
from bot.directory.plan import Place
from bot.directory.plan_rows import Kept, Standing
from bot.directory.plan_store import PlanStore
from bot.directory.writing.from_entry import service_of
from bot.directory.writing.own import own_area, own_facts
from bot.storage import imports
from bot.storage.database import Database
from bot.storage.document import digest, from_text
from bot.storage.drafts import body_text, part_of
from bot.storage.importing import Step
from bot.storage.imports import Imported, drawn_of, drawn_text


class Here:
    """Answers a plan from a database; without one, nothing is here."""

    def __init__(self, database: Database | None, live: Live, source: str) -> None:
        """Look at a database on behalf of an import of one source."""
        self._database = database
        self._live = live
        self._source = source

    def kept(self, services: Sequence[str]) -> Mapping[str, Kept]:
        """Return those of the services that were imported before, by id."""
        if self._database is None:
            return {}
        return {service: _kept(row) for service, row in imports.known(self._database, services).items()}

    def standing(self, places: Sequence[Place]) -> Mapping[Place, Standing]:
        """Return what stands for each: the draft at that very place, else the live release's entry, else nothing."""
        parts = {place: part_of(*place) for place in places}
        bodies = imports.draft_bodies(self._database, parts.values()) if self._database is not None else {}
        return {place: self._standing(place, bodies.get(part)) for place, part in parts.items()}

    def released(self, drawn: Drawn) -> tuple[bool | None, bool]:
        """Tell whether the release holds a service as an entry that says the same, and whether the file says more.

        Checks are not compared: an import never is one.
        """
        doc = drawn.service.doc
        facts = own_facts(doc)
        entry = self._live.leaving.get(facts["id"]) if facts else None
        if entry is None:
            return None, False
        content, today = self._live.content, self._live.today
        ours = service_of(entry, content, today)
        if own_facts(ours) != facts or own_area(doc) != entry.area:
            return False, False
        return True, service_of(entry, content, today, doc) != ours

    def still_listed(self) -> Iterable[str]:
        """List the ids of the services that the last import of this source held."""
        return imports.still_listed(self._database, self._source) if self._database is not None else ()

    def _standing(self, place: Place, body: str | None) -> Standing:
        if body is not None:
            table: Any = from_text(body) if body != "null" else None
            return Standing(place[0], table, seal=digest(body))
        area, table = self._live.tables.get(place[1], (place[0], None))
        return Standing(area, table, live=table is not None)


def steps(store: PlanStore, source: str) -> Iterator[Step]:
    """Give what a plan writes as the steps that storage carries out."""
    for service, write in store.written():
        row = Imported(
            service=service,
            source=source,
            source_id=write.source_id,
            entry=write.entry,
            merged=write.merged,
            hsds=write.hsds,
            drawn=drawn_text(write.area, write.drawn),
            gone=write.gone,
        )
        yield Step(
            row,
            seal=write.seal,
            part=part_of(write.place or write.area, write.entry) if write.draft is not None else "",
            body=body_text(write.draft) if write.draft is not None else "",
            stale=part_of(write.stale, write.entry) if write.stale else "",
            seen=tuple((part_of(area, write.entry), seal) for area, seal in write.seals.items()),
        )


def _kept(row: Imported) -> Kept:
    area, drawn = drawn_of(row.drawn)
    return Kept(row.source, row.entry, area, row.hsds, drawn, row.merged, row.gone, row.seal)
