"""Write what was learnt as the table that travels in a release."""

import base64
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from bot.referral.trained import MIDDLE
from bot.training.fit import Lesson

#: A weight is kept in steps of the group's largest one divided by this.
_STEPS = 127
#: Weights beyond this share of all others are cut to it: a few giants would coarsen the steps of the rest.
_WHOLE = 0.9999
_DIGITS = 6


def group(lesson: Lesson, name: str) -> dict[str, Any]:
    """Write the weights of one group of features: a byte a label, feature after feature."""
    start = sum(len(lesson.space.names[g]) for g in lesson.groups[: lesson.groups.index(name)])
    names = lesson.space.names[name]
    weights = lesson.weights[:, start : start + len(names)].T * lesson.space.weight[name][:, None]
    # Only differences between labels count: centred, the weights of a feature are smallest.
    weights = weights - weights.mean(axis=1, keepdims=True)
    most = float(np.quantile(np.abs(weights), _WHOLE)) if weights.size else 1.0
    scale = float(f"{most / _STEPS:.{_DIGITS}g}") or 1.0
    steps = np.clip(np.rint(weights / scale), -_STEPS, _STEPS).astype(np.int16) + MIDDLE
    packed = zlib.compress(steps.astype(np.uint8).tobytes(), 9)
    return {"scale": scale, "features": "\n".join(names), "weights": base64.b64encode(packed).decode()}


def numbers(values: Iterable[float]) -> list[float]:
    """Round numbers to what matters."""
    return [round(float(value), _DIGITS) for value in values]


def as_toml(table: Mapping[str, Any]) -> str:
    """Write the table of trained.toml as text: plain values first, then the tables inside it."""
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    inner = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    out = ["# Made from the examples by `quietline train`. Do not edit: change the examples and train again."]
    out += [f"{key} = {_value(value)}" for key, value in plain.items()]
    for name, inside in inner.items():
        out += ["", f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in inside.items())]
    return "\n".join(out) + "\n"


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() else f'"{key}"'


def _value(value: Any) -> str:
    if isinstance(value, str):
        # Literal strings: nothing in them is escaped, and they are read fastest.
        return f"'''\n{value}'''" if "\n" in value else f"'{value}'"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)
