"""Stay on one processor: threads that share one interpreter lock gain nothing from two, and lose what is in its cache.

Measured on 2 processors: with eight connections a text took 5.0 ms of processor time on both, and 1.9 ms on one.
"""

import os
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

#: How often it is looked at whether others need the same processor.
LOOK_EVERY_SECONDS = 5.0
#: Where others take more than this share of it, and this much more than elsewhere, it is left to them.
CROWDED = 0.25
BETTER = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")

Busy = Callable[[], Mapping[int, float]]


def busy() -> dict[int, float]:
    """Return for each processor the seconds it has worked since the machine was started; {} where nobody tells."""
    with suppress(OSError, ValueError):
        lines = Path("/proc/stat").read_text("ascii").splitlines()
        return dict(_read(line.split()) for line in lines if line.startswith("cpu") and line[3].isdigit())
    return {}


def move(processor: int) -> None:
    """Keep every thread of this process to a processor; where that cannot be done nothing changes."""
    with suppress(OSError):
        for thread in os.listdir("/proc/self/task"):
            with suppress(ProcessLookupError):
                os.sched_setaffinity(int(thread), {processor})


def allowed() -> list[int]:
    """Return the processors this process may use; none where a system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


class OneProcessor:
    """Keep a process to one processor, and change it when others need that one more. Times are seconds."""

    def __init__(
        self,
        *,
        among: Callable[[], list[int]] = allowed,
        busy: Busy = busy,
        own: Callable[[], float] = time.process_time,
        clock: Callable[[], float] = time.monotonic,
        move: Callable[[int], None] = move,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Begin on one of those the process may use; several processes begin on different ones, more or less."""
        self._among = among()
        self._busy, self._own, self._clock, self._move, self._chance = busy, own, clock, move, chance
        self._here = self._among[os.getpid() % len(self._among)] if self._among else -1
        self._before = (clock(), own(), busy())
        if len(self._among) > 1:
            move(self._here)

    def look(self) -> None:
        """Change the processor if it is time to look and another has much more room. It may be called at any time."""
        since, own_before, busy_before = self._before
        passed = self._clock() - since
        if len(self._among) < 2 or passed < LOOK_EVERY_SECONDS:
            return
        self._before = (since + passed, self._own(), self._busy())
        others = {
            one: (worked - busy_before.get(one, worked)) / passed
            for one, worked in self._before[2].items()
            if one in self._among
        }
        if self._here not in others:
            return
        others[self._here] -= (self._before[1] - own_before) / passed
        best = min(others, key=lambda one: others[one])
        crowded = others[self._here] > CROWDED and others[self._here] - others[best] > BETTER
        # By chance: of two that stand in each other's way one should go, not both, to meet again.
        if crowded and self._chance() < 0.5:
            self._here = best
            self._move(best)


def _read(fields: list[str]) -> tuple[int, float]:
    # https://man7.org/linux/man-pages/man5/proc_stat.5.html: user nice system idle iowait irq softirq steal
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[1:9])
    return int(fields[0][3:]), (user + nice + system + irq + softirq + steal) / _TICKS
