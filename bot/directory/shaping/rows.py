"""The rows of one table, object by object."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.directory.note import Level, Where
from bot.directory.reading.raw import RawRow
from bot.directory.shaping.clean import CleanRows
from bot.directory.shaping.mending.blank import LONGEST_BLANK, NOTHING, says_nothing
from bot.directory.shaping.mending.draft import Draft
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.parts import Parts, Row
from bot.directory.shaping.plan import Link, Plan, unknown_key
from bot.directory.shaping.roles import BETWEEN, CODES
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.ties import Tie, key_of, tie

_ID_LIST = re.compile(r"(?:\d+|rec\w{14}|[0-9a-fA-F-]{36})(?:\s*,\s*(?:\d+|rec\w{14}|[0-9a-fA-F-]{36}))+,?")
_ONLY_BLANK_WORD = "said only a word for nothing, and was taken as empty"
_COUNT_APART = ("postal", "holiday", "payment", "of service")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a cell becomes: a field, a link, or an unknown field, under a name."""

    name: str
    trimmed: bool = False
    link: Link | None = None
    is_unknown: bool = False
    role: int = -1


def _link_column(link: Link) -> _Column:
    if link.relation is None or not link.relation.is_inside or not link.is_plain:
        return _Column(link.name, link=link)
    return _Column(link.name, link=link, role=link.relation.role.number * 2)


class Rows:
    """Reads the rows of a table as its plan says and stages what they tell of."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._plan = plan
        self._stage = stage
        self._file = stage.file(plan.file)
        self._columns: dict[str, _Column | None] = {c.heading: _Column(c.name, c.trimmed) for c in plan.plain}
        self._columns |= {link.heading: _link_column(link) for link in plan.links}
        self._columns |= {heading: _Column(key, is_unknown=True) for heading, key in plan.unknown}
        self._valued = [column for column in plan.plain if column.values or column.append]
        passed_over = {plan.id, *plan.other_ids, *(part.heading for part in plan.parts)}
        passed_over |= {column.heading for column in self._valued}
        named = {c.heading for c in plan.plain} - {c.heading for c in self._valued} | {c.heading for c in plan.links}
        self._columns |= dict.fromkeys(passed_over - named)
        self._parts = Parts(plan, stage) if plan.parts else None
        clean = CleanRows(plan, stage, self._file)
        self._clean = clean if clean.is_usable else None
        #: The columns so far that held something nobody knows.
        self.unknown: dict[str, None] = {}
        # Two tables whose rows are one kind of object today may each count from 1.
        self._prefix = f"{plan.variant}:" if plan.variant in _COUNT_APART else ""

    def read(self, row: RawRow) -> None:
        """Stage the object a row is, and the others it tells of."""
        if self._clean is not None and self._clean.take(row):
            return
        plan, cells, where = self._plan, row.cells, (self._file, row.where.row)
        draft, ties, links = self._told(row)
        if self._valued:
            self._mapped(draft.fields, cells)
        for link, text in links:
            ties += self._ties(link, text, draft.fields)
        if plan.entity == "eligibility":
            if text := draft.fields.get("eligibility", ""):
                self._stage.put_words(text, where, ties)
            return
        if self._parts:
            ties += self._parts.ties(cells)
            self._beside(self._parts, draft.extra, cells)
        self.unknown |= dict.fromkeys(draft.extra)
        if plan.variant == "payment" and "value" in draft.fields:
            self._payment(draft, where, ties)
        given = self._stage.put(draft, where, self._id(draft, cells, ties), ties)
        if given and plan.other_ids:
            self._also_known(cells, given)
        if given and self._parts:
            self._parts.put(cells, Row(plan.entity, given, where))

    def _beside(self, parts: Parts, extra: dict[str, str], cells: Mapping[str, str]) -> None:
        """Keep what columns of other objects say that is none, and drop what only hid a number that is left out."""
        extra |= {unknown_key(heading, self._plan.entity): text for heading, text in parts.unused(cells)}
        for heading in parts.flagged(cells):
            extra.pop(unknown_key(heading, self._plan.entity), None)

    def _id(self, draft: Draft, cells: Mapping[str, str], ties: list[Tie]) -> str:
        """Return the id of a row; one made from its name for a service or organization without one, else ""."""
        given = cells.get(self._plan.id, "").strip()
        if given and given not in NOTHING:
            return self._prefix + given if self._prefix and len(given) != 36 else given
        if self._plan.entity in ("service", "organization"):
            return self._stage.made_of_name(draft, ties, self._tells(cells), str(sorted(cells.items())))
        return ""

    def _told(self, row: RawRow) -> tuple[Draft, list[Tie], list[tuple[Link, str]]]:
        """Return the fields of a row, known and unknown, and its links; last those that need a closer look."""
        fields: dict[str, str] = dict(self._plan.fixed)
        extra: dict[str, str] = {}
        ties: list[Tie] = []
        links = []
        columns = self._columns
        for heading, text in row.cells.items():
            if not text:
                continue
            try:
                column = columns[heading]
            except KeyError:
                column = columns[heading] = _Column(unknown_key(heading, self._plan.entity), is_unknown=True)
            if column is None:
                continue
            if len(text) <= LONGEST_BLANK and text in NOTHING and says_nothing(text, column.name):
                self._stage.tally.add(Level.MENDED, Where(self._plan.file, row.where.row, heading), _ONLY_BLANK_WORD)
            elif text[0] <= " " and text.isspace():
                continue
            elif column.link:
                if column.role < 0 or "," in text:
                    links.append((column.link, text.strip()))
                    continue
                given, other = text.strip(), column.link.other
                key = hash((other, given.lower() if len(given) == 36 else given))
                ties.append((key, column.role, given, other))
            elif column.is_unknown:
                extra[column.name] = text
            else:
                fields[column.name] = text.strip() if column.trimmed else text
        return Draft(self._plan.entity, fields, extra), ties, links

    def _tells(self, cells: Mapping[str, str]) -> str:
        """Return where a row without an id says it is: what tells two of one name apart."""
        places = [part.heading for part in self._plan.parts if part.entity in ("address", "location")]
        return "|".join(cells.get(heading, "").strip().casefold() for heading in places)

    def _mapped(self, fields: dict[str, str], cells: Mapping[str, str]) -> None:
        """Add the fields whose cells a mapping gives another meaning, or joins."""
        for column in self._valued:
            text = cells.get(column.heading, "")
            if says_nothing(text, column.name):
                continue
            text = column.values.get(text.strip(), text.strip() if column.trimmed else text)
            before = fields.get(column.name, "") if column.append else ""
            fields[column.name] = f"{before}\n{text}" if before else text

    def _ties(self, link: Link, text: str, fields: dict[str, str]) -> Iterator[Tie]:
        ids = re.split(r"\s*,\s*", text.rstrip(",")) if "," in text and _ID_LIST.fullmatch(text) else (text,)
        for given in ids:
            if link.name in ("link_id", "resource_id"):
                yield from self._to_any(link, given, fields)
                continue
            if link.kept or link.relation and not link.relation.is_inside:
                # Nesting says it as well, or it is all that is left of what is not there.
                fields[link.name] = self._stage.uid(link.other, given)
                self._stage.name(link.other, given)
            if link.relation is not None:
                yield tie(link.relation.role, link.other, given, down=not link.relation.is_inside)
            elif self._plan.entity == "address":
                yield from self._place_of(link, given)

    def _to_any(self, link: Link, given: str, fields: dict[str, str]) -> Iterator[Tie]:
        """Give the links to whatever kind of object an attribute or a change belongs to."""
        told = fields.get("link_entity" if link.name == "link_id" else "resource_type", "")
        if plain(told) not in TABLES and link.name == "link_id":
            told = fields.get("link_type", "")  # where HSDS 2 said it
        named = TABLES.get(plain(told), ("", ""))[0]
        fields[link.name] = self._stage.uid(named, given)
        for other in (named,) if named else (entity for entity in CODES if len(given) == 36):
            if (other, self._plan.entity) in BETWEEN:
                yield tie(BETWEEN[other, self._plan.entity], other, given, down=False)

    def _place_of(self, link: Link, given: str) -> Iterator[Tie]:
        """Make the location that today stands between an organization and its address."""
        if link.other != "organization":
            return
        place = f"{link.other}:{given}:place"
        ties = (tie(BETWEEN["organization", "location"], "organization", given, down=False),)
        self._stage.put(Draft("location", {}), (self._file, None), place, ties, thin=True)
        yield tie(BETWEEN["location", "address"], "location", place, down=False)

    def _payment(self, draft: Draft, where: tuple[int, int | None], ties: list[Tie]) -> None:
        word = str(draft.fields["value"])
        term = f"payments accepted:{' '.join(word.casefold().split())}"
        fields = {"name": word, "description": word, "taxonomy": "payments accepted"}
        self._stage.put(Draft("taxonomy_term", fields), where, term, thin=True)
        draft.fields["taxonomy_term_id"] = self._stage.uid("taxonomy_term", term)
        ties.append(tie(BETWEEN["attribute", "taxonomy_term"], "taxonomy_term", term, down=True))

    def _also_known(self, cells: Mapping[str, str], given: str) -> None:
        for heading in self._plan.other_ids:
            other = cells.get(heading, "").strip()
            if other != given and not says_nothing(other):
                self._stage.store.also_known(key_of(self._plan.entity, other), self._stage.store.count)
