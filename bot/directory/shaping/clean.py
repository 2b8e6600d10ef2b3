"""Rows that need no mending, taken several times as fast as the others: most rows of a large directory are such.

What is taken here comes out exactly as it would from the long way; at the least doubt a row goes that way.
"""

import re
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from typing import TypeAlias

from bot.directory.hsds import ENTITIES
from bot.directory.ids import as_uuid, minted
from bot.directory.model import Field, Kind
from bot.directory.reading.raw import RawRow
from bot.directory.shaping.mending.blank import LONGEST_BLANK, NOTHING
from bot.directory.shaping.mending.clock import spelled_out
from bot.directory.shaping.mending.closed import is_named_closed
from bot.directory.shaping.mending.days import is_day, is_moment
from bot.directory.shaping.mending.draft import RANK, REQUIRED
from bot.directory.shaping.mending.phones import KINDS
from bot.directory.shaping.mending.places import is_likely
from bot.directory.shaping.mending.web import is_email, is_web_address
from bot.directory.shaping.mending.withheld import is_withheld
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.plan import Link, Plan
from bot.directory.shaping.roles import BETWEEN
from bot.directory.shaping.stage import NAMED, Stage
from bot.directory.shaping.ties import Tie, key_of

#: Returns a cell as it stands in the text of an object, "" when it is not clean.
_Check: TypeAlias = Callable[[str], str]
_Get: TypeAlias = Callable[..., str | None]

#: Stands for a link that is no field of the object: what it stands in says it already.
_UNWRITTEN = "-"
_WHOLE = re.compile(r"0|[1-9]\d{0,14}")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:Z|[+-]\d\d:\d\d)?)?")
_DAYS = re.compile(r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*")
_DIALLED = re.compile(r"[\d() .+-]{3,20}")
_COUNTRY = re.compile(r"[A-Z]{2}")
#: What must be there beside the fields the standard requires, so that nothing is inferred.
_ALSO = {"schedule": ("freq",)}


def _if(test: Callable[[str], object]) -> _Check:
    return lambda text: encode_basestring(text) if test(text) else ""


def _trimmed(text: str) -> str:
    return encode_basestring(text) if text[0] > " " and text[-1] > " " else ""


def _number(text: str) -> str:
    if _WHOLE.fullmatch(text):
        return text
    try:
        number = float(text)
    except ValueError:
        return ""
    return text if repr(number) == text and not number.is_integer() and abs(number) < 1e15 else ""


_CHECKS: Mapping[Kind, _Check] = {
    Kind.NUMBER: _number,
    Kind.DAY: _if(is_day),
    Kind.MOMENT: _if(is_moment),
    Kind.TIME: lambda text: f'"{spelled_out(text)}"' if _TIME.fullmatch(text) else "",
    Kind.ADDRESS: _if(is_web_address),
    Kind.EMAIL: _if(is_email),
}
_OWN_CHECKS: Mapping[tuple[str, str], _Check] = {
    ("schedule", "byday"): _if(_DAYS.fullmatch),
    ("phone", "number"): _if(_DIALLED.fullmatch),
    ("phone", "type"): _if(KINDS.__contains__),
    ("phone", "extension"): _if(lambda text: False),
    ("phone", "description"): lambda text: "" if text.isspace() or is_withheld(text) else encode_basestring(text),
    ("service", "name"): lambda text: "" if is_named_closed(text) else _trimmed(text),
    ("address", "country"): _if(_COUNTRY.fullmatch),
    ("address", "postal_code"): lambda text: _trimmed(text) if len(text) > 4 and text[-2:] != ".0" else "",
}


class CleanRows:
    """Takes the clean rows of a table of today. `is_usable`: there can be any."""

    def __init__(self, plan: Plan, stage: Stage, file: int) -> None:
        self._plan = plan
        self._stage = stage
        self._file = file
        names = {column.name: column.heading for column in plan.plain}
        names |= {link.name: link.heading for link in plan.links}
        needed = (*REQUIRED.get(plan.entity, ()), *_ALSO.get(plan.entity, ()))
        told_by_row = all(name in names for name in needed) and plan.entity in ENTITIES
        mapped = any(column.values or column.append for column in plan.plain)
        older = any(link.relation is None and not link.kept for link in plan.links)
        self.is_usable = bool(plan.id and told_by_row) and not (mapped or older or plan.parts or plan.variant)
        if self.is_usable:
            self._needed = [names[name] for name in needed]
            self._empty = [heading for heading, _ in plan.unknown] + plan.other_ids
            self._columns = self._sorted()
            self._together = _TOGETHER.get(plan.entity)
            self._named = names

    def take(self, row: RawRow) -> bool:
        """Stage a row and return True, or return False when it is not clean."""
        get, stage, entity = row.cells.get, self._stage, self._plan.entity
        given = get(self._plan.id, "")
        if not self._is_whole(get, given):
            return False
        uid = as_uuid(given)
        parts = ['{"id":"', uid or minted(stage.source, entity, given), '"']
        ties: list[Tie] = []
        for heading, prefix, check, link in self._columns:
            text = get(heading)
            if not text:
                continue
            if len(text) <= LONGEST_BLANK and text in NOTHING:
                return False
            if link is not None:
                value = self._link(link, text, get, ties)
            elif check is not None:
                value = check(text)
            else:
                value = "" if text[0] <= " " and text.isspace() else encode_basestring(text)
            if not value:
                return False
            if value != _UNWRITTEN:
                parts.append(prefix)
                parts.append(value)
        if self._together is not None and not self._together(get, self._named):
            return False
        modified = get(self._named.get("last_modified", "")) if entity == "service" else None
        name = get(self._named["name"]) if entity == "organization" else None
        stage.take_clean(
            entity, (given, uid), (self._file, row.where.row), "".join(parts), ties=ties, told=(modified, name)
        )
        return True

    def _is_whole(self, get: _Get, given: str) -> bool:
        """Tell whether a row has an id and all it needs, and nothing that nobody knows."""
        if not given or len(given) <= LONGEST_BLANK and given in NOTHING or given != given.strip():
            return False
        return not any(map(get, self._empty)) and all(map(get, self._needed))

    def _link(self, link: Link, text: str, get: _Get, ties: list[Tie]) -> str:
        """Add a link; return the field it also is, as it stands in the text, "" when it takes a closer look."""
        other, relation, stage = link.other, link.relation, self._stage
        if "," in text or text == "0" or text != text.strip():
            return ""
        if link.name in ("link_id", "resource_id"):
            told = get(self._named.get("link_entity" if link.name == "link_id" else "resource_type", "")) or ""
            other = TABLES.get(plain(told), ("", ""))[0]
            role = BETWEEN.get((other, self._plan.entity))
            if role is None:
                return ""
            ties.append((key_of(other, text), role.number * 2, text, other))
            return f'"{stage.uid(other, text)}"'
        if relation is not None:
            ties.append((key_of(other, text), relation.role.number * 2 + (not relation.is_inside), text, other))
        if link.kept or relation is not None and not relation.is_inside:
            stage.name(other, text)
            return f'"{stage.uid(other, text)}"'
        return _UNWRITTEN

    def _sorted(self) -> list[tuple[str, str, _Check | None, Link | None]]:
        entity, known = self._plan.entity, ENTITIES[self._plan.entity].known
        rank, named = RANK[entity], NAMED[entity]
        found: list[tuple[int, tuple[str, str, _Check | None, Link | None]]] = []
        for column in self._plan.plain:
            check = _check(entity, known.get(column.name), trimmed=column.trimmed)
            place = rank.get(column.name, len(rank))
            found.append((place, (column.heading, named.get(column.name, ""), check, None)))
        for link in self._plan.links:
            found.append((rank.get(link.name, len(rank)), (link.heading, named.get(link.name, ""), None, link)))
        return [column for _, column in sorted(found, key=lambda pair: pair[0])]


def _check(entity: str, field: Field | None, *, trimmed: bool) -> _Check | None:
    if field is None:
        return _if(lambda text: False)
    if field.among:
        return _if(field.among.__contains__)
    return _OWN_CHECKS.get((entity, field.name)) or _CHECKS.get(field.kind) or (_trimmed if trimmed else None)


def _is_place(get: _Get, named: Mapping[str, str]) -> bool:
    north, east = (get(named.get(name, "")) for name in ("latitude", "longitude"))
    return not (north and east) or is_likely(float(north), float(east))


def _is_shift(get: _Get, named: Mapping[str, str]) -> bool:
    opens, closes = (get(named.get(name, "")) for name in ("opens_at", "closes_at"))
    return not (opens and closes and closes < opens)


#: What several fields of an object must be together.
_TOGETHER: Mapping[str, Callable[[_Get, Mapping[str, str]], bool]] = {
    "location": _is_place,
    "schedule": _is_shift,
}
