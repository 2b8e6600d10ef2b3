"""The running line beside the yardstick, from outside: texts a second, waiting, half-sent requests, memory, start.

Three servers stand beside each other and are loaded in turn, so that a busy machine is as busy for each: the line on
SQLite and RAM, the line on PostgreSQL and Redis, and the yardstick.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import cpu, load
from tests.benchmarks.effort import Effort
from tests.benchmarks.figures import Figure, Figures, missing, spread
from tests.benchmarks.load import Seen, Stock
from tests.benchmarks.memory import pss_mb
from tests.benchmarks.processes import Home, Running, bare, home, line
from tests.benchmarks.shared import shared

#: As many senders at once as the server has threads.
CONNECTIONS, RATE, HALF_SENT = 8, 200.0, 50
#: More texts than any of the servers answers in a second.
MOST_PER_SECOND = 4000
#: Enough for all of it at that pace.
STOCK = 100_000
RAM, REDIS, BARE = "ram", "redis", "bare"
_REDIS_FIGURES = ("webhook_ratio_redis", "webhook_per_s_redis", "webhook_p50_ms_redis", "webhook_p99_ms_redis")


@dataclass(frozen=True, slots=True)
class _Server:
    """A server, and the requests it has not seen yet. The yardstick remembers none, and gets the same again."""

    name: str
    running: Running
    stock: Stock

    @property
    def port(self) -> int:
        return self.running.port

    @property
    def texts(self) -> Stock:
        return self.stock.anew() if self.name == BARE else self.stock


def measure(texts: Sequence[str], effort: Effort) -> Figures:
    """Return ratios to the yardstick, texts a second, milliseconds, MB and seconds to readiness."""
    with tempfile.TemporaryDirectory() as folder:
        stock = Stock.make(Path(folder), list(texts), STOCK)
        with _servers(stock) as (servers, said):
            found = _memory(servers, effort)
            found |= _throughput(servers, effort) | _wrk(servers, effort)
            found |= _waits(servers, effort) | _half_sent(servers[0], effort)
    if REDIS not in [server.name for server in servers]:
        found |= missing((*_REDIS_FIGURES, "webhook_ratio_redis_wrk", "line_pss_mb_redis"), said)
    else:
        found["webhook_ratio_redis"] = _noted(found["webhook_ratio_redis"], said)
    return found | _starts(effort)


@contextmanager
def _servers(stock: Stock) -> Iterator[tuple[list[_Server], str]]:
    with ExitStack() as stack:
        ours = stack.enter_context(line(stack.enter_context(home())))
        servers = [_Server(RAM, ours, stock.anew())]
        state = stack.enter_context(shared())
        if state.changes is not None:
            sharing = stack.enter_context(line(stack.enter_context(home(state.changes))))
            servers.append(_Server(REDIS, sharing, stock.anew()))
        servers.append(_Server(BARE, stack.enter_context(bare()), stock))
        yield servers, state.said


def _memory(servers: Sequence[_Server], effort: Effort) -> Figures:
    """Send the first texts one after the other; weigh each server after them."""
    names = {RAM: "line_pss_mb", REDIS: "line_pss_mb_redis"}
    found = {}
    for server in servers:
        load.closed(server.port, server.texts, connections=1, seconds=600, most=effort.warm_up)
        if server.name in names:
            found[names[server.name]] = Figure(pss_mb(server.running.pid))
    return found


def _in_turn(servers: Sequence[_Server], turns: int, run: Callable[[_Server], Seen]) -> dict[str, list[Seen]]:
    """Load each server in each turn, another one first each time."""
    seen: dict[str, list[Seen]] = {server.name: [] for server in servers}
    for turn in range(turns):
        first = turn % len(servers)
        for server in (*servers[first:], *servers[:first]):
            seen[server.name].append(run(server))
    return seen


def _throughput(servers: Sequence[_Server], effort: Effort) -> Figures:
    most = round(MOST_PER_SECOND * effort.seconds)
    worked: dict[str, list[float]] = {server.name: [] for server in servers}

    def run(server: _Server) -> Seen:
        began = cpu.seconds(server.running.pid)
        seen = load.closed(server.port, server.texts, connections=CONNECTIONS, seconds=effort.seconds, most=most)
        worked[server.name].append((cpu.seconds(server.running.pid) - began) / seen.sent * 1000)
        return seen

    # The first turn warms up and is not kept.
    seen = {name: runs[1:] for name, runs in _in_turn(servers, effort.turns + 1, run).items()}
    found: Figures = {}
    for name, runs in seen.items():
        what = "bare" if name == BARE else "webhook"
        end = "" if name == BARE else f"_{name}"
        if name != BARE:
            ratios = [mine.per_s / theirs.per_s for mine, theirs in zip(runs, seen[BARE], strict=True)]
            found[f"webhook_ratio{end}"] = spread(ratios, 3, load.limits([*runs, *seen[BARE]]))
        found[f"{what}_per_s{end}"] = spread([one.per_s for one in runs], 0)
        found[f"{what}_cpu_ms{end}"] = spread(worked[name][1:], 3)
        found[f"{what}_busy_p50_ms{end}"] = spread([one.p50 for one in runs], 2)
        found[f"{what}_busy_p99_ms{end}"] = spread([one.p99 for one in runs], 2)
    return found


def _wrk(servers: Sequence[_Server], effort: Effort) -> Figures:
    most = round(MOST_PER_SECOND * max(1.0, effort.seconds))
    found: dict[str, list[float]] = {server.name: [] for server in servers}
    for _ in range(effort.open_turns):
        for server in servers:
            told = load.wrk(server.port, server.texts, connections=CONNECTIONS, seconds=effort.seconds, most=most)
            if told is None:
                return missing([f"webhook_ratio_{s.name}_wrk" for s in servers[:-1]], "wrk is not installed")
            found[server.name].append(told)
    ours = [name for name in found if name != BARE]
    ratios = {name: [mine / theirs for mine, theirs in zip(found[name], found[BARE], strict=True)] for name in ours}
    return {f"webhook_ratio_{name}_wrk": spread(ratios[name], 3) for name in ours}


def _waits(servers: Sequence[_Server], effort: Effort) -> Figures:
    found: Figures = {}
    for jitter, end in ((False, ""), (True, "_at_random")):

        def run(server: _Server, jitter: bool = jitter) -> Seen:
            return load.at_rate(server.port, server.texts, RATE, seconds=effort.open_seconds, jitter=jitter)

        for name, runs in _in_turn(servers, 1 if jitter else effort.open_turns, run).items():
            what = "bare" if name == BARE else "webhook"
            where = "_redis" if name == REDIS else ""
            note = load.limits(runs)
            found[f"{what}_p50_ms{where}{end}"] = spread([one.p50 for one in runs], 2, note)
            found[f"{what}_p99_ms{where}{end}"] = spread([one.p99 for one in runs], 2, note)
    return found


def _half_sent(server: _Server, effort: Effort) -> Figures:
    seen = load.at_rate(server.port, server.texts, RATE, seconds=effort.loris_seconds, half_sent=HALF_SENT)
    return {
        "loris_p50_ms": Figure(round(seen.p50, 2), note=seen.limit),
        "loris_p99_ms": Figure(round(seen.p99, 2), note=seen.limit),
        "loris_max_ms": Figure(round(seen.max, 2), note=seen.limit),
    }


def _starts(effort: Effort) -> Figures:
    """Start in folders as `init` leaves them, and again where a line has run before."""
    first: list[float] = []
    again: list[float] = []
    with home() as filled:
        for _ in range(effort.starts):
            with tempfile.TemporaryDirectory() as folder:
                fresh = Home(Path(folder, "line"))
                shutil.copytree(filled.folder, fresh.folder)
                for seconds in (first, again):
                    with line(fresh) as started:
                        seconds.append(started.ready_s)
    return {"ready_s": spread(first, 2), "ready_again_s": spread(again, 2)}


def _noted(figure: Figure, note: str) -> Figure:
    return Figure(figure.value, figure.low, figure.high, "; ".join(filter(None, (note, figure.note))))
