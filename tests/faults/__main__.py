"""The long form: `make faults` prints Markdown and writes build/faults.json (name -> number).

Every scene goes through all its faults while texts flow, and every reply and every count is judged afterwards. Ends
with 1 when a text was lost, late, doubled or wrong, something was counted twice, something did not heal in time, or
answers took longer than a second at p99.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.faults.fault import LONG, Pace
from tests.faults.plan import ALONE, TOGETHER
from tests.faults.releases import Size
from tests.faults.run import run_alone, run_together
from tests.faults.suite import Report
from tests.faults.table import figures, markdown

#: So long an answer may take at p99 while no process dies or stands still.
P99_MS = 1000.0
TARGET = ROOT / "build" / "faults.json"


def main(arguments: Sequence[str]) -> int:
    """Run the scenes asked for; give the exit status."""
    asked = _asked().parse_args(arguments)
    pace = replace(LONG, rate=asked.rate, between=round(asked.rate * asked.seconds))
    began = time.monotonic()
    reports: list[Report[Any]] = []
    with tempfile.TemporaryDirectory(prefix="quietline-faults-") as folder:
        for name in asked.scenes:
            if name == "redis" and (missing := _missing()):
                _say(f"PostgreSQL and Redis: not tried: {missing}\n")
                if os.environ.get("CI") == "true":
                    return 1
                continue
            place = Path(folder) / name
            place.mkdir()
            done = _run(name, place, Size(asked.release), pace)
            _say("\n\n".join(map(markdown, done)) + "\n")
            reports += done
    found = {key: value for report in reports for key, value in figures(report).items()}
    found |= _together(reports, pace, time.monotonic() - began)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    _say(
        f"All together: {found['texts']} texts at {asked.rate:g}/s in {found['minutes']} minutes;"
        f" lost, late, doubled or wrong: {found['red']}; healed within {pace.heals_within:g} s:"
        f" {'yes' if found['healed_late'] == 0 else 'no'};"
        f" counted as sent: {'no' if found['counted_wrongly'] else 'yes'}; p99 {found['p99_ms']:g} ms."
    )
    return 0 if found["good"] else 1


def _run(name: str, folder: Path, size: Size, pace: Pace) -> Sequence[Report[Any]]:
    return run_together(folder, size, pace, TOGETHER) if name == "redis" else run_alone(folder, size, pace, ALONE)


def _together(reports: Sequence[Report[Any]], pace: Pace, seconds: float) -> dict[str, float]:
    red = sum(report.total.red for report in reports)
    rows = [row for report in reports for row in report.rows]
    late = sum(row.healed_s is None or row.healed_s > pace.heals_within for row in rows)
    counted = sum(not report.counted.good for report in reports)
    slowest = max((report.total.p99 or 0.0 for report in reports), default=0.0)
    return {
        "texts": sum(report.total.texts for report in reports),
        "red": red,
        "healed_late": late,
        "counted_wrongly": counted,
        "p99_ms": slowest,
        "minutes": round(seconds / 60, 1),
        "good": int(bool(reports) and not (red or late or counted) and slowest <= P99_MS),
    }


def _missing() -> str:
    return "" if shutil.which("redis-server") else "redis-server is not installed (apt-get install redis-server)"


def _asked() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.faults", description="Break everything while texts flow.")
    parser.add_argument("scenes", nargs="*", default=["ram", "redis"], metavar="ram|redis")
    parser.add_argument("--rate", type=float, default=LONG.rate, help="texts a second [%(default)s]")
    parser.add_argument(
        "--seconds", type=float, default=LONG.between / LONG.rate, help="between two faults [%(default)s]"
    )
    parser.add_argument("--release", default=Size.LEAN, choices=list(Size), help="what it answers from [%(default)s]")
    return parser


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
