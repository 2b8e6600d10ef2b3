"""Our own mapping files: read from TOML, with every problem named at once, and written to be edited."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from bot.directory.hsds import ENTITIES
from bot.directory.shaping.mapping import Mapping_, MappingError, TableMapping, Target
from bot.directory.shaping.mapping_yaml import from_yaml
from bot.directory.shaping.mending.objects import OTHER_NAMES
from bot.directory.shaping.names import TABLES, plain, table_name

_TOP = {"files"}
_OF_FILE = {"table": str, "columns": dict, "always": dict, "only": bool}
_OF_TARGET = {"to": str, "split": str, "values": dict, "with": dict, "label": str, "append": bool, "group": str}
_KINDS = {str: "text in quotes", bool: "true or false", dict: "a table"}
#: Words that a column may hold a list of, though they are no field.
WORD_LISTS = frozenset({"keywords", "payments accepted"})


def load_mapping(content: bytes, name: str) -> Mapping_:
    """Return the mapping a file holds: ours in TOML, or one of the HSDS Transformer's in YAML, told by its name.

    Raises MappingError with every problem found.
    """
    if name.lower().endswith((".yaml", ".yml")):
        return from_yaml(content, name)
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise MappingError((f"{name} is no TOML: {why}",)) from why
    problems: list[str] = [f"{name}: {key} is not known; a mapping has only [files]" for key in found.keys() - _TOP]
    files: dict[str, TableMapping] = {}
    told = found.get("files")
    if not isinstance(told, dict) or not told:
        problems.append(f'{name}: it names no file: begin with [files."services.csv"]')
        told = {}
    for file, table in told.items():
        where = f"{name}, files.{file}"
        if not isinstance(table, dict):
            problems.append(f"{where}: it must be a table")
            continue
        files["*" if file == "*" else table_name(file)] = _table(table, where, problems)
    if problems:
        raise MappingError(tuple(problems))
    return Mapping_(name, files)


def mapping_text(mapping: Mapping_) -> str:
    """Return a mapping as TOML, to be saved beside the data and edited."""
    import tomli_w

    files = {
        file: {
            "table": table.table,
            **({"only": True} if table.only else {}),
            **({"always": dict(table.fixed)} if table.fixed else {}),
            "columns": {heading: _written(targets) for heading, targets in table.columns.items()},
        }
        for file, table in mapping.files.items()
    }
    return tomli_w.dumps({"files": files})


def _table(told: Mapping[str, Any], where: str, problems: list[str]) -> TableMapping:
    problems += _keys(told, _OF_FILE, where)
    table = str(told.get("table", ""))
    entity = TABLES.get(plain(table), ("", ""))[0]
    if entity not in ENTITIES:
        problems.append(
            f"{where}: table = {table!r} is no table of the standard; services, organizations and locations are"
        )
        return TableMapping("services")
    columns = {}
    told_columns = told.get("columns", {})
    for heading, target in told_columns.items() if isinstance(told_columns, dict) else ():
        found = [
            _target(one, f"{where}, {heading}", problems) for one in (target if isinstance(target, list) else [target])
        ]
        problems += [
            problem for one in found if one for problem in _unknown(one.to, entity, f"{where}, {heading}")
        ]  # fmt: skip
        columns[heading] = tuple(one for one in found if one)
    return TableMapping(
        table, columns, _texts(told.get("always", {}), f"{where}, always", problems), told.get("only") is True
    )


def _target(told: Any, where: str, problems: list[str]) -> Target | None:
    if isinstance(told, str):
        return Target(told)
    if not isinstance(told, dict) or not isinstance(told.get("to"), str):
        problems.append(f'{where}: write the field it goes to, as in "name", or {{ to = "name" }}')
        return None
    problems += _keys(told, _OF_TARGET, where)
    return Target(
        to=told["to"],
        split=str(told.get("split", "")),
        values=_texts(told.get("values", {}), f"{where}, values", problems),
        fixed=_texts(told.get("with", {}), f"{where}, with", problems),
        label=str(told.get("label", "")),
        append=told.get("append") is True,
        group=str(told.get("group", "")),
    )


def _keys(told: Mapping[str, Any], known: Mapping[str, type], where: str) -> Iterator[str]:
    for key, value in told.items():
        if key not in known:
            yield f"{where}: {key} is not known; these are: {', '.join(known)}"
        elif not isinstance(value, known[key]):
            yield f"{where}: {key} must be {_KINDS[known[key]]}"


def _texts(told: Any, where: str, problems: list[str]) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        problems.append(f"{where}: every value must be text in quotes")
        return {}
    return dict(told)


def _unknown(to: str, entity: str, where: str) -> Iterator[str]:
    """Give what is wrong with a target: a table or a field that the standard does not have."""
    other, _, name = to.rpartition(".")
    if other:
        entity = TABLES.get(plain(other), ("", ""))[0]
        if entity not in ENTITIES:
            yield f"{where}: {other!r} in {to!r} is no table of the standard"
            return
    known = {*ENTITIES[entity].known, *OTHER_NAMES.get(entity, ()), *WORD_LISTS}
    if name not in known:
        near = difflib.get_close_matches(name, sorted(known), 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        yield f"{where}: {name!r} is no field of {ENTITIES[entity].file.removesuffix('.csv')}{hint}"


def _written(targets: tuple[Target, ...]) -> Any:
    found = []
    for target in targets:
        told: dict[str, Any] = {"to": target.to}
        told |= {key: getattr(target, key) for key in ("split", "label", "append", "group") if getattr(target, key)}
        told |= {key: dict(values) for key, values in (("values", target.values), ("with", target.fixed)) if values}
        found.append(told["to"] if len(told) == 1 else told)
    return found[0] if len(found) == 1 else found
