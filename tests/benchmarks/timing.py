"""How long one call takes, many times over."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import TypeVar

from tests.benchmarks.figures import Figures, spread

T = TypeVar("T")


def round_us(over: Sequence[T], call: Callable[[T], object]) -> tuple[float, float]:
    """Call once for each; return the median and the 99th of a hundred, in microseconds."""
    took = []
    for one in over:
        began = time.perf_counter()
        call(one)
        took.append((time.perf_counter() - began) * 1e6)
    return median(took), quantiles(took, n=100)[98] if len(took) > 1 else took[0]


def rounds(name: str, over: Sequence[T], call: Callable[[T], object], *, number: int) -> Figures:
    """Return `name`_us_p50 and `name`_us_p99: the median of so many rounds, after one that is not counted."""
    round_us(over, call)
    told = [round_us(over, call) for _ in range(number)]
    return {
        f"{name}_us_p50": spread([p50 for p50, _ in told], 1),
        f"{name}_us_p99": spread([p99 for _, p99 in told], 1),
    }
