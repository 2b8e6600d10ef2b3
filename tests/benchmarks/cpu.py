"""Whose processor time it was: ours, or that of others on the same machine, while a part was measured."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
#: From this share of the machine on the clock tells more about others than about us.
MOST_FOREIGN = 0.10
#: Processes of ours that are nobody's children any more, as a database server that went into the background.
_adopted: set[int] = set()


def adopt(pid: int) -> None:
    """Count a process and its children as ours although it left the family. It must outlive the measurement."""
    _adopted.add(pid)


@dataclass(slots=True)
class Watch:
    """The time from its making to `foreign()`."""

    _began: tuple[float, float, float] | None = field(default_factory=lambda: _ticks())

    def foreign(self) -> float | None:
        """Return the share of the machine's processors that others used, 0 to 1; None where Linux does not tell."""
        now = _ticks()
        if now is None or self._began is None:
            return None
        all_of_it, busy, ours = (after - before for after, before in zip(now, self._began, strict=True))
        return min(1.0, max(0.0, busy - ours) / all_of_it) if all_of_it > 0 else 0.0


def _ticks() -> tuple[float, float, float] | None:
    """Give the ticks the machine had, those it worked, and those it worked for us.

    Interrupts are nobody's; time that a host took away (steal) is others'.
    """
    try:
        user, nice, system, idle, waited, irq, soft, stolen = map(int, _first_line().split()[1:9])
    except (OSError, ValueError):
        return None
    busy = user + nice + system + stolen
    return busy + idle + waited + irq + soft, busy, _ours()


def _first_line() -> str:
    return (_PROC / "stat").read_text(encoding="ascii").partition("\n")[0]


def _ours() -> float:
    """Give the ticks of this process, of the children it has waited for, and of all below that still run."""
    mine = os.times()
    rate = os.sysconf("SC_CLK_TCK")
    return sum(mine[:4]) * rate + sum(sum(_used(pid)) for pid in descendants(os.getpid(), *_adopted))


def seconds(pid: int) -> float:
    """Return the processor time a process and its threads used so far; 0 where Linux does not tell."""
    fields = _stat(pid)
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def descendants(own: int, *others: int) -> Iterator[int]:
    """Give the processes below one, and others with all that is below them."""
    children: dict[int, list[int]] = {}
    for pid in (int(folder.name) for folder in _PROC.iterdir() if folder.name.isdecimal()):
        fields = _stat(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
    waiting, seen = [*children.get(own, []), *others], set()
    while waiting:
        pid = waiting.pop()
        if pid not in seen:
            seen.add(pid)
            yield pid
            waiting += children.get(pid, [])


def _used(pid: int) -> tuple[int, ...]:
    # user, system, and both of the children it waited for
    return tuple(map(int, _stat(pid)[11:15]))


def _stat(pid: int) -> list[str]:
    """Give the fields of /proc/PID/stat after the name, which may hold anything; none when it has ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
