"""The memory of a process and of all that it started."""

from pathlib import Path

from tests.benchmarks.cpu import descendants


def pss_mb(pid: int) -> float | None:
    """Return the memory of a process and all below it, in MB, what they share counted once; None where untold."""
    try:
        return round(sum(_pss_kb(one) for one in (pid, *descendants(pid))) / 1024, 1)
    except OSError:
        return None


def _pss_kb(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
