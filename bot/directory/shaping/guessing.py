"""What the headings of a spreadsheet seem to mean, when nobody says. Every guess is told, and can be edited."""

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.columns import meant
from bot.directory.shaping.guesses import GUESSES
from bot.directory.shaping.mapping import TableMapping, Target
from bot.directory.shaping.names import TABLES, plain
from bot.directory.shaping.roles import relation

#: So alike must a heading be to one we know, of 100: a slip of the pen, not another word.
_ALIKE = 91
_SHORTEST = 6
#: A table whose name says what it is is guessed at only when fewer of its headings than this are known.
_FEW = 0.5
#: Tables that a spreadsheet may be.
_WHOLE = ("service", "organization", "location")
#: What tells a list of services from any other list that has names in it.
_TELLING = ("url", "email", "description", "website")
#: Of these a row tells one: its own object, its organization, its place and the address of that.
_ONCE = ("", "organization", "location", "addresses")
_COUNTY = ("county", "county_name")
#: What a service or an organization reaches only by the location its row is at.
_BY_PLACE = {"service": ("location", "address", "accessibility"), "organization": ("address",)}


def guessed(name: str, headings: tuple[str, ...]) -> TableMapping | None:
    """Return what a table and its headings seem to mean; None when they are the standard's, or mean nothing.

    `name` is the plain name of the table. Only a table with a name for each row is guessed at.
    """
    entity, _ = TABLES.get(name, ("", ""))
    told = [heading for heading in headings if heading.strip()]
    known = entity in ENTITIES and sum(meant(heading, entity) is not None for heading in told) >= _FEW * len(told)
    if known or not told or (entity and entity not in _WHOLE):
        return None
    main = entity or "service"
    columns = _columns(main, [heading for heading in told if not entity or meant(heading, entity) is None])
    fields = {target.to for targets in columns.values() for target in targets}
    says_more = any(to.startswith(("phones.", "addresses.")) or to in _TELLING for to in fields)
    if not says_more or not (entity or fields & {"name", "organization.name"}):
        return None
    if main == "service" and "name" not in fields:
        # A list of agencies: each one is offered as a service under its own name.
        return TableMapping(main, {heading: _also_name(targets) for heading, targets in columns.items()})
    return TableMapping(main, columns)


def _columns(main: str, told: list[str]) -> dict[str, tuple[Target, ...]]:
    """Return what headings seem to mean; a field that can be told once goes to the first that means it."""
    columns: dict[str, tuple[Target, ...]] = {}
    taken: set[str] = set()
    for heading in told:
        target = _guess(heading, main, told)
        if target is None or target.to in taken:
            continue
        if target.to.rpartition(".")[0] in _ONCE:
            taken.add(target.to)
        columns[heading] = (target,)
    return columns


def _also_name(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    return (Target("name"), *targets) if targets[0].to == "organization.name" else targets


def _guess(heading: str, main: str, told: list[str]) -> Target | None:
    name = plain(heading)
    target = _county(told) if name in _COUNTY else _looked_up(name)
    if target is None:
        return None
    table, _, field = target.to.rpartition(".")
    other = TABLES[plain(table)][0] if table else main
    if other == main:
        if (main, field) == ("organization", "url"):
            return Target("website")
        fits = field in ENTITIES[main].known or field == "keywords"
        return Target(field, split=target.split) if fits else None
    return target if other in _BY_PLACE.get(main, ()) or relation(main, other) is not None else None


def _county(told: list[str]) -> Target:
    """Return what a county is: part of an address where there is one beside it, else whom the service is for."""
    placed = any((found := _looked_up(plain(other))) and found.to.startswith("addresses.") for other in told)
    return Target("addresses.region") if placed else Target("service_areas.name", split=",")


def _looked_up(name: str) -> Target | None:
    # "Services" is no slip for "service": a plural often means a list of other things.
    if name in GUESSES or len(name) < _SHORTEST or name in TABLES or name.removesuffix("s") in GUESSES:
        return GUESSES.get(name)
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, GUESSES.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return GUESSES[found[0]] if found else None
