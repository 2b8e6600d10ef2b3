"""Services, drawn and kept, for tests of the plan; and a base that holds them without a database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.directory.drawing.draw import Drawn
from bot.directory.note import Level, Note, Where
from bot.directory.plan import Place
from bot.directory.plan_rows import Kept, Standing
from bot.directory.service import Service, text_of

SOURCE = "ohana"


def service_id(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


def table(number: int, **more: Any) -> dict[str, Any]:
    """Make an entry as it is drawn."""
    phone = {"number": f"+1213555{number:04}", "ways": ["call"], "publish": False}
    return {"id": f"pantry-{number}", "name": f"Pantry {number}", "status": "check-first", "phone": [phone], **more}


def drawn(number: int, *, area: str = "westlake", entry: Mapping[str, Any] | None = None, **doc: Any) -> Drawn:
    """Make a drawn service; `doc` changes what its directory says, `entry` what was drawn."""
    said = {"id": service_id(number), "name": f"Pantry {number}", "status": "active", **doc}
    made = Service(said, Where("services.csv", number + 1), str(number))
    return Drawn(made, f"pantry-{number}", area, {**table(number), **(entry or {})})


def refused(number: int, what: str = "its number is a misprint") -> Drawn:
    """Make a drawn service of which nothing may be kept."""
    good = drawn(number)
    note = Note(Level.REFUSED, good.service.where, what)
    return Drawn(good.service, good.entry_id, good.area, good.entry, refused=(note,))


def kept(number: int, **more: Any) -> Kept:
    """Make what was kept of `drawn(number)` at the last import."""
    before = drawn(number)
    named = {"source": SOURCE, "entry": before.entry_id, "area": before.area, "seal": f"seal {number}", **more}
    return Kept(hsds=text_of(before.service.doc), drawn=before.entry, **named)


@dataclass
class FakeBase:
    """What is here, in memory: what was kept, drafts by place, entries of the release by id."""

    rows: dict[str, Kept] = field(default_factory=dict)
    drafts: dict[Place, Mapping[str, Any]] = field(default_factory=dict)
    live: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    ours: dict[str, tuple[bool | None, bool]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    @classmethod
    def after(cls, *before: Drawn) -> "FakeBase":
        """Make what is here after these were imported."""
        rows = {
            each.service.id: Kept(SOURCE, each.entry_id, each.area, text_of(each.service.doc), each.entry, seal="s")
            for each in before
        }
        return cls(rows, {(each.area, each.entry_id): each.entry for each in before})

    def kept(self, services: Sequence[str]) -> Mapping[str, Kept]:
        self.asked.append(len(services))
        return {service: self.rows[service] for service in services if service in self.rows}

    def standing(self, places: Sequence[Place]) -> Mapping[Place, Standing]:
        return {place: self._standing(place) for place in places}

    def released(self, drawn: Drawn) -> tuple[bool | None, bool]:
        return self.ours.get(drawn.service.id, (None, False))

    def still_listed(self) -> Iterable[str]:
        return sorted(service for service, row in self.rows.items() if row.source == SOURCE and not row.gone)

    def _standing(self, place: Place) -> Standing:
        if place in self.drafts:
            return Standing(place[0], self.drafts[place], seal=json.dumps(self.drafts[place]))
        if place[1] in self.live:
            area, entry = self.live[place[1]]
            return Standing(area, entry, live=True)
        return Standing(place[0])
