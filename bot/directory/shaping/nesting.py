"""Services given one by one, in the order of their ids, each with everything that belongs to it inside."""

import json
from collections.abc import Iterator

from bot.directory.note import Level, Note, Where
from bot.directory.service import Doc, Service, canonical, text_of
from bot.directory.shaping.placing import without
from bot.directory.shaping.roles import CODES, ROLES, UNFINISHED, UNFINISHED_KEY, Role
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.store import State
from bot.directory.writing.kept import unpacked
from bot.directory.writing.terms import Scheme

#: So many services are put together at a time.
_AT_ONCE = 400
#: So many notes about one service are kept; a closing one says that there were more.
MOST_NOTES = 200
_MORE_NOTES = "there is more to say about this service than is kept"
_KEYS = tuple(json.dumps(role.key) for role in ROLES)
#: From this role on what stands inside is no list of objects as the standard has it.
_ODD = min(UNFINISHED, next(role.number for role in ROLES if role.key == "eligibility"))
_AMONG = "SELECT n, own, rest, more, meta FROM node WHERE n IN (SELECT value FROM json_each(?))"
_INSIDE = (
    "SELECT e.parent, e.role, e.child, n.own, n.rest, n.more, n.meta FROM edge e JOIN node n ON n.n = e.child"
    " WHERE e.parent IN (SELECT value FROM json_each(?))"
)
_REMARKS = (
    "SELECT r.n, n.meta, r.level, r.field, r.what, r.value FROM remark r JOIN node n ON n.n = r.n"
    " WHERE r.n IN (SELECT value FROM json_each(?)) ORDER BY r.rowid"
)
_ORDER = "SELECT n FROM told WHERE kind = ? AND state <> ? ORDER BY own"
#: Roles whose object, once it stands inside, makes the foreign key that named it needless.
_SAID_TWICE = {
    role.number: role.link
    for role in ROLES
    if role.link and role.parent in ("service", "service_at_location", "service_capacity")
}
_PACKED = json.dumps(str(Scheme.KEPT))


def in_order(stage: Stage) -> list[int]:
    """Return the numbers of all services, in the order of their ids."""
    return [n for (n,) in stage.store.ask(_ORDER, CODES["service"], State.REFUSED.value)]


def services(stage: Stage, order: list[int]) -> Iterator[Service]:
    """Give services by their numbers; the last one deletes the scratch file, and so does closing the iterator."""
    try:
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            batch = _Batch(stage, some)
            for number in some:
                yield batch.service(number)
    finally:
        stage.store.close()


class _Batch:
    """Some services and all that stands in them. What several of them hold is put together once."""

    def __init__(self, stage: Stage, numbers: list[int]) -> None:
        self._stage = stage
        #: By number: what stands before its children, what after (None = it is whole already), and the children.
        self._nodes: dict[int, tuple[str, str | None]] = {}
        self._inside: dict[int, list[tuple[int, int]]] = {}
        self._texts: dict[int, str] = {}
        self._where: dict[int, Where] = {}
        self._source: dict[int, str] = {}
        self._said: dict[int, list[Note]] = {}
        self._load(numbers)

    def service(self, number: int) -> Service:
        """Return a service with all inside it."""
        text = self._text(number, "service")
        doc: Doc = json.loads(text)
        if _PACKED in text:
            doc = unpacked(doc)
        where = self._where[number]
        notes = self._notes(number) if self._said else ()
        if len(notes) > MOST_NOTES:
            more = Note(Level.INFERRED, where, _MORE_NOTES, f"{len(notes) - MOST_NOTES} more notes")
            notes = (*notes[:MOST_NOTES], more)
        return Service(doc, where, self._source.get(number, ""), notes)

    def _load(self, numbers: list[int]) -> None:
        store, nodes, inside = self._stage.store, self._nodes, self._inside
        for n, own, rest, more, meta in store.ask(_AMONG, json.dumps(numbers)):
            nodes[n] = own, rest
            self._where[n] = self._place(meta)
            if more:
                self._source[n] = json.loads(more)[0] or ""
                self._hear(n, meta, more)
        frontier = numbers
        while frontier:
            found = []
            for parent, role, n, own, rest, more, meta in store.ask(_INSIDE, json.dumps(frontier)):
                inside.setdefault(parent, []).append((role, n))
                if n not in nodes:
                    nodes[n] = own, rest
                    found.append(n)
                    if more:
                        self._hear(n, meta, more)
            frontier = found
        if store.has_remarks:
            for n, meta, level, name, what, value in store.ask(_REMARKS, json.dumps(list(nodes))):
                self._said.setdefault(n, []).append(Note(Level(level), self._place(meta, name), what, value))

    def _hear(self, number: int, meta: int, more: str) -> None:
        for level, name, what, value in json.loads(more)[2]:
            self._said.setdefault(number, []).append(Note(Level(level), self._place(meta, name), what, value))

    def _place(self, meta: int, name: str = "") -> Where:
        return Where(self._stage.files[(meta >> 8) & 65535], (meta >> 24) or None, name)

    def _text(self, number: int, entity: str) -> str:
        """Return the text of an object with all inside it."""
        own, rest = self._nodes[number]
        inside = self._inside.get(number)
        if not inside:
            return own if rest is None else f"{own}{rest}}}"
        texts = self._texts
        by_role: dict[int, list[str]] = {}
        for role, child in inside:
            text = texts.get(child)
            if text is None:
                text = texts[child] = self._text(child, ROLES[role % UNFINISHED].child)
            by_role.setdefault(role, []).append(text)
        if rest is None or max(by_role) >= _ODD:
            return self._merged(entity, own, rest, by_role)
        parts = [own]
        for role in sorted(by_role):
            inner = by_role[role]
            if role in _SAID_TWICE:
                parts[0] = without(parts[0], _SAID_TWICE[role])
            parts.append(
                f",{_KEYS[role]}:[{','.join(sorted(inner))}]" if ROLES[role].many else f",{_KEYS[role]}:{inner[0]}"
            )
        return f"{''.join(parts)}{rest}}}"

    def _notes(self, number: int) -> tuple[Note, ...]:
        """Return what is to be told of an object and all that stands in it, once."""
        found: dict[Note, None] = {}
        seen = {number}
        waiting = [number]
        while waiting and len(found) <= MOST_NOTES * 2:
            number = waiting.pop()
            found |= dict.fromkeys(self._said.get(number, ()))
            for _, child in self._inside.get(number, ()):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return tuple(found)

    def _merged(self, entity: str, own: str, rest: str | None, by_role: dict[int, list[str]]) -> str:
        """Put an object together the slow way: it holds some of what stands in it already, or odd things."""
        doc = json.loads(own if rest is None else f"{own}{rest}}}")
        for number, texts in sorted(by_role.items()):
            role = ROLES[number % UNFINISHED]
            if role.key == "eligibility":
                words = [text.removesuffix("}") for text in texts]
                told = doc.get("eligibility_description")
                doc["eligibility_description"] = "; ".join(dict.fromkeys([*([told] if told else ()), *words]))
            elif number >= UNFINISHED:
                rows = [json.loads(text) for text in sorted(texts)]
                doc[UNFINISHED_KEY + role.key] = rows if role.many else rows[0]
            else:
                _fill(doc, role, [json.loads(text) for text in texts])
                if number in _SAID_TWICE:
                    doc.pop(_SAID_TWICE[number], None)
        return text_of(canonical(doc, entity))


def _fill(doc: Doc, role: Role, rows: list[Doc]) -> None:
    if not role.many:
        doc.setdefault(role.key, rows[0])
        return
    there = {row.get("id") for row in doc.get(role.key, ())}
    doc[role.key] = [*doc.get(role.key, ()), *(row for row in rows if row["id"] not in there)]
