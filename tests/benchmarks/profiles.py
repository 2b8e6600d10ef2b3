"""Where the time goes: the line under py-spy while it starts, and while texts flow on each kind of memory.

For each it writes build/profile-NAME.svg (a flame graph), profile-NAME.raw (its stacks) and profile-NAME.txt: the
functions in which time was spent itself, and those it was spent below, as shares of the samples.
"""

import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.benchmarks import fetched, load
from tests.benchmarks.load import Stock
from tests.benchmarks.processes import free_port, home, line
from tests.benchmarks.shared import shared
from tests.benchmarks.started import stop_when_ready

PY_SPY = "0.4.3"
#: Each sample stops the line for a moment: more of them would change what they show.
SECONDS, SAMPLES_PER_SECOND, SHOWN = 15, 100, 40
#: Texts enough for both recordings of a line.
STOCK = 60_000


def record(texts: Sequence[str], target: Path) -> str:
    """Write the profiles; return in a sentence where they are, or why there are none."""
    folder, why = fetched.package("py-spy", PY_SPY)
    if folder is None:
        return why
    target.mkdir(exist_ok=True)
    spy = str(folder / "bin" / "py-spy")
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        stock = Stock.make(Path(made), list(texts), STOCK)
        names = [_start(spy, target)]
        state = stack.enter_context(shared())
        for name, changes in (("ram", {}), ("redis", state.changes)):
            if changes is not None:
                names.append(_flowing(spy, target / f"profile-{name}", changes, stock.anew()))
    return f"py-spy {PY_SPY} wrote .svg, .raw and .txt of {', '.join(names)} to {target.name}/"


def _start(spy: str, target: Path) -> str:
    """Record a line from its first moment until it answers."""
    path = target / "profile-start"
    with home() as at:
        for ending, how in _recordings(path):
            start = [sys.executable, "-m", "tests.benchmarks.started", str(free_port())]
            order = [spy, *_order(ending, how), "--", *start]
            subprocess.run(order, env=at.environ, cwd=at.folder, check=True, capture_output=True)
    return _summed(path)


def _flowing(spy: str, path: Path, changes: dict[str, str], stock: Stock) -> str:
    """Record a line that answers texts as fast as it can."""
    with home(changes) as at, line(at) as running:
        for ending, how in _recordings(path):

            def attach(ending: Path = ending, how: str = how) -> None:
                order = [spy, *_order(ending, how), "--duration", str(SECONDS), "--pid", str(running.pid)]
                subprocess.run(order, check=True, capture_output=True)

            flow = partial(load.closed, running.port, stock, connections=8, seconds=SECONDS + 2, most=STOCK // 2)
            _meanwhile(attach, flow)
    return _summed(path)


def _meanwhile(one: Callable[[], object], other: Callable[[], object]) -> None:
    beside = threading.Thread(target=other)
    beside.start()
    try:
        one()
    finally:
        beside.join()


def _recordings(path: Path) -> list[tuple[Path, str]]:
    return [(path.with_suffix(".svg"), "flamegraph"), (path.with_suffix(".raw"), "raw")]


def _order(ending: Path, how: str) -> list[str]:
    return ["record", "--gil", "--rate", str(SAMPLES_PER_SECOND), "--format", how, "--output", str(ending)]


def _summed(path: Path) -> str:
    stacks = path.with_suffix(".raw").read_text(encoding="utf-8").splitlines()
    path.with_suffix(".txt").write_text(summary(stacks), encoding="utf-8")
    return path.name


def summary(stacks: Sequence[str]) -> str:
    """Sum stacks as py-spy writes them ("a;b;c 12") up by function: time spent in it, and below it."""
    own: Counter[str] = Counter()
    below: Counter[str] = Counter()
    samples = 0
    for stack in stacks:
        frames, _, number = stack.rpartition(" ")
        if not frames or stop_when_ready.__name__ in frames:
            continue  # a thread without Python, and what only waits to end the recording
        named = [_without_line(frame) for frame in frames.split(";")]
        samples += int(number)
        own[named[-1]] += int(number)
        for name in set(named):
            below[name] += int(number)
    parts = [f"{samples} samples, {SAMPLES_PER_SECOND} a second, of threads that ran Python (held its lock)"]
    for title, sums in (("in the function itself", own), ("in it and in what it calls", below)):
        parts.append(f"\n{title}:")
        parts += [f"{number / samples:7.1%}  {name}" for name, number in sums.most_common(SHOWN)]
    return "\n".join(parts) + "\n"


def _without_line(frame: str) -> str:
    """Write "load (bot/x.py:12)" as "load (bot/x.py)": a function is one, whatever line it was at."""
    name, colon, rest = frame.rpartition(":")
    return f"{name})" if colon and rest.rstrip(")").isdecimal() else frame
