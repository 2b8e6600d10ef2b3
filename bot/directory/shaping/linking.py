"""Who stands in whom, once all objects are there; and what is to be told of links that lead nowhere."""

import json

from bot.directory.note import Level
from bot.directory.shaping.by_names import known_by_names
from bot.directory.shaping.placing import settle_places, without
from bot.directory.shaping.roles import BETWEEN, ROLES, UNFINISHED
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.store import State
from bot.directory.shaping.ties import by_name, key_of

#: So many objects of a kind may stand in one object: no real one holds more, a broken file may hold a million.
MOST = 500
#: So many places of an organization that no service is at are kept with it, in each of its services: the most in a
#: directory we have is 51. Five times that loses none, and a broken file of 100,000 services stays a matter of minutes.
MOST_PLACES = 250
_NOWHERE = "names an object that is not in the files: only its id is kept"
_ELSEWHERE = "names another object that is not in the files: only that link was left out"
_BY_NAME = "names its organization by its name, not by its id"
_SEVERAL = "is told to belong to several: the one it names itself was kept, or else the first"
_TOO_MANY = "holds more objects of one kind than any real one does: the rest were left out"
_ORGANIZATION = BETWEEN["service", "organization"].number
_OWN_PLACE = BETWEEN["organization", "location"].number
_OWNED = (_OWN_PLACE, BETWEEN["organization", "program"].number)
#: A link's role is twice its number, and one more where the object it names stands in the one that names it.
#: Every link with what it found. Only keys and numbers are read: the index alone answers.
_MET = """
CREATE TEMP TABLE met AS SELECT l.child, l.key, l.role, p.n AS found FROM link l LEFT JOIN node p ON p.key = l.key
"""
_EDGES = """
INSERT OR IGNORE INTO edge
SELECT CASE role % 2 WHEN 0 THEN found ELSE child END, role / 2, CASE role % 2 WHEN 0 THEN child ELSE found END
FROM met WHERE found IS NOT NULL ORDER BY 1, 2, 3
"""


def link(stage: Stage) -> None:
    """Make the edges of all trees, and say what could not be linked."""
    store = stage.store
    store.flush()
    known_by_names(stage)
    _by_other_names(stage)
    store.run(_MET)
    store.run("CREATE TEMP TABLE nowhere AS SELECT child, key, role FROM met WHERE found IS NULL")
    _units_that_are_not_there(stage)
    store.run(
        "CREATE TABLE edge (parent INTEGER, role INTEGER, child INTEGER, PRIMARY KEY (parent, role, child))"
        " WITHOUT ROWID"
    )
    store.run(_EDGES)
    store.run(
        "UPDATE edge SET role = role + ? WHERE child IN (SELECT n FROM told WHERE state = ?)",
        UNFINISHED,
        State.UNFINISHED.value,
    )
    _lead_nowhere(stage)
    _one_of_several(stage)
    settle_places(stage)
    _limit(stage)
    store.run("CREATE INDEX remark_n ON remark (n)")


def _by_other_names(stage: Stage) -> None:
    """Let links find objects by their second ids and organizations by their names, where only one is called so."""
    store = stage.store
    store.run(
        "CREATE TEMP TABLE other_name AS SELECT a.key, p.key AS found FROM (SELECT key, min(n) AS n FROM alias"
        " WHERE n IN (SELECT n FROM node) GROUP BY key HAVING min(n) = max(n)) a JOIN node p ON p.n = a.n"
    )
    store.run("CREATE INDEX other_name_key ON other_name (key)")
    # A mere mention of a name gives way to the one organization that is called so.
    store.run(
        "CREATE TEMP TABLE needless AS SELECT n FROM told WHERE state = ?"
        " AND key IN (SELECT key FROM other_name WHERE found <> key)",
        State.THIN.value,
    )
    store.run("DELETE FROM link WHERE child IN (SELECT n FROM needless)")
    store.run("DELETE FROM node WHERE n IN (SELECT n FROM needless)")
    store.run(
        "UPDATE link SET key = (SELECT found FROM other_name o WHERE o.key = link.key)"
        " WHERE key IN (SELECT key FROM other_name) AND key NOT IN (SELECT key FROM node)"
    )
    for key, given in stage.named.items():
        name = key_of("organization", by_name(given))
        found = next(store.ask("SELECT found FROM other_name WHERE key = ?", name), None)
        if found is None or next(store.ask("SELECT n FROM node WHERE key = ?", key), None):
            continue
        role = _ORGANIZATION * 2 + 1
        rows = list(store.ask("SELECT child FROM link WHERE key = ? AND role = ?", key, role))
        store.remark((child, Level.INFERRED.value, "organization_id", _BY_NAME, "") for (child,) in rows)
        store.run("UPDATE link SET key = ? WHERE key = ? AND role = ?", found[0], key, role)


def _units_that_are_not_there(stage: Stage) -> None:
    """Count a capacity whose unit is not there as unfinished: what it counts is not known."""
    stage.store.run(
        "UPDATE node SET meta = (meta & ~(7 << 5)) | (? << 5) WHERE n IN (SELECT child FROM nowhere WHERE role = ?)",
        State.UNFINISHED.value,
        BETWEEN["service_capacity", "unit"].number * 2 + 1,
    )


def _lead_nowhere(stage: Stage) -> None:
    """Say which links lead nowhere; "0", where nothing is called so, is how some programs write that there is none."""
    store = stage.store
    zeros = {key for key, given in stage.named.items() if given == "0"}
    told = []
    for child, key, role in list(store.ask("SELECT child, key, role FROM nowhere WHERE role % 2 = 1")):
        name = ROLES[role // 2].link
        if key in zeros:
            own = next(store.ask("SELECT own FROM node WHERE n = ?", child))[0]
            store.run("UPDATE node SET own = ? WHERE n = ?", without(own, name), child)
        else:
            told.append((child, Level.DROPPED.value, name, _NOWHERE, ""))
    partly = "SELECT DISTINCT child, role FROM nowhere WHERE role % 2 = 0 AND child IN (SELECT child FROM edge)"
    for child, role in list(store.ask(partly)):
        what = _NOWHERE if role // 2 in _OWNED else _ELSEWHERE
        told.append((child, Level.DROPPED.value, f"{ROLES[role // 2].parent}_id", what, ""))
    store.remark(told)


def _one_of_several(stage: Stage) -> None:
    """Where an object may hold one other and is told several, keep the one it names itself, else the first."""
    store = stage.store
    crowded = store.ask(
        "SELECT parent, role FROM edge WHERE role IN (SELECT value FROM json_each(?)) GROUP BY parent, role"
        " HAVING count(*) > 1",
        json.dumps([role.number for role in ROLES if role.link]),
    )
    for parent, role in list(crowded):
        own = next(store.ask("SELECT own FROM node WHERE n = ?", parent))[0]
        asked = "SELECT child, own FROM edge JOIN node ON n = child WHERE parent = ? AND role = ?"
        children = list(store.ask(asked, parent, role))
        name = ROLES[role].link
        kept = next((n for n, text in children if f',"{name}":"{text[7:43]}"' in own), children[0][0])
        store.run("DELETE FROM edge WHERE parent = ? AND role = ? AND child <> ?", parent, role, kept)
        store.remark([(parent, Level.DROPPED.value, name, _SEVERAL, "")])


def _limit(stage: Stage) -> None:
    store = stage.store
    crowded = store.ask(
        "SELECT parent, role, count(*), CASE role WHEN ?1 THEN ?2 ELSE ?3 END AS most FROM edge"
        " GROUP BY parent, role HAVING count(*) > most",
        *(_OWN_PLACE, MOST_PLACES, MOST),
    )
    for parent, role, count, most in list(crowded):
        store.run(
            "DELETE FROM edge WHERE parent = ?1 AND role = ?2 AND child NOT IN"
            " (SELECT child FROM edge WHERE parent = ?1 AND role = ?2 ORDER BY child LIMIT ?3)",
            *(parent, role, most),
        )
        key = ROLES[role % UNFINISHED].key
        store.remark([(parent, Level.DROPPED.value, key, _TOO_MANY, f"{count - most} of {count}")])
