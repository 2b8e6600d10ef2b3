"""What the cells of a row tell of other objects, put together: a number with its extension, a street with its city."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bot.directory.shaping.headings import flag_of
from bot.directory.shaping.mending.blank import says_nothing
from bot.directory.shaping.mending.places import is_pair
from bot.directory.shaping.names import plain
from bot.directory.shaping.plan import Part, Plan
from bot.directory.shaping.roles import SAYS

#: By entity and group: the fields of an object.
Groups: TypeAlias = dict[tuple[str, str], dict[str, str]]

_YES = frozenset({"true", "t", "yes", "y", "1", "x", "private", "confidential", "si", "sí"})
#: Of these a row tells one, whatever its columns.
_ONE = ("location", "address")


def flags(plan: Plan) -> dict[str, str]:
    """Return the headings of numbers that another column may call private, with the heading of that column."""
    names = {plain(heading): heading for heading, _ in plan.unknown}
    found = {
        part.heading: flag_of(plain(part.heading), names) for part in plan.parts if part.entity == "phone" and names
    }
    return {heading: names[name] for heading, name in found.items() if name}


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes."""
    return cell.strip().casefold() in _YES


def is_json(cell: str) -> bool:
    """Tell whether a cell holds objects of a JSON file that no table can hold: it is kept as it stands."""
    bare = cell.strip()
    return bare[:1] in ("{", "[") and bare[-1:] in ("}", "]") and '"' in bare


def grouped(parts: Iterable[Part], cells: Mapping[str, str]) -> Groups:
    """Return the fields of the objects that some columns of a row tell of."""
    groups: Groups = {}
    for part in parts:
        text = cells.get(part.heading, "")
        if part.entity in ("organization", "attribute") or says_nothing(text) or is_json(text):
            continue
        name = SAYS.get(part.entity, "") if part.name == "id" else part.name
        if part.entity == "location" and is_pair(text):
            name = "geolocation"
        if name:
            _collect(groups, part, name, text)
    return groups


def _collect(groups: Groups, part: Part, name: str, text: str) -> None:
    target = part.target
    # A column of ids that holds words after all says one thing.
    split = target.split if part.name != "id" else ""
    items = [item.strip() for item in text.split(split) if item.strip()] if split else [text]
    for place, item in enumerate(items):
        fields = dict(target.fixed)
        if target.label and ":" in item:
            label, _, item = item.partition(":")
            fields[target.label] = label.strip()
        fields[name] = target.values.get(item.strip(), item.strip())
        group = target.group if not split else f"{part.heading}:{place}"
        if (
            not target.group
            and part.entity not in _ONE
            and (name in groups.get((part.entity, group), ()) or fields.keys() > {name} or target.split)
        ):
            group = f"{part.heading}:{place}"
        groups.setdefault((part.entity, group), {}).update(fields)
