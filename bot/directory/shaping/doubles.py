"""Objects that are there twice: alike, once is enough; unlike, the newest stands, else the first, and it is told."""

import json
from dataclasses import dataclass

from bot.directory.note import Level
from bot.directory.service import text_of
from bot.directory.shaping.roles import NAMES
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.store import State
from bot.directory.shaping.ties import key_of

_ALIKE = "stands there more than once, all alike: kept once"
_UNLIKE = "has the same id as another that says something else: the newest was kept, or else the first"
_OWN_ID = "has the same id as another that says something else: it got an id of its own"
#: Others name these by their ids, so that two of one id cannot both be kept.
_NAMED = frozenset(
    {
        "organization",
        "program",
        "service",
        "service_at_location",
        "location",
        "contact",
        "taxonomy",
        "taxonomy_term",
        "unit",
    }
)


@dataclass(frozen=True, slots=True)
class _Double:
    n: int
    entity: str
    state: int
    row: int
    own: str
    rest: str | None
    modified: str


def settle(stage: Stage) -> None:
    """Leave one object for each id."""
    store = stage.store
    store.flush()
    store.run("CREATE INDEX node_key ON node (key)")
    store.run("CREATE TEMP TABLE same (dropped INTEGER PRIMARY KEY, kept INTEGER)")
    groups = list(store.ask("SELECT key FROM node GROUP BY key HAVING count(*) > 1"))
    asked = "SELECT n, kind, state, row, own, rest, more FROM told WHERE key = ? ORDER BY n"
    for (key,) in groups:
        found = []
        for n, kind, state, row, own, rest, more in store.ask(asked, key):
            modified = json.loads(more)[1] if more else None
            found.append(_Double(n, NAMES[kind], state, row, own, rest, modified or ""))
        _settle(stage, found)
    if not groups:
        return
    store.run(
        "UPDATE link SET child = (SELECT kept FROM same WHERE dropped = child)"
        " WHERE child IN (SELECT dropped FROM same)"
    )
    store.run("UPDATE alias SET n = (SELECT kept FROM same WHERE dropped = n) WHERE n IN (SELECT dropped FROM same)")
    store.run("DELETE FROM node WHERE n IN (SELECT dropped FROM same)")


def _settle(stage: Stage, found: list[_Double]) -> None:
    full = [each for each in found if each.state != State.THIN] or found
    kept = max(full, key=lambda each: (each.state != State.REFUSED, each.modified, -each.n))
    alike = unlike = 0
    for each in found:
        if each is kept:
            continue
        if (each.own, each.rest) == (kept.own, kept.rest):
            alike += each.state != State.THIN
        elif each.state in (State.KEPT, State.GUESS, State.UNFINISHED):
            if each.entity not in _NAMED:
                _as_its_own(stage, each)
                continue
            unlike += 1
        stage.store.run("INSERT INTO same VALUES (?, ?)", each.n, kept.n)
    if alike:
        stage.store.remark([(kept.n, Level.MENDED.value, "id", _ALIKE, f"{alike + 1} times")])
    if unlike:
        others = ", ".join(str(each.row) for each in found if each is not kept and each.row)
        told = f"the other rows: {others[:100]}" if others else ""
        stage.store.remark([(kept.n, Level.DROPPED.value, "id", _UNLIKE, told)])


def _as_its_own(stage: Stage, each: _Double) -> None:
    doc = json.loads(each.own if each.rest is None else f"{each.own}{each.rest}}}")
    given = f"{doc['id']}|{text_of(doc)}"
    old = f'{{"id":"{doc["id"]}"'
    own = f'{{"id":"{stage.uid(each.entity, given)}"' + each.own.removeprefix(old)
    stage.store.run("UPDATE node SET own = ?, key = ? WHERE n = ?", own, key_of(each.entity, given), each.n)
    stage.store.remark([(each.n, Level.MENDED.value, "id", _OWN_ID, "")])
