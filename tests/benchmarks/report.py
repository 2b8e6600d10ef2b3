"""The Markdown of a run: the machine, the goals and whether they were met, every figure with its spread."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.benchmarks.cpu import MOST_FOREIGN
from tests.benchmarks.figures import Figure, Figures


@dataclass(frozen=True, slots=True)
class Goal:
    """What the line must reach: a figure that has to be at least or at most so much."""

    what: str
    figure: str
    least: float | None = None
    most: float | None = None

    def row(self, figures: Mapping[str, Figure]) -> str:
        """Write it as a row: the goal, what was measured, and whether that is enough."""
        bound = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        value = figures[self.figure].value if self.figure in figures else None
        if value is None:
            return f"| {self.what} | `{self.figure}` | {bound} | - | not measured |"
        met = value >= self.least if self.least is not None else value <= (self.most or 0.0)
        return f"| {self.what} | `{self.figure}` | {bound} | {value:g} | {'met' if met else '**not met**'} |"


GOALS = (
    Goal("webhook throughput beside bare Flask, RAM", "webhook_ratio_ram", least=0.60),
    Goal("the same with PostgreSQL and Redis", "webhook_ratio_redis", least=0.45),
    Goal("p99 at 200 texts/s over 64 connections, ms", "webhook_p99_ms", most=25),
    Goal("an answer, median, µs", "answer_us_p50", most=250),
    Goal("an answer, p99, µs", "answer_us_p99", most=2000),
    Goal("an answer at 10^5 entries, median, µs", "answer_us_p50_100k_entries", most=500),
    Goal("an answer at 10^5 entries, p99, µs", "answer_us_p99_100k_entries", most=4000),
    Goal("others while 50 requests are half sent, p99, ms", "loris_p99_ms", most=1000),
    Goal("a line process, MB", "line_pss_mb", most=110),
    Goal("ready, s", "ready_s", most=1),
    Goal("segments of a reply, crises apart", "segments_per_reply_without_crisis", most=1.8),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a run: its figures, its seconds, and the share of the machine that others used meanwhile."""

    title: str
    figures: Figures
    seconds: float
    foreign: float | None

    def __str__(self) -> str:
        """Write it as a heading, what others used, and a table."""
        others = "not told here" if self.foreign is None else f"{self.foreign:.0%}"
        warning = ""
        if self.foreign is not None and self.foreign > MOST_FOREIGN:
            warning = " **The machine was busy with other things: trust ratios, not times.**"
        return (
            f"## {self.title}\n{self.seconds:.0f} s; processor time used by others: {others} of the machine.{warning}\n"
            "\n| figure | value | rounds | note |\n|---|---|---|---|\n"
            + "".join(_row(*one) for one in self.figures.items())
        )


def markdown(root: Path, parts: Sequence[Part], now: datetime, *, whole: bool) -> str:
    """Write a run. `whole` False says on top that it is no run to quote."""
    figures = {name: figure for part in parts for name, figure in part.figures.items()}
    warned = "" if whole else "**Not a full run: single parts, or small counts. Nothing here is to be quoted.**\n\n"
    goals = "| what | figure | goal | measured | |\n|---|---|---|---|---|\n"
    goals += "".join(f"{goal.row(figures)}\n" for goal in GOALS if whole or goal.figure in figures)
    told = "\n".join(map(str, parts))
    return f"# Benchmarks\n{warned}{machine(root, now)}\n\n## Goals\n{goals}\n{told}"


def machine(root: Path, now: datetime) -> str:
    """Say on what, with what, of what and when: one line."""
    processors = f"{os.cpu_count()} x {_processor()}"
    system = f"{platform.system()} {platform.release()}, {platform.python_implementation()} {platform.python_version()}"
    return f"{now:%Y-%m-%d %H:%M} UTC. {processors}, {_memory()}; {system}; commit {_commit(root)}."


def _row(name: str, figure: Figure) -> str:
    value = "not measured here" if figure.value is None else f"{figure.value:g}"
    apart = "" if figure.low is None else f"{figure.low:g} to {figure.high:g}"
    return f"| `{name}` | {value} | {apart} | {figure.note} |\n"


def _processor() -> str:
    return _first("/proc/cpuinfo", "model name") or platform.machine()


def _memory() -> str:
    told = _first("/proc/meminfo", "MemTotal")
    return f"{int(told.split()[0]) / 1024**2:.0f} GB" if told else "memory not told"


def _first(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _commit(root: Path) -> str:
    def git(*order: str) -> str:
        return subprocess.run(["git", *order], cwd=root, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = " with changes since" if git("status", "--porcelain", "--untracked-files=no") else ""
        return git("rev-parse", "--short", "HEAD") + changed
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
