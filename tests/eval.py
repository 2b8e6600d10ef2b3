"""Score what the line understands: `make eval`. `make eval ARGS=--accept` makes today's figures the ones CI guards.

Nothing is tuned here and nothing is hidden: the tables say what came out.
"""

import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from bot.referral.content import Content
from bot.referral.document import parse
from bot.storage.files import read_document
from tests.understanding.bent import bent
from tests.understanding.measure import Figure, groups, headline, of_others, table
from tests.understanding.sets import DEVELOPMENT, RELIEF, SETS, Row, Set, rows

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "tests" / "understanding" / "baseline.json"


def main() -> int:
    """Print the tables; 1 when a set is not there."""
    if not DEVELOPMENT.path.is_file() or not RELIEF.is_file():
        print("the development set is not here (../shared)")
        return 1
    content = parse(read_document(ROOT / "data"))
    told = {which: rows(which, content) for which in SETS}
    guarded = figures(told, content)
    for which in SETS:
        print(table(f"{which.name}: {len(told[which])} texts, {which.seen}", guarded[which.name]))
        print(groups("by language", told[which], lambda row: row.language))
        print(groups("by style", told[which], lambda row: row.style))
        print(groups("by label", told[which], lambda row: row.labels[0]))
    for name in ("texts of others", "bent texts"):
        print(table(name, guarded[name]))
    print(cross_validated())
    if "--accept" in sys.argv:
        BASELINE.write_text(json.dumps(as_json(guarded), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{BASELINE.name} is written")
    return 0


def figures(told: dict[Set, list[Row]], content: Content) -> dict[str, list[Figure]]:
    """Gather every figure that CI guards, by set."""
    found = {which.name: headline(told[which]) for which in told}
    found["texts of others"] = of_others(content)
    found["bent texts"] = bent(told[DEVELOPMENT], content)
    return found


def as_json(found: dict[str, list[Figure]]) -> dict[str, dict[str, list[int]]]:
    """Write figures as hits and texts, by set and name."""
    return {name: {f.name: [f.hits, f.texts] for f in inside} for name, inside in found.items()}


def cross_validated() -> str:
    """Say how the examples themselves fared when the line had learnt from the others only (made by training)."""
    held = tomllib.loads((ROOT / "data" / "trained.toml").read_text(encoding="utf-8"))["held"]
    lines = ["## our own examples, five-fold cross-validation", "| figure | share |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {share:.1%} |" for name, share in held.items())]) + "\n"


def worse(now: Sequence[Figure], before: dict[str, list[int]], allowed: float) -> list[str]:
    """Name the figures that fell by more than `allowed` (a share), and every crisis missed that was not before."""
    found = []
    for figure in now:
        hits, texts = before.get(figure.name, [figure.hits, figure.texts])
        fall = (hits / texts - figure.share) * (1 if figure.more_is_better else -1)
        missed = "answered as a crisis" in figure.name and figure.hits < hits
        if fall > allowed or missed:
            found.append(f"{figure.name}: {figure.hits} of {figure.texts}, was {hits} of {texts}")
    return found


if __name__ == "__main__":
    sys.exit(main())
