"""The mapping files of the HSDS Transformer (YAML), in both of the shapes they are written in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.columns import meant
from bot.directory.shaping.mapping import Mapping_, MappingError, TableMapping, Target
from bot.directory.shaping.mending.objects import OTHER_NAMES
from bot.directory.shaping.names import TABLES, plain, table_name

#: Names its authors use for fields that are not the standard's.
_FIELDS = {"alternative_name": "alternate_name", "hours_of_operation": "hours", "original_text": "hours"}
#: Whose row it is, where a file tells of several: the first of these it gives an id.
_WHOSE = ("service", "organization", "location")
_VARIANTS = {"postal": {"address_type": "postal"}, "physical": {"address_type": "physical"}}


def from_yaml(content: bytes, name: str) -> Mapping_:
    """Return the mapping of a YAML file. Raises MappingError with every problem found."""
    import yaml

    try:
        told = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as why:
        raise MappingError((f"{name} is no YAML: {why}",)) from why
    problems: list[str] = []
    files: dict[str, TableMapping] = {}
    if not isinstance(told, dict) or not told:
        raise MappingError((f"{name}: it names no file",))
    for file, table in told.items():
        columns = table.get("columns", table) if isinstance(table, dict) else None
        if not isinstance(columns, dict):
            problems.append(f"{name}, {file}: it must list columns")
            continue
        read = {str(heading): _steps(step, f"{name}, {file}, {heading}", problems) for heading, step in columns.items()}
        mapping = _table(str(file), read)
        if mapping is None:
            problems.append(f"{name}, {file}: it fills no table of the standard")
        else:
            files[table_name(str(file))] = mapping
    if problems:
        raise MappingError(tuple(problems))
    return Mapping_(name, files)


def _steps(told: Any, where: str, problems: list[str]) -> list[Mapping[str, Any]]:
    steps = told if isinstance(told, list) else [told]
    good: list[Mapping[str, Any]] = [
        step for step in steps if isinstance(step, dict) and isinstance(step.get("model"), str) and "field" in step
    ]
    if len(good) != len(steps):
        problems.append(f"{where}: a column needs a model and a field")
    return good


def _table(file: str, columns: Mapping[str, list[Mapping[str, Any]]]) -> TableMapping | None:
    main = _whose(file, [step for steps in columns.values() for step in steps])
    if main is None:
        return None
    targets = {heading: tuple(_targets(main, steps)) for heading, steps in columns.items()}
    return TableMapping(main, {heading: found for heading, found in targets.items() if found})


def _whose(file: str, steps: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the entity a row of a file is."""
    models = Counter(TABLES.get(plain(step["model"]), ("", ""))[0] for step in steps)
    named = TABLES.get(table_name(file), ("", ""))[0]
    if named in models:
        return named
    found = [entity for entity in _WHOSE if entity in models]
    return found[0] if found else next((entity for entity in models if entity in ENTITIES), None)


def _targets(main: str, steps: Iterable[Mapping[str, Any]]) -> Iterator[Target]:
    for step in steps:
        entity, variant = TABLES.get(plain(step["model"]), ("", ""))
        name = _FIELDS.get(str(step["field"]), str(step["field"]))
        split = str(step.get("split_by") or "").strip() or ("," if entity == "language" else "")
        values = (
            {str(key): str(value) for key, value in step["map"].items()} if isinstance(step.get("map"), dict) else {}
        )
        to = _to(main, entity, name)
        if to:
            yield Target(
                to, split=split, values=values, fixed=_VARIANTS.get(variant, {}), append=bool(step.get("append"))
            )


def _to(main: str, entity: str, name: str) -> str:
    """Return the target of a step in our words, "" where our own rules say it already or nothing can hold it."""
    if entity == "eligibility":
        return "eligibility_description" if main == "service" else ""
    if entity == "service_at_location":
        pairs = {("location", "service_id"): "services.id", ("service", "location_id"): "locations.id"}
        return pairs.get((main, name), "")
    if entity not in ENTITIES or (entity != main and name == f"{main}_id"):
        return ""
    known = name in ENTITIES[entity].known or name in OTHER_NAMES.get(entity, ())
    target = None if known else meant(name, entity)
    field = name if known else target.to if target and "." not in target.to else ""
    if entity == main or not field:
        return field
    # A second object's own keys, and what it has to do with third ones, are found by our own rules.
    return "" if field.endswith("_id") or (field == "id" and entity not in _WHOSE) else f"{entity}.{field}"
