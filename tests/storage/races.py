"""Several processes that do the same thing at the same moment."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def race(script: str, *arguments: str, runners: int = 3) -> list[list[str]]:
    """Run a script in several processes that wait for each other at `sys.stdin.readline()`; give their lines.

    The script prints "ready" before it waits. A process that fails fails the test.
    """
    command = [sys.executable, "-c", script, *arguments]
    running = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(runners)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0] * runners
    return printed
