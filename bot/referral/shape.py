"""Give the raw tables of a release document their types, naming each misfit by its key path."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from cattrs.errors import IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from bot.referral.check import Check, How, Result
from bot.referral.entry import Kind, Policy, Serves, Source, Status, Way
from bot.referral.problem import Problem

T = TypeVar("T")


class Misfit(Exception):
    """A table of a release did not have the shape its kind needs."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems found in the table."""
        self.problems = problems
        super().__init__(len(problems))


def _exactly(kind: type[Any]) -> Any:
    def check(value: Any, _: object) -> Any:
        if type(value) is not kind:
            raise TypeError(f"should be {_NAMES[kind]}, is {value!r}")
        return value

    return check


_NAMES: Mapping[type[Any], str] = {str: "text", int: "a whole number", bool: "true or false"}


def _number(value: Any, _: object) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"should be a number, is {value!r}")
    return float(value)


def _day(value: Any, _: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    raise TypeError(f"should be a day like 2026-11-21, is {value!r}")


def _is_tuple(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _member(kind: type[StrEnum]) -> Any:
    members = {str(member): member for member in kind}

    def structure(value: Any, _: object) -> StrEnum:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise TypeError(f"should be one of {', '.join(kind)}, is {value!r}") from None

    return structure


def _quick_tuples(kind: Any, made: cattrs.Converter) -> Any:
    item = get_args(kind)[0]
    hook = made.get_structure_hook(item)

    def structure(value: Any, _: object) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError(f"should be a list, is {value!r}")
        return tuple([hook(raw, item) for raw in value])

    return structure


def _tuples(kind: Any, made: cattrs.Converter) -> Any:
    # Ours instead of the library's because a text is a sequence too: words = "bed" would pass as b, e, d.
    item = get_args(kind)[0]

    def structure(value: Any, _: object) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError(f"should be a list, is {value!r}")
        made_items, errors = [], []
        for place, raw in enumerate(value):
            try:
                made_items.append(made.structure(raw, item))
            except Exception as error:
                error.__notes__ = [
                    *getattr(error, "__notes__", []),
                    IterableValidationNote(f"item {place}", place, item),
                ]
                errors.append(error)
        if errors:
            raise IterableValidationError("list", errors, kind)
        return tuple(made_items)

    return structure


def _remembered(kind: type[Any], made: cattrs.Converter) -> Any:
    # Entries hold the same few rows by the hundred thousand: those are made once, and shared.
    hook = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False)

    @lru_cache(maxsize=4096, typed=True)  # typed: true is no 1
    def known(keys: tuple[str, ...], *values: object) -> Any:
        return hook(dict(zip(keys, values, strict=True)), kind)

    def structure(raw: Any, _: object) -> Any:
        return known((*raw,), *[(*value,) if type(value) is list else value for value in raw.values()])

    return structure


def _converter(*, detailed: bool) -> cattrs.Converter:
    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=detailed)
    for kind in _NAMES:
        made.register_structure_hook(kind, _exactly(kind))
    for closed in (How, Kind, Policy, Result, Source, Status, Way):
        # A closed set is a text too, so it needs its own hook beside the one for texts.
        made.register_structure_hook(closed, _member(closed))
    made.register_structure_hook(float, _number)
    made.register_structure_hook(date, _day)
    made.register_structure_hook_factory(_is_tuple)(_tuples if detailed else _quick_tuples)
    for kind in () if detailed else (Serves, Check):
        made.register_structure_hook(kind, _remembered(kind, made))
    return made


#: The quick one takes half the time and stops at the first misfit, without its place; the other one names them all.
_QUICK, _DETAILED = _converter(detailed=False), _converter(detailed=True)


def shaped(file: str, raw: Any, kind: type[T], at: str = "") -> T:
    """Give a raw table its type. Raises Misfit naming every misfit below `at`."""
    if not isinstance(raw, Mapping):
        raise Misfit((Problem(file, at, f"should be a table, is {raw!r}"),))
    with suppress(Exception):
        return _QUICK.structure(raw, kind)
    try:
        return _DETAILED.structure(raw, kind)
    except Exception as error:  # cattrs groups what it found; anything else is a misfit as well
        raise Misfit(
            tuple(_problem(file, at, line) for line in cattrs.transform_error(error, format_exception=_said))
        ) from None


def _said(error: BaseException, kind: type[Any] | None) -> str:
    if isinstance(error, KeyError):
        return f"needs {error.args[0]!r}"
    if isinstance(error, TypeError) and str(error).startswith("should be"):
        return str(error)
    return cattrs.v.format_exception(error, kind)


def _problem(file: str, at: str, line: str) -> Problem:
    message, _, path = line.rpartition(" @ ")
    inner = path.removeprefix("$").lstrip(".")
    return Problem(file, ".".join(p for p in (at, inner) if p), message or line)
