"""What the headings of a spreadsheet seem to mean, when nobody says. Every guess is told, and can be edited."""

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.columns import meant
from bot.directory.shaping.guesses import GUESSES
from bot.directory.shaping.headings import Guess, beside_numbers, of_one_address, with_prefix
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
#: Tables that, without services beside them, are lists of services by another name.
_OWNERS = ("organization", "location")
#: What tells a list of services from any other list that has names in it.
_TELLING = ("url", "email", "description", "website")
#: Of these a row tells one: its own object, its organization, its place and the address of that.
_ONCE = ("", "organization", "location", "addresses")
_COUNTY = ("county", "county_name")
_ESTADO = "estado"
#: What a service or an organization reaches only by the location its row is at.
_BY_PLACE = {"service": ("location", "address", "accessibility"), "organization": ("address",)}


def guessed(name: str, headings: tuple[str, ...], *, alone: bool = False) -> TableMapping | None:
    """Return what a table and its headings seem to mean; None when they are the standard's, or mean nothing.

    `name` is the plain name of the table, `alone` says that no table beside it is called services. Only a table with
    a name for each row is guessed at.
    """
    entity, _ = TABLES.get(name, ("", ""))
    told = [heading for heading in headings if heading.strip()]
    if (entity == "program" or alone and entity in _OWNERS) and _is_list_of_services(told):
        entity = ""
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


def _is_list_of_services(told: list[str]) -> bool:
    """Tell whether a table says itself how to get there, which those of the standard leave to other tables."""
    found = [_known(plain(heading)) for heading in told]
    return any(target is not None and target.to.startswith(("phones.", "addresses.", "schedules.")) for target in found)


def _columns(main: str, told: list[str]) -> dict[str, tuple[Target, ...]]:
    """Return what headings seem to mean; a field that can be told once goes to the first that means it."""
    guesses = [guess for heading in told if (guess := _guess(heading, main, told)) is not None]
    guesses = of_one_address(guesses)
    known = {guess.heading for guess in guesses}
    guesses = beside_numbers(guesses, [(heading, plain(heading)) for heading in told if heading not in known])
    columns: dict[str, tuple[Target, ...]] = {}
    taken: set[str] = set()
    for guess in guesses:
        target = guess.target
        if target.to in taken:
            continue
        if target.to.rpartition(".")[0] in _ONCE:
            taken.add(target.to)
        columns[guess.heading] = (target,)
    return columns


def _also_name(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    return (Target("name"), *targets) if targets[0].to == "organization.name" else targets


def _guess(heading: str, main: str, told: list[str]) -> Guess | None:
    name = plain(heading)
    found, whose = _looked_up(name, told)
    if found is None:
        return None
    table, _, field = found.to.rpartition(".")
    other = TABLES[plain(table)][0] if table else main
    if other == main:
        if (main, field) == ("organization", "url"):
            return Guess(heading, name, Target("website"), whose)
        fits = field in ENTITIES[main].known or field == "keywords"
        return Guess(heading, name, Target(field, split=found.split), whose) if fits else None
    fits = other in _BY_PLACE.get(main, ()) or relation(main, other) is not None
    return Guess(heading, name, found, whose) if fits else None


def _looked_up(name: str, told: list[str]) -> tuple[Target | None, str]:
    """Return what a plain name means, and whose it says that is."""
    if name in _COUNTY:
        return _county(told), ""
    if name.removeprefix("physical_") in _COUNTY:
        return Target("addresses.region"), "physical"
    if name == _ESTADO:
        # In Spanish a state of the country and the state something is in are one word.
        placed = any(plain(other).startswith(("ciudad", "codigo_postal")) for other in told)
        return (Target("addresses.state_province") if placed else None), ""
    target, whose = with_prefix(name)
    exact = GUESSES.get(name)
    if exact is not None:
        return exact, whose if target is not None and target.to == exact.to else ""
    return (target, whose) if target is not None else (_known(name), "")


def _county(told: list[str]) -> Target:
    """Return what a county is: part of an address where there is one beside it, else whom the service is for."""
    placed = any((found := _known(plain(other))) and found.to.startswith("addresses.") for other in told)
    return Target("addresses.region") if placed else Target("service_areas.name", split=",")


def _known(name: str) -> Target | None:
    # "Services" is no slip for "service": a plural often means a list of other things.
    if name in GUESSES or len(name) < _SHORTEST or name in TABLES or name.removesuffix("s") in GUESSES:
        return GUESSES.get(name)
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, GUESSES.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return GUESSES[found[0]] if found else None
