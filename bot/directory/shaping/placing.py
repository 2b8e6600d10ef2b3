"""Which organization a place belongs to, where it stands, and what kind of place it is."""

from bot.directory.note import Level
from bot.directory.shaping.roles import BETWEEN, UNFINISHED
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.store import State

_BY_PLACE = "names no organization: that of its places was taken"
_ORGANIZATION = BETWEEN["service", "organization"].number
_AT_PLACE = BETWEEN["service", "service_at_location"].number
_PLACE = BETWEEN["service_at_location", "location"].number
_OWN_PLACE = BETWEEN["organization", "location"].number
_ADDRESS = BETWEEN["location", "address"].number
_GUESS = '"location_type":"physical"'
_GUESSED = """
SELECT l.n, l.own, count(a.n) FROM told l LEFT JOIN edge e ON e.parent = l.n AND e.role IN (?1, ?2)
LEFT JOIN node a ON a.n = e.child WHERE l.state = ?3
GROUP BY l.n HAVING count(a.n) = total(instr(a.own, '"address_type":"postal"') > 0)
"""


def settle_places(stage: Stage) -> None:
    """Put every place where it belongs, and tell its kind where its row did not."""
    _organization_of_places(stage)
    _places_of_nobody(stage)
    _guessed_places(stage)


def _organization_of_places(stage: Stage) -> None:
    """Give a service that names no organization that of its places, where all belong to one (as in Ohana's files)."""
    store = stage.store
    rows = list(
        store.ask(
            "SELECT s.parent, ?4, min(o.parent) FROM edge s JOIN edge p ON p.parent = s.child AND p.role = ?2"
            " JOIN (SELECT child, parent FROM edge WHERE role = ?3) o ON o.child = p.child"
            " WHERE s.role = ?1 AND s.parent NOT IN (SELECT parent FROM edge WHERE role = ?4)"
            " AND s.parent NOT IN (SELECT child FROM nowhere WHERE role = ?4 * 2 + 1)"
            " GROUP BY s.parent HAVING min(o.parent) = max(o.parent)",
            *(_AT_PLACE, _PLACE, _OWN_PLACE, _ORGANIZATION),
        )
    )
    store.run_each("INSERT OR IGNORE INTO edge VALUES (?, ?, ?)", rows)
    store.remark((service, Level.INFERRED.value, "organization_id", _BY_PLACE, "") for service, _, _ in rows)


def _places_of_nobody(stage: Stage) -> None:
    """Keep places and programs with their organization only where no service has them.

    Else every service of a large organization would hold all places of all others.
    """
    store = stage.store
    programs = BETWEEN["service", "program"].number, BETWEEN["organization", "program"].number
    for used, owned in ((_PLACE, _OWN_PLACE), programs):
        store.run("DELETE FROM edge WHERE role = ?1 AND child IN (SELECT child FROM edge WHERE role = ?2)", owned, used)
        asked = "SELECT n, own FROM edge JOIN node ON n = child WHERE role = ? AND rest IS NOT NULL"
        rows = list(store.ask(asked, owned))
        changed = ((without(own, "organization_id"), n) for n, own in rows)
        store.run_each("UPDATE node SET own = ? WHERE n = ?", changed)


def _guessed_places(stage: Stage) -> None:
    """Tell what kind of place a location is by its addresses, where its row did not say."""
    rows = list(stage.store.ask(_GUESSED, _ADDRESS, _ADDRESS + UNFINISHED, State.GUESS.value))
    changed = [
        (own.replace(_GUESS, f'"location_type":"{"postal" if addresses else "virtual"}"', 1), n)
        for n, own, addresses in rows
        if '"latitude":' not in own
    ]
    stage.store.run_each("UPDATE node SET own = ? WHERE n = ?", changed)


def without(own: str, name: str) -> str:
    """Return the text of an object without one of its foreign keys."""
    before, found, after = own.partition(f',"{name}":"')
    return before + after[37:] if found else own
