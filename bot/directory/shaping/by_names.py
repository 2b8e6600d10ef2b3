"""Links that name a service or a place by its name, as a base of linked tables writes them out."""

import json
import re

from bot.directory.note import Level
from bot.directory.shaping.roles import CODES, NAMES
from bot.directory.shaping.stage import Stage
from bot.directory.shaping.ties import key_of

_NAMED = ("service", "location")
_BY_NAME = "names what it belongs to by its name, not by its id"
_NAME = re.compile(r',"name":("(?:[^"\\]|\\.)*")')
_LOST = """
SELECT DISTINCT key FROM link WHERE key NOT IN (SELECT key FROM node) AND key NOT IN (SELECT key FROM alias)
"""


def known_by_names(stage: Stage) -> None:
    """Let links that lead nowhere find services and places by their names; two of one name are found by none."""
    store = stage.store
    lost = {key for (key,) in store.ask(_LOST)}
    if not lost:
        return
    found: dict[int, list[int]] = {}
    kinds = json.dumps([CODES[entity] for entity in _NAMED])
    for n, kind, own in store.ask(
        "SELECT n, kind, own FROM told WHERE kind IN (SELECT value FROM json_each(?))", kinds
    ):
        name = _NAME.search(own)
        key = key_of(NAMES[kind], json.loads(name[1])) if name else 0
        if key in lost:
            found.setdefault(key, []).append(n)
    for key, numbers in found.items():
        if len(numbers) == 1:
            store.also_known(key, numbers[0])
            children = list(store.ask("SELECT DISTINCT child FROM link WHERE key = ?", key))
            store.remark((child, Level.INFERRED.value, "id", _BY_NAME, "") for (child,) in children)
    store.flush()
