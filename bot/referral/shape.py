"""Give the raw tables of a release document their types, naming each misfit by its key path."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin

import cattrs
from cattrs.errors import IterableValidationError, IterableValidationNote

from bot.referral.check import How, Result
from bot.referral.entry import Kind, Policy, Source, Status, Way
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
    def structure(value: Any, _: object) -> StrEnum:
        if value not in list(kind):
            raise TypeError(f"should be one of {', '.join(kind)}, is {value!r}")
        return kind(value)

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


def _converter() -> cattrs.Converter:
    made = cattrs.Converter(forbid_extra_keys=True)
    for kind in _NAMES:
        made.register_structure_hook(kind, _exactly(kind))
    for closed in (How, Kind, Policy, Result, Source, Status, Way):
        # A closed set is a text too, so it needs its own hook beside the one for texts.
        made.register_structure_hook(closed, _member(closed))
    made.register_structure_hook(float, _number)
    made.register_structure_hook(date, _day)
    made.register_structure_hook_factory(_is_tuple)(_tuples)
    return made


_CONVERTER = _converter()


def shaped(file: str, raw: Any, kind: type[T], at: str = "") -> T:
    """Give a raw table its type. Raises Misfit naming every misfit below `at`."""
    if not isinstance(raw, Mapping):
        raise Misfit((Problem(file, at, f"should be a table, is {raw!r}"),))
    try:
        return _CONVERTER.structure(raw, kind)
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
