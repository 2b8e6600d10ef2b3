"""Other objects that a row tells of: lists in a cell, the organization's name beside a service, a place in columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.directory.note import Level, Where
from bot.directory.shaping.groups import flags, grouped, is_json, is_yes
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.mending.places import is_pair
from bot.directory.shaping.plan import Part, Plan
from bot.directory.shaping.roles import BETWEEN, SAYS, relation
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.ties import Tie, by_name, tie

#: Ids as vendors make them; a phone number is shorter.
_IDS = re.compile(r"(?:\d{12,}|rec\w{14}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:\s*,\s*|$)")
#: Named by any id without a blank; of all others a text that is no id of that form is what they say.
_BY_ID = frozenset({"service", "location", "organization", "program", "taxonomy_term", "taxonomy", "unit"})
_WORD = re.compile(r"\S{1,60}")
#: What stands in a place, not in a service or an organization itself.
_AT_PLACE = ("address", "accessibility", "location")
_PRIVATE = "is marked as private: the number was left out"


@dataclass(slots=True)
class Row:
    """The object a row is, with the id others name it by, and where it stands."""

    entity: str
    id: str
    where: tuple[int, int | None]
    links: Mapping[str, str] = field(default_factory=dict)


class Parts:
    """Makes the other objects of rows of one table."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._plan = plan
        self._stage = stage
        #: The headings of numbers with that of the column that says whether they are private.
        self._flags = flags(plan)

    def flagged(self, cells: Mapping[str, str]) -> Iterator[str]:
        """Give the headings that say of a number of this row that it is private: they went with the number."""
        return (flag for flag in self._flags.values() if is_yes(cells.get(flag, "")))

    def ties(self, cells: Mapping[str, str]) -> Iterator[Tie]:
        """Give the links of the row's own object that its other columns tell."""
        organization = self._organization(cells)
        if organization:
            found = relation(self._plan.entity, "organization")
            if found:
                yield tie(found.role, "organization", organization["id"], down=not found.is_inside)
        for part in self._plan.parts:
            found = relation(self._plan.entity, part.entity)
            if part.name == "id" and found and (part.entity != "organization"):
                for given in self._ids(part, cells.get(part.heading, "")):
                    yield tie(found.role, part.entity, given, down=not found.is_inside)

    def unused(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Give the headings and cells that name objects of a kind, by words that are no ids and mean nothing else."""
        for part in self._plan.parts:
            text = cells.get(part.heading, "")
            if is_json(text):
                yield part.heading, text
            if part.name != "id" or part.entity == "organization" or says_nothing(text) or is_json(text):
                continue
            ids = any(True for _ in self._ids(part, text))
            linked = relation(self._plan.entity, part.entity) or {self._plan.entity, part.entity} == {
                "service",
                "location",
            }
            if ids and not (linked or part.entity == "taxonomy_term") or not ids and part.entity not in SAYS:
                yield part.heading, text

    def put(self, cells: Mapping[str, str], row: Row) -> None:
        """Keep the other objects a row tells of."""
        organization = self._organization(cells)
        if organization and len(organization) > 1:
            self._stage.put(Draft("organization", organization), row.where, organization["id"], thin=True)
        for part in self._plan.parts:
            text = cells.get(part.heading, "")
            if says_nothing(text) or part.entity == "organization":
                continue
            if part.name in ("keywords", "payments accepted"):
                self._words(part, text, row)
            elif part.name == "id" and (ids := list(self._ids(part, text))):
                self._by_ids(part.entity, ids, row)
        self._objects(cells, row)

    def _organization(self, cells: Mapping[str, str]) -> dict[str, str]:
        if self._plan.entity == "organization":
            return {}
        fields = {
            part.name: cells[part.heading].strip()
            for part in self._plan.parts
            if part.entity == "organization" and not says_nothing(cells.get(part.heading, ""))
        }
        named = next((link for link in self._plan.links if link.name == "organization_id"), None)
        given = cells.get(named.heading, "").strip() if named else ""
        if given and not says_nothing(given) and given != "0":
            return {**fields, "id": given} if fields else {}
        if "name" in fields and "id" not in fields:
            fields["id"] = by_name(fields["name"])
        return fields if "id" in fields else {}

    def _ids(self, part: Part, text: str) -> Iterator[str]:
        if says_nothing(text):
            return
        items = [item.strip() for item in re.split(r"[,;\n]", text) if item.strip()]
        if is_pair(text) or is_json(text):
            return
        if _IDS.match(text.strip()) or part.entity in _BY_ID and all(map(_WORD.fullmatch, items)):
            yield from dict.fromkeys(items)

    def _by_ids(self, entity: str, ids: Iterable[str], row: Row) -> None:
        """Make what stands between two objects: a service at a location, a term that applies to something."""
        for given in ids:
            pair = {row.entity: row.id, entity: given}
            if pair.keys() == {"service", "location"}:
                at = f"{pair['service']}/{pair['location']}"
                ties = (
                    tie(BETWEEN["service", "service_at_location"], "service", pair["service"], down=False),
                    tie(BETWEEN["service_at_location", "location"], "location", pair["location"], down=True),
                )
                self._stage.put(Draft("service_at_location", {}), row.where, at, ties, thin=True)
            elif entity == "taxonomy_term" and (row.entity, "attribute") in BETWEEN:
                self._attribute(row, given, {})

    def _attribute(self, row: Row, term: str, fields: dict[str, str]) -> None:
        stage = self._stage
        fields |= {"link_id": stage.uid(row.entity, row.id), "link_entity": row.entity}
        fields["taxonomy_term_id"] = stage.uid("taxonomy_term", term)
        ties = (
            tie(BETWEEN[row.entity, "attribute"], row.entity, row.id, down=False),
            tie(BETWEEN["attribute", "taxonomy_term"], "taxonomy_term", term, down=True),
        )
        stage.put(Draft("attribute", dict(fields)), row.where, f"{row.entity}:{row.id}:{term}", ties)

    def _words(self, part: Part, text: str, row: Row) -> None:
        for word in dict.fromkeys(item.strip() for item in text.split(",") if item.strip()):
            term = f"{part.name}:{' '.join(word.casefold().split())}"
            fields = {"name": word, "description": word, "taxonomy": part.name}
            self._stage.put(Draft("taxonomy_term", fields), row.where, term, thin=True)
            self._attribute(row, term, {"link_type": part.name, "value": word})

    def _objects(self, cells: Mapping[str, str], row: Row) -> None:
        private = {heading for heading, flag in self._flags.items() if is_yes(cells.get(flag, ""))}
        for heading in private:
            if not says_nothing(cells.get(heading, "")):
                place = Where(self._plan.file, row.where[1], heading)
                self._stage.tally.add(Level.DROPPED, place, _PRIVATE)
        told = [part for part in self._plan.parts if part.heading not in private and not self._are_ids(part, cells)]
        self._keep(grouped(told, cells), row)

    def _are_ids(self, part: Part, cells: Mapping[str, str]) -> bool:
        return part.name == "id" and any(self._ids(part, cells.get(part.heading, "")))

    def _keep(self, groups: dict[tuple[str, str], dict[str, str]], row: Row) -> None:
        holder = self._place(groups, row)
        for (entity, group), fields in groups.items():
            if entity == "location" or entity == "service_at_location":
                continue
            if entity == "phone" and not fields.keys() & {"number", "extension"}:
                continue  # columns beside a number, where there is none: "Phone 3 type"
            at = holder if entity in _AT_PLACE and holder else row
            found = relation(entity, at.entity)
            if found is None or not found.is_inside:
                continue
            ties = (tie(found.role, at.entity, at.id, down=False),)
            given = fields.pop("id", "") or f"{row.entity}:{row.id}:{group or entity}"
            self._stage.put(Draft(entity, dict(fields)), row.where, given, ties)

    def _place(self, groups: Mapping[tuple[str, str], dict[str, str]], row: Row) -> Row | None:
        """Make the location that a service or an organization is told to be at, when its row tells of one."""
        if row.entity not in ("service", "organization") or not any(entity in _AT_PLACE for entity, _ in groups):
            return None
        fields = dict(next((found for (entity, _), found in groups.items() if entity == "location"), {}))
        given = fields.pop("id", "") or f"{row.entity}:{row.id}:place"
        if row.entity == "organization":
            ties = (tie(BETWEEN["organization", "location"], "organization", row.id, down=False),)
            self._stage.put(Draft("location", dict(fields)), row.where, given, ties)
        else:
            self._stage.put(Draft("location", dict(fields)), row.where, given)
            self._by_ids("location", [given], row)
        return Row("location", given, row.where)
