"""Whether it slows down: answers with ever more entries, topics and conversations, and the memory each step takes.

Each step is a process of its own (growth_step.py). All steps of a kind wait beside each other and are asked in turn,
round by round, so that a busy moment of the machine falls on all of them.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.effort import Effort
from tests.benchmarks.figures import Figure, Figures, spread
from tests.benchmarks.processes import ROOT

#: The step of which it is also told how long loading takes, and for how long that keeps others waiting.
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Step:
    """A process with so many of a kind, ready to be asked."""

    size: int
    process: subprocess.Popen[str]
    facts: dict[str, float]

    def ask(self) -> dict[str, float]:
        """Let it do one round."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return _told(self.process)


def measure(texts: Sequence[str], effort: Effort) -> Figures:
    """Return microseconds per answer or turn, and MB, for every step; seconds to load the largest directory."""
    asked = list(texts[:: effort.texts])
    return {
        **_grown("answer", "entries", effort.entries, asked, rounds=effort.rounds),
        **_grown("answer", "topics", effort.topics, asked, rounds=effort.rounds),
        **_grown("remember", "conversations", effort.conversations, asked, rounds=effort.rounds),
    }


def named(size: int) -> str:
    """Write a size as figures are called: 100k."""
    return f"{size // 1000}k" if size % 1000 == 0 else str(size)


def _grown(what: str, kind: str, sizes: Sequence[int], texts: list[str], *, rounds: int) -> Figures:
    found: Figures = {}
    with ExitStack() as stack:
        steps = [stack.enter_context(_step(kind, size, texts)) for size in sizes]
        asked = [[step.ask() for step in steps] for _ in range(rounds + 1)][1:]
    for place, step in enumerate(steps):
        end = f"{named(step.size)}_{kind}"
        mine = [one[place] for one in asked]
        found[f"{what}_us_p50_{end}"] = spread([one["p50"] for one in mine], 1)
        found[f"{what}_us_p99_{end}"] = spread([one["p99"] for one in mine], 1)
        found[f"pss_mb_{end}"] = Figure(step.facts["pss_mb"])
        for hour in sorted(mine[0].keys() - {"p50", "p99"}):
            found[f"choose_us_p50_{end}_{hour}"] = spread([one[hour] for one in mine], 1)
        if step.size == _LARGEST:
            found |= {f"{name}_{end}": Figure(v) for name, v in step.facts.items() if name != "pss_mb"}
    ratios = [one[-1]["p50"] / one[0]["p50"] for one in asked]
    found[f"{what}_ratio_{named(sizes[-1])}_to_{named(sizes[0])}_{kind}"] = spread(ratios, 2)
    return found


@contextmanager
def _step(kind: str, size: int, texts: list[str]) -> Iterator[_Step]:
    command = [sys.executable, "-m", "tests.benchmarks.growth_step", kind, str(size)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(texts) + "\n")
            process.stdin.flush()
            yield _Step(size, process, _told(process))
        finally:
            process.terminate()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("a step of growth ended early")
    found: dict[str, Any] = json.loads(line)
    return found
