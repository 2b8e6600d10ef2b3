"""A figure: what was measured, how far apart its rounds lay, and what must be known to read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `low` and `high`: the least and the most of its rounds; None when it was taken once.

    `value` None: it was not there to measure, and `note` says why.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


Figures = dict[str, Figure]


def spread(values: Sequence[float], digits: int, note: str = "") -> Figure:
    """Return the median of some rounds with the least and the most of them."""
    low, middle, high = (round(one, digits) for one in (min(values), median(values), max(values)))
    return Figure(middle, low, high, note) if len(values) > 1 else Figure(middle, note=note)


def once(values: Mapping[str, float | None]) -> Figures:
    """Return figures that were taken once."""
    return {name: Figure(value) for name, value in values.items()}


def missing(names: Sequence[str], why: str) -> Figures:
    """Return figures that could not be taken, with the reason."""
    return dict.fromkeys(names, Figure(None, note=why))


def prefixed(prefix: str, figures: Mapping[str, Figure], rename: Callable[[str], str] = str) -> Figures:
    """Return the same figures under longer names."""
    return {f"{prefix}{rename(name)}": figure for name, figure in figures.items()}
